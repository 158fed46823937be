/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths into data. */
#include "indexer/formats/field_map.h"
#include "base/buf.h"

#include <ctype.h>
#include <stdlib.h>

#define KEY_BYTES 256 /* of one key in a path */

static const char *const field_names[FH_DATA_FIELDS] = {
    [FH_DATA_ID] = "id",           [FH_DATA_TITLE] = "title",       [FH_DATA_BODY] = "body",
    [FH_DATA_LEAD] = "lead",       [FH_DATA_DATE] = "date",         [FH_DATA_URL] = "url",
    [FH_DATA_SOURCE] = "source",   [FH_DATA_AUTHOR] = "author",     [FH_DATA_KEYWORDS] = "keywords",
    [FH_DATA_SECTION] = "section", [FH_DATA_LANGUAGE] = "language",
};

fh_status fh_field_map_add(fh_field_map *map, const char *text, fh_error *err) {
    const char *equals = strchr(text, '=');
    fh_str name = equals ? (fh_str){text, (size_t)(equals - text)} : FH_STR("");
    for (size_t i = 0; equals && equals[1] && i < FH_DATA_FIELDS; i++) {
        if (!fh_str_equal(name, fh_str_from(field_names[i]))) continue;
        map->paths[i] = equals + 1;
        return FH_OK;
    }
    fh_buf hint = {0};
    fh_buf_add(&hint, FH_STR("write --map FIELD=PATH; the fields are"));
    for (size_t i = 0; i < FH_DATA_FIELDS; i++) fh_buf_printf(&hint, "%s %s", i ? "," : "", field_names[i]);
    fh_fail(err, FH_ERR_USAGE, NULL, hint.ptr, "\"%s\" maps no field", text);
    fh_buf_free(&hint);
    return err->status;
}

static const json_t *step(const json_t *value, const char *key) {
    if (!json_is_array(value)) return json_object_get(value, key);
    char *end;
    unsigned long number = strtoul(key, &end, 10);
    return isdigit((unsigned char)*key) && *end == '\0' ? json_array_get(value, number) : NULL;
}

const json_t *fh_json_at(const json_t *object, const char *path) {
    const json_t *whole = json_object_get(object, path); /* a name may have full stops */
    if (whole) return whole;
    const json_t *value = object;
    while (value && *path) {
        char key[KEY_BYTES];
        size_t length = strcspn(path, ".");
        if (length >= sizeof key) return NULL;
        memcpy(key, path, length);
        key[length] = '\0';
        value = step(value, key);
        path += length + (path[length] == '.');
    }
    return value;
}
