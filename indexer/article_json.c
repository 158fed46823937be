/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as JSON, for people and programs that want to see what is indexed. */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "entities/entities.h"
#include "indexer/export.h"
#include "indexer/indexer.h"

#include <jansson.h>

static const char *const part_names[] = {[FH_PART_TITLE] = "title", [FH_PART_BODY] = "body"};

static json_t *text_json(fh_str text) {
    json_t *json = json_stringn(text.ptr, text.len);
    if (!json) fh_out_of_memory(); /* text is valid UTF-8, so there is no other reason */
    return json;
}

/* What is not known is null. */
static void set(json_t *object, const char *key, fh_str text) {
    json_object_set_new(object, key, text.len ? text_json(text) : json_null());
}

static void set_if(json_t *object, const char *key, fh_str text) {
    if (text.len) set(object, key, text);
}

static void set_list(json_t *object, const char *key, fh_strs list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list.count; i++) json_array_append_new(array, text_json(list.items[i]));
    json_object_set_new(object, key, array);
}

/* Turns bytes of one part into code points; marks come in order, so it counts on from the last one. */
typedef struct counter {
    size_t byte, code_points;
} counter;

static size_t count_to(counter *at, fh_str text, size_t byte) {
    if (byte < at->byte) *at = (counter){0, 0};
    at->code_points += fh_utf8_count(fh_str_slice(text, at->byte, byte));
    at->byte = byte;
    return at->code_points;
}

/* An entity that only this article names has its type in its id: "person:خالد_الدوسري". */
static fh_str type_of(const fh_gazetteer *gazetteer, fh_str id) {
    const fh_entity *entity = fh_gazetteer_find(gazetteer, id);
    if (entity) return fh_str_from(fh_entity_type_name(entity->type));
    size_t colon = fh_str_find(id, FH_STR(":"), 0);
    return colon == SIZE_MAX ? FH_STR("") : fh_str_slice(id, 0, colon);
}

static json_t *entities_json(const fh_article *article, const fh_gazetteer *gazetteer) {
    const fh_str texts[] = {[FH_PART_TITLE] = article->title, [FH_PART_BODY] = article->body};
    counter counters[2] = {{0, 0}, {0, 0}};
    json_t *array = json_array();
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        fh_str text = texts[mark->part];
        json_t *object = json_object();
        set(object, "id", mark->entity);
        set(object, "type", type_of(gazetteer, mark->entity));
        set(object, "text", fh_str_slice(text, mark->start, mark->end));
        set(object, "field", fh_str_from(part_names[mark->part]));
        json_int_t start = (json_int_t)count_to(&counters[mark->part], text, mark->start);
        json_object_set_new(object, "start", json_integer(start));
        json_int_t end = (json_int_t)count_to(&counters[mark->part], text, mark->end);
        json_object_set_new(object, "end", json_integer(end));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *article_object(const fh_article *article) {
    char date[FH_DATE_TEXT];
    fh_date_iso(&article->published, date);
    json_t *object = json_object();
    set(object, "id", article->id);
    set(object, "url", article->url);
    set(object, "title", article->title);
    if (article->title_from_lead) json_object_set_new(object, "title_from_lead", json_true());
    set(object, "source", article->source);
    set_if(object, "wire", article->wire);
    set(object, "author", article->author);
    set(object, "published", fh_str_from(date));
    if (article->published.guessed) json_object_set_new(object, "published_guessed", json_true());
    set_if(object, "section", article->section);
    set(object, "language", article->language);
    set_if(object, "parent", article->parent);
    set_if(object, "dateline", article->dateline);
    set_if(object, "edition", article->edition);
    set_if(object, "embargo", article->embargo);
    set_if(object, "format", article->format);
    if (article->repaired) json_object_set_new(object, "repaired", json_true());
    if (article->withdrawn) json_object_set_new(object, "withdrawn", json_true());
    set_list(object, "keywords", article->keywords);
    set(object, "body", article->body);
    set_list(object, "related", article->related);
    return object;
}

static void write_object(json_t *object, fh_buf *out) {
    if (json_dump_callback(object, fh_buf_take_json, out, JSON_COMPACT) != 0) fh_out_of_memory();
    json_decref(object);
}

void fh_article_json(const fh_article *article, const fh_gazetteer *gazetteer, fh_buf *out) {
    json_t *object = article_object(article);
    json_object_set_new(object, "entities", entities_json(article, gazetteer));
    write_object(object, out);
}

void fh_article_export(const fh_article *article, fh_buf *out) {
    json_t *object = json_object(), *fields = article_object(article);
    json_object_set_new(object, FH_EXPORT_MARK, json_integer(FH_EXPORT_VERSION));
    json_object_update(object, fields);
    json_decref(fields);
    write_object(object, out);
}
