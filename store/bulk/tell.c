/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of stems come before those of most words, and are kept until those come.  What was told in a part is
 * looked for there by its key. */
#include "store/bulk/tell.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include "store/glass/told.h"
#include "store/glass/version.h"
#include "store/schema.h"
#include <stdlib.h>

enum { KEPT = 1 << 16, BETWEEN_RELEASES = 256 };

/* The lists of a part, to be found by their keys. */
struct fh_part_lists {
    uint32_t last, asked;
    fh_proof proof; /* of nothing: what is joined was looked at before */
    fh_mapped postings, rare, told;
    fh_inflated *inflated;
    fh_arena *arena;
};

static fh_status map(const char *path, struct fh_part_lists *to, fh_error *err) {
    fh_glass_version version;
    fh_status status = fh_glass_version_read(path, &version, err);
    if (status != FH_OK) return status;
    const fh_list_tables tables = {&to->postings, &to->rare, &to->told};
    to->last = version.last;
    to->inflated = fh_inflated_new(KEPT);
    to->arena = fh_arena_new();
    if (!fh_list_tables_open(&tables, path, &version, &to->proof, to->inflated))
        return fh_fail(err, FH_ERR_IO, path, "check the permissions there, and how much memory there is",
                       "its lists cannot be mapped");
    return FH_OK;
}

/* NULL: an error. */
static struct fh_part_lists *lists_of(fh_joining *j, fh_joined_part *from) {
    if (!from->lists) from->lists = fh_alloc_zeroed(1, sizeof *from->lists);
    if (!from->lists->inflated && j->status == FH_OK) j->status = map(from->path, from->lists, j->err);
    if (j->status != FH_OK) return NULL;
    fh_arena_reset(from->lists->arena);
    if (++from->lists->asked % BETWEEN_RELEASES == 0) fh_mapped_release(&from->lists->postings);
    return from->lists;
}

static void damaged(fh_joining *j, const fh_joined_part *from) {
    if (j->status == FH_OK)
        j->status = fh_fail(j->err, FH_ERR_CORRUPT, from->path, "build it anew from its source",
                            "the lists of the index's words are damaged");
}

/* Adds what a list has of the living. */
static void gather(fh_joining *j, const fh_joined_part *from, fh_list *list, fh_gathered *out) {
    for (; list->doc != FH_LIST_END; fh_list_next(list)) {
        uint32_t moved = fh_joining_number(from, list->doc);
        if (moved > 0) fh_gathered_add(out, moved, list->wdf);
    }
    if (list->broken) damaged(j, from);
}

void fh_tell_gather(fh_joining *j, fh_joined_part *from, fh_gathered *out) {
    struct fh_part_lists *lists = lists_of(j, from);
    fh_list list;
    if (!lists) return;
    fh_list_place place = {.key = fh_rare_key(&from->rare.page),
                           .chunks = fh_lookup_in(&lists->postings, lists->arena),
                           .rare = from->rare.page.list};
    fh_list_open_at(&list, &place, lists->last);
    gather(j, from, &list, out);
}

/* ---- What is told by ---- */

/* Documents of a stem up to which its words are told: whoever asks for one of them the first time goes
 * through the stem's list, and what is written out then is kept as one chunk (store/match/bounds.c). */
enum { MOST_TOLD_BY = 1 << 15 };

/* More than a rare term has: postings of two bytes, at least. */
enum { LEAST_TOLD = FH_RARE_MOST / 2 + 1 };

/* Bytes that are kept of stems; what comes behind is not told by. */
enum { MOST_BYTES = 32 << 20 };

/* Lists of stems, which come before those of words, in the order of their keys. */
struct fh_stem_lists {
    fh_buf bytes; /* of each: its key behind its length, how many documents, and how far each is on */
    size_t *begins;
    size_t count, capacity;
};

static bool is_stem(fh_str term) {
    fh_term_text word;
    fh_term start, ignored;
    fh_term_start(FH_FIELD_STEM, FH_STR(""), &start);
    return fh_str_starts(term, fh_term_str(&start)) && fh_term_word(FH_FIELD_STEM, term, &word, &ignored);
}

