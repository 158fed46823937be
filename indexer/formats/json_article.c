/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields, and the shapes that their values come in. */
#include "indexer/formats/json_article.h"
#include "base/buf.h"
#include "indexer/export.h"
#include "indexer/formats/markup.h"
#include "indexer/names.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#define MAX_NESTING 4                    /* of objects and lists around a value's text */
#define MILLISECONDS_FROM 100000000000LL /* a number of seconds this large would be in the year 5138 */

/* Of two names for the same field, the one that stands first here wins, unless it is empty.  Compared without
 * case, '_' and '-'. */
static const struct {
    const char *name;
    fh_data_field field;
} names[] = {
    {"id", FH_DATA_ID},
    {"_id", FH_DATA_ID},
    {"articleid", FH_DATA_ID},
    {"guid", FH_DATA_ID},
    {"uri", FH_DATA_ID},
    {"uuid", FH_DATA_ID},
    {"title", FH_DATA_TITLE},
    {"headline", FH_DATA_TITLE},
    {"heading", FH_DATA_TITLE},
    {"name", FH_DATA_TITLE},
    {"body", FH_DATA_BODY},
    {"content", FH_DATA_BODY},
    {"text", FH_DATA_BODY},
    {"articlebody", FH_DATA_BODY},
    {"fulltext", FH_DATA_BODY},
    {"maintext", FH_DATA_BODY},
    {"contenttext", FH_DATA_BODY},
    {"contenthtml", FH_DATA_BODY},
    {"bodytext", FH_DATA_BODY},
    {"bodyxhtml", FH_DATA_BODY},
    {"bodyhtml", FH_DATA_BODY},
    {"story", FH_DATA_BODY},
    {"abstract", FH_DATA_LEAD},
    {"description", FH_DATA_LEAD},
    {"summary", FH_DATA_LEAD},
    {"lead", FH_DATA_LEAD},
    {"excerpt", FH_DATA_LEAD},
    {"date", FH_DATA_DATE},
    {"published", FH_DATA_DATE},
    {"datepublished", FH_DATA_DATE},
    {"publishedat", FH_DATA_DATE},
    {"pubdate", FH_DATA_DATE},
    {"publicationdate", FH_DATA_DATE},
    {"publishdate", FH_DATA_DATE},
    {"publishedon", FH_DATA_DATE},
    {"dateextracted", FH_DATA_DATE},
    {"datecreated", FH_DATA_DATE},
    {"createdat", FH_DATA_DATE},
    {"created", FH_DATA_DATE},
    {"timestamp", FH_DATA_DATE},
    {"time", FH_DATA_DATE},
    {"url", FH_DATA_URL},
    {"link", FH_DATA_URL},
    {"canonical", FH_DATA_URL},
    {"canonicalurl", FH_DATA_URL},
    {"permalink", FH_DATA_URL},
    {"href", FH_DATA_URL},
    {"source", FH_DATA_SOURCE},
    {"outlet", FH_DATA_SOURCE},
    {"publisher", FH_DATA_SOURCE},
    {"sitename", FH_DATA_SOURCE},
    {"newspaper", FH_DATA_SOURCE},
    {"author", FH_DATA_AUTHOR},
    {"authors", FH_DATA_AUTHOR},
    {"byline", FH_DATA_AUTHOR},
    {"by", FH_DATA_AUTHOR},
    {"creator", FH_DATA_AUTHOR},
    {"writer", FH_DATA_AUTHOR},
    {"keywords", FH_DATA_KEYWORDS},
    {"tags", FH_DATA_KEYWORDS},
    {"keyword", FH_DATA_KEYWORDS},
    {"newskeywords", FH_DATA_KEYWORDS},
    {"section", FH_DATA_SECTION},
    {"category", FH_DATA_SECTION},
    {"articlesection", FH_DATA_SECTION},
    {"topic", FH_DATA_SECTION},
    {"categories", FH_DATA_SECTION},
    {"language", FH_DATA_LANGUAGE},
    {"lang", FH_DATA_LANGUAGE},
    {"inlanguage", FH_DATA_LANGUAGE},
    {"معرف", FH_DATA_ID},
    {"العنوان", FH_DATA_TITLE},
    {"عنوان", FH_DATA_TITLE},
    {"النص", FH_DATA_BODY},
    {"نص", FH_DATA_BODY},
    {"المحتوى", FH_DATA_BODY},
    {"نص الخبر", FH_DATA_BODY},
    {"المقال", FH_DATA_BODY},
    {"الملخص", FH_DATA_LEAD},
    {"التاريخ", FH_DATA_DATE},
    {"تاريخ", FH_DATA_DATE},
    {"تاريخ النشر", FH_DATA_DATE},
    {"الرابط", FH_DATA_URL},
    {"رابط", FH_DATA_URL},
    {"المصدر", FH_DATA_SOURCE},
    {"الصحيفة", FH_DATA_SOURCE},
    {"الموقع", FH_DATA_SOURCE},
    {"الكاتب", FH_DATA_AUTHOR},
    {"المؤلف", FH_DATA_AUTHOR},
    {"المحرر", FH_DATA_AUTHOR},
    {"الكلمات المفتاحية", FH_DATA_KEYWORDS},
    {"الكلمات الدلالية", FH_DATA_KEYWORDS},
    {"الوسوم", FH_DATA_KEYWORDS},
    {"القسم", FH_DATA_SECTION},
    {"التصنيف", FH_DATA_SECTION},
    {"اللغة", FH_DATA_LANGUAGE},
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

bool fh_json_is_article_name(const char *name) {
    return find_name(name) < NAMES;
}

fh_str fh_json_text(const json_t *value, const char *between, fh_arena *arena) {
    return text_of(value, between, 0, arena);
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

fh_date fh_json_date(const json_t *value, fh_arena *arena) {
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

static fh_strs list_of(const json_t *value, fh_arena *arena) {
    if (!json_is_array(value)) {
        fh_names listed = {0};
        fh_names_add_split(&listed, fh_markup_strip(text_of(value, ",", 0, arena), arena), arena);
        return listed.list;
    }
    size_t count = json_array_size(value);
    fh_strs list = {FH_ARENA_ARRAY(arena, fh_str, count), count};
    for (size_t i = 0; i < count; i++)
        list.items[i] = fh_markup_strip(text_of(json_array_get(value, i), " ", 0, arena), arena);
    return list;
}

/* ---- The article ---- */

/* Of an author or a keyword, some programs give only its number in a table that is elsewhere. */
static bool wants_name(fh_data_field field) {
    return field == FH_DATA_AUTHOR || field == FH_DATA_SECTION || field == FH_DATA_KEYWORDS ||
           field == FH_DATA_SOURCE;
}

static bool is_number(const json_t *value) {
    return json_is_number(json_array_size(value) ? json_array_get(value, 0) : value);
}

fh_article fh_json_article(const json_t *object, const fh_field_map *map, fh_arena *arena) {
    if (fh_is_exported(object)) return fh_exported_article(object, arena);
    size_t rank[FH_DATA_FIELDS];
    const json_t *values[FH_DATA_FIELDS] = {NULL};
    for (size_t i = 0; i < FH_DATA_FIELDS; i++) rank[i] = NAMES;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        size_t name = find_name(key);
        if (name == NAMES || name >= rank[names[name].field] || is_empty(value, arena)) continue;
        if (wants_name(names[name].field) && is_number(value)) continue;
        rank[names[name].field] = name;
        values[names[name].field] = value;
    }
    for (size_t i = 0; map && i < FH_DATA_FIELDS; i++)
        if (map->paths[i]) values[i] = fh_json_at(object, map->paths[i]);
    const json_t *body = values[FH_DATA_BODY] ? values[FH_DATA_BODY] : values[FH_DATA_LEAD];
    return (fh_article){
        .id = text_of(values[FH_DATA_ID], "", 0, arena),
        .url = text_of(values[FH_DATA_URL], "", 0, arena),
        .title = fh_markup_strip(text_of(values[FH_DATA_TITLE], " ", 0, arena), arena),
        .source = fh_markup_strip(text_of(values[FH_DATA_SOURCE], " ", 0, arena), arena),
        .author = fh_markup_strip(text_of(values[FH_DATA_AUTHOR], "\u060C ", 0, arena), arena),
        .section = text_of(values[FH_DATA_SECTION], "\u060C ", 0, arena),
        .language = text_of(values[FH_DATA_LANGUAGE], " ", 0, arena),
        .body = fh_markup_strip(text_of(body, "\n", 0, arena), arena),
        .keywords = list_of(values[FH_DATA_KEYWORDS], arena),
        .published = fh_json_date(values[FH_DATA_DATE], arena),
    };
}
