/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields, and the shapes that their values come in. */
#include "indexer/json_article.h"
#include "base/buf.h"
#include "indexer/export.h"
#include "indexer/markup.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#define MAX_NESTING 4                    /* of objects and lists around a value's text */
#define MILLISECONDS_FROM 100000000000LL /* a number of seconds this large would be in the year 5138 */

typedef enum field {
    ID,
    TITLE,
    BODY,
    LEAD,
    DATE,
    URL,
    SOURCE,
    AUTHOR,
    KEYWORDS,
    SECTION,
    LANGUAGE,
    FIELDS
} field;

/* Of two names for the same field, the one that stands first here wins, unless it is empty.  Compared without
 * case, '_' and '-'. */
static const struct {
    const char *name;
    field field;
} names[] = {
    {"id", ID},
    {"_id", ID},
    {"articleid", ID},
    {"guid", ID},
    {"uri", ID},
    {"uuid", ID},
    {"title", TITLE},
    {"headline", TITLE},
    {"heading", TITLE},
    {"name", TITLE},
    {"body", BODY},
    {"content", BODY},
    {"text", BODY},
    {"articlebody", BODY},
    {"fulltext", BODY},
    {"maintext", BODY},
    {"contenttext", BODY},
    {"contenthtml", BODY},
    {"bodytext", BODY},
    {"bodyxhtml", BODY},
    {"bodyhtml", BODY},
    {"story", BODY},
    {"abstract", LEAD},
    {"description", LEAD},
    {"summary", LEAD},
    {"lead", LEAD},
    {"excerpt", LEAD},
    {"date", DATE},
    {"published", DATE},
    {"datepublished", DATE},
    {"publishedat", DATE},
    {"pubdate", DATE},
    {"publicationdate", DATE},
    {"publishdate", DATE},
    {"publishedon", DATE},
    {"dateextracted", DATE},
    {"datecreated", DATE},
    {"createdat", DATE},
    {"created", DATE},
    {"timestamp", DATE},
    {"time", DATE},
    {"url", URL},
    {"link", URL},
    {"canonical", URL},
    {"canonicalurl", URL},
    {"permalink", URL},
    {"href", URL},
    {"source", SOURCE},
    {"outlet", SOURCE},
    {"publisher", SOURCE},
    {"sitename", SOURCE},
    {"newspaper", SOURCE},
    {"author", AUTHOR},
    {"authors", AUTHOR},
    {"byline", AUTHOR},
    {"by", AUTHOR},
    {"creator", AUTHOR},
    {"writer", AUTHOR},
    {"keywords", KEYWORDS},
    {"tags", KEYWORDS},
    {"keyword", KEYWORDS},
    {"newskeywords", KEYWORDS},
    {"section", SECTION},
    {"category", SECTION},
    {"articlesection", SECTION},
    {"topic", SECTION},
    {"categories", SECTION},
    {"language", LANGUAGE},
    {"lang", LANGUAGE},
    {"inlanguage", LANGUAGE},
};
enum { NAMES = sizeof names / sizeof *names };

/* Where an object that stands for a text keeps it: JSON-LD, WordPress, MongoDB, XML turned into JSON. */
static const char *const inner_names[] = {"name",  "rendered", "value", "text",
                                          "#text", "title",    "$oid",  "$date"};

/* "datePublished", "date_published" and "Date-Published" are one name. */
static bool same_name(const char *key, const char *name) {
    for (; *name; key++) {
        if (*key == *name || tolower((unsigned char)*key) == *name)
            name++;
        else if (*key != '_' && *key != '-')
            return false;
    }
    return *key == '\0';
}

static size_t find_name(const char *key) {
    for (size_t i = 0; i < NAMES; i++)
        if (same_name(key, names[i].name)) return i;
    return NAMES;
}

/* ---- Values ---- */

static fh_str string_of(const json_t *value) {
    return (fh_str){json_string_value(value), json_string_length(value)};
}

static fh_str text_of(const json_t *value, const char *between, int nesting, fh_arena *arena);

static fh_str joined(const json_t *list, const char *between, int nesting, fh_arena *arena) {
    fh_buf all = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        fh_str item = text_of(json_array_get(list, i), between, nesting + 1, arena);
        if (all.len && item.len) fh_buf_add(&all, fh_str_from(between));
        fh_buf_add(&all, item);
    }
    fh_str text = fh_arena_copy(arena, fh_buf_str(&all));
    fh_buf_free(&all);
    return text;
}

/* A string, a number, an object that names itself, or a list of these. */
static fh_str text_of(const json_t *value, const char *between, int nesting, fh_arena *arena) {
    fh_str none = FH_STR("");
    if (!value || nesting > MAX_NESTING) return none;
    switch (json_typeof(value)) {
    case JSON_STRING: return string_of(value);
    case JSON_INTEGER: return fh_arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    case JSON_REAL: return fh_arena_format(arena, "%.17g", json_real_value(value));
    case JSON_ARRAY: return joined(value, between, nesting, arena);
    case JSON_OBJECT:
        for (size_t i = 0; i < sizeof inner_names / sizeof *inner_names; i++) {
            const json_t *inner = json_object_get(value, inner_names[i]);
            if (inner) return text_of(inner, between, nesting + 1, arena);
        }
        return none;
    default: return none;
    }
}

