/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's query trees, built from the leaves up. */
#include "query/ops.h"

#include "base/memory.h"
#include <stdlib.h>

/* ---- Building ---- */

void fh_ops_add(fh_ops *ops, fh_query *kid) {
    if (!kid) return;
    ops->items = fh_grow(ops->items, ops->count, &ops->capacity, sizeof(fh_query *));
    ops->items[ops->count++] = kid;
}

static void clear(fh_ops *ops) {
    free(ops->items);
    *ops = (fh_ops){0};
}

void fh_ops_append(fh_ops *ops, fh_ops *more) {
    for (size_t i = 0; i < more->count; i++) fh_ops_add(ops, more->items[i]);
    clear(more);
}

static fh_query *new_query(fh_arena *arena, fh_op op) {
    fh_query *query = fh_arena_take_zeroed(arena, sizeof *query);
    query->op = op;
    return query;
}

fh_query *fh_op_all(fh_arena *arena) {
    return new_query(arena, FH_OP_ALL);
}

fh_query *fh_op_none(fh_arena *arena) {
    return new_query(arena, FH_OP_NONE);
}

static fh_query *new_word(fh_arena *arena, fh_op op, fh_field field, fh_str word) {
    fh_query *query = new_query(arena, op);
    query->field = field;
    query->word = word;
    return query;
}

fh_query *fh_op_term(fh_arena *arena, fh_field field, fh_str word) {
    return new_word(arena, FH_OP_TERM, field, word);
}

fh_query *fh_op_prefix(fh_arena *arena, fh_field field, fh_str word) {
    return new_word(arena, FH_OP_PREFIX, field, word);
}

fh_query *fh_op_range(fh_arena *arena, fh_slot slot, fh_str low, fh_str high) {
    fh_query *query = new_query(arena, FH_OP_RANGE);
    query->slot = slot;
    query->low = low;
    query->high = high;
    return query;
}

fh_query *fh_op_scale(fh_arena *arena, double factor, fh_query *kid) {
    if (!kid || factor == 1) return kid;
    fh_query *query = new_query(arena, FH_OP_SCALE);
    query->factor = factor;
    query->kids = FH_ARENA_ARRAY(arena, fh_query *, 1);
    query->kids[0] = kid;
    query->kid_count = 1;
    return query;
}

fh_query *fh_op_join(fh_arena *arena, fh_op op, fh_ops *kids) {
    fh_query *query = kids->count == 1 ? kids->items[0] : NULL;
    if (kids->count > 1) {
        query = new_query(arena, op);
        query->kids = FH_ARENA_ARRAY(arena, fh_query *, kids->count);
        memcpy(query->kids, kids->items, kids->count * sizeof(fh_query *));
        query->kid_count = kids->count;
        if (op == FH_OP_PHRASE) query->window = (uint32_t)kids->count;
    }
    clear(kids);
    return query;
}

fh_query *fh_op_join_first(fh_arena *arena, fh_op op, fh_query *first, fh_ops *rest) {
    fh_ops kids = {0};
    fh_ops_add(&kids, first);
    fh_ops_append(&kids, rest);
    return fh_op_join(arena, op, &kids);
}

/* ---- Printing ---- */

static const char *const field_names[FH_FIELDS] = {
    [FH_FIELD_WORD] = "word",         [FH_FIELD_STEM] = "stem",
    [FH_FIELD_TITLE] = "title",       [FH_FIELD_TITLE_STEM] = "title-stem",
    [FH_FIELD_AUTHOR] = "author",     [FH_FIELD_SOURCE] = "source",
    [FH_FIELD_KEYWORD] = "keyword",   [FH_FIELD_ENTITY] = "entity",
    [FH_FIELD_URL] = "url",           [FH_FIELD_HOST] = "host",
    [FH_FIELD_LANGUAGE] = "language", [FH_FIELD_PARENT] = "parent",
    [FH_FIELD_DAY] = "day",           [FH_FIELD_MONTH] = "month",
    [FH_FIELD_YEAR] = "year",         [FH_FIELD_ID] = "id",
    [FH_FIELD_STORY] = "story",
};

static const char *const slot_names[FH_SLOTS] = {
    [FH_SLOT_PUBLISHED] = "published", [FH_SLOT_MONTH] = "month",       [FH_SLOT_SOURCE] = "source",
    [FH_SLOT_AUTHOR] = "author",       [FH_SLOT_LANGUAGE] = "language", [FH_SLOT_ENTITIES] = "entities",
    [FH_SLOT_KEYWORDS] = "keywords",   [FH_SLOT_CONTENT] = "content",   [FH_SLOT_EMBARGO] = "embargo",
    [FH_SLOT_STORY] = "story",         [FH_SLOT_FORMAT] = "format",
};

static const char *const op_names[] = {
    [FH_OP_ALL] = "all",       [FH_OP_NONE] = "none",       [FH_OP_TERM] = "term",
    [FH_OP_PREFIX] = "prefix", [FH_OP_RANGE] = "range",     [FH_OP_AND] = "and",
    [FH_OP_OR] = "or",         [FH_OP_NOT] = "but-not",     [FH_OP_FILTER] = "filter",
    [FH_OP_MAYBE] = "maybe",   [FH_OP_SYNONYM] = "synonym", [FH_OP_PHRASE] = "phrase",
    [FH_OP_NEAR] = "near",     [FH_OP_SCALE] = "scale",
};

void fh_query_text(const fh_query *query, fh_buf *out) {
    switch (query->op) {
    case FH_OP_TERM:
    case FH_OP_PREFIX:
        fh_buf_printf(out, "%s:%.*s%s", field_names[query->field], FH_STR_ARG(query->word),
                      query->op == FH_OP_PREFIX ? "*" : "");
        return;
    case FH_OP_RANGE:
        fh_buf_printf(out, "%s:%.*s..%.*s", slot_names[query->slot], FH_STR_ARG(query->low),
                      FH_STR_ARG(query->high));
        return;
    default: break;
    }
    fh_buf_printf(out, "(%s", op_names[query->op]);
    if (query->op == FH_OP_SCALE) fh_buf_printf(out, " %g", query->factor);
    for (size_t i = 0; i < query->kid_count; i++) {
        fh_buf_add_char(out, ' ');
        fh_query_text(query->kids[i], out);
    }
    fh_buf_add_char(out, ')');
}
