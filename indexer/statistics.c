/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting what an index holds, and writing it down twice: for people and for programs. */
#include "indexer/statistics.h"
#include "base/memory.h"
#include "indexer/name_book.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#define MEGABYTE 1e6
#define FORMAT_VERSION 1

/* What articles are counted by. */
static const struct {
    const char *key, *title;
    fh_slot slot;
    bool by_value; /* in the order of the values, not of their frequency */
} groups[] = {
    {"outlets", "outlets", FH_SLOT_SOURCE, false},
    {"months", "months", FH_SLOT_MONTH, true},
    {"languages", "languages", FH_SLOT_LANGUAGE, false},
    {"formats", "formats", FH_SLOT_FORMAT, false},
};
enum { GROUPS = sizeof groups / sizeof *groups };

static const struct {
    const char *key, *text;
    fh_field field;
} vocabularies[] = {
    {"words", "different words", FH_FIELD_WORD},
    {"entities", "entities", FH_FIELD_ENTITY},
    {"keywords", "keywords", FH_FIELD_KEYWORD},
};
enum { VOCABULARIES = sizeof vocabularies / sizeof *vocabularies };

typedef struct statistics {
    const char *db, *stemmer;
    fh_store_stats sizes;
    fh_store_making making;
    fh_facet facets[GROUPS];
    uint64_t vocabulary[VOCABULARIES];
    size_t lexicon_lines, learned, decided;
    bool has_list; /* a user's names */
} statistics;

/* ---- Counting ---- */

static bool count_word(void *context, fh_str word, uint32_t articles) {
    (void)word;
    (void)articles;
    ++*(uint64_t *)context;
    return true;
}

static int by_value(const void *a, const void *b) {
    return fh_str_compare(((const fh_facet_value *)a)->value, ((const fh_facet_value *)b)->value);
}

static fh_status count_groups(fh_store *store, fh_arena *arena, statistics *out, fh_error *err) {
    static const fh_query all = {.op = FH_OP_ALL};
    fh_facet_request requests[GROUPS];
    fh_results results;
    for (size_t i = 0; i < GROUPS; i++)
        requests[i] = (fh_facet_request){.slot = groups[i].slot, .limit = SIZE_MAX};
    fh_find find = {
        .query = &all, .ids_only = true, .held_too = true, .facets = requests, .facet_count = GROUPS};
    fh_status status = fh_store_find(store, &find, arena, &results, err);
    if (status != FH_OK) return status;
    for (size_t i = 0; i < GROUPS; i++) {
        out->facets[i] = results.facets[i];
        if (groups[i].by_value)
            qsort(out->facets[i].values, out->facets[i].value_count, sizeof(fh_facet_value), by_value);
    }
    return FH_OK;
}

static size_t count_lines(fh_str text) {
    fh_str line;
    size_t count = 0;
    while (fh_str_line(&text, &line))
        count += fh_str_trim(line).len > 0 && !fh_str_starts(fh_str_trim(line), FH_STR("#"));
    return count;
}

static fh_status count_names(fh_store *store, statistics *out, fh_error *err) {
    fh_name_book book = {0};
    fh_status status = fh_name_book_recall(store, &book, err);
    if (status == FH_OK) {
        out->learned = book.learned.count;
        out->decided = book.decisions.count;
        out->has_list = book.listed != NULL;
    }
    fh_name_book_free(&book);
    return status;
}

static fh_status count(fh_store *store, fh_arena *arena, statistics *out, fh_error *err) {
    fh_status status = fh_store_statistics(store, &out->sizes, err);
    if (status == FH_OK) status = fh_store_made(store, arena, &out->making, err);
    if (status == FH_OK) status = count_groups(store, arena, out, err);
    for (size_t i = 0; status == FH_OK && i < VOCABULARIES; i++)
        status = fh_store_words(store, vocabularies[i].field, FH_STR(""), FH_STR(""), count_word,
                                &out->vocabulary[i], err);
    if (status == FH_OK) status = count_names(store, out, err);
    out->stemmer = fh_store_stemmer(store);
    out->lexicon_lines = count_lines(fh_store_lexicon(store));
    return status;
}

