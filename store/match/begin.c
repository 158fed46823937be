/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that begin so: all are walked through, and of the most frequent it is kept where their lists are.
 */
#include "base/limits.h"
#include "store/match/tree.h"

static bool is_rarer(const fh_begun *a, const fh_begun *b) {
    return a->frequency != b->frequency ? a->frequency < b->frequency : a->order > b->order;
}

static void sink(fh_begun_words *top) {
    for (size_t at = 0, kid; (kid = 2 * at + 1) < top->count; at = kid) {
        if (kid + 1 < top->count && is_rarer(&top->items[kid + 1], &top->items[kid])) kid++;
        if (!is_rarer(&top->items[kid], &top->items[at])) return;
        fh_begun swapped = top->items[at];
        top->items[at] = top->items[kid];
        top->items[kid] = swapped;
    }
}

static void rise(fh_begun_words *top, size_t at) {
    for (size_t above; at > 0 && is_rarer(&top->items[at], &top->items[above = (at - 1) / 2]); at = above) {
        fh_begun swapped = top->items[at];
        top->items[at] = top->items[above];
        top->items[above] = swapped;
    }
}

static void offer(fh_begun_words *top, fh_lookup *place, uint32_t order) {
    uint32_t frequency = fh_list_frequency(place);
    if (top->count == FH_MAX_EXPANSION) {
        if (frequency <= top->items[0].frequency) return;
        top->items[0] = (fh_begun){frequency, order, *place};
        sink(top);
    } else {
        top->items[top->count] = (fh_begun){frequency, order, *place};
        rise(top, top->count++);
    }
}

fh_begun_words fh_branch_begin(fh_matching *g, const fh_query *query) {
    fh_begun_words top = {FH_ARENA_ARRAY(g->arena, fh_begun, FH_MAX_EXPANSION), 0, 0};
    fh_lookup place = fh_lookup_in(&g->matcher->postings, g->arena);
    fh_term start;
    fh_buf key = {0};
    fh_term_start(query->field, query->word, &start);
    fh_list_key(fh_term_str(&start), &key);
    for (bool more = fh_lookup_seek(&place, fh_buf_str(&key));
         more && fh_str_starts(place.key, fh_buf_str(&key)); more = fh_lookup_next(&place)) {
        bool further = memchr(place.key.ptr, '\0', place.key.len) != NULL; /* chunk of a list */
        if (!further) offer(&top, &place, top.walked++);
    }
    fh_buf_free(&key);
    if (place.broken) g->declined = true;
    return top;
}
