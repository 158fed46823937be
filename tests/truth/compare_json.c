/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer out of what fihris-query --format json writes. */
#include "tests/truth/compare.h"

static fh_str text_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return (fh_str){json_is_string(value) ? json_string_value(value) : "", json_string_length(value)};
}

static fh_segments segments_of(const json_t *array, fh_arena *arena) {
    fh_segments list = {FH_ARENA_ARRAY(arena, fh_segment, json_array_size(array) + 1),
                        json_array_size(array)};
    for (size_t i = 0; i < list.count; i++) {
        const json_t *segment = json_array_get(array, i);
        fh_str mark = text_of(segment, "mark");
        list.items[i] = (fh_segment){.text = text_of(segment, "text")};
        list.items[i].mark = !mark.len                              ? FH_MARK_NONE
                             : fh_str_equal(mark, FH_STR("entity")) ? FH_MARK_ENTITY
                                                                    : FH_MARK_TERM;
    }
    return list;
}

static fh_answer_hit hit_of(const json_t *object, fh_arena *arena) {
    const json_t *entities = json_object_get(object, "entities"),
                 *parts = json_object_get(object, "score_parts");
    fh_hit *hit = fh_arena_take_zeroed(arena, sizeof *hit);
    hit->score = json_number_value(json_object_get(object, "score"));
    hit->duplicates = (uint32_t)json_integer_value(json_object_get(object, "duplicates"));
    hit->article.id = text_of(object, "id");
    hit->article.url = text_of(object, "url");
    hit->article.source = text_of(object, "source");
    fh_answer_hit answer = {.hit = hit,
                            .title = segments_of(json_object_get(object, "title"), arena),
                            .snippet = segments_of(json_object_get(object, "snippet"), arena),
                            .entity_count = json_array_size(entities),
                            .part_count = json_array_size(parts)};
    answer.entities = FH_ARENA_ARRAY(arena, const fh_entity *, answer.entity_count + 1);
    for (size_t i = 0; i < answer.entity_count; i++) {
        fh_entity *entity = fh_arena_take_zeroed(arena, sizeof *entity);
        entity->id = text_of(json_array_get(entities, i), "id").ptr;
        answer.entities[i] = entity;
    }
    answer.parts = fh_arena_take_zeroed(arena, (answer.part_count + 1) * sizeof *answer.parts);
    for (size_t i = 0; i < answer.part_count; i++)
        answer.parts[i].score = json_number_value(json_object_get(json_array_get(parts, i), "score"));
    return answer;
}

static fh_answer_facet facet_of(const json_t *array, const fh_facet_name *by, fh_arena *arena) {
    fh_answer_facet facet = {.by = by, .value_count = json_array_size(array)};
    facet.values = fh_arena_take_zeroed(arena, (facet.value_count + 1) * sizeof *facet.values);
    for (size_t i = 0; i < facet.value_count; i++) {
        const json_t *value = json_array_get(array, i);
        facet.values[i].value = text_of(value, "value");
        facet.values[i].articles = (uint32_t)json_integer_value(json_object_get(value, "count"));
    }
    return facet;
}

fh_answer answer_from_json(const json_t *object, const fh_search *search, fh_arena *arena) {
    const json_t *hits = json_object_get(object, "hits"), *facets = json_object_get(object, "facets");
    fh_answer answer = {.total = (uint64_t)json_integer_value(json_object_get(object, "total")),
                        .total_exact = json_is_true(json_object_get(object, "total_exact")),
                        .widened = json_is_true(json_object_get(object, "widened")),
                        .hit_count = json_array_size(hits),
                        .facet_count = search->facet_count};
    answer.hits = FH_ARENA_ARRAY(arena, fh_answer_hit, answer.hit_count + 1);
    for (size_t i = 0; i < answer.hit_count; i++) answer.hits[i] = hit_of(json_array_get(hits, i), arena);
    fh_answer_facet *list = FH_ARENA_ARRAY(arena, fh_answer_facet, search->facet_count + 1);
    for (size_t i = 0; i < search->facet_count; i++) {
        const fh_facet_name *by = search->facets[i].by;
        list[i] = facet_of(json_object_get(facets, by->name), by, arena);
    }
    answer.facets = list;
    return answer;
}
