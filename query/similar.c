/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as a query: its telling stems as the expansion of a search chooses them, and its entities, each
 * weighed by how much it marks the article. */
#include "query/similar.h"

#include "query/ops.h"

/* An entity's weight beside the weightiest stem's, which is 1: what two articles name tells more of them than
 * one word does. */
static const double ENTITY_WEIGHT = 0.8;

enum { MOST_ENTITIES = 8 };

static bool came_before(const fh_article *article, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (fh_str_equal(article->entities[i].entity, article->entities[index].entity)) return true;
    return false;
}

static void add_entities(const fh_article *article, fh_arena *arena, fh_ops *out) {
    size_t added = 0;
    for (size_t i = 0; i < article->entity_count && added < MOST_ENTITIES; i++) {
        if (came_before(article, i)) continue;
        fh_query *term = fh_op_term(arena, FH_FIELD_ENTITY, article->entities[i].entity);
        fh_ops_add(out, fh_op_scale(arena, ENTITY_WEIGHT, term));
        added++;
    }
}

fh_status fh_similar_lower(const fh_feedback *feedback, fh_str id, fh_arena *arena, fh_lowered *out,
                           fh_error *err) {
    fh_hit hit = {.score = 1};
    fh_added_list stems;
    fh_ops any = {0}, itself = {0};
    fh_status status = fh_store_shown_article(feedback->store, id, arena, &hit.article, err);
    if (status == FH_OK) status = fh_expand_like(feedback, &hit, arena, &stems, err);
    if (status) return status;
    for (size_t i = 0; i < stems.count; i++) {
        fh_query *term = fh_op_term(arena, FH_FIELD_STEM, stems.items[i].stem);
        fh_ops_add(&any, fh_op_scale(arena, stems.items[i].weight, term));
    }
    add_entities(&hit.article, arena, &any);
    fh_ops_add(&itself, fh_op_term(arena, FH_FIELD_ID, id));
    fh_query *query = fh_op_join(arena, FH_OP_OR, &any);
    *out =
        (fh_lowered){.query = query ? fh_op_join_first(arena, FH_OP_NOT, query, &itself) : fh_op_none(arena)};
    return FH_OK;
}
