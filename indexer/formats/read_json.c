/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON: arrays, lines, values one after another, and lists within an object. */
#include "base/memory.h"
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/formats/json_article.h"
#include "indexer/formats/json_flat.h"
#include "indexer/formats/json_split.h"

#include <ctype.h>
#include <stdlib.h>

typedef struct json_reader {
    fh_json_split *split;
    fh_arena *arena;
    fh_buf decoded, repaired;
    json_t *value; /* the article's strings are its */
    const fh_field_map *map;
    const json_t *listed; /* the items that the value wraps, NULL: it is an article itself */
    size_t next;
    uint64_t at;
} json_reader;

/* ---- Telling JSON ---- */

static fh_str skip_space(fh_str text) {
    while (text.len && (isspace((unsigned char)text.ptr[0]) || text.ptr[0] == FH_JSON_RECORD_SEPARATOR))
        text = fh_str_slice(text, 1, text.len);
    return text;
}

/* "[عاجل]" begins many a text: a list must hold an object, or nothing. */
static bool begins_json(fh_str head) {
    head = skip_space(head);
    bool list = head.len && head.ptr[0] == '[';
    while (head.len && head.ptr[0] == '[') head = skip_space(fh_str_slice(head, 1, head.len));
    if (list && head.len && head.ptr[0] == ']') return true;
    if (head.len == 0 || head.ptr[0] != '{') return false;
    head = skip_space(fh_str_slice(head, 1, head.len));
    return head.len > 0 && (head.ptr[0] == '"' || head.ptr[0] == '}');
}

static int probe(fh_str head, fh_str id) {
    static const char *const suffixes[] = {".json", ".jsonl", ".ndjson", ".jsonlines"};
    if (begins_json(head)) return FH_PROBE_SURE;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (fh_str_ends(id, fh_str_from(suffixes[i]))) return FH_PROBE_LIKELY;
    return FH_PROBE_NO;
}

/* ---- Reading ---- */

static void *open_json(const fh_entry *entry) {
    json_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    reader->split = fh_json_split_new(entry->stream);
    reader->arena = fh_arena_new();
    reader->map = entry->map;
    return reader;
}

static void close_json(void *state) {
    json_reader *reader = state;
    if (!reader) return;
    json_decref(reader->value);
    fh_json_split_free(reader->split);
    fh_arena_free(reader->arena);
    fh_buf_free(&reader->decoded);
    fh_buf_free(&reader->repaired);
    free(reader);
}

/* The code unit of the escape "\uXXXX" at byte `at`, or 0. */
static unsigned long escaped_unit(fh_str text, size_t at) {
    if (text.len - at < 6 || text.ptr[at] != '\\' || text.ptr[at + 1] != 'u') return 0;
    char digits[5] = {0}, *end;
    memcpy(digits, text.ptr + at + 2, 4);
    unsigned long unit = strtoul(digits, &end, 16);
    return end == digits + 4 ? unit : 0;
}

