/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing what to add: how often a stem stands in each of the best hits, the better hits counting more,
 * times its rarity in the whole index. */
#include "query/expand.h"

#include "base/memory.h"
#include "base/utf8.h"
#include <math.h>
#include <stdlib.h>

/* Found on three collections of questions and headlines; other numbers near these changed nDCG@10 by 0.005 at
 * most. */
enum {
    BEST_HITS = 8, /* whose words are taken */
    ADDED_STEMS = 15,
    MIN_HITS = 3, /* that have the stem: what fewer have may be their whim */
    MIN_LETTERS = 2,
    SEEN_BYTES = 16u << 10, /* of a hit's body: what it is about stands at its beginning */
};

/* A stem of one hit, or of all. */
typedef struct candidate {
    fh_str stem;
    double weight;
    uint32_t hits;
} candidate;

typedef struct candidates {
    candidate *items;
    size_t count, capacity;
} candidates;

static void add(candidates *list, candidate item) {
    list->items = fh_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

static int by_stem(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    return fh_str_compare(a->stem, b->stem);
}

/* The weightiest first; in byte order where they weigh the same, so that the order is always one. */
static int by_weight(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return fh_str_compare(a->stem, b->stem);
}

/* Makes one of those from `first` on that have the same stem. */
static void gather(candidates *list, size_t first) {
    size_t kept = first;
    if (list->count == first) return;
    qsort(list->items + first, list->count - first, sizeof *list->items, by_stem);
    for (size_t i = first + 1; i < list->count; i++) {
        candidate *last = &list->items[kept], *next = &list->items[i];
        if (fh_str_equal(last->stem, next->stem)) {
            last->weight += next->weight;
            last->hits += next->hits;
        } else {
            list->items[++kept] = *next;
        }
    }
    list->count = kept + 1;
}

/* ---- The words of the hits ---- */

static bool is_telling(const fh_token *token) {
    bool word = token->kind == FH_TOKEN_ARABIC || token->kind == FH_TOKEN_WORD;
    return word && !token->stop && !token->whole && fh_utf8_count(token->stem) >= MIN_LETTERS;
}

static void add_words(fh_analyser *analyser, fh_str text, fh_arena *arena, candidates *out) {
    fh_tokens tokens = fh_analyse(analyser, text, arena);
    for (size_t i = 0; i < tokens.count; i++)
        if (is_telling(&tokens.items[i])) add(out, (candidate){tokens.items[i].stem, 1, 0});
}

/* A hit's words, each by how often it stands there, times what the hit is worth.  Longer hits repeat theirs
 * more, but a word's whole part of the hit would favour the very short ones: the root lies between. */
static void add_hit(fh_analyser *analyser, const fh_hit *hit, double worth, fh_arena *arena,
                    candidates *out) {
    size_t first = out->count;
    if (!hit->article.title_from_lead) add_words(analyser, hit->article.title, arena, out);
    add_words(analyser, fh_utf8_cut(hit->article.body, SEEN_BYTES), arena, out);
    double length = (double)(out->count - first);
    gather(out, first);
    for (size_t i = first; i < out->count; i++) {
        out->items[i].weight *= worth / sqrt(length);
        out->items[i].hits = 1;
    }
}

/* ---- Choosing ---- */

static bool is_of_query(fh_tokens query, fh_str stem) {
    for (size_t i = 0; i < query.count; i++)
        if (fh_str_equal(query.items[i].stem, stem)) return true;
    return false;
}

/* Keeps what enough hits have and the query has not, weighed by rarity too. */
static fh_status sift(const fh_feedback *f, uint32_t min_hits, fh_arena *arena, candidates *list,
                      fh_error *err) {
    fh_store_stats stats;
    fh_status known = fh_store_statistics(f->store, &stats, err);
    if (known) return known;
    fh_tokens query = fh_analyse(f->analyser, f->query, arena);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        candidate c = list->items[i];
        uint32_t frequency;
        if (c.hits < min_hits || is_of_query(query, c.stem)) continue;
        fh_status status = fh_store_frequency(f->store, FH_FIELD_STEM, c.stem, &frequency, err);
        if (status) return status;
        c.weight *= log(1 + (double)stats.articles / (1 + (double)frequency));
        list->items[kept++] = c;
    }
    list->count = kept;
    return FH_OK;
}

static fh_added_list choose(const candidates *list, double weight, fh_arena *arena) {
    size_t count = list->count < ADDED_STEMS ? list->count : ADDED_STEMS;
    fh_added_list added = {FH_ARENA_ARRAY(arena, fh_added, count + 1), count};
    if (count) qsort(list->items, list->count, sizeof *list->items, by_weight);
    for (size_t i = 0; i < count; i++)
        added.items[i] =
            (fh_added){list->items[i].stem, weight * list->items[i].weight / list->items[0].weight};
    return added;
}

static fh_status choose_from(const fh_feedback *f, const fh_results *best, fh_arena *arena,
                             fh_added_list *out, fh_error *err) {
    candidates list = {0};
    for (size_t i = 0; i < best->hit_count; i++)
        add_hit(f->analyser, &best->hits[i], best->hits[i].score / best->hits[0].score, arena, &list);
    gather(&list, 0);
    fh_status status = sift(f, MIN_HITS, arena, &list, err);
    if (status == FH_OK) *out = choose(&list, f->ranking->expand, arena);
    free(list.items);
    return status;
}

fh_status fh_expand(const fh_feedback *feedback, const fh_lowered *lowered, fh_arena *arena,
                    fh_added_list *out, fh_error *err) {
    fh_results best;
    fh_find find = {.query = lowered->query,
                    .sort = FH_SORT_RELEVANCE,
                    .bm25 = feedback->ranking->bm25,
                    .limit = BEST_HITS};
    if (!lowered->leaf_count) return FH_OK;
    fh_status status = fh_store_find(feedback->store, &find, arena, &best, err);
    if (status || !best.hit_count || best.hits[0].score <= 0) return status;
    return choose_from(feedback, &best, arena, out, err);
}

fh_status fh_expand_like(const fh_feedback *feedback, const fh_hit *article, fh_arena *arena,
                         fh_added_list *out, fh_error *err) {
    candidates list = {0};
    add_hit(feedback->analyser, article, 1, arena, &list);
    fh_status status = sift(feedback, 1, arena, &list, err);
    if (status == FH_OK) *out = choose(&list, 1, arena);
    free(list.items);
    return status;
}
