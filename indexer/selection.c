/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selections are read by hand: they need no ranking and no widening, and must hold to the letter. */
#include "indexer/selection.h"
#include "base/memory.h"
#include "indexer/document.h"
#include "stemmer/stemmer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_CLAUSES = 16,
    PAGE = 10000, /* ids that are looked up at once */
};

static const char HINT[] = "say FIELD:VALUE, more of them with AND between; the fields are id, url, source, "
                           "date, entity, keyword and "
                           "language";

/* ---- Dates ---- */

static bool take_digits(fh_str *text, size_t count, char *out) {
    if (text->len < count) return false;
    for (size_t i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text->ptr[i])) return false;
        out[i] = text->ptr[i];
    }
    *text = fh_str_slice(*text, count, text->len);
    return true;
}

bool fh_days_parse(fh_str text, fh_days *out) {
    static const size_t digits[] = {4, 2, 2}; /* year, month, day */
    char key[FH_DAY_DIGITS + 1] = {0};
    size_t len = 0;
    for (size_t i = 0; i < sizeof digits / sizeof *digits && (i == 0 || text.len); i++) {
        if (i > 0 && text.ptr[0] == '-') text = fh_str_slice(text, 1, text.len);
        if (!take_digits(&text, digits[i], key + len)) return false;
        len += digits[i];
    }
    if (text.len) return false;
    snprintf(out->first, sizeof out->first, "%s", key);
    snprintf(out->last, sizeof out->last, "%s%.*s", key, (int)(14 - len), "99999999999999");
    return true;
}

/* ---- Clauses ---- */

typedef struct clauses {
    fh_store *store;
    fh_arena *arena;
    fh_query *kids[MOST_CLAUSES];
    size_t count;
} clauses;

static fh_query *add_clause(clauses *c, fh_query clause) {
    fh_query *kid = fh_arena_take(c->arena, sizeof *kid);
    *kid = clause;
    return c->kids[c->count++] = kid;
}

static bool add_term(clauses *c, fh_field field, fh_str value) {
    add_clause(c, (fh_query){.op = FH_OP_TERM, .field = field, .word = value});
    return true;
}

/* As the indexer makes one word of a keyword; a lexicon changes no folded word. */
static bool add_keyword(clauses *c, fh_field field, fh_str value) {
    fh_stemmer stemmer = FH_STEMMER_LIGHT;
    fh_stemmer_parse(fh_str_from(fh_store_stemmer(c->store)), &stemmer);
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_str word = fh_keyword_word(fh_analyse(analyser, value, c->arena), c->arena);
    fh_analyser_free(analyser);
    return word.len && add_term(c, field, word);
}

/* An outlet by all of its name: its words would also find others. */
static bool add_source(clauses *c, fh_field field, fh_str value) {
    (void)field;
    add_clause(c, (fh_query){.op = FH_OP_RANGE, .slot = FH_SLOT_SOURCE, .low = value, .high = value});
    return true;
}

static bool add_date(clauses *c, fh_field field, fh_str value) {
    (void)field;
    fh_days from = {0}, to = {0};
    size_t dots = fh_str_find(value, FH_STR(".."), 0);
    fh_str low = dots == SIZE_MAX ? value : fh_str_slice(value, 0, dots);
    fh_str high = dots == SIZE_MAX ? value : fh_str_slice(value, dots + 2, value.len);
    if (low.len + high.len == 0) return false;
    if ((low.len && !fh_days_parse(low, &from)) || (high.len && !fh_days_parse(high, &to))) return false;
    /* An open beginning must not reach articles without a date, whose slot is empty. */
    fh_str first = fh_arena_copy(c->arena, low.len ? fh_str_from(from.first) : FH_STR("0"));
    fh_str last = fh_arena_copy(c->arena, fh_str_from(to.last));
    add_clause(c, (fh_query){.op = FH_OP_RANGE, .slot = FH_SLOT_PUBLISHED, .low = first, .high = last});
    return true;
}

static const struct {
    const char *name; /* with its colon */
    bool (*add)(clauses *c, fh_field field, fh_str value);
    fh_field field;
} fields[] = {
    {"id:", add_term, FH_FIELD_ID},
    {"url:", add_term, FH_FIELD_URL},
    {"source:", add_source, FH_FIELD_SOURCE},
    {"date:", add_date, FH_FIELD_DAY},
    {"entity:", add_term, FH_FIELD_ENTITY},
    {"keyword:", add_keyword, FH_FIELD_KEYWORD},
    {"language:", add_term, FH_FIELD_LANGUAGE},
};
enum { NUMBER = sizeof fields / sizeof *fields };

static size_t find_field(fh_str text) {
    size_t i = 0;
    while (i < NUMBER && !fh_str_starts(text, fh_str_from(fields[i].name))) i++;
    return i;
}

