/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON by jansson: text goes in as bytes and a length, never as markup. */
#include "site/json.h"

#include "base/memory.h"

enum { REAL_DIGITS = 8 };

json_t *fh_site_json_text(fh_str text) {
    return json_stringn(text.ptr ? text.ptr : "", text.len);
}

void fh_site_json_set(json_t *object, const char *key, fh_str text) {
    json_object_set_new(object, key, fh_site_json_text(text));
}

json_t *fh_site_json_texts(fh_strs list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list.count; i++) json_array_append_new(array, fh_site_json_text(list.items[i]));
    return array;
}

json_t *fh_site_json_entity(const fh_entity *entity) {
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(entity->id));
    json_object_set_new(object, "type", json_string(fh_entity_type_name(entity->type)));
    json_object_set_new(object, "label", json_string(entity->label));
    return object;
}

static void add_piece(json_t *array, fh_str text, fh_str entity) {
    if (!text.len) return;
    json_t *piece = json_object();
    fh_site_json_set(piece, "text", text);
    if (entity.len) {
        json_object_set_new(piece, "mark", json_string("entity"));
        fh_site_json_set(piece, "entity", entity);
    }
    json_array_append_new(array, piece);
}

json_t *fh_site_json_segments(fh_str text, const fh_entity_mark *marks, size_t count) {
    json_t *array = json_array();
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const fh_entity_mark *mark = &marks[i];
        if (mark->start < at || mark->end > text.len || mark->start >= mark->end)
            continue; /* within another */
        add_piece(array, fh_str_slice(text, at, mark->start), (fh_str){0});
        add_piece(array, fh_str_slice(text, mark->start, mark->end), mark->entity);
        at = mark->end;
    }
    add_piece(array, fh_str_slice(text, at, text.len), (fh_str){0});
    return array;
}

void fh_site_json_write(json_t *value, fh_buf *out) {
    if (json_dump_callback(value, fh_buf_take_json, out, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS)) !=
        0)
        fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(value);
}