/* Articles that have no value in a slot of one value. */
static uint64_t without(const statistics *s, size_t group) {
    uint64_t with = 0;
    for (size_t i = 0; i < s->facets[group].value_count; i++) with += s->facets[group].values[i].articles;
    return s->sizes.articles - with;
}

/* ---- For people ---- */

static void add_group(const statistics *s, size_t group, fh_buf *out) {
    const fh_facet *facet = &s->facets[group];
    fh_buf_printf(out, "\n%s\n", groups[group].title);
    for (size_t i = 0; i < facet->value_count; i++) {
        fh_buf_printf(out, "%10" PRIu32 "  ", facet->values[i].articles);
        fh_buf_add_shown(out, facet->values[i].value);
        fh_buf_add_char(out, '\n');
    }
    if (without(s, group)) fh_buf_printf(out, "%10" PRIu64 "  not known\n", without(s, group));
}

static void write_text(const statistics *s, fh_buf *out) {
    fh_buf_add_shown(out, fh_str_from(s->db));
    fh_buf_printf(out, ": %" PRIu64 " articles, %.1f MB on disk\n", s->sizes.articles,
                  (double)s->making.bytes / MEGABYTE);
    for (size_t i = 0; i < VOCABULARIES; i++)
        fh_buf_printf(out, "%10" PRIu64 "  %s\n", s->vocabulary[i], vocabularies[i].text);
    fh_buf_printf(out, "%10zu  names learned, %zu decisions about them; %s\n", s->learned, s->decided,
                  s->has_list ? "a list of names was given" : "no list of names");
    fh_buf_printf(out, "made with schema %.*s, analyser %.*s, stemmer %s, ", FH_STR_ARG(s->making.schema),
                  FH_STR_ARG(s->making.analyser), s->stemmer);
    if (s->lexicon_lines)
        fh_buf_printf(out, "a lexicon of %zu lines\n", s->lexicon_lines);
    else
        fh_buf_printf(out, "no lexicon\n");
    for (size_t i = 0; i < GROUPS; i++) add_group(s, i, out);
}

/* ---- For programs ---- */

static void set_number(json_t *object, const char *key, uint64_t number) {
    json_object_set_new(object, key, json_integer((json_int_t)number));
}

static json_t *text_json(fh_str text) {
    return json_stringn_nocheck(text.ptr ? text.ptr : "", text.len);
}

static json_t *group_json(const statistics *s, size_t group) {
    json_t *array = json_array();
    for (size_t i = 0; i < s->facets[group].value_count; i++) {
        const fh_facet_value *value = &s->facets[group].values[i];
        json_t *object = json_object();
        json_object_set_new(object, "value", text_json(value->value));
        set_number(object, "articles", value->articles);
        json_array_append_new(array, object);
    }
    return array;
}

static void write_json(const statistics *s, fh_buf *out) {
    json_t *object = json_object();
    set_number(object, "version", FORMAT_VERSION);
    set_number(object, "articles", s->sizes.articles);
    set_number(object, "bytes", s->making.bytes);
    for (size_t i = 0; i < VOCABULARIES; i++) set_number(object, vocabularies[i].key, s->vocabulary[i]);
    set_number(object, "names_learned", s->learned);
    set_number(object, "names_decided", s->decided);
    json_object_set_new(object, "names_listed", json_boolean(s->has_list));
    json_object_set_new(object, "schema", text_json(s->making.schema));
    json_object_set_new(object, "analyser", text_json(s->making.analyser));
    json_object_set_new(object, "stemmer", text_json(fh_str_from(s->stemmer)));
    set_number(object, "lexicon_lines", s->lexicon_lines);
    for (size_t i = 0; i < GROUPS; i++) json_object_set_new(object, groups[i].key, group_json(s, i));
    if (json_dump_callback(object, fh_buf_take_json, out, JSON_COMPACT) != 0) fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(object);
}

fh_status fh_statistics(fh_store *store, const char *db, bool json, fh_buf *out, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    statistics s = {.db = db};
    fh_status status = count(store, arena, &s, err);
    if (status == FH_OK) (json ? write_json : write_text)(&s, out);
    fh_arena_free(arena);
    return status;
}
