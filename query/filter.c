/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters to operators: by a term where the slot has one, which is fast, else by the value. */
#include "query/filter.h"

#include "query/ops.h"
#include "query/period.h"
#include "query/written.h"

static fh_query *month_term(fh_arena *arena, fh_str value) {
    fh_str month = fh_arena_copy(arena, value);
    char *digits = (char *)month.ptr;
    month.len = 0;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != '-') digits[month.len++] = value.ptr[i];
    return fh_op_term(arena, FH_FIELD_MONTH, month);
}

/* As the indexer makes one word of a keyword. */
static fh_query *keyword_term(fh_arena *arena, fh_analyser *analyser, fh_str value) {
    fh_tokens tokens = fh_analyse(analyser, value, arena);
    fh_str word = {0};
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].whole) continue;
        word = fh_arena_format(arena, "%.*s%s%.*s", FH_STR_ARG(word), word.len ? " " : "",
                               FH_STR_ARG(tokens.items[i].folded));
    }
    return word.len ? fh_op_term(arena, FH_FIELD_KEYWORD, word) : fh_op_none(arena);
}

/* An index may have been made when the entity had another id. */
static fh_query *entity_terms(const fh_searcher *searcher, fh_str id, fh_arena *arena) {
    fh_ops any = {0};
    const fh_entity *entity = fh_gazetteer_find(searcher->gazetteer, id);
    if (!entity) return fh_op_term(arena, FH_FIELD_ENTITY, id);
    fh_strs ids = fh_entity_ids(searcher->gazetteer, entity, arena);
    for (size_t i = 0; i < ids.count; i++) fh_ops_add(&any, fh_op_term(arena, FH_FIELD_ENTITY, ids.items[i]));
    return fh_op_join(arena, FH_OP_OR, &any);
}

static fh_query *lower_value(const fh_searcher *searcher, const fh_filter *filter, fh_arena *arena) {
    switch (filter->slot) {
    case FH_SLOT_MONTH: return month_term(arena, filter->value);
    case FH_SLOT_LANGUAGE: return fh_op_term(arena, FH_FIELD_LANGUAGE, filter->value);
    case FH_SLOT_ENTITIES: return entity_terms(searcher, filter->value, arena);
    case FH_SLOT_KEYWORDS: return keyword_term(arena, searcher->analyser, filter->value);
    default: return fh_op_range(arena, filter->slot, filter->value, filter->value);
    }
}

static fh_status lower_period(fh_arena *arena, fh_str text, fh_query **out, fh_error *err) {
    fh_str from, to;
    const char *wrong = fh_period_parse(text, FH_WITHIN, arena, &from, &to);
    if (wrong)
        return fh_fail(err, FH_ERR_USAGE, "period", "write 2023, 2023-11, 2023-11..2024-05 or ..2024", "%s",
                       wrong);
    /* As in a query: an unknown date is in no period, and a time of the last day is. */
    if (to.len) to = fh_arena_format(arena, "%.*s~", FH_STR_ARG(to));
    *out = fh_op_range(arena, FH_SLOT_PUBLISHED, from.len ? from : FH_STR("0"), to);
    return FH_OK;
}

static fh_query *lower_slot(const fh_searcher *searcher, const fh_search *search, fh_slot slot,
                            fh_arena *arena) {
    fh_ops either = {0};
    for (size_t i = 0; i < search->filter_count; i++)
        if (search->filters[i].slot == slot)
            fh_ops_add(&either, lower_value(searcher, &search->filters[i], arena));
    return fh_op_join(arena, FH_OP_OR, &either);
}

fh_status fh_filter_query(const fh_searcher *searcher, const fh_search *search, fh_query *query,
                          fh_arena *arena, fh_query **out, fh_error *err) {
    fh_ops all = {0};
    fh_query *period = NULL;
    fh_status status = search->period.len ? lower_period(arena, search->period, &period, err) : FH_OK;
    if (status) return status;
    fh_ops_add(&all, period);
    for (fh_slot slot = 0; slot < FH_SLOTS; slot++)
        fh_ops_add(&all, lower_slot(searcher, search, slot, arena));
    if (all.count && query->op == FH_OP_NONE && !fh_str_trim(search->query).len) query = fh_op_all(arena);
    *out = fh_op_join_first(arena, FH_OP_FILTER, query, &all);
    return FH_OK;
}

fh_status fh_filters_answer(const fh_searcher *searcher, const fh_search *search, fh_arena *arena,
                            fh_answer *answer, fh_error *err) {
    fh_status status = FH_OK;
    fh_answer_filter *filters = FH_ARENA_ARRAY(arena, fh_answer_filter, search->filter_count + 1);
    for (size_t i = 0; i < search->filter_count && status == FH_OK; i++) {
        const fh_filter *filter = &search->filters[i];
        const fh_facet_name *facet = fh_facet_names();
        while (facet->name && facet->slot != filter->slot) facet++; /* that of all entities stands first */
        filters[i] = (fh_answer_filter){facet->name, filter->value, filter->value};
        if (filter->slot == FH_SLOT_ENTITIES)
            status = fh_written_label(searcher, answer, filter->value, arena, &filters[i].label, err);
    }
    answer->filters = filters;
    answer->filter_count = search->filter_count;
    return status;
}
