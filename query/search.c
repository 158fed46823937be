/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One search, from the query string to the marked answer. */
#include "query/expand.h"
#include "query/explain.h"
#include "query/facets.h"
#include "query/filter.h"
#include "query/known.h"
#include "query/ops.h"
#include "query/resolve.h"
#include "query/searcher.h"
#include "query/similar.h"
#include "query/suggest.h"
#include "query/written.h"

#include "base/memory.h"
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum {
    LOOK_TO = 10000, /* articles for the total of a phrase: some tens of milliseconds */
    LOOK_QUICKLY = 100,
};

fh_status fh_searcher_new(fh_store *store, const fh_gazetteer *gazetteer, fh_searcher **out, fh_error *err) {
    fh_stemmer stemmer;
    const char *name = fh_store_stemmer(store);
    if (!fh_stemmer_parse(fh_str_from(name), &stemmer))
        return fh_fail(err, FH_ERR_VERSION, NULL, "index the archive again with this version of fihris-index",
                       "the index was made with the stemmer \"%s\", which this version does not know", name);
    fh_lexicon *lexicon = NULL;
    fh_str words = fh_store_lexicon(store);
    fh_status status = words.len ? fh_lexicon_parse(words, "the index's lexicon", &lexicon, err) : FH_OK;
    if (status != FH_OK) return status;
    fh_searcher *searcher = fh_alloc(sizeof *searcher);
    *searcher = (fh_searcher){store, gazetteer, lexicon, fh_analyser_new(stemmer), fh_written_names_new()};
    fh_analyser_use(searcher->analyser, lexicon);
    *out = searcher;
    return FH_OK;
}

void fh_searcher_free(fh_searcher *searcher) {
    if (!searcher) return;
    fh_written_names_free(searcher->written);
    fh_analyser_free(searcher->analyser);
    fh_lexicon_free(searcher->lexicon);
    free(searcher);
}

const fh_entity *fh_searcher_entity(const fh_searcher *searcher, const fh_article *article, size_t mark,
                                    fh_arena *arena) {
    const fh_entity *known = fh_known_entity(searcher->gazetteer, article->entities[mark].entity, arena);
    return known ? fh_written_in(searcher->gazetteer, known, article, mark, arena) : NULL;
}

/* ---- Finding ---- */

typedef struct run {
    fh_searcher *searcher;
    const fh_search *search;
    fh_arena *arena;
    fh_error *err;
    const fh_node *tree;
    const fh_ranking *ranking;
    fh_resolved resolved;
    double deadline; /* seconds of CLOCK_MONOTONIC; 0: none */
    fh_lowered lowered;
    fh_added_list added;
    fh_results results;
} run;

/* Lowers again with what the best hits suggest; an order by date has no use for that. */
static fh_status expand(run *r, fh_lowering *how) {
    if (r->search->sort != FH_SORT_RELEVANCE) return FH_OK;
    fh_feedback feedback = {r->searcher->store, r->searcher->analyser, r->ranking, r->search->query};
    fh_status status = fh_expand(&feedback, &r->lowered, r->arena, &how->added, r->err);
    if (status) return status;
    r->added = how->added;
    r->lowered = fh_query_lower(r->tree, how, r->arena);
    return FH_OK;
}

/* What is asked for, as the store runs it. */
static fh_status lower(run *r, bool any) {
    if (r->search->like.len) {
        fh_feedback feedback = {r->searcher->store, r->searcher->analyser, r->ranking, r->search->query};
        return fh_similar_lower(&feedback, r->search->like, r->arena, &r->lowered, r->err);
    }
    fh_lowering how = {.analyser = r->searcher->analyser,
                       .gazetteer = r->searcher->gazetteer,
                       .ranking = r->ranking,
                       .any = any,
                       .named = r->resolved.named};
    r->lowered = fh_query_lower(r->tree, &how, r->arena);
    return r->search->expand ? expand(r, &how) : FH_OK;
}

static fh_status find(run *r, bool any) {
    const fh_search *search = r->search;
    fh_status status = lower(r, any);
    if (status == FH_OK)
        status = fh_filter_query(r->searcher, search, r->lowered.query, r->arena, &r->lowered.query, r->err);
    if (status) return status;
    fh_find wanted = {
        .query = r->lowered.query,
        .sort = search->sort,
        .bm25 = r->ranking->bm25,
        .offset = search->offset,
        .limit = search->limit,
        .ids_only = search->ids_only,
        .facets = fh_facets_request(search->facets, search->facet_count, r->searcher->gazetteer, r->arena),
        .facet_count = search->facet_count,
        .collapse = !search->all && !search->ids_only,
        .look_to = search->quick ? LOOK_QUICKLY : LOOK_TO,
        .deadline = r->deadline,
    };
    return fh_store_find(r->searcher->store, &wanted, r->arena, &r->results, r->err);
}

static fh_status find_widening(run *r, bool *widened) {
    *widened = false;
    fh_status status = find(r, r->search->match == FH_MATCH_ANY);
    if (status || r->search->match != FH_MATCH_AUTO || r->results.total || r->lowered.loose < 2)
        return status;
    status = find(r, true);
    *widened = status == FH_OK && r->results.total > 0;
    return status;
}

/* ---- What a hit shows ---- */

