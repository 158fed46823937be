/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the query to the tree that walks through documents. */
#include "store/glass/pack.h"
#include "store/match/tree.h"
#include <math.h>
#include <stdlib.h>
#include <time.h>

bool fh_matching_is_late(const fh_matching *g) {
    struct timespec now;
    if (g->deadline <= 0) return false;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9 >= g->deadline;
}

/* Xapian's BM25, with its bend for words of more than a third of all documents. */
double fh_matching_weight(const fh_matching *g, double articles, double factor) {
    double odds = ((double)g->all->documents - articles + 0.5) / (articles + 0.5);
    if (odds < 2) odds = odds / 2 + 1;
    return log(odds) * factor * (g->k1 + 1);
}

fh_branch *fh_branch_new(fh_matching *g, fh_branch_kind kind) {
    fh_branch *b = fh_arena_take_zeroed(g->arena, sizeof *b);
    b->kind = kind;
    b->doc = kind == FH_BRANCH_NONE ? FH_LIST_END : 0;
    return b;
}

static fh_branch *none(fh_matching *g) {
    return fh_branch_new(g, FH_BRANCH_NONE);
}

/* It cannot be read. */
static fh_branch *unread(fh_matching *g) {
    g->broken = true;
    return none(g);
}

/* ---- Leaves ---- */

fh_branch *fh_branch_of_list(fh_matching *g, const fh_list *list, double articles, double factor) {
    if (list->broken) return unread(g);
    if (list->frequency == 0) return none(g);
    fh_branch *b = fh_branch_new(g, FH_BRANCH_LIST);
    b->list = *list;
    b->most = list->frequency;
    b->bound = b->weight = factor == 0 ? 0 : fh_matching_weight(g, articles, factor);
    return b;
}

static fh_branch *grow_term(fh_matching *g, const fh_query *query, double factor) {
    if (query->word.len == 0) return none(g);
    const fh_leaf *leaf = fh_matching_leaf(g, query);
    return fh_branch_of_list(g, &leaf->lists[g->part], leaf->articles, factor);
}

/* Every document has a length, and none has anything else that tells it is there. */
static fh_branch *grow_all(fh_matching *g) {
    fh_branch *b = fh_branch_new(g, FH_BRANCH_LIST);
    fh_list_open(&b->list, &g->matcher->postings, g->matcher->last, FH_KEY_LENGTHS, g->arena);
    b->most = g->matcher->documents;
    return b;
}

/* What has no date is not below any. */
static fh_branch *grow_dates(fh_matching *g, const fh_query *query) {
    if (!fh_matcher_learn_dates(g->matcher)) return unread(g);
    fh_branch *b = fh_branch_new(g, FH_BRANCH_DATES);
    b->low = query->low.len ? fh_date_rank(query->low) : 1;
    b->high = query->high.len ? fh_date_rank(query->high) : FH_NO_RANK - 1;
    b->most = g->matcher->documents;
    b->count = (size_t)g->matcher->last + 1;
    b->dates = g->matcher->dates;
    return b;
}

static bool is_between(const fh_query *query, fh_str value) {
    return fh_str_compare(value, query->low) >= 0 &&
           (query->high.len == 0 || fh_str_compare(value, query->high) <= 0);
}

typedef struct picking {
    const fh_query *query;
    uint32_t *docs;
    size_t count;
} picking;

static bool pick(void *context, uint32_t document, fh_str kept) {
    picking *p = context;
    if (is_between(p->query, kept)) p->docs[p->count++] = document;
    return true;
}

/* Where a document has several values, all of them are compared as one, which nobody asks for often. */
static fh_branch *grow_lists_of_values(fh_matching *g, const fh_query *query) {
    const fh_matcher *m = g->matcher;
    picking p = {.query = query, .docs = FH_ARENA_ARRAY(g->arena, uint32_t, m->last)};
    if (!fh_slot_visit(&m->postings, query->slot, m->last, pick, &p)) return unread(g);
    fh_branch *b = fh_branch_new(g, FH_BRANCH_MERGED);
    b->docs = p.docs;
    b->count = p.count;
    b->most = (uint32_t)p.count;
    return b;
}

static fh_branch *grow_values(fh_matching *g, const fh_query *query) {
    fh_matcher *m = g->matcher;
    fh_column *column = fh_matcher_column(m, query->slot);
    if (!fh_column_learn(column, &m->postings, m->last)) return unread(g);
    if (column->listed) return grow_lists_of_values(g, query);
    bool *wanted = FH_ARENA_ARRAY(g->arena, bool, column->count + 1);
    for (size_t i = 0; i < column->count; i++) wanted[i] = is_between(query, column->values[i].kept);
    fh_branch *b = fh_branch_new(g, FH_BRANCH_VALUES);
    b->most = m->documents;
    b->count = (size_t)m->last + 1;
    b->column = column;
    b->wanted = wanted;
    return b;
}

static bool is_of_dates(const fh_query *query) {
    return query->slot == FH_SLOT_PUBLISHED && fh_date_rank(query->low) != FH_NO_RANK &&
           fh_date_rank(query->high) != FH_NO_RANK;
}

