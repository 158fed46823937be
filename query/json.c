/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings with their lengths into jansson's values, and those into a buffer. */
#include "query/json.h"

#include "base/memory.h"

enum { DIGITS = 8 }; /* of a number with a fraction */

json_t *fh_json_string(fh_str text) {
    return json_stringn(text.ptr ? text.ptr : "", text.len);
}

void fh_json_set(json_t *object, const char *key, fh_str text) {
    json_object_set_new(object, key, fh_json_string(text));
}

void fh_json_set_number(json_t *object, const char *key, uint64_t number) {
    json_object_set_new(object, key, json_integer((json_int_t)number));
}

json_t *fh_json_entity(const fh_entity *entity) {
    json_t *object = json_object();
    fh_json_set(object, "id", fh_str_from(entity->id));
    fh_json_set(object, "type", fh_str_from(fh_entity_type_name(entity->type)));
    fh_json_set(object, "label", fh_str_from(entity->label));
    return object;
}

void fh_json_write(json_t *value, fh_buf *out) {
    if (json_dump_callback(value, fh_buf_take_json, out, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS)) != 0)
        fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(value);
}
