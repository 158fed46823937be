/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number for each document: how many places behind the one before, and in the lowest bit, whether how often
 * it has the word follows, as where that is not once. */
#include "store/glass/told.h"
#include "store/glass/deflate.h"
#include "store/glass/pack.h"

enum { OFTEN = 1, OFTEN_BITS = 1 };

void fh_told_add(fh_buf *out, uint32_t behind, uint32_t wdf) {
    fh_glass_uint(out, (uint64_t)behind << OFTEN_BITS | (wdf != 1 ? OFTEN : 0));
    if (wdf != 1) fh_glass_uint(out, wdf);
}

/* One number, 0 where there is none left. */
static uint32_t take(fh_str *from) {
    uint64_t number = fh_glass_take_uint(from);
    return number <= UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

bool fh_told_write_out(fh_list *by, uint32_t documents, fh_str told, fh_buf *out, uint32_t *first) {
    uint32_t last = 0;
    for (uint32_t i = 0; i < documents; i++) {
        uint32_t number = take(&told), wdf = number & OFTEN ? take(&told) : 1;
        for (uint32_t behind = number >> OFTEN_BITS; behind > 0 && by->doc != FH_LIST_END; behind--)
            fh_list_next(by);
        if (!told.ptr || by->doc == FH_LIST_END || (i > 0 && by->doc == last)) return false;
        if (i == 0)
            *first = by->doc;
        else
            fh_glass_uint(out, by->doc - last - 1);
        fh_glass_uint(out, wdf);
        last = by->doc;
    }
    return !by->broken && told.len == 0;
}

/* ---- From the tables ---- */

/* What is kept of it: the first document, then the postings. */
static fh_str kept_list(fh_str kept, uint32_t *first) {
    *first = (uint32_t)fh_glass_take_uint(&kept);
    return kept;
}

/* Writes it out into `out`, as it is kept. */
static bool write_out(const fh_list_place *place, fh_lookup *entry, uint32_t limit, const fh_rare_list *list,
                      fh_buf *out) {
    const fh_mapped *table = place->chunks.table;
    fh_glass_inflater *inflater = entry->deflated ? fh_glass_inflater_new() : NULL;
    fh_str told = entry->tag;
    fh_list by;
    fh_buf postings = {0};
    uint32_t first = 0;
    bool whole = !inflater || fh_glass_inflate(inflater, &told);
    fh_list_open_plain(&by, table, limit, list->postings, place->chunks.arena);
    whole = whole && fh_told_write_out(&by, list->documents, told, &postings, &first);
    fh_glass_uint(out, first);
    fh_buf_add(out, fh_buf_str(&postings));
    fh_buf_free(&postings);
    fh_glass_inflater_free(inflater);
    return whole;
}

bool fh_told_resolve(const fh_list_place *place, uint32_t limit, fh_rare_list *list) {
    const fh_mapped *table = place->chunks.table;
    fh_arena *arena = place->chunks.arena;
    fh_buf written = {0};
    if (!table->told) return false;
    fh_lookup entry = fh_lookup_in(table->told, arena);
    if (!fh_lookup_find(&entry, place->key)) return false;
    uint64_t where = fh_lookup_where(&entry);
    fh_str kept = fh_inflated_held(table->inflated, where);
    bool whole = kept.len > 0 || write_out(place, &entry, limit, list, &written);
    if (kept.len == 0) kept = fh_buf_str(&written);
    if (whole) list->postings = fh_arena_copy(arena, kept_list(kept, &list->first));
    if (whole && written.len > 0) fh_inflated_put(table->inflated, where, fh_buf_str(&written));
    fh_buf_free(&written);
    return whole;
}