static bool is_lead(unsigned long unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_trail(unsigned long unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Programs that cut strings by UTF-16 leave half an emoji, which Python's json writes out and jansson
 * refuses: it becomes U+FFFD. */
static bool repair_surrogates(fh_str text, fh_buf *out) {
    bool repaired = false;
    fh_buf_clear(out);
    for (size_t at = 0; at < text.len;) {
        size_t length = 1;
        bool alone = false;
        if (text.ptr[at] == '\\') {
            unsigned long unit = escaped_unit(text, at);
            bool pair = is_lead(unit) && at + 6 < text.len && is_trail(escaped_unit(text, at + 6));
            alone = !pair && (is_lead(unit) || is_trail(unit));
            length = pair ? 12 : unit ? 6 : text.len - at < 2 ? 1 : 2;
        }
        fh_buf_add(out, alone ? FH_STR("\\uFFFD") : fh_str_slice(text, at, at + length));
        repaired |= alone;
        at += length;
    }
    return repaired;
}

static fh_status parse(json_reader *reader, fh_json_record *record, fh_error *err) {
    fh_str text;
    fh_status status = fh_decode(record->bytes, &reader->decoded, &text, err);
    if (status != FH_OK) return status;
    json_error_t why;
    reader->value = fh_json_flat(text, &reader->repaired);
    if (!reader->value) reader->value = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &why);
    if (!reader->value && repair_surrogates(text, &reader->repaired))
        reader->value = json_loadb(reader->repaired.ptr, reader->repaired.len, JSON_ALLOW_NUL, &why);
    if (reader->value) return FH_OK;
    if (text.ptr == record->bytes.ptr && why.position > 0) record->at += (uint64_t)why.position;
    uint64_t line = record->line + (why.line > 0 ? (uint64_t)why.line - 1 : 0);
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "line %llu: broken JSON: %s", (unsigned long long)line,
                   why.text);
}

/* Answers of agencies' services wrap items: {"data": {"item": {…}}}, {"data": {"items": [{"item": {…}}]}},
 * {"item": [{…}]}; answers of search engines: {"hits": {"hits": […]}}, {"response": {"docs": […]}}. */
static const json_t *unwrapped(const json_t *object) {
    static const char *const engines[][2] = {{"hits", "hits"}, {"response", "docs"}};
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        const json_t *found = json_object_get(json_object_get(object, engines[i][0]), engines[i][1]);
        if (json_is_array(found)) return found;
    }
    const json_t *data = json_object_get(object, "data");
    const json_t *around = json_is_object(data) ? data : object;
    const json_t *item = json_object_get(around, "item");
    return item ? item : json_object_get(around, "items");
}

/* What a search engine found wraps a document: {"_id": "7", "_source": {…}}. */
static json_t *document_of(json_t *value) {
    json_t *document = json_object_get(value, "_source"), *id = json_object_get(value, "_id");
    if (!json_is_object(document)) return value;
    if (id && !json_object_get(document, "id")) json_object_set(document, "id", id);
    return document;
}

static bool is_mapped(const fh_field_map *map) {
    for (size_t i = 0; map && i < FH_DATA_FIELDS; i++)
        if (map->paths[i]) return true;
    return false;
}

static fh_status next_value(json_reader *reader, uint64_t *at, fh_error *err) {
    json_decref(reader->value);
    reader->value = NULL;
    fh_json_record record = {0};
    fh_status status = fh_json_split_next(reader->split, &record, err);
    if (status == FH_OK) status = parse(reader, &record, err);
    *at = reader->at = record.at;
    const json_t *list = status == FH_OK ? unwrapped(reader->value) : NULL;
    reader->listed = json_is_array(list) && json_is_object(json_array_get(list, 0)) ? list : NULL;
    reader->next = 0;
    return status;
}

static fh_status next_json(void *state, fh_article *out, uint64_t *at, fh_error *err) {
    json_reader *reader = state;
    fh_arena_reset(reader->arena);
    if (reader->next >= json_array_size(reader->listed)) {
        fh_status status = next_value(reader, at, err);
        if (status != FH_OK) return status;
    }
    *at = reader->at;
    json_t *value =
        document_of(reader->listed ? json_array_get(reader->listed, reader->next++) : reader->value);
    const json_t *item = unwrapped(value);
    if (!json_is_object(item)) item = value;
    if (!is_mapped(reader->map) && fh_is_ninjs(item)) return fh_ninjs_article(item, reader->arena, out, err);
    *out = fh_json_article(value, reader->map, reader->arena);
    return FH_OK;
}

const fh_format fh_format_json = {
    .name = "json",
    .about =
        "JSON: a list of articles, one on each line, or one alone; fields by their usual names, or ninjs",
    .probe = probe,
    .open = open_json,
    .next = next_json,
    .close = close_json,
};
