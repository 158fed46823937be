/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entity's story as one JSON object. */
#include "query/json.h"
#include "query/output.h"

enum { FORMAT_VERSION = 1 };

static json_t *entity_object(const fh_story *story) {
    const fh_entity *entity = story->named.entity;
    json_t *object = fh_json_entity(entity), *ids = json_array();
    fh_json_set(object, "latin", fh_str_from(entity->latin));
    fh_json_set(object, "country", fh_str_from(entity->country));
    for (size_t i = 0; i < story->ids.count; i++)
        json_array_append_new(ids, fh_json_string(story->ids.items[i]));
    json_object_set_new(object, "ids", ids);
    return object;
}

static json_t *months(const fh_story *story) {
    json_t *array = json_array();
    for (size_t i = 0; i < story->month_count; i++) {
        json_t *object = json_object();
        fh_json_set(object, "month", story->months[i].month);
        fh_json_set_number(object, "articles", story->months[i].articles);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *outlet_object(const fh_story_outlet *outlet) {
    json_t *object = json_object(), *spellings = json_array();
    for (size_t i = 0; i < outlet->spelling_count; i++) {
        json_t *spelling = json_object();
        fh_json_set(spelling, "text", outlet->spellings[i].text);
        fh_json_set_number(spelling, "times", outlet->spellings[i].times);
        json_array_append_new(spellings, spelling);
    }
    fh_json_set(object, "source", outlet->source);
    json_object_set_new(object, "spellings", spellings);
    return object;
}

static json_t *outlets(const fh_story *story) {
    json_t *array = json_array();
    for (size_t i = 0; i < story->outlet_count; i++)
        json_array_append_new(array, outlet_object(&story->outlets[i]));
    return array;
}

static json_t *others(const fh_story *story) {
    json_t *array = json_array();
    for (size_t i = 0; i < story->other_count; i++) {
        json_t *object = fh_json_entity(story->others[i].entity);
        fh_json_set_number(object, "articles", story->others[i].articles);
        json_object_set_new(object, "lift", json_real(story->others[i].lift));
        json_array_append_new(array, object);
    }
    return array;
}

void fh_story_json(const fh_story *story, bool colour, fh_buf *out) {
    (void)colour;
    json_t *object = json_object();
    json_object_set_new(object, "version", json_integer(FORMAT_VERSION));
    fh_json_set(object, "typed", story->named.typed);
    json_object_set_new(object, "entity", entity_object(story));
    fh_json_set(object, "query", story->query);
    fh_json_set_number(object, "articles", story->articles);
    fh_json_set_number(object, "undated", story->undated);
    json_object_set_new(object, "months", months(story));
    fh_json_set_number(object, "spelling_articles", story->read);
    json_object_set_new(object, "spellings", outlets(story));
    json_object_set_new(object, "together", others(story));
    fh_json_write(object, out);
}
