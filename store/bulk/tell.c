/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stem's list stands before that of its words, or behind it, so it is looked for in all parts. */
#include "store/bulk/tell.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include "store/glass/told.h"
#include "store/glass/version.h"
#include "store/schema.h"
#include <stdlib.h>

enum { KEPT = 1 << 16 };

/* The lists of a part, to be found by their keys. */
struct fh_part_lists {
    uint32_t last;
    fh_proof proof; /* of nothing: what is joined was looked at before */
    fh_mapped postings, rare, told;
    fh_inflated *inflated;
    fh_arena *arena;
};

static fh_status map(const char *path, struct fh_part_lists *to, fh_error *err) {
    fh_glass_version version;
    fh_status status = fh_glass_version_read(path, &version, err);
    if (status != FH_OK) return status;
    if (!fh_mapped_open(path, FH_GLASS_POSTLIST, &version, &to->proof, &to->postings) ||
        !fh_mapped_open(path, FH_GLASS_RARE, &version, &to->proof, &to->rare) ||
        !fh_mapped_open(path, FH_GLASS_TOLD, &version, &to->proof, &to->told))
        return fh_fail(err, FH_ERR_IO, path, "check the permissions there, and how much memory there is",
                       "its lists cannot be mapped");
    to->last = version.last;
    to->inflated = fh_inflated_new(KEPT);
    to->arena = fh_arena_new();
    to->postings.inflated = to->rare.inflated = to->inflated;
    to->postings.rare = to->rare.bytes ? &to->rare : NULL;
    to->postings.told = to->told.bytes ? &to->told : NULL;
    to->postings.mixed = version.revision > FH_GLASS_REVISION;
    return FH_OK;
}

/* NULL: an error. */
static struct fh_part_lists *lists_of(fh_joining *j, fh_joined_part *from) {
    if (!from->lists) from->lists = fh_alloc_zeroed(1, sizeof *from->lists);
    if (!from->lists->inflated && j->status == FH_OK) j->status = map(from->path, from->lists, j->err);
    if (j->status != FH_OK) return NULL;
    fh_arena_reset(from->lists->arena);
    return from->lists;
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
    fh_list_place place = {.key = fh_rare_key(&from->rare),
                           .chunks = fh_lookup_in(&lists->postings, lists->arena),
                           .rare = from->rare.list};
    fh_list_open_at(&list, &place, lists->last);
    gather(j, from, &list, out);
}

/* ---- Telling ---- */

/* The key of the list of a word's stem; false: the term is no word's. */
static bool stem_key(const fh_joining *j, fh_str term, fh_arena *arena, fh_buf *out) {
    const fh_stemming *by = j->how->stemming;
    fh_term_text word;
    fh_term ignored, stem;
    bool has_prefix = term.len > 0 && *term.ptr >= 'A' && *term.ptr <= 'Z';
    if (!by || !by->stem || has_prefix || !fh_term_word(FH_FIELD_WORD, term, &word, &ignored)) return false;
    fh_term_make(FH_FIELD_STEM, by->stem(by->context, (fh_str){word.bytes, word.len}, arena), &stem);
    fh_glass_sorted_string(out, fh_term_str(&stem), true);
    return out->len <= FH_RARE_MOST;
}

/* Documents of a stem up to which its words are told: the list of a frequent one is long to go through for
 * each of its words, and is passed by blocks (store/match/bounds.h). */
enum { MOST_TOLD_BY = 2000 };

/* False: the stem has too many documents. */
static bool gather_stem(fh_joining *j, fh_str key, fh_gathered *out) {
    size_t living = 0;
    fh_list *lists = fh_alloc_zeroed(j->count, sizeof *lists);
    for (size_t i = 0; i < j->count && j->status == FH_OK; i++) {
        struct fh_part_lists *of = lists_of(j, &j->parts[i]);
        if (of) fh_list_open_plain(&lists[i], &of->postings, of->last, key, of->arena);
        size_t dead = j->parts[i].dead.count;
        if (lists[i].frequency > dead) living += lists[i].frequency - dead;
    }
    bool few = living <= MOST_TOLD_BY;
    for (size_t i = 0; i < j->count && few && j->status == FH_OK; i++)
        gather(j, &j->parts[i], &lists[i], out);
    free(lists);
    return few && out->count <= MOST_TOLD_BY && j->status == FH_OK;
}

/* False: some of the documents are not there. */
static bool tell_by(const fh_gathered *list, const fh_gathered *by, fh_buf *out) {
    size_t at = 0, before = 0;
    for (size_t i = 0; i < list->count; i++) {
        while (at < by->count && by->items[at].number < list->items[i].number) at++;
        if (at == by->count || by->items[at].number != list->items[i].number) return false;
        fh_told_add(out, (uint32_t)(at - before), list->items[i].wdf);
        before = at;
    }
    return true;
}

bool fh_tell(fh_joining *j, fh_str term, const fh_gathered *list, fh_rare_writer *rare) {
    enum { POSTING = 2 /* bytes, at least */ };
    if (list->count <= FH_RARE_MOST / POSTING || list->count > MOST_TOLD_BY) return false;
    fh_buf key = {0}, told = {0};
    fh_gathered by = {0};
    fh_arena *arena = fh_arena_new();
    bool can =
        stem_key(j, term, arena, &key) && gather_stem(j, fh_buf_str(&key), &by) && tell_by(list, &by, &told);
    if (can) {
        fh_rare_add(rare, fh_buf_str(&j->name), (uint32_t)list->count, 0, fh_buf_str(&key));
        fh_glass_add_small(j->to, FH_GLASS_TOLD, fh_buf_str(&j->name), fh_buf_str(&told), FH_GLASS_OF_LISTS);
    }
    fh_arena_free(arena);
    fh_buf_free(&key);
    fh_buf_free(&told);
    free(by.items);
    return can;
}