static void skip_spaces(fh_str *text) {
    while (text->len && text->ptr[0] == ' ') *text = fh_str_slice(*text, 1, text->len);
}

/* What stands within quotes, or up to the next space. */
static bool take_value(fh_str *text, fh_str *value) {
    bool quoted = text->len && text->ptr[0] == '"';
    if (quoted) *text = fh_str_slice(*text, 1, text->len);
    size_t end = fh_str_find(*text, quoted ? FH_STR("\"") : FH_STR(" "), 0);
    if (end == SIZE_MAX && quoted) return false;
    if (end == SIZE_MAX) end = text->len;
    *value = fh_str_slice(*text, 0, end);
    *text = fh_str_slice(*text, end + quoted, text->len);
    return value->len > 0;
}

static fh_status fail_at(fh_str rest, fh_error *err) {
    return fh_fail(err, FH_ERR_USAGE, NULL, HINT, "this selects no articles: %.*s", FH_STR_ARG(rest));
}

static fh_status parse(fh_str text, clauses *c, fh_error *err) {
    while (text.len) {
        fh_str rest = text, value;
        size_t i = find_field(text);
        if (i == NUMBER || c->count == MOST_CLAUSES) return fail_at(rest, err);
        text = fh_str_slice(text, strlen(fields[i].name), text.len);
        if (!take_value(&text, &value) || !fields[i].add(c, fields[i].field, value))
            return fail_at(rest, err);
        skip_spaces(&text);
        if (!fh_str_starts(text, FH_STR("AND "))) continue;
        text = fh_str_slice(text, strlen("AND "), text.len);
        skip_spaces(&text);
        if (text.len == 0) return fail_at(rest, err);
    }
    return FH_OK;
}

/* ---- Finding ---- */

typedef struct id_list {
    fh_str *items;
    size_t count, capacity;
    size_t seen; /* hits, those left out too */
} id_list;

static bool asks_for_url(const fh_query *query) {
    for (size_t i = 0; i < query->kid_count; i++)
        if (query->kids[i]->field == FH_FIELD_URL) return true;
    return false;
}

/* The term of an address is a hash, which two may share. */
static bool has_urls(const fh_article *article, const fh_query *query) {
    for (size_t i = 0; i < query->kid_count; i++) {
        const fh_query *kid = query->kids[i];
        if (kid->field == FH_FIELD_URL && !fh_str_equal(article->url, kid->word)) return false;
    }
    return true;
}

static fh_status find_page(fh_store *store, const fh_query *query, fh_arena *arena, id_list *list, bool *more,
                           fh_error *err) {
    fh_arena *scratch = fh_arena_new();
    bool ids_only = !asks_for_url(query);
    fh_find find = {.query = query,
                    .offset = (uint32_t)list->seen,
                    .limit = PAGE,
                    .ids_only = ids_only,
                    .held_too = true};
    fh_results found;
    fh_status status = fh_store_find(store, &find, scratch, &found, err);
    for (size_t i = 0; status == FH_OK && i < found.hit_count; i++) {
        if (!ids_only && !has_urls(&found.hits[i].article, query)) continue;
        list->items = fh_grow(list->items, list->count, &list->capacity, sizeof *list->items);
        list->items[list->count++] = fh_arena_copy(arena, found.hits[i].article.id);
    }
    if (status == FH_OK) list->seen += found.hit_count;
    *more = status == FH_OK && found.hit_count == PAGE;
    fh_arena_free(scratch);
    return status;
}

static fh_status find_ids(clauses *c, fh_strs *out, fh_error *err) {
    fh_query all = {.op = FH_OP_AND, .kids = c->kids, .kid_count = c->count};
    id_list list = {0};
    bool more = true;
    fh_status status = FH_OK;
    while (status == FH_OK && more) status = find_page(c->store, &all, c->arena, &list, &more, err);
    if (status == FH_OK) {
        *out = (fh_strs){FH_ARENA_ARRAY(c->arena, fh_str, list.count), list.count};
        if (list.count) memcpy(out->items, list.items, list.count * sizeof *list.items);
    }
    free(list.items);
    return status;
}

fh_status fh_selection_ids(fh_store *store, fh_str what, fh_arena *arena, fh_strs *out, fh_error *err) {
    static const fh_field exact[] = {FH_FIELD_ID, FH_FIELD_URL};
    *out = (fh_strs){0};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        clauses one = {.store = store, .arena = arena};
        add_term(&one, exact[i], what);
        fh_status status = find_ids(&one, out, err);
        if (status != FH_OK || out->count) return status;
    }
    clauses c = {.store = store, .arena = arena};
    if (find_field(what) == NUMBER) return FH_OK;
    fh_status status = parse(what, &c, err);
    return status == FH_OK ? find_ids(&c, out, err) : status;
}