/* As in Xapian, between nothing and nothing is every document, also one without a value. */
static fh_branch *grow_range(fh_matching *g, const fh_query *query) {
    if (query->low.len == 0 && query->high.len == 0) return grow_all(g);
    return is_of_dates(query) ? grow_dates(g, query) : grow_values(g, query);
}

/* ---- Branches ---- */

static int rarest_first(const void *left, const void *right) {
    const fh_branch *a = *(fh_branch *const *)left, *b = *(fh_branch *const *)right;
    return a->most == b->most ? 0 : a->most < b->most ? -1 : 1;
}

/* Sums of bounds are as inexact as sums of worths: a bit more is on the safe side. */
static void add_kid(fh_branch *to, fh_branch *kid) {
    const double SAFE = 1 + 1e-9;
    to->kids[to->kid_count++] = kid;
    to->unsure |= kid->unsure;
    to->bound += kid->bound * SAFE;
}

/* The kids from `first` on that match anything, each times its factor. */
static void grow_kids(fh_matching *g, const fh_query *query, size_t first, double factor, fh_branch *out) {
    for (size_t i = first; i < query->kid_count; i++) {
        fh_branch *kid = fh_branch_grow(g, query->kids[i], factor);
        if (kid->kind != FH_BRANCH_NONE) add_kid(out, kid);
    }
}

static fh_branch *with_room(fh_matching *g, fh_branch_kind kind, const fh_query *query) {
    fh_branch *b = fh_branch_new(g, kind);
    b->kids = FH_ARENA_ARRAY(g->arena, fh_branch *, query->kid_count + 1);
    return b;
}

/* All kids, weighed; of a filter the first alone. */
static fh_branch *grow_and(fh_matching *g, const fh_query *query, double factor, double others) {
    fh_branch *b = with_room(g, FH_BRANCH_AND, query);
    for (size_t i = 0; i < query->kid_count; i++) {
        fh_branch *kid = fh_branch_grow(g, query->kids[i], i == 0 ? factor : others);
        if (kid->kind == FH_BRANCH_NONE) return none(g);
        add_kid(b, kid);
    }
    if (b->kid_count < 2) return b->kid_count ? b->kids[0] : none(g);
    qsort(b->kids, b->kid_count, sizeof *b->kids, rarest_first);
    b->most = b->kids[0]->most;
    return b;
}

static fh_branch *grow_or(fh_matching *g, const fh_query *query, double factor) {
    fh_branch *b = with_room(g, FH_BRANCH_OR, query);
    grow_kids(g, query, 0, factor, b);
    if (b->kid_count < 2) return b->kid_count ? b->kids[0] : none(g);
    uint64_t most = 0;
    for (size_t i = 0; i < b->kid_count; i++) most += b->kids[i]->most;
    b->most = most < g->matcher->documents ? (uint32_t)most : g->matcher->documents;
    return b;
}

/* The first kid, and the others where they are. */
static fh_branch *grow_beside(fh_matching *g, fh_branch_kind kind, const fh_query *query, double factor,
                              double others) {
    if (query->kid_count == 0) return none(g);
    fh_branch *b = with_room(g, kind, query), *first = fh_branch_grow(g, query->kids[0], factor);
    if (first->kind == FH_BRANCH_NONE) return first;
    add_kid(b, first);
    b->most = first->most;
    grow_kids(g, query, 1, others, b);
    b->unsure = first->unsure; /* of the others, only what stands is taken up */
    return b->kid_count > 1 ? b : first;
}

fh_branch *fh_branch_grow(fh_matching *g, const fh_query *query, double factor) {
    switch (query->op) {
    case FH_OP_ALL: return grow_all(g);
    case FH_OP_NONE: return none(g);
    case FH_OP_TERM: return grow_term(g, query, factor);
    case FH_OP_PREFIX: return fh_branch_merge(g, &(fh_query *){(fh_query *)query}, 1, factor);
    case FH_OP_RANGE: return grow_range(g, query);
    case FH_OP_AND: return grow_and(g, query, factor, factor);
    case FH_OP_FILTER: return grow_and(g, query, factor, 0);
    case FH_OP_OR: return grow_or(g, query, factor);
    case FH_OP_MAYBE: return grow_beside(g, FH_BRANCH_MAYBE, query, factor, factor);
    case FH_OP_NOT: return grow_beside(g, FH_BRANCH_NOT, query, factor, 0);
    case FH_OP_SYNONYM: return fh_branch_merge(g, query->kids, query->kid_count, factor);
    case FH_OP_SCALE:
        if (query->kid_count == 0) return none(g);
        return fh_branch_grow(g, query->kids[0], factor * query->factor);
    case FH_OP_PHRASE:
    case FH_OP_NEAR: return fh_branch_of_phrase(g, query, factor);
    }
    return none(g);
}

fh_branch *fh_branch_without(fh_matching *g, fh_branch *of, const uint32_t *numbers, size_t count) {
    if (of->kind == FH_BRANCH_NONE || count == 0) return of;
    fh_branch *b = fh_branch_new(g, FH_BRANCH_NOT), *unwanted = fh_branch_new(g, FH_BRANCH_MERGED);
    unwanted->docs = numbers;
    unwanted->count = count;
    b->kids = FH_ARENA_ARRAY(g->arena, fh_branch *, 2);
    add_kid(b, of);
    add_kid(b, unwanted);
    b->most = of->most;
    return b;
}
