/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV and TSV (RFC 4180), with a head that names the columns: a row is an object of JSON, and is read as one.
 */
#include "base/limits.h"
#include "base/memory.h"
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/formats/json_article.h"

#include <ctype.h>
#include <stdlib.h>

#define MAX_COLUMNS 1000

typedef struct csv_reader {
    fh_stream *stream;
    const fh_field_map *map;
    fh_arena *arena, *head_arena;
    fh_str id;
    fh_strs columns;
    char separator;
    uint64_t rows;
    fh_buf decoded;
    json_t *value;
} csv_reader;

static const char separators[] = ",\t;|";

/* ---- Rows ---- */

/* Where the row that `text` begins with ends, behind its line end; SIZE_MAX: not in it.  Line ends between
 * quotes do not count, and neither do quotes within a field that has not begun with one. */
static size_t row_length(fh_str text, char separator) {
    bool quoted = false, begins = true;
    for (size_t at = 0; at < text.len; at++) {
        char byte = text.ptr[at];
        if (quoted) {
            if (byte != '"') continue;
            if (at + 1 < text.len && text.ptr[at + 1] == '"')
                at++;
            else
                quoted = false;
            continue;
        }
        if (byte == '"' && begins)
            quoted = true;
        else if (byte == '\n')
            return at + 1;
        begins = byte == separator || (begins && byte == ' ' && separator != ' ');
    }
    return SIZE_MAX;
}

/* A field without its quotes; `*at` goes behind it. */
static fh_str next_field(fh_str row, char separator, size_t *at, fh_arena *arena) {
    size_t from = *at;
    while (from < row.len && row.ptr[from] == ' ') from++;
    if (from >= row.len || row.ptr[from] != '"') {
        size_t end = *at;
        while (end < row.len && row.ptr[end] != separator) end++;
        fh_str field = fh_str_slice(row, *at, end);
        *at = end + 1;
        return fh_arena_copy(arena, fh_str_trim(field));
    }
    fh_buf text = {0};
    size_t i = from + 1;
    for (; i < row.len; i++) {
        bool quote = row.ptr[i] == '"';
        if (quote && (i + 1 >= row.len || row.ptr[i + 1] != '"')) break;
        fh_buf_add_char(&text, row.ptr[i]);
        i += quote;
    }
    while (i < row.len && row.ptr[i] != separator) i++;
    *at = i + 1;
    fh_str field = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return field;
}

static fh_strs fields_of(fh_str row, char separator, fh_arena *arena) {
    fh_strs fields = {FH_ARENA_ARRAY(arena, fh_str, MAX_COLUMNS), 0};
    while (row.len && strchr("\r\n", row.ptr[row.len - 1])) row.len--;
    for (size_t at = 0; at <= row.len && fields.count < MAX_COLUMNS;)
        fields.items[fields.count++] = next_field(row, separator, &at, arena);
    return fields;
}

/* ---- Telling it ---- */

static size_t known_columns(fh_strs columns) {
    size_t known = 0;
    for (size_t i = 0; i < columns.count; i++)
        known += columns.items[i].len < 64 && fh_json_is_article_name(columns.items[i].ptr);
    return known;
}

/* The separator that cuts the head into most names that are known, else into most columns. */
static char find_separator(fh_str row, fh_arena *arena, size_t *known, size_t *count) {
    char best = ',';
    *known = *count = 0;
    for (const char *separator = separators; *separator; separator++) {
        fh_strs columns = fields_of(row, *separator, arena);
        size_t found = known_columns(columns);
        if (found < *known || (found == *known && columns.count <= *count)) continue;
        *known = found;
        *count = columns.count;
        best = *separator;
    }
    return best;
}

static int probe(fh_str head, fh_str id) {
    size_t length = row_length(head, ','), known, count;
    if (length == SIZE_MAX || length > 4096) return FH_PROBE_NO;
    fh_arena *arena = fh_arena_new();
    find_separator(fh_str_slice(head, 0, length), arena, &known, &count);
    fh_arena_free(arena);
    bool named = fh_str_ends(id, FH_STR(".csv")) || fh_str_ends(id, FH_STR(".tsv"));
    if (count >= 2 && known >= 2) return FH_PROBE_SURE;
    return named && count >= 2 ? FH_PROBE_LIKELY + 1 : FH_PROBE_NO;
}

