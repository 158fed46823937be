/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words of a query are over all of the indexes: by that they are weighed in each.  It is found when
 * the first of them asks for it. */
#include "store/match/tree.h"

#include <math.h>
#include <stdlib.h>

/* ---- How many documents, about ---- */

static int lowest_first(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* What is joined so comes out in rising order, so that two rows that are each in order are all there is to
 * look at. */
double fh_matching_estimate(const fh_matching *g, double *rows, size_t count) {
    double *joined = FH_ARENA_ARRAY(g->arena, double, count + 1);
    size_t row = 0, first = 0, end = 0;
    qsort(rows, count, sizeof *rows, lowest_first);
    for (size_t left = count; left > 1; left--) {
        double two[2];
        for (int i = 0; i < 2; i++) {
            bool single = row < count && (first == end || rows[row] <= joined[first]);
            two[i] = single ? rows[row++] : joined[first++];
        }
        joined[end++] = floor(two[0] + two[1] - two[0] * two[1] / (double)g->all->documents + 0.5);
    }
    return count == 0 ? 0 : count == 1 ? rows[0] : joined[first];
}

/* ---- Leaves ---- */

static void open_lists(fh_matching *g, fh_leaf *leaf) {
    const fh_matchers *all = g->all;
    fh_term term;
    fh_buf key = {0};
    leaf->lists = FH_ARENA_ARRAY(g->arena, fh_list, all->count);
    fh_term_make(leaf->query->field, leaf->query->word, &term);
    fh_list_key(fh_term_str(&term), &key);
    fh_str kept = fh_arena_copy(g->arena, fh_buf_str(&key));
    for (size_t i = 0; i < all->count; i++) {
        fh_list *list = &leaf->lists[i];
        fh_list_open(list, &all->parts[i]->postings, all->parts[i]->last, kept, g->arena);
        leaf->articles += list->frequency;
        g->broken |= list->broken;
    }
    fh_buf_free(&key);
}

static void find_words(fh_matching *g, fh_leaf *leaf) {
    leaf->words = fh_matching_begin(g, leaf->query);
    double *each = FH_ARENA_ARRAY(g->arena, double, leaf->words.count + 1);
    for (size_t i = 0; i < leaf->words.count; i++) each[i] = leaf->words.items[i].frequency;
    leaf->articles = fh_matching_estimate(g, each, leaf->words.count);
}

static fh_leaf *leaf_new(fh_matching *g, const fh_query *query) {
    fh_leaf *leaf = fh_arena_take_zeroed(g->arena, sizeof *leaf);
    leaf->query = query;
    if (query->op == FH_OP_PREFIX)
        find_words(g, leaf);
    else
        open_lists(g, leaf);
    return leaf;
}

const fh_leaf *fh_matching_leaf(fh_matching *g, const fh_query *query) {
    fh_leaf **row = &g->leaves[(uintptr_t)query / sizeof *query % FH_LEAF_ROWS];
    for (const fh_leaf *leaf = *row; leaf; leaf = leaf->next)
        if (leaf->query == query) return leaf;
    fh_leaf *leaf = leaf_new(g, query);
    leaf->next = *row;
    return *row = leaf;
}