/* In how many articles a leaf stands, about: its rarest word, or an entity by all of its ids together. */
static fh_status leaf_frequency(run *r, const fh_leaf *leaf, uint32_t *out) {
    bool entity = leaf->kind == FH_LEAF_ENTITY;
    fh_field field = leaf->kind == FH_LEAF_STEM ? FH_FIELD_STEM : entity ? FH_FIELD_ENTITY : FH_FIELD_WORD;
    *out = entity ? 0 : UINT32_MAX;
    for (size_t i = 0; i < leaf->words.count; i++) {
        uint32_t articles;
        fh_status status =
            fh_store_frequency(r->searcher->store, field, leaf->words.items[i], &articles, r->err);
        if (status) return status;
        *out = entity ? *out + articles : articles < *out ? articles : *out;
    }
    return FH_OK;
}

static fh_status weigh_leaves(run *r) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(r->searcher->store, &stats, r->err);
    for (size_t i = 0; i < r->lowered.leaf_count && status == FH_OK; i++) {
        fh_leaf *leaf = &r->lowered.leaves[i];
        uint32_t articles;
        if (leaf->kind == FH_LEAF_PREFIX || leaf->kind == FH_LEAF_ADDED) continue;
        status = leaf_frequency(r, leaf, &articles);
        if (status == FH_OK) leaf->rarity = log(2 + (double)stats.articles / (1 + (double)articles));
    }
    return status;
}

/* ---- The answer ---- */

static fh_status show_hits(run *r, fh_answer *answer) {
    size_t count = r->results.hit_count;
    fh_showing showing = {r->searcher->analyser, r->searcher->gazetteer, &r->lowered, r->arena};
    answer->hits = fh_arena_take_zeroed(r->arena, (count + 1) * sizeof *answer->hits);
    answer->hit_count = count;
    fh_status status = r->search->ids_only ? FH_OK : weigh_leaves(r);
    for (size_t i = 0; i < count && status == FH_OK; i++) {
        fh_answer_hit *hit = &answer->hits[i];
        fh_shown shown = {0};
        hit->hit = &r->results.hits[i];
        if (!r->search->ids_only) shown = fh_show_hit(&showing, hit->hit, hit);
        if (r->search->explain)
            status = fh_explain_hit(r->searcher->store, &showing, &shown, r->ranking->bm25, hit, r->err);
    }
    return status;
}

/* The entities that the query names, each part of it once. */
static void tell_names(run *r, fh_answer *answer) {
    fh_named *named = FH_ARENA_ARRAY(r->arena, fh_named, r->lowered.leaf_count + 1);
    for (size_t i = 0; i < r->lowered.leaf_count; i++)
        if (r->lowered.leaves[i].kind == FH_LEAF_ENTITY)
            named[answer->named_count++] = r->lowered.leaves[i].named;
    answer->named = named;
    answer->unknown = r->resolved.unknown;
    answer->unknown_count = r->resolved.unknown_count;
}

static fh_str in_arena(fh_buf *text, fh_arena *arena) {
    fh_str copy = fh_arena_copy(arena, fh_buf_str(text));
    fh_buf_free(text);
    return copy;
}

static void explain_query(run *r, fh_answer *answer) {
    fh_buf tree = {0}, lowered = {0};
    fh_node_text(r->tree, &tree);
    fh_query_text(r->lowered.query, &lowered);
    answer->tree = in_arena(&tree, r->arena);
    answer->lowered = in_arena(&lowered, r->arena);
}

static fh_strs added_stems(run *r) {
    fh_strs stems = {FH_ARENA_ARRAY(r->arena, fh_str, r->added.count + 1), r->added.count};
    for (size_t i = 0; i < stems.count; i++) stems.items[i] = r->added.items[i].stem;
    return stems;
}

static double milliseconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) * 1e3 + (double)(now.tv_nsec - start->tv_nsec) / 1e6;
}

static fh_status answer_query(run *r, fh_answer *answer) {
    fh_node *tree;
    fh_status status = fh_query_parse(r->search->query, r->arena, &tree, r->err);
    if (status) return status;
    r->tree = tree;
    fh_resolver resolver = {r->searcher->store, r->searcher->analyser, r->searcher->gazetteer};
    status = fh_resolve(&resolver, tree, r->arena, &r->resolved, r->err);
    if (status) return status;
    status = find_widening(r, &answer->widened);
    if (status) return status;
    answer->query = r->search->query;
    answer->offset = r->search->offset;
    answer->total = r->results.total;
    answer->total_exact = r->results.total_exact;
    answer->partial = r->results.partial;
    answer->period = r->search->period;
    answer->expand = r->search->expand;
    tell_names(r, answer);
    answer->expanded = added_stems(r);
    status = show_hits(r, answer);
    if (status == FH_OK) status = fh_filters_answer(r->searcher, r->search, r->arena, answer, r->err);
    if (status == FH_OK)
        status = fh_facets_answer(r->searcher, r->search->facets, &r->results, r->arena, answer, r->err);
    if (status == FH_OK && !r->search->ids_only)
        status =
            fh_suggest(r->searcher->store, &r->lowered, answer->query, r->arena, &answer->suggestion, r->err);
    if (status == FH_OK && r->search->explain) explain_query(r, answer);
    return status;
}

fh_status fh_search_run(fh_searcher *searcher, const fh_search *search, fh_arena *arena, fh_answer *out,
                        fh_error *err) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    run r = {.searcher = searcher, .search = search, .arena = arena, .err = err};
    r.ranking = search->ranking ? search->ranking : fh_ranking_default();
    if (search->time_limit)
        r.deadline = (double)start.tv_sec + (double)start.tv_nsec / 1e9 + search->time_limit / 1e3;
    fh_answer answer = {0};
    fh_status status = answer_query(&r, &answer);
    if (status) return status;
    answer.took_ms = milliseconds_since(&start);
    *out = answer;
    return FH_OK;
}
