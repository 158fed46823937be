/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of words that count as one, counted together document by document: some hundreds of lists cost as
 * much as their postings, and nothing for being many. */
#include "base/limits.h"
#include "base/memory.h"
#include "store/match_tree.h"

#include <math.h>
#include <stdlib.h>

enum { WORD_BITS = 64, LISTS_BETWEEN_LOOKS = 16 };

/* A word that begins so: where its list does, and how many documents that has. */
typedef struct begun {
    uint32_t frequency, order;
    fh_lookup place;
} begun;

/* The most frequent of them, the rarest one on top. */
typedef struct most_frequent {
    begun *items;
    size_t count;
} most_frequent;

/* ---- Beginnings of words ---- */

static bool is_rarer(const begun *a, const begun *b) {
    return a->frequency != b->frequency ? a->frequency < b->frequency : a->order > b->order;
}

static void sink(most_frequent *top) {
    for (size_t at = 0, kid; (kid = 2 * at + 1) < top->count; at = kid) {
        if (kid + 1 < top->count && is_rarer(&top->items[kid + 1], &top->items[kid])) kid++;
        if (!is_rarer(&top->items[kid], &top->items[at])) return;
        begun swapped = top->items[at];
        top->items[at] = top->items[kid];
        top->items[kid] = swapped;
    }
}

static void rise(most_frequent *top, size_t at) {
    for (size_t above; at > 0 && is_rarer(&top->items[at], &top->items[above = (at - 1) / 2]); at = above) {
        begun swapped = top->items[at];
        top->items[at] = top->items[above];
        top->items[above] = swapped;
    }
}

static void offer(most_frequent *top, const fh_lookup *place, uint32_t order) {
    uint32_t frequency = fh_list_frequency(place->tag);
    if (top->count == FH_MAX_EXPANSION) {
        if (frequency <= top->items[0].frequency) return;
        top->items[0] = (begun){frequency, order, *place};
        sink(top);
    } else {
        top->items[top->count] = (begun){frequency, order, *place};
        rise(top, top->count++);
    }
}

/* The most frequent words of a field that begin so. */
static most_frequent begin_so(fh_matching *g, const fh_query *query) {
    most_frequent top = {FH_ARENA_ARRAY(g->arena, begun, FH_MAX_EXPANSION), 0};
    fh_lookup place = fh_lookup_in(&g->matcher->postings, g->arena);
    fh_term start;
    fh_buf key = {0};
    fh_term_start(query->field, query->word, &start);
    fh_list_key(fh_term_str(&start), &key);
    uint32_t order = 0;
    for (bool more = fh_lookup_seek(&place, fh_buf_str(&key));
         more && fh_str_starts(place.key, fh_buf_str(&key)); more = fh_lookup_next(&place)) {
        bool further = memchr(place.key.ptr, '\0', place.key.len) != NULL; /* chunk of a list */
        if (!further) offer(&top, &place, order++);
    }
    fh_buf_free(&key);
    return top;
}

/* ---- How many documents, about ---- */

