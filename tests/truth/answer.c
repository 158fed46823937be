/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question's answer: what is found, in which order, which article stands for a story, and what is counted.
 */
#include "tests/truth/truth.h"

#include <stdlib.h>

enum { LOOKED_THROUGH = 20 }; /* of a story, the newest articles: for a newer one of the same outlet */

/* ---- Filters ---- */

static truth_worth *one_filter(truth_sum *sum, const fh_filter *filter) {
    const truth_archive *a = sum->archive;
    fh_str month = fh_arena_copy(sum->arena, filter->value), whole = {0};
    if (filter->slot == FH_SLOT_MONTH) {
        size_t digits = 0;
        for (size_t i = 0; i < month.len; i++)
            if (month.ptr[i] != '-') ((char *)month.ptr)[digits++] = month.ptr[i];
        return truth_term(sum, FH_FIELD_MONTH, (fh_str){month.ptr, digits});
    }
    if (filter->slot == FH_SLOT_ENTITIES) {
        const fh_entity *entity = fh_gazetteer_find(a->gazetteer, filter->value);
        fh_str id = filter->value;
        return truth_one_word(sum, FH_FIELD_ENTITY,
                              entity ? truth_ids(a->gazetteer, entity, sum->arena) : (fh_strs){&id, 1},
                              false);
    }
    if (filter->slot != FH_SLOT_KEYWORDS) return truth_slot(sum, filter->slot, filter->value, filter->value);
    fh_tokens tokens = fh_analyse(a->analyser, filter->value, sum->arena);
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].whole)
            whole = fh_arena_format(sum->arena, "%.*s%s%.*s", FH_STR_ARG(whole), whole.len ? " " : "",
                                    FH_STR_ARG(tokens.items[i].folded));
    return truth_term(sum, FH_FIELD_KEYWORD, whole);
}

/* Values of one slot are alternatives, those of several must all hold; with filters, no words mean all. */
static truth_worth *filtered(truth_sum *sum, const fh_search *search, truth_worth *worth) {
    truth_list all = {.count = 0};
    for (fh_slot slot = 0; slot < FH_SLOTS; slot++) {
        truth_list either = {.count = 0};
        for (size_t i = 0; i < search->filter_count; i++)
            if (search->filters[i].slot == slot) truth_add(&either, one_filter(sum, &search->filters[i]));
        truth_add(&all, truth_any_of(sum, &either));
    }
    if (search->period.len) { /* as date: in a query */
        fh_node *node;
        fh_error err;
        fh_str query = fh_arena_format(sum->arena, "date:%.*s", FH_STR_ARG(search->period));
        if (fh_query_parse(query, sum->arena, &node, &err) == FH_OK)
            truth_add(&all, truth_mean(sum, node, false).worth);
    }
    if (all.count && !worth && !fh_str_trim(search->query).len) worth = truth_everything(sum);
    return truth_where(sum, worth, &all);
}

/* ---- Order ---- */