void fh_tell_keep(fh_joining *j, fh_str term, const fh_gathered *list) {
    bool wanted = j->how->stemming && j->how->stemming->stem && !j->how->passing;
    if (!wanted || list->count < LEAST_TOLD || list->count > MOST_TOLD_BY || !is_stem(term)) return;
    if (!j->stems) j->stems = fh_alloc_zeroed(1, sizeof *j->stems);
    struct fh_stem_lists *to = j->stems;
    if (to->bytes.len > MOST_BYTES) return;
    to->begins = fh_grow(to->begins, to->count, &to->capacity, sizeof *to->begins);
    to->begins[to->count++] = to->bytes.len;
    fh_glass_string(&to->bytes, fh_buf_str(&j->name));
    fh_glass_uint(&to->bytes, list->count);
    for (size_t i = 0, last = 0; i < list->count; last = list->items[i++].number)
        fh_glass_uint(&to->bytes, list->items[i].number - last);
}

/* What is kept behind the key of a list, which it takes off. */
static fh_str kept_at(const struct fh_stem_lists *from, size_t i, fh_str *key) {
    fh_str rest = fh_str_slice(fh_buf_str(&from->bytes), from->begins[i], from->bytes.len);
    *key = fh_glass_take_string(&rest);
    return rest;
}

/* The list of this key; an empty one where none is kept. */
static fh_str find_stem(const struct fh_stem_lists *from, fh_str key) {
    size_t low = 0, high = from ? from->count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        fh_str found, rest = kept_at(from, middle, &found);
        int order = fh_str_compare(found, key);
        if (order == 0) return rest;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FH_STR("");
}

static void free_stems(struct fh_stem_lists *stems) {
    if (!stems) return;
    fh_buf_free(&stems->bytes);
    free(stems->begins);
    free(stems);
}

/* ---- Telling ---- */

/* The key of the list of a word's stem; false: the term is no word's. */
static bool stem_key(const fh_joining *j, fh_str term, fh_buf *out) {
    const fh_stemming *by = j->how->stemming;
    fh_term_text word;
    fh_term ignored, stem;
    bool has_prefix = term.len > 0 && *term.ptr >= 'A' && *term.ptr <= 'Z';
    if (!by || !by->stem || has_prefix || !fh_term_word(FH_FIELD_WORD, term, &word, &ignored)) return false;
    fh_arena *arena = fh_arena_new();
    fh_term_make(FH_FIELD_STEM, by->stem(by->context, (fh_str){word.bytes, word.len}, arena), &stem);
    fh_arena_free(arena);
    fh_glass_sorted_string(out, fh_term_str(&stem), true);
    return out->len <= FH_RARE_MOST;
}

/* False: some of the documents are not there. */
static bool tell_by(const fh_gathered *list, fh_str by, fh_buf *out) {
    uint64_t left = fh_glass_take_uint(&by), number = 0;
    uint32_t behind = 0;
    for (size_t i = 0; i < list->count; i++, behind = 0) {
        for (; left > 0 && number < list->items[i].number; left--) {
            number += fh_glass_take_uint(&by);
            behind++;
        }
        if (number != list->items[i].number) return false;
        fh_told_add(out, i > 0 ? behind : behind - 1, list->items[i].wdf);
    }
    return true;
}

bool fh_tell(fh_joining *j, fh_str term, const fh_gathered *list, fh_rare_writer *rare) {
    if (list->count < LEAST_TOLD || list->count > MOST_TOLD_BY) return false;
    fh_buf key = {0}, told = {0};
    bool can = stem_key(j, term, &key) && tell_by(list, find_stem(j->stems, fh_buf_str(&key)), &told);
    if (can) {
        fh_rare_add(rare, fh_buf_str(&j->name), (uint32_t)list->count, 0, fh_buf_str(&key));
        fh_glass_add_small(j->to, FH_GLASS_TOLD, fh_buf_str(&j->name), fh_buf_str(&told), FH_GLASS_OF_LISTS);
    }
    fh_buf_free(&key);
    fh_buf_free(&told);
    return can;
}

void fh_tell_end(fh_joining *j) {
    for (size_t i = 0; i < j->count; i++) {
        struct fh_part_lists *lists = j->parts[i].lists;
        if (!lists) continue;
        fh_mapped_close(&lists->postings);
        fh_mapped_close(&lists->rare);
        fh_mapped_close(&lists->told);
        fh_inflated_free(lists->inflated);
        fh_arena_free(lists->arena);
        free(lists);
    }
    free_stems(j->stems);
}
