/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first time, it is noted that a list was asked for; the second time it is gone through once for all. */
#include "store/match/bounds.h"

enum { LONG = 2048 }; /* postings: of shorter lists nothing is kept */

/* A number for each block: a share of the weight in the high bits, and in the low ones how many bytes of its
 * chunk are behind its last posting. */
enum { SHARES = 0xffff, SHARE_SHIFT = 16, MOST_BEHIND = 0xffff };

static double share_of(const fh_bounds *of, size_t block) {
    return (double)(of->shares[block] >> SHARE_SHIFT) / SHARES;
}

/* ---- Finding them ---- */

/* By what documents are weighed, and which list it is. */
static void write_name(const fh_matching *g, const fh_list *list, fh_buf *out) {
    const double numbers[] = {g->per_length, g->flat};
    fh_buf_add(out, (fh_str){(const char *)numbers, sizeof numbers});
    fh_buf_add(out, fh_str_slice(list->place.key, 0, list->key_len));
}

/* The next whole number, so that it is above whatever was rounded. */
static uint32_t share_at(const fh_matching *g, const fh_list *list) {
    double times = list->wdf, length = fh_matcher_length(g->matcher, list->doc);
    return (uint32_t)(times / (g->per_length * length + g->flat + times) * SHARES) + 1;
}

/* The end of the one block of a list that cannot be measured, which is kept too, so that nobody tries again.
 */
static const uint32_t nothing = 0;

static fh_kept_docs measure(const fh_matching *g, const fh_list *of) {
    size_t room = of->frequency / FH_BLOCK + 1, seen = 0;
    uint32_t *ends = FH_ARENA_ARRAY(g->arena, uint32_t, room),
             *shares = FH_ARENA_ARRAY(g->arena, uint32_t, room);
    uint32_t most = 0;
    bool near = true;
    fh_list list;
    fh_list_open(&list, of->place.table, of->limit, fh_str_slice(of->place.key, 0, of->key_len), g->arena);
    for (; list.doc != FH_LIST_END && seen < of->frequency; fh_list_next(&list), seen++) {
        uint32_t share = share_at(g, &list);
        size_t behind = (size_t)(list.end - list.at);
        if (seen % FH_BLOCK == 0 || share > most) most = share;
        ends[seen / FH_BLOCK] = list.doc;
        shares[seen / FH_BLOCK] = most << SHARE_SHIFT | (uint32_t)behind;
        near &= behind <= MOST_BEHIND;
    }
    bool whole = near && list.doc == FH_LIST_END && !list.broken && seen == of->frequency;
    if (!whole) return (fh_kept_docs){.docs = &nothing, .values = &nothing, .count = 1};
    return (fh_kept_docs){.docs = ends, .values = shares, .count = (seen - 1) / FH_BLOCK + 1};
}

fh_bounds fh_bounds_of(const fh_matching *g, const fh_branch *branch) {
    const fh_list *list = &branch->list;
    fh_kept *kept = g->matcher->bounds;
    fh_kept_docs blocks = {.docs = &nothing, .values = &nothing};
    fh_buf name = {0};
    if (list->frequency < LONG || list->ahead || list->doc == FH_LIST_END) return (fh_bounds){0};
    write_name(g, list, &name);
    const fh_kept_docs *known = fh_kept_find(kept, fh_buf_str(&name));
    if (known && known->count > 0) {
        blocks = *known;
    } else {
        if (known) blocks = measure(g, list);
        fh_kept_add(kept, fh_buf_str(&name), &blocks);
    }
    fh_buf_free(&name);
    if (blocks.docs[0] == nothing) return (fh_bounds){0};
    return (fh_bounds){.ends = blocks.docs, .shares = blocks.values, .count = blocks.count};
}

/* ---- Using them ---- */

uint32_t fh_bounds_block(fh_bounds *of, uint32_t doc) {
    while (of->at < of->count && of->ends[of->at] < doc) of->at++;
    return of->at < of->count ? of->ends[of->at] : 0;
}

double fh_bounds_worth(fh_bounds *of, const fh_branch *branch, uint32_t doc, uint32_t end) {
    double most = 0;
    if (branch->list.doc > end) return 0;
    if (of->count == 0) return branch->bound;
    fh_bounds_block(of, doc);
    for (size_t block = of->at; block < of->count; block++) {
        if (share_of(of, block) > most) most = share_of(of, block);
        if (of->ends[block] >= end) break;
    }
    return branch->weight * most;
}

/* Goes to the last document of a block, from which on it is to be read. */
static void jump(const fh_bounds *of, fh_list *list, size_t block) {
    uint32_t end = of->ends[block], behind = of->shares[block] & MOST_BEHIND;
    while (list->chunk_last < end && list->doc != FH_LIST_END) fh_list_turn(list, end);
    if (list->doc >= end) return;
    if (behind > (size_t)(list->end - list->at)) { /* the chunk was written over since */
        fh_list_break(list);
        return;
    }
    list->at = list->end - behind;
    list->doc = end;
}

uint32_t fh_bounds_pass(fh_bounds *of, fh_list *list) {
    size_t before = of->at * FH_BLOCK, left = list->frequency - before;
    jump(of, list, of->at);
    fh_list_next(list);
    return left < FH_BLOCK ? (uint32_t)left : FH_BLOCK;
}

void fh_bounds_to(fh_bounds *of, fh_list *list, uint32_t doc) {
    if (list->doc < doc && of->count > 0) {
        fh_bounds_block(of, doc);
        if (of->at > 0) jump(of, list, of->at - 1);
    }
    fh_list_to(list, doc);
}