static int by_worth(const void *left, const void *right) {
    const truth_hit *a = left, *b = right;
    if (a->worth.score != b->worth.score) return a->worth.score > b->worth.score ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Unknown dates come last, whichever way. */
static int by_date(const truth_hit *a, const truth_hit *b, int newest) {
    const char *x = a->article->date, *y = b->article->date;
    if (!*x || !*y) return !*x && !*y ? 0 : *x ? -1 : 1;
    int order = strcmp(y, x);
    return newest > 0 ? order : -order;
}

static int newest_first(const void *left, const void *right) {
    int order = by_date(left, right, 1);
    return order ? order : by_worth(left, right);
}

static int oldest_first(const void *left, const void *right) {
    int order = by_date(left, right, -1);
    return order ? order : by_worth(left, right);
}

/* ---- Stories ---- */

static bool same_story(const truth_hit *a, const truth_hit *b) {
    return memcmp(a->article->story, b->article->story, sizeof a->article->story) == 0;
}

/* By relevance, a newer article of the outlet stands for what it wrote before; where dates are not known,
 * nobody can tell. */
static void show_newest(truth_hit *shown, const truth_hit *newest, size_t count) {
    for (size_t i = 0, seen = 0; i < count && seen < LOOKED_THROUGH; i++) {
        if (!same_story(&newest[i], shown)) continue;
        seen++;
        if (!*newest[i].article->date) return;
        if (!fh_str_equal(newest[i].article->article.source, shown->article->article.source)) continue;
        uint32_t duplicates = shown->duplicates;
        size_t ranked = shown->stands_for;
        *shown = newest[i];
        shown->duplicates = duplicates;
        shown->stands_for = ranked;
        return;
    }
}

static void fold(truth_answer *answer, bool by_relevance, fh_arena *arena) {
    size_t count = answer->hit_count, kept = 0;
    truth_hit *all = FH_ARENA_ARRAY(arena, truth_hit, count + 1),
              *newest = FH_ARENA_ARRAY(arena, truth_hit, count + 1);
    memcpy(all, answer->hits, count * sizeof *all);
    memcpy(newest, answer->hits, count * sizeof *all);
    qsort(newest, count, sizeof *newest, newest_first);
    for (size_t i = 0; i < count; i++) {
        bool told = false;
        uint32_t more = 0;
        for (size_t k = 0; k < i; k++) told |= same_story(&all[k], &all[i]);
        for (size_t k = i + 1; k < count; k++) more += same_story(&all[k], &all[i]);
        if (told) continue;
        answer->hits[kept] = all[i];
        answer->hits[kept].duplicates = more;
        if (by_relevance && more) show_newest(&answer->hits[kept], newest, count);
        kept++;
    }
    answer->hit_count = kept;
}

/* ---- Counts ---- */

/* What a value is counted as: an entity by its own id, and only if it is of the type that counts. */
static fh_str counted_as(const truth_archive *a, const fh_facet_name *by, fh_str value) {
    if (by->slot != FH_SLOT_ENTITIES) return value;
    const fh_entity *entity = fh_gazetteer_find(a->gazetteer, value);
    if (by->type == FH_ANY_TYPE) return entity ? fh_str_from(entity->id) : value;
    const char *type = fh_entity_type_name((fh_entity_type)by->type);
    if (entity) return entity->type == by->type ? fh_str_from(entity->id) : (fh_str){0};
    return fh_str_starts(value, fh_str_from(type)) && value.ptr[strlen(type)] == ':' ? value : (fh_str){0};
}

static int most_frequent_first(const void *left, const void *right) {
    const truth_count *a = left, *b = right;
    if (a->articles != b->articles) return a->articles > b->articles ? -1 : 1;
    return fh_str_compare(a->value, b->value);
}

static void count_value(truth_facet *facet, fh_str value, size_t hit, size_t *last) {
    size_t i = 0;
    while (i < facet->count && !fh_str_equal(facet->values[i].value, value)) i++;
    if (i == facet->count) {
        facet->values[facet->count++] = (truth_count){value, 0};
        last[i] = SIZE_MAX;
    }
    facet->values[i].articles += last[i] != hit; /* what stands twice in an article counts once */
    last[i] = hit;
}

static truth_facet count_facet(const truth_archive *a, const truth_answer *answer, const fh_facet_name *by,
                               fh_arena *arena) {
    size_t room = 1;
    for (size_t i = 0; i < answer->hit_count; i++)
        room += truth_value(answer->hits[i].article, by->slot, arena).len;
    truth_facet facet = {FH_ARENA_ARRAY(arena, truth_count, room), 0};
    size_t *last = FH_ARENA_ARRAY(arena, size_t, room);
    for (size_t i = 0; i < answer->hit_count; i++) {
        fh_str packed = truth_value(answer->hits[i].article, by->slot, arena);
        const char end_mark[] = {FH_VALUE_END};
        for (size_t at = 0; at < packed.len;) {
            size_t end = fh_str_find(packed, (fh_str){end_mark, 1}, at);
            if (end == SIZE_MAX) end = packed.len;
            fh_str value = counted_as(a, by, fh_str_slice(packed, at, end));
            if (value.len) count_value(&facet, value, i, last);
            at = end + 1;
        }
    }
    qsort(facet.values, facet.count, sizeof *facet.values, most_frequent_first);
    return facet;
}

/* ---- The answer ---- */

static size_t find_any(truth_sum *sum, const fh_search *search, bool any, truth_answer *out) {
    truth_forget_meaning(&out->meaning);
    out->meaning = truth_mean(sum, out->tree, any);
    truth_worth *worth = filtered(sum, search, out->meaning.worth);
    out->hits = FH_ARENA_ARRAY(sum->arena, truth_hit, sum->archive->count + 1);
    out->hit_count = 0;
    for (size_t i = 0; worth && i < sum->archive->count; i++)
        if (worth[i].found && !truth_is_held(sum, sum->archive->articles[i]))
            out->hits[out->hit_count++] = (truth_hit){sum->archive->articles[i], worth[i], i, 0, i};
    return out->hit_count;
}

truth_answer truth_ask(const truth_archive *archive, const fh_search *search, const char *now,
                       fh_arena *arena) {
    static int (*const orders[])(const void *, const void *) = {
        [FH_SORT_RELEVANCE] = by_worth, [FH_SORT_NEWEST] = newest_first, [FH_SORT_OLDEST] = oldest_first};
    truth_sum sum = {archive, search->ranking ? search->ranking : fh_ranking_default(),
                     arena,   truth_measure(archive),
                     now,     false};
    truth_answer answer = {.refused = false};
    fh_error err;
    if (fh_query_parse(search->query, arena, &answer.tree, &err) != FH_OK)
        return (truth_answer){.refused = true};
    bool any = search->match == FH_MATCH_ANY;
    if (!find_any(&sum, search, any, &answer) && search->match == FH_MATCH_AUTO && answer.meaning.loose > 1)
        answer.widened = find_any(&sum, search, true, &answer) > 0;
    qsort(answer.hits, answer.hit_count, sizeof *answer.hits, orders[search->sort]);
    answer.total = answer.hit_count;
    answer.too_many = sum.too_many;
    answer.facets = FH_ARENA_ARRAY(arena, truth_facet, search->facet_count + 1);
    for (size_t i = 0; i < search->facet_count; i++)
        answer.facets[i] = count_facet(archive, &answer, search->facets[i].by, arena);
    if (!search->all && !search->ids_only) fold(&answer, search->sort == FH_SORT_RELEVANCE, arena);
    return answer;
}
