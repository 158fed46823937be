/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a few real articles tell of words: how often each is used, and by how many articles. */
#include "tests/bench/words_learn.h"

#include "base/memory.h"
#include "stemmer/stemmer.h"

#include <jansson.h>
#include <stdlib.h>

enum { ENOUGH_BYTES = 64 << 20 }; /* more would tell no more */

typedef struct use {
    fh_str text;
    uint32_t article;
} use;

typedef struct lesson {
    fh_arena *arena;
    fh_analyser *analyser;
    use *uses;
    size_t count, capacity;
    fh_strs *const lists[3];
    size_t capacities[3];
    uint32_t article;
} lesson;

static const char *const listed[] = {"source", "section", "author"};

/* What would need an escape in JSON is left out: it is rare, and writing stays fast. */
static bool is_plain(fh_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == '"' || text.ptr[i] == '\\') return false;
    return text.len > 0;
}

static void add_use(lesson *reading, fh_str text) {
    if (!is_plain(text)) return;
    reading->uses = fh_grow(reading->uses, reading->count, &reading->capacity, sizeof *reading->uses);
    reading->uses[reading->count++] = (use){fh_arena_copy(reading->arena, text), reading->article};
}

static size_t read_words(lesson *reading, const char *text) {
    if (!text) return 0;
    fh_str all = fh_str_from(text);
    fh_token token;
    fh_analyser_start(reading->analyser, all);
    for (uint32_t end = 0; fh_analyser_next(reading->analyser, &token);) {
        if (token.start < end || token.kind == FH_TOKEN_NUMBER) continue;
        end = token.end;
        add_use(reading, fh_str_slice(all, token.start, token.end));
    }
    return all.len;
}

/* Names of several words stay together. */
static void read_names(lesson *reading, const json_t *article) {
    size_t at;
    json_t *entity;
    json_array_foreach(json_object_get(article, "entities"), at, entity) {
        const char *text = json_string_value(json_object_get(entity, "text"));
        if (text && strchr(text, ' ')) add_use(reading, fh_str_from(text));
    }
}

static void read_fields(lesson *reading, const json_t *article) {
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
        fh_strs *list = reading->lists[i];
        fh_str text = fh_str_from(json_string_value(json_object_get(article, listed[i])));
        list->items = fh_grow(list->items, list->count, &reading->capacities[i], sizeof *list->items);
        list->items[list->count++] = is_plain(text) ? fh_arena_copy(reading->arena, text) : FH_STR("");
    }
}

static size_t read_article(lesson *reading, const json_t *article) {
    reading->article++;
    size_t bytes = read_words(reading, json_string_value(json_object_get(article, "title")));
    bytes += read_words(reading, json_string_value(json_object_get(article, "body")));
    read_names(reading, article);
    read_fields(reading, article);
    return bytes;
}

static void read_articles(lesson *reading, FILE *file) {
    char *line = NULL;
    size_t capacity = 0, bytes = 0;
    while (bytes < ENOUGH_BYTES && getline(&line, &capacity, file) > 0) {
        json_t *article = json_loads(line, 0, NULL);
        if (json_is_object(article)) bytes += read_article(reading, article);
        json_decref(article);
    }
    free(line);
}

static int by_text(const void *a, const void *b) {
    const use *first = a, *second = b;
    int order = fh_str_compare(first->text, second->text);
    return order ? order : (first->article > second->article) - (first->article < second->article);
}

typedef struct tally {
    fh_str text;
    uint32_t times, articles;
} tally;

/* Shared before rare; then the most frequent first; then by text, so that the order is always the same. */
static int by_rank(const void *a, const void *b) {
    const tally *first = a, *second = b;
    int shared = (second->articles >= SHARED_BY) - (first->articles >= SHARED_BY);
    if (shared) return shared;
    if (first->times != second->times) return first->times < second->times ? 1 : -1;
    return fh_str_compare(first->text, second->text);
}

/* Uses of one word lie side by side. */
static size_t tally_uses(const use *uses, size_t count, tally *tallies) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && fh_str_equal(uses[i].text, uses[i - 1].text);
        if (!same) tallies[found++] = (tally){uses[i].text, 0, 0};
        tallies[found - 1].times++;
        if (!same || uses[i].article != uses[i - 1].article) tallies[found - 1].articles++;
    }
    return found;
}

static void rank(lesson *reading, fh_learned_words *out) {
    if (reading->count) qsort(reading->uses, reading->count, sizeof *reading->uses, by_text);
    tally *tallies = fh_alloc_zeroed(reading->count + 1, sizeof *tallies);
    size_t found = tally_uses(reading->uses, reading->count, tallies);
    qsort(tallies, found, sizeof *tallies, by_rank);
    out->words = FH_ARENA_ARRAY(out->arena, fh_str, found + 1);
    out->times = FH_ARENA_ARRAY(out->arena, uint32_t, found + 1);
    for (size_t i = 0; i < found; i++) {
        bool shared = tallies[i].articles >= SHARED_BY;
        out->words[i] = tallies[i].text;
        out->times[i] = tallies[i].times;
        *(shared ? &out->shared_count : &out->rare_count) += 1;
        *(shared ? &out->shared_times : &out->rare_times) += tallies[i].times;
    }
    free(tallies);
}

void fh_learn_words(FILE *articles, fh_learned_words *out) {
    *out = (fh_learned_words){.arena = fh_arena_new()};
    lesson reading = {
        .arena = out->arena,
        .analyser = fh_analyser_new(FH_STEMMER_NONE),
        .lists = {&out->fields.sources, &out->fields.sections, &out->fields.authors},
    };
    read_articles(&reading, articles);
    rank(&reading, out);
    free(reading.uses);
    fh_analyser_free(reading.analyser);
}

void fh_learned_words_free(fh_learned_words *learned) {
    free(learned->fields.sources.items);
    free(learned->fields.sections.items);
    free(learned->fields.authors.items);
    fh_arena_free(learned->arena);
}
