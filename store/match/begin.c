/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that begin so: all are walked through, and of the most frequent it is kept where their lists are.
 */
#include "base/limits.h"
#include "store/match/tree.h"

static bool is_rarer(const fh_begun *a, const fh_begun *b) {
    return a->frequency != b->frequency ? a->frequency < b->frequency : a->order > b->order;
}

static void swap(fh_begun_words *top, size_t a, size_t b) {
    fh_begun swapped = top->items[a];
    top->items[a] = top->items[b];
    top->items[b] = swapped;
}

static void sink(fh_begun_words *top) {
    for (size_t at = 0, kid; (kid = 2 * at + 1) < top->count; at = kid) {
        if (kid + 1 < top->count && is_rarer(&top->items[kid + 1], &top->items[kid])) kid++;
        if (!is_rarer(&top->items[kid], &top->items[at])) return;
        swap(top, at, kid);
    }
}

static void rise(fh_begun_words *top, size_t at) {
    for (size_t above; at > 0 && is_rarer(&top->items[at], &top->items[above = (at - 1) / 2]); at = above)
        swap(top, at, above);
}

/* What is of a page will be gone. */
static void keep(fh_list_place *place, fh_arena *arena) {
    const size_t runs = place->fresh ? place->chunks.table->fresh.count : 0;
    if (place->rare.documents == 0 && runs == 0) return;
    place->key = fh_arena_copy(arena, place->key);
    place->rare.postings = fh_arena_copy(arena, place->rare.postings);
    if (runs == 0) return;
    fh_rare_list *fresh = FH_ARENA_ARRAY(arena, fh_rare_list, runs);
    memcpy(fresh, place->fresh, runs * sizeof *fresh);
    place->fresh = fresh;
}

/* Where its lists are takes the place of the word that it drives out. */
static void take_up(fh_begun *item, const fh_terms *terms, uint32_t order, fh_arena *arena) {
    item->frequency = terms->articles;
    item->order = order;
    for (size_t i = 0; i < terms->count; i++)
        if (fh_terms_place(terms, i, &item->places[i])) keep(&item->places[i], arena);
}

static void offer(fh_begun_words *top, const fh_terms *terms, uint32_t order, fh_arena *arena) {
    if (top->count == FH_MAX_EXPANSION) {
        if (terms->articles <= top->items[0].frequency) return;
        take_up(&top->items[0], terms, order, arena);
        sink(top);
    } else {
        fh_begun *item = &top->items[top->count];
        item->places = FH_ARENA_ARRAY(arena, fh_list_place, terms->count);
        take_up(item, terms, order, arena);
        rise(top, top->count++);
    }
}

fh_begun_words fh_matching_begin(fh_matching *g, const fh_query *query) {
    fh_begun_words top = {FH_ARENA_ARRAY(g->arena, fh_begun, FH_MAX_EXPANSION), 0, 0};
    fh_terms terms = fh_terms_of(g->all, g->arena);
    fh_term start;
    fh_buf key = {0};
    fh_term_start(query->field, query->word, &start);
    fh_list_key(fh_term_str(&start), &key);
    for (bool more = fh_terms_seek(&terms, fh_buf_str(&key));
         more && fh_str_starts(terms.key, fh_buf_str(&key)); more = fh_terms_next(&terms))
        offer(&top, &terms, top.walked++, g->arena);
    fh_buf_free(&key);
    g->broken |= terms.broken;
    return top;
}
