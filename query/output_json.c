/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as JSON, one object on a line.  Text comes in pieces, never as markup, so that no client can be
 * made to run what an article holds. */
#include "base/memory.h"
#include "query/output.h"

#include <jansson.h>
#include <stdlib.h>

enum { FORMAT_VERSION = 1, SCORE_DIGITS = 8 };

static json_t *text_of(fh_str text) {
    return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static void set_text(json_t *object, const char *key, fh_str text) {
    json_object_set_new(object, key, text_of(text));
}

static json_t *segment(const fh_segment *s) {
    json_t *object = json_object();
    set_text(object, "text", s->text);
    if (s->mark == FH_MARK_NONE) return object;
    json_object_set_new(object, "mark", json_string(s->mark == FH_MARK_ENTITY ? "entity" : "term"));
    if (s->mark == FH_MARK_ENTITY) set_text(object, "entity", s->entity);
    return object;
}

static json_t *segments(const fh_segments *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) json_array_append_new(array, segment(&list->items[i]));
    return array;
}

static json_t *entities(const fh_answer_hit *hit) {
    json_t *array = json_array();
    for (size_t i = 0; i < hit->entity_count; i++) {
        const fh_entity *entity = hit->entities[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(entity->id));
        json_object_set_new(object, "type", json_string(fh_entity_type_name(entity->type)));
        json_object_set_new(object, "label", json_string(entity->label));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *score_parts(const fh_answer_hit *hit) {
    json_t *array = json_array();
    for (size_t i = 0; i < hit->part_count; i++) {
        json_t *object = json_object();
        set_text(object, "what", hit->parts[i].what);
        json_object_set_new(object, "score", json_real(hit->parts[i].score));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *hit_object(const fh_answer_hit *hit, size_t rank) {
    const fh_article *article = &hit->hit->article;
    char published[FH_DATE_TEXT];
    fh_date_iso(&article->published, published);
    json_t *object = json_object();
    json_object_set_new(object, "rank", json_integer((json_int_t)rank));
    json_object_set_new(object, "score", json_real(hit->hit->score));
    set_text(object, "id", article->id);
    set_text(object, "url", article->url);
    json_object_set_new(object, "title", segments(&hit->title));
    if (article->title_from_lead) json_object_set_new(object, "title_from_lead", json_true());
    json_object_set_new(object, "snippet", segments(&hit->snippet));
    set_text(object, "source", article->source);
    set_text(object, "author", article->author);
    json_object_set_new(object, "published", json_string(published));
    json_object_set_new(object, "entities", entities(hit));
    json_object_set_new(object, "duplicates", json_integer(0));
    if (hit->part_count) json_object_set_new(object, "score_parts", score_parts(hit));
    return object;
}

static json_t *facet_values(const fh_facet *facet) {
    json_t *array = json_array();
    for (size_t i = 0; i < facet->value_count; i++) {
        fh_str value = facet->values[i].value;
        json_t *object = json_object();
        set_text(object, "value", value);
        if (facet->slot == FH_SLOT_ENTITIES) set_text(object, "label", fh_entity_label(value));
        json_object_set_new(object, "count", json_integer(facet->values[i].articles));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *facets(const fh_answer *answer) {
    json_t *object = json_object();
    for (size_t i = 0; i < answer->facet_count; i++) {
        const fh_facet *facet = &answer->facets[i];
        const char *name = fh_facet_of_slot(facet->slot)->name;
        if (name) json_object_set_new(object, name, facet_values(facet));
    }
    return object;
}

static json_t *filters(const fh_answer *answer) {
    json_t *array = json_array();
    for (size_t i = 0; i < answer->filter_count; i++) {
        const fh_filter *filter = &answer->filters[i];
        json_t *object = json_object();
        json_object_set_new(object, "name", json_string(fh_facet_of_slot(filter->slot)->name));
        set_text(object, "value", filter->value);
        if (filter->slot == FH_SLOT_ENTITIES) set_text(object, "label", fh_entity_label(filter->value));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *explanation(const fh_answer *answer) {
    json_t *object = json_object();
    set_text(object, "tree", answer->tree);
    set_text(object, "lowered", answer->lowered);
    set_text(object, "xapian", answer->xapian);
    return object;
}

static json_t *texts(fh_strs list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list.count; i++) json_array_append_new(array, text_of(list.items[i]));
    return array;
}

static json_t *answer_object(const fh_answer *answer, fh_str id) {
    json_t *object = json_object(), *hits = json_array();
    json_object_set_new(object, "version", json_integer(FORMAT_VERSION));
    if (id.len) set_text(object, "id", id);
    set_text(object, "query", answer->query);
    json_object_set_new(object, "total", json_integer((json_int_t)answer->total));
    json_object_set_new(object, "total_exact", json_boolean(answer->total_exact));
    json_object_set_new(object, "took_ms", json_real(answer->took_ms));
    if (answer->partial) json_object_set_new(object, "partial", json_true());
    json_object_set_new(object, "widened", json_boolean(answer->widened));
    set_text(object, "suggestion", answer->suggestion);
    if (answer->expand) json_object_set_new(object, "expanded", texts(answer->expanded));
    for (size_t i = 0; i < answer->hit_count; i++)
        json_array_append_new(hits, hit_object(&answer->hits[i], answer->offset + i + 1));
    json_object_set_new(object, "hits", hits);
    json_object_set_new(object, "facets", facets(answer));
    if (answer->filter_count) json_object_set_new(object, "filters", filters(answer));
    if (answer->period.len) set_text(object, "period", answer->period);
    if (answer->tree.len) json_object_set_new(object, "explain", explanation(answer));
    return object;
}

static int add_bytes(const char *bytes, size_t length, void *context) {
    fh_buf_add(context, (fh_str){bytes, length});
    return 0;
}

void fh_output_json(const fh_answer *answer, fh_str id, bool colour, fh_buf *out) {
    (void)colour;
    json_t *object = answer_object(answer, id);
    if (json_dump_callback(object, add_bytes, out, JSON_COMPACT | JSON_REAL_PRECISION(SCORE_DIGITS)) != 0)
        fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(object);
}