/* ---- Reading ---- */

static void *open_csv(const fh_entry *entry) {
    csv_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    *reader = (csv_reader){.stream = entry->stream,
                           .map = entry->map,
                           .id = entry->id,
                           .separator = ',',
                           .arena = fh_arena_new(),
                           .head_arena = fh_arena_new()};
    return reader;
}

static void close_csv(void *state) {
    csv_reader *reader = state;
    if (!reader) return;
    json_decref(reader->value);
    fh_arena_free(reader->arena);
    fh_arena_free(reader->head_arena);
    fh_buf_free(&reader->decoded);
    free(reader);
}

/* The next row, taken off the stream, as UTF-8.  Of one that is too long, its first line is passed over. */
static fh_status next_row(csv_reader *reader, fh_str *out, fh_error *err) {
    fh_status status = FH_OK;
    fh_str window;
    size_t length;
    for (;;) {
        window = fh_stream_window(reader->stream);
        length = window.len ? row_length(window, reader->separator) : SIZE_MAX;
        if (length != SIZE_MAX) break;
        if (window.len > FH_MAX_ARTICLE) {
            const char *end = memchr(window.ptr, '\n', window.len);
            fh_stream_take(reader->stream, end ? (size_t)(end - window.ptr) + 1 : window.len);
            return fh_fail(err, FH_ERR_LIMIT, NULL, "look for a quote that is not closed",
                           "a row longer than the %u MiB that an article may have", FH_MAX_ARTICLE >> 20);
        }
        size_t wanted = window.len * 2;
        status = fh_stream_more(reader->stream, err);
        while (status == FH_OK && fh_stream_window(reader->stream).len < wanted)
            status = fh_stream_more(reader->stream, err);
        if (status == FH_OK) continue;
        if (status != FH_END) return status;
        window = fh_stream_window(reader->stream);
        if (!window.len) return FH_END;
        length = row_length(window, reader->separator);
        if (length == SIZE_MAX) length = window.len;
        break;
    }
    fh_str row = fh_arena_copy(reader->arena, fh_str_slice(window, 0, length));
    fh_stream_take(reader->stream, length);
    return fh_decode(row, &reader->decoded, out, err);
}

static fh_status read_head(csv_reader *reader, fh_error *err) {
    fh_str row;
    size_t known, count;
    fh_status status = next_row(reader, &row, err);
    if (status != FH_OK) return status;
    reader->separator = find_separator(row, reader->head_arena, &known, &count);
    reader->columns = fields_of(row, reader->separator, reader->head_arena);
    return FH_OK;
}

/* Zero bytes would end a name. */
static json_t *object_of(const csv_reader *reader, fh_strs fields) {
    json_t *object = json_object();
    for (size_t i = 0; i < fields.count && i < reader->columns.count; i++)
        json_object_set_new(object, reader->columns.items[i].ptr,
                            json_stringn(fields.items[i].ptr, fields.items[i].len));
    return object;
}

static bool is_blank(fh_strs fields) {
    return fields.count == 1 && fh_str_trim(fields.items[0]).len == 0;
}

static fh_status next_csv(void *state, fh_article *out, uint64_t *at, fh_error *err) {
    csv_reader *reader = state;
    json_decref(reader->value);
    reader->value = NULL;
    fh_status status = reader->columns.count ? FH_OK : read_head(reader, err);
    fh_strs fields = {0};
    do {
        fh_str row;
        fh_arena_reset(reader->arena);
        *at = fh_stream_at(reader->stream);
        if (status == FH_OK) status = next_row(reader, &row, err);
        if (status == FH_OK) fields = fields_of(row, reader->separator, reader->arena);
    } while (status == FH_OK && is_blank(fields));
    if (status != FH_OK) return status;
    reader->rows++;
    reader->value = object_of(reader, fields);
    *out = fh_json_article(reader->value, reader->map, reader->arena);
    if (out->body.len) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, NULL, "name the column of the text with --map body=NAME",
                   "no text in row %llu", (unsigned long long)reader->rows);
}

const fh_format fh_format_csv = {
    .name = "csv",
    .about = "CSV and TSV, with a head that names the columns",
    .probe = probe,
    .open = open_csv,
    .next = next_csv,
    .close = close_csv,
};
