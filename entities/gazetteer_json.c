/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names in JSON: an array of objects, or objects one after another. */
#include "entities/gazetteer_text.h"

#include <ctype.h>
#include <jansson.h>

static const char *const members[FH_COLUMNS] = {
    [FH_COLUMN_ID] = "id",       [FH_COLUMN_TYPE] = "type",   [FH_COLUMN_COUNTRY] = "country",
    [FH_COLUMN_LATIN] = "latin", [FH_COLUMN_LABEL] = "label",
};

#define SAME_AS "same_as"
#define SPELLINGS "spellings"

static fh_str copy_string(fh_lists *lists, const json_t *value) {
    fh_str text = {json_string_value(value), json_string_length(value)};
    return fh_arena_copy(lists->arena, fh_str_trim(text));
}

static fh_status read_spellings(fh_lists *lists, const json_t *value, fh_list_row *row, fh_error *err) {
    size_t count = json_array_size(value);
    row->spellings.items = FH_ARENA_ARRAY(lists->arena, fh_str, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item)) break;
        row->spellings.items[row->spellings.count++] = copy_string(lists, item);
    }
    if (json_is_array(value) && row->spellings.count == count) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "write: \"spellings\": [\"…\", \"…\"]",
                   "the spellings are no array of strings");
}

static int column_of(const char *member) {
    for (int i = 0; i < FH_COLUMNS; i++)
        if (strcmp(member, members[i]) == 0) return i;
    return -1;
}

static fh_status read_member(fh_lists *lists, const char *member, const json_t *value, fh_list_row *row,
                             fh_error *err) {
    if (json_is_null(value)) return FH_OK;
    if (strcmp(member, SPELLINGS) == 0) return read_spellings(lists, value, row, err);
    bool is_alias = strcmp(member, SAME_AS) == 0;
    int column = is_alias ? FH_COLUMN_COUNTRY : column_of(member);
    if (column < 0 || !json_is_string(value))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr,
                       "id, type, country, latin, label, same_as are strings, spellings an array",
                       "the member \"%s\" is not known, or no string", member);
    row->columns[column] = copy_string(lists, value);
    if (is_alias) row->columns[FH_COLUMN_TYPE] = FH_STR("=");
    return FH_OK;
}

static fh_status read_object(fh_lists *lists, json_t *object, fh_str where, fh_error *err) {
    fh_list_row row = {.where = where};
    if (!json_is_object(object))
        return fh_fail(err, FH_ERR_INPUT, where.ptr, "write an object for each entity", "not an object");
    for (size_t i = 0; i < FH_COLUMNS; i++) row.columns[i] = FH_STR("");
    fh_status status = FH_OK;
    const char *member;
    json_t *value;
    json_object_foreach(object, member, value) {
        if (!status) status = read_member(lists, member, value, &row, err);
    }
    return status ? status : fh_lists_add_row(lists, &row, err);
}

/* Where a text is read, and in which line. */
typedef struct place {
    fh_str text;
    size_t at, line;
} place;

static void advance(place *here, size_t to) {
    for (; here->at < to; here->at++) here->line += here->text.ptr[here->at] == '\n';
}

/* Passes over white space and what stands between objects. */
static void skip(place *here, const char *marks) {
    while (here->at < here->text.len) {
        char byte = here->text.ptr[here->at];
        if (!isspace((unsigned char)byte) && !(byte && strchr(marks, byte))) return;
        advance(here, here->at + 1);
    }
}

fh_status fh_lists_read_json(fh_lists *lists, fh_str text, size_t line, const char *name, fh_error *err) {
    place here = {.text = text, .line = line};
    bool is_array = text.ptr[0] == '[';
    fh_status status = FH_OK;
    if (is_array) {
        if (text.ptr[text.len - 1] != ']')
            return fh_fail(err, FH_ERR_INPUT, name, "end the array with ]", "the array is not closed");
        here.text.len--;
        advance(&here, 1);
    }
    for (skip(&here, ""); !status && here.at < here.text.len; skip(&here, is_array ? "," : "")) {
        json_error_t error;
        json_t *object = json_loadb(here.text.ptr + here.at, here.text.len - here.at,
                                    JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
        size_t wrong = here.line + (object ? 0 : (size_t)error.line - 1);
        fh_str where = fh_arena_format(lists->arena, "%s:%zu", name, wrong);
        if (!object)
            return fh_fail(err, FH_ERR_INPUT, where.ptr, "write an object for each entity", "not JSON: %s",
                           error.text);
        status = read_object(lists, object, where, err);
        json_decref(object);
        advance(&here, here.at + (size_t)error.position);
    }
    return status;
}
