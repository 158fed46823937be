/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entity over the archive: when it is named, how it is spelled, and with whom. */
#include "query/story.h"

#include "base/limits.h"
#include "query/facets.h"
#include "query/known.h"
#include "query/nearest.h"
#include "query/ops.h"
#include "query/resolve.h"
#include "query/written.h"
#include <stdlib.h>

/* All values of a facet. */
enum { NO_LIMIT = INT32_MAX };

/* ---- Which entity ---- */

static fh_status unknown(const fh_gazetteer *gazetteer, fh_str typed, fh_arena *arena, fh_error *err) {
    fh_unknown_name names = fh_nearest_names(gazetteer, typed, arena);
    fh_buf hint = {0};
    for (size_t i = 0; i < names.nearest_count; i++)
        fh_buf_printf(&hint, "%s%s (%s)", i ? ", " : "the nearest names: ", names.nearest[i]->label,
                      names.nearest[i]->id);
    fh_buf_add_char(&hint, '\0');
    fh_status status = fh_fail(err, FH_ERR_NOT_FOUND, NULL,
                               hint.len > 1 ? hint.ptr : "--facet entity shows those of articles",
                               "no entity is known as \"%.*s\"", FH_STR_ARG(typed));
    fh_buf_free(&hint);
    return status;
}

static const fh_entity *country_of(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena) {
    fh_str id = fh_small_letters(fh_arena_format(arena, "country-%s", entity->country), arena);
    const fh_entity *country = fh_gazetteer_find(gazetteer, id);
    return country == entity ? NULL : country;
}

static fh_status know(fh_searcher *searcher, const fh_story_wanted *wanted, fh_arena *arena, fh_story *story,
                      fh_error *err) {
    fh_resolver resolver = {searcher->store, searcher->analyser, searcher->gazetteer};
    fh_str typed = fh_str_trim(wanted->entity);
    fh_status status = fh_resolve_name(&resolver, typed, arena, &story->named, err);
    if (status) return status;
    if (!story->named.entity) return unknown(searcher->gazetteer, typed, arena, err);
    story->ids = fh_entity_ids(searcher->gazetteer, story->named.entity, arena);
    story->country = country_of(searcher->gazetteer, story->named.entity, arena);
    story->query = wanted->query;
    return FH_OK;
}

/* ---- Its articles ---- */

static fh_query *any_id(fh_strs ids, fh_arena *arena) {
    fh_ops any = {0};
    for (size_t i = 0; i < ids.count; i++) fh_ops_add(&any, fh_op_term(arena, FH_FIELD_ENTITY, ids.items[i]));
    return fh_op_join(arena, FH_OP_SYNONYM, &any);
}

/* The articles that name the entity, of those that the query finds where there is one. */
static fh_status make_query(fh_searcher *searcher, const fh_story *story, fh_arena *arena, fh_query **out,
                            fh_error *err) {
    fh_resolver resolver = {searcher->store, searcher->analyser, searcher->gazetteer};
    fh_ops filter = {0};
    fh_resolved resolved;
    fh_node *tree;
    if (story->query.len) {
        fh_status status = fh_query_parse(story->query, arena, &tree, err);
        if (status == FH_OK) status = fh_resolve(&resolver, tree, arena, &resolved, err);
        if (status) return status;
        fh_lowering how = {.analyser = searcher->analyser,
                           .gazetteer = searcher->gazetteer,
                           .ranking = fh_ranking_default(),
                           .named = resolved.named};
        fh_ops_add(&filter, fh_query_lower(tree, &how, arena).query);
    }
    *out = fh_op_join_first(arena, FH_OP_FILTER, any_id(story->ids, arena), &filter);
    return FH_OK;
}

static fh_status find(fh_searcher *searcher, const fh_story *story, fh_arena *arena, fh_results *out,
                      fh_error *err) {
    static const fh_facet_name month = {"month", "", FH_SLOT_MONTH, FH_ANY_TYPE},
                               entity = {"entity", "", FH_SLOT_ENTITIES, FH_ANY_TYPE};
    const fh_facet_wanted wanted[] = {{&month, NO_LIMIT}, {&entity, NO_LIMIT}};
    fh_query *query;
    fh_status status = make_query(searcher, story, arena, &query, err);
    if (status) return status;
    fh_find find = {.query = query,
                    .sort = FH_SORT_NEWEST,
                    .bm25 = fh_ranking_default()->bm25,
                    .limit = FH_MAX_STORY,
                    .facets = fh_facets_request(wanted, 2, searcher->gazetteer, arena),
                    .facet_count = 2};
    return fh_store_find(searcher->store, &find, arena, out, err);
}

static int by_month(const void *left, const void *right) {
    const fh_story_month *a = left, *b = right;
    return fh_str_compare(a->month, b->month);
}

static void take_months(const fh_facet *months, fh_arena *arena, fh_story *story) {
    uint64_t dated = 0;
    story->months = FH_ARENA_ARRAY(arena, fh_story_month, months->value_count + 1);
    for (size_t i = 0; i < months->value_count; i++) {
        story->months[i] = (fh_story_month){months->values[i].value, months->values[i].articles};
        dated += months->values[i].articles;
    }
    story->month_count = months->value_count;
    story->undated = (uint32_t)(story->articles - dated);
    if (story->month_count) qsort(story->months, story->month_count, sizeof *story->months, by_month);
}

fh_status fh_story_run(fh_searcher *searcher, const fh_story_wanted *wanted, fh_arena *arena, fh_story *out,
                       fh_error *err) {
    fh_story story = {0};
    fh_results found;
    fh_status status = know(searcher, wanted, arena, &story, err);
    if (status == FH_OK) status = find(searcher, &story, arena, &found, err);
    if (status) return status;
    story.articles = found.total;
    take_months(&found.facets[0], arena, &story);
    fh_story_spellings(searcher, found.hits, found.hit_count, arena, &story);
    status = fh_story_others(searcher, &found.facets[1], arena, &story, err);
    if (status == FH_OK) status = fh_written_anywhere(searcher, &story.named.entity, arena, err);
    if (status == FH_OK) *out = story;
    return status;
}
