/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as JSON, one object on a line.  Text comes in pieces, never as markup, so that no client can be
 * made to run what an article holds. */
#include "query/json.h"
#include "query/output.h"

enum { FORMAT_VERSION = 1 };

static json_t *segment(const fh_segment *s) {
    json_t *object = json_object();
    fh_json_set(object, "text", s->text);
    if (s->mark == FH_MARK_NONE) return object;
    json_object_set_new(object, "mark", json_string(s->mark == FH_MARK_ENTITY ? "entity" : "term"));
    if (s->mark == FH_MARK_ENTITY) fh_json_set(object, "entity", s->entity);
    return object;
}

static json_t *segments(const fh_segments *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) json_array_append_new(array, segment(&list->items[i]));
    return array;
}

static json_t *entities(const fh_entity *const *list, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(array, fh_json_entity(list[i]));
    return array;
}

/* Why a name is an entity's. */
static void set_naming(json_t *object, fh_naming how, fh_str spelling, double distance) {
    fh_json_set(object, "how", fh_str_from(fh_naming_name(how)));
    if (!spelling.len) return;
    fh_json_set(object, "spelling", spelling);
    json_object_set_new(object, "distance", json_real(distance));
}

static json_t *spellings_seen(const fh_score_part *part) {
    json_t *array = json_array();
    for (size_t i = 0; i < part->seen_count; i++) {
        const fh_spelling_seen *seen = &part->seen[i];
        json_t *object = json_object();
        fh_json_set(object, "text", seen->text);
        fh_json_set_number(object, "times", seen->times);
        set_naming(object, seen->how, seen->spelling, seen->distance);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *score_parts(const fh_answer_hit *hit) {
    json_t *array = json_array();
    for (size_t i = 0; i < hit->part_count; i++) {
        json_t *object = json_object();
        fh_json_set(object, "what", hit->parts[i].what);
        json_object_set_new(object, "score", json_real(hit->parts[i].score));
        if (hit->parts[i].seen_count) json_object_set_new(object, "seen", spellings_seen(&hit->parts[i]));
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
    fh_json_set(object, "id", article->id);
    fh_json_set(object, "url", article->url);
    json_object_set_new(object, "title", segments(&hit->title));
    if (article->title_from_lead) json_object_set_new(object, "title_from_lead", json_true());
    json_object_set_new(object, "snippet", segments(&hit->snippet));
    fh_json_set(object, "source", article->source);
    fh_json_set(object, "author", article->author);
    json_object_set_new(object, "published", json_string(published));
    json_object_set_new(object, "entities", entities(hit->entities, hit->entity_count));
    json_object_set_new(object, "duplicates", json_integer(hit->hit->duplicates));
    if (hit->part_count) json_object_set_new(object, "score_parts", score_parts(hit));
    return object;
}

static json_t *facet_values(const fh_answer_facet *facet) {
    json_t *array = json_array();
    for (size_t i = 0; i < facet->value_count; i++) {
        const fh_answer_value *value = &facet->values[i];
        json_t *object = json_object();
        fh_json_set(object, "value", value->value);
        if (facet->by->slot == FH_SLOT_ENTITIES) fh_json_set(object, "label", value->label);
        fh_json_set_number(object, "count", value->articles);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *facets(const fh_answer *answer) {
    json_t *object = json_object();
    for (size_t i = 0; i < answer->facet_count; i++)
        json_object_set_new(object, answer->facets[i].by->name, facet_values(&answer->facets[i]));
    return object;
}

static json_t *filters(const fh_answer *answer) {
    json_t *array = json_array();
    for (size_t i = 0; i < answer->filter_count; i++) {
        json_t *object = json_object();
        fh_json_set(object, "name", fh_str_from(answer->filters[i].name));
        fh_json_set(object, "value", answer->filters[i].value);
        fh_json_set(object, "label", answer->filters[i].label);
        json_array_append_new(array, object);
    }
    return array;
}

/* ---- The names of the query ---- */

static json_t *names(const fh_answer *answer) {
    json_t *array = json_array();
    for (size_t i = 0; i < answer->named_count; i++) {
        const fh_named *named = &answer->named[i];
        json_t *object = fh_json_entity(named->entity);
        fh_json_set(object, "typed", named->typed);
        set_naming(object, named->how, named->spelling, named->distance);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *unknown_names(const fh_answer *answer) {
    json_t *array = json_array();
    for (size_t i = 0; i < answer->unknown_count; i++) {
        const fh_unknown_name *unknown = &answer->unknown[i];
        json_t *object = json_object();
        fh_json_set(object, "typed", unknown->typed);
        json_object_set_new(object, "nearest", entities(unknown->nearest, unknown->nearest_count));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *explanation(const fh_answer *answer) {
    json_t *object = json_object();
    fh_json_set(object, "tree", answer->tree);
    fh_json_set(object, "lowered", answer->lowered);
    return object;
}

static json_t *texts(fh_strs list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list.count; i++) json_array_append_new(array, fh_json_string(list.items[i]));
    return array;
}

static json_t *answer_object(const fh_answer *answer, fh_str id) {
    json_t *object = json_object(), *hits = json_array();
    json_object_set_new(object, "version", json_integer(FORMAT_VERSION));
    if (id.len) fh_json_set(object, "id", id);
    fh_json_set(object, "query", answer->query);
    json_object_set_new(object, "total", json_integer((json_int_t)answer->total));
    json_object_set_new(object, "total_exact", json_boolean(answer->total_exact));
    json_object_set_new(object, "took_ms", json_real(answer->took_ms));
    if (answer->partial) json_object_set_new(object, "partial", json_true());
    json_object_set_new(object, "widened", json_boolean(answer->widened));
    fh_json_set(object, "suggestion", answer->suggestion);
    json_object_set_new(object, "named", names(answer));
    json_object_set_new(object, "unknown", unknown_names(answer));
    if (answer->expand) json_object_set_new(object, "expanded", texts(answer->expanded));
    for (size_t i = 0; i < answer->hit_count; i++)
        json_array_append_new(hits, hit_object(&answer->hits[i], answer->offset + i + 1));
    json_object_set_new(object, "hits", hits);
    json_object_set_new(object, "facets", facets(answer));
    if (answer->filter_count) json_object_set_new(object, "filters", filters(answer));
    if (answer->period.len) fh_json_set(object, "period", answer->period);
    if (answer->tree.len) json_object_set_new(object, "explain", explanation(answer));
    return object;
}

void fh_output_json(const fh_answer *answer, fh_str id, bool colour, fh_buf *out) {
    (void)colour;
    fh_json_write(answer_object(answer, id), out);
}