static int lowest_first(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* In how many documents any of some words stands, as Xapian estimates it: as if they had nothing to do with
 * each other, the two rarest first, to the nearest whole number each time.  What is joined so comes out in
 * rising order, so that two rows that are each in order are all there is to look at. */
static double estimate(const fh_matching *g, double *rows, size_t count) {
    double *joined = FH_ARENA_ARRAY(g->arena, double, count + 1);
    size_t row = 0, first = 0, end = 0;
    qsort(rows, count, sizeof *rows, lowest_first);
    for (size_t left = count; left > 1; left--) {
        double two[2];
        for (int i = 0; i < 2; i++) {
            bool single = row < count && (first == end || rows[row] <= joined[first]);
            two[i] = single ? rows[row++] : joined[first++];
        }
        joined[end++] = floor(two[0] + two[1] - two[0] * two[1] / g->matcher->documents + 0.5);
    }
    return count == 0 ? 0 : count == 1 ? rows[0] : joined[first];
}

/* ---- Merging ---- */

/* What is merged so far. */
typedef struct merging {
    fh_matching *g;
    double factor;
    size_t lists, merged;
    fh_list last; /* opened, and merged if it is not the only one */
} merging;

static void make_room(fh_matcher *m) {
    if (m->counts) return;
    m->counts = fh_alloc_zeroed((size_t)m->last + 1, sizeof *m->counts);
    m->touched = fh_alloc_zeroed((size_t)m->last / WORD_BITS + 1, sizeof *m->touched);
}

static void count_list(merging *r, fh_list *list) {
    fh_matcher *m = r->g->matcher;
    make_room(m);
    for (; list->doc != FH_LIST_END; fh_list_next(list)) {
        m->counts[list->doc] += list->wdf;
        m->touched[list->doc / WORD_BITS] |= 1ull << list->doc % WORD_BITS;
    }
    if (list->broken) r->g->declined = true;
    r->merged++;
}

/* A single list is left as it is: it need not be read to its end. */
static void add_list(merging *r, const fh_list *list) {
    if (list->frequency == 0) return;
    if (r->lists == 1) count_list(r, &r->last);
    r->last = *list;
    if (r->lists++ > 0) count_list(r, &r->last);
    if (r->lists % LISTS_BETWEEN_LOOKS == 0 && fh_matching_is_late(r->g)) r->g->late = true;
}

static double add_beginning(merging *r, const fh_query *query) {
    most_frequent top = begin_so(r->g, query);
    double *each = FH_ARENA_ARRAY(r->g->arena, double, top.count + 1);
    for (size_t i = 0; i < top.count; i++) {
        fh_list list;
        each[i] = top.items[i].frequency;
        if (r->g->late) continue;
        fh_list_open_at(&list, &top.items[i].place, r->g->matcher->last);
        add_list(r, &list);
    }
    return estimate(r->g, each, top.count);
}

static double add_term(merging *r, const fh_query *query) {
    fh_list list;
    fh_branch *leaf = fh_branch_grow(r->g, query, 0);
    if (leaf->kind != FH_BRANCH_LIST) return 0;
    list = leaf->list;
    add_list(r, &list);
    return list.frequency;
}

/* The documents that were counted, in order; leaves nothing in the room. */
static void take_counts(fh_matching *g, fh_branch *out) {
    fh_matcher *m = g->matcher;
    size_t words = (size_t)m->last / WORD_BITS + 1, count = 0;
    for (size_t i = 0; i < words; i++) count += (size_t)__builtin_popcountll(m->touched[i]);
    uint32_t *docs = FH_ARENA_ARRAY(g->arena, uint32_t, count + 1);
    uint32_t *wdfs = FH_ARENA_ARRAY(g->arena, uint32_t, count + 1);
    for (size_t i = 0; i < words; i++) {
        for (; m->touched[i]; m->touched[i] &= m->touched[i] - 1) {
            uint32_t doc = (uint32_t)(i * WORD_BITS + (size_t)__builtin_ctzll(m->touched[i]));
            docs[out->count] = doc;
            wdfs[out->count++] = m->counts[doc];
            m->counts[doc] = 0;
        }
    }
    out->docs = docs;
    out->wdfs = wdfs;
    out->most = (uint32_t)out->count;
}

fh_branch *fh_branch_merge(fh_matching *g, fh_query *const *kids, size_t count, double factor) {
    merging r = {.g = g, .factor = factor};
    double *each = FH_ARENA_ARRAY(g->arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool beginning = kids[i]->op == FH_OP_PREFIX;
        if ((!beginning && kids[i]->op != FH_OP_TERM) || (beginning && kids[i]->word.len == 0))
            g->declined = true;
        each[i] = g->declined ? 0 : beginning ? add_beginning(&r, kids[i]) : add_term(&r, kids[i]);
    }
    double articles = estimate(g, each, count);
    if (r.lists == 1) return fh_branch_of_list(g, &r.last, factor);
    fh_branch *b = fh_branch_new(g, r.lists ? FH_BRANCH_MERGED : FH_BRANCH_NONE);
    if (r.lists) take_counts(g, b);
    b->bound = b->weight = factor == 0 ? 0 : fh_matching_weight(g, articles, factor);
    return b;
}