static bool is_empty(const json_t *value, fh_arena *arena) {
    return fh_str_trim(text_of(value, "", 0, arena)).len == 0;
}

/* ---- Dates ---- */

static bool date_of_epoch(long long number, fh_date *out) {
    time_t seconds = (time_t)(number >= MILLISECONDS_FROM ? number / 1000 : number);
    struct tm parts;
    if (!gmtime_r(&seconds, &parts) || parts.tm_year < 0 || parts.tm_year > 8099) return false;
    *out = (fh_date){.year = (int16_t)(parts.tm_year + 1900),
                     .month = (uint8_t)(parts.tm_mon + 1),
                     .day = (uint8_t)parts.tm_mday,
                     .hour = (uint8_t)parts.tm_hour,
                     .minute = (uint8_t)parts.tm_min,
                     .second = (uint8_t)parts.tm_sec,
                     .has_time = true};
    return true;
}

/* "20240504", a number or a string of digits; longer ones count seconds or milliseconds since 1970. */
static bool date_of_digits(long long number, fh_date *out) {
    if (number > 99999999) return date_of_epoch(number, out);
    long long year = number / 10000, month = number / 100 % 100, day = number % 100;
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > fh_days_in_month((int)year, (int)month))
        return false;
    *out = (fh_date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    return true;
}

static fh_date date_of(const json_t *value, fh_arena *arena) {
    fh_date date = {0};
    if (json_is_real(value)) {
        double number = json_real_value(value);
        if (number > 0 && number < 1e15) date_of_digits((long long)number, &date);
        return date;
    }
    fh_str text = fh_str_trim(text_of(value, " ", 0, arena));
    if (fh_date_parse(text, &date) || text.len == 0 || text.len > 15) return date;
    fh_str digits = fh_arena_copy(arena, text);
    char *end;
    long long number = strtoll(digits.ptr, &end, 10);
    if (*end == '\0' && number > 0) date_of_digits(number, &date);
    return date;
}

/* ---- Lists ---- */

static const char *const separators[] = {",",     ";", "|", "\n", "\u060C" /* Arabic comma */,
                                         "\u061B" /* Arabic semicolon */};

static size_t separator_length(fh_str text, size_t at) {
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        fh_str separator = fh_str_from(separators[i]);
        if (fh_str_starts(fh_str_slice(text, at, text.len), separator)) return separator.len;
    }
    return 0;
}

static fh_strs split(fh_str text, fh_arena *arena) {
    size_t parts = 1;
    for (size_t at = 0; at < text.len; at++) parts += separator_length(text, at) > 0;
    fh_strs list = {FH_ARENA_ARRAY(arena, fh_str, parts), 0};
    size_t from = 0;
    for (size_t at = 0; at <= text.len;) {
        size_t length = at < text.len ? separator_length(text, at) : 1;
        if (length) {
            list.items[list.count++] = fh_str_slice(text, from, at);
            from = at + length;
        }
        at += length ? length : 1;
    }
    return list;
}

static fh_strs list_of(const json_t *value, fh_arena *arena) {
    if (!json_is_array(value)) return split(fh_markup_strip(text_of(value, ",", 0, arena), arena), arena);
    size_t count = json_array_size(value);
    fh_strs list = {FH_ARENA_ARRAY(arena, fh_str, count), count};
    for (size_t i = 0; i < count; i++)
        list.items[i] = fh_markup_strip(text_of(json_array_get(value, i), " ", 0, arena), arena);
    return list;
}

/* ---- The article ---- */

fh_article fh_json_article(const json_t *object, fh_arena *arena) {
    if (fh_is_exported(object)) return fh_exported_article(object, arena);
    size_t rank[FIELDS];
    const json_t *values[FIELDS] = {NULL};
    for (size_t i = 0; i < FIELDS; i++) rank[i] = NAMES;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        size_t name = find_name(key);
        if (name == NAMES || name >= rank[names[name].field] || is_empty(value, arena)) continue;
        rank[names[name].field] = name;
        values[names[name].field] = value;
    }
    const json_t *body = values[BODY] ? values[BODY] : values[LEAD];
    return (fh_article){
        .id = text_of(values[ID], "", 0, arena),
        .url = text_of(values[URL], "", 0, arena),
        .title = fh_markup_strip(text_of(values[TITLE], " ", 0, arena), arena),
        .source = fh_markup_strip(text_of(values[SOURCE], " ", 0, arena), arena),
        .author = fh_markup_strip(text_of(values[AUTHOR], "\u060C ", 0, arena), arena),
        .section = text_of(values[SECTION], "\u060C ", 0, arena),
        .language = text_of(values[LANGUAGE], " ", 0, arena),
        .body = fh_markup_strip(text_of(body, "\n", 0, arena), arena),
        .keywords = list_of(values[KEYWORDS], arena),
        .published = date_of(values[DATE], arena),
    };
}
