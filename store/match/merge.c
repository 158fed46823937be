/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of words that count as one, counted together document by document: some hundreds of lists cost as
 * much as their postings, and nothing for being many. */
#include "base/bits.h"
#include "base/memory.h"
#include "store/match/tree.h"

enum {
    WORD_BITS = 64,
    LISTS_BETWEEN_LOOKS = 16,
    WORTH_KEEPING = 1 << 14 /* words walked and postings read */
};

/* ---- Merging ---- */

/* What is merged so far. */
typedef struct merging {
    fh_matching *g;
    size_t lists, work;
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
    if (list->broken) r->g->broken = true;
    r->work += list->frequency;
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
    const fh_leaf *leaf = fh_matching_leaf(r->g, query);
    r->work += leaf->words.walked;
    for (size_t i = 0; i < leaf->words.count && !r->g->late; i++) {
        fh_list list;
        fh_list_open_at(&list, &leaf->words.items[i].places[r->g->part], r->g->matcher->last);
        add_list(r, &list);
    }
    return leaf->articles;
}

static double add_term(merging *r, const fh_query *query) {
    if (query->word.len == 0) return 0;
    const fh_leaf *leaf = fh_matching_leaf(r->g, query);
    add_list(r, &leaf->lists[r->g->part]);
    return leaf->articles;
}

/* The documents that were counted, in order; leaves nothing in the room. */
static fh_kept_docs take_counts(fh_matching *g) {
    fh_matcher *m = g->matcher;
    size_t words = (size_t)m->last / WORD_BITS + 1, count = 0;
    for (size_t i = 0; i < words; i++) count += fh_bits_count(m->touched[i]);
    uint32_t *docs = FH_ARENA_ARRAY(g->arena, uint32_t, count + 1);
    uint32_t *wdfs = FH_ARENA_ARRAY(g->arena, uint32_t, count + 1);
    fh_kept_docs merged = {.docs = docs, .values = wdfs};
    for (size_t i = 0; i < words; i++) {
        for (; m->touched[i]; m->touched[i] &= m->touched[i] - 1) {
            uint32_t doc = (uint32_t)(i * WORD_BITS + (size_t)__builtin_ctzll(m->touched[i]));
            docs[merged.count] = doc;
            wdfs[merged.count++] = m->counts[doc];
            m->counts[doc] = 0;
        }
    }
    return merged;
}

/* ---- The branch ---- */

static bool is_beginning(const fh_query *query) {
    return query->op == FH_OP_PREFIX && query->word.len > 0;
}

/* What is merged, in letters. */
static void name_words(fh_query *const *kids, size_t count, fh_buf *out) {
    for (size_t i = 0; i < count; i++)
        fh_buf_printf(out, "%d %d %zu %.*s", kids[i]->op, kids[i]->field, kids[i]->word.len,
                      FH_STR_ARG(kids[i]->word));
}

static fh_branch *of_merged(fh_matching *g, const fh_kept_docs *merged, double factor) {
    fh_branch *b = fh_branch_new(g, FH_BRANCH_MERGED);
    b->docs = merged->docs;
    b->wdfs = merged->values;
    b->count = merged->count;
    b->most = (uint32_t)merged->count;
    b->bound = b->weight = factor == 0 ? 0 : fh_matching_weight(g, merged->articles, factor);
    return b;
}

static fh_branch *merge(fh_matching *g, fh_query *const *kids, size_t count, double factor, fh_str name) {
    merging r = {.g = g};
    double *each = FH_ARENA_ARRAY(g->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        each[i] = is_beginning(kids[i]) ? add_beginning(&r, kids[i]) : add_term(&r, kids[i]);
    double articles = fh_matching_estimate(g, each, count);
    if (r.lists < 2)
        return r.lists ? fh_branch_of_list(g, &r.last, articles, factor) : fh_branch_new(g, FH_BRANCH_NONE);
    fh_kept_docs merged = take_counts(g);
    merged.articles = articles;
    if (r.work > WORTH_KEEPING && !g->late && !g->broken) fh_kept_add(g->matcher->merged, name, &merged);
    return of_merged(g, &merged, factor);
}

fh_branch *fh_branch_merge(fh_matching *g, fh_query *const *kids, size_t count, double factor) {
    fh_buf name = {0};
    if (g->broken) return fh_branch_new(g, FH_BRANCH_NONE);
    name_words(kids, count, &name);
    const fh_kept_docs *kept = fh_kept_find(g->matcher->merged, fh_buf_str(&name));
    fh_branch *b = kept ? of_merged(g, kept, factor) : merge(g, kids, count, factor, fh_buf_str(&name));
    fh_buf_free(&name);
    return b;
}
