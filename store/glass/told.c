/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number for each document: how many places behind the one before, and in the lowest bit, whether how often
 * it has the word follows, as where that is not once. */
#include "store/glass/told.h"
#include "store/glass/pack.h"

enum { OFTEN = 1, OFTEN_BITS = 1 };

void fh_told_add(fh_buf *out, uint32_t behind, uint32_t wdf) {
    fh_glass_uint(out, (uint64_t)behind << OFTEN_BITS | (wdf != 1 ? OFTEN : 0));
    if (wdf != 1) fh_glass_uint(out, wdf);
}

/* One number; 0, and nothing is left, where there is none. */
static uint32_t take(fh_str *from) {
    if (from->len > 0 && (unsigned char)*from->ptr < 0x80) { /* as most are */
        from->len--;
        return (unsigned char)*from->ptr++;
    }
    return (uint32_t)fh_glass_take_uint(from);
}

/* How many bytes the postings of so many documents have at most. */
static size_t most_bytes(uint32_t documents) {
    enum { NUMBER = 5 /* bytes of 32 bits */ };
    return (size_t)documents * 2 * NUMBER;
}

static unsigned char *put(unsigned char *to, uint32_t number) {
    for (; number >= 0x80; number >>= 7) *to++ = (unsigned char)(number | 0x80);
    *to++ = (unsigned char)number;
    return to;
}

bool fh_told_write_out(fh_list *by, uint32_t documents, fh_str told, fh_buf *out, uint32_t *first) {
    if (documents > told.len) return false;
    fh_buf_reserve(out, most_bytes(documents));
    unsigned char *to = (unsigned char *)out->ptr + out->len;
    uint32_t last = 0;
    for (uint32_t i = 0; i < documents; i++) {
        uint32_t number = take(&told), wdf = number & OFTEN ? take(&told) : 1;
        for (uint32_t behind = number >> OFTEN_BITS; behind > 0 && by->doc != FH_LIST_END; behind--)
            fh_list_next(by);
        if (!told.ptr || by->doc == FH_LIST_END || (i > 0 && by->doc == last)) return false;
        if (i == 0)
            *first = by->doc;
        else
            to = put(to, by->doc - last - 1);
        to = put(to, wdf);
        last = by->doc;
    }
    out->len = (size_t)((char *)to - out->ptr);
    return !by->broken && told.len == 0;
}

/* ---- From the tables ---- */

/* Takes what was told, and writes it out behind room for its first document. */
static bool write_out(const fh_list_place *place, const fh_lookup *entry, uint32_t limit, fh_rare_list *list,
                      fh_buf *out) {
    const fh_mapped *table = place->chunks.table;
    fh_str told = entry->tag;
    fh_list by;
    if (entry->deflated && !fh_inflated_plain(table->inflated, &told)) return false;
    fh_list_open_plain(&by, table, limit, list->postings, place->chunks.arena);
    fh_buf_add(out, (fh_str){(const char *)&list->first, sizeof list->first});
    if (!fh_told_write_out(&by, list->documents, told, out, &list->first)) return false;
    memcpy(out->ptr, &list->first, sizeof list->first);
    return true;
}

/* Takes up what is kept: the first document, then the postings. */
static void take_up(fh_str kept, fh_arena *arena, fh_rare_list *list) {
    memcpy(&list->first, kept.ptr, sizeof list->first);
    list->postings = fh_arena_copy(arena, fh_str_slice(kept, sizeof list->first, kept.len));
}

bool fh_told_resolve(const fh_list_place *place, uint32_t limit, fh_rare_list *list) {
    const fh_mapped *table = place->chunks.table;
    if (!table->told || !table->inflated) return false;
    fh_lookup entry = fh_lookup_in(table->told, place->chunks.arena);
    if (!fh_lookup_find(&entry, place->key)) return false;
    fh_str kept = fh_inflated_held(table->inflated, fh_lookup_where(&entry));
    fh_buf written = {0};
    bool whole = kept.len > 0 || write_out(place, &entry, limit, list, &written);
    if (whole && kept.len == 0)
        kept = fh_inflated_put(table->inflated, fh_lookup_where(&entry), fh_buf_str(&written));
    if (whole) take_up(kept, place->chunks.arena, list);
    fh_buf_free(&written);
    return whole;
}
