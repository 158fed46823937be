/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws queries from an index, always the same.
 *
 * bench_draw INDEX COUNT
 *     COUNT queries of each class: `class TAB text` lines
 *
 * What a class makes of its text is up to who asks: a phrase comes without quotes, the beginning of a word
 * without a star, an entity by its id. */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_FAILED = 2, FREQUENT = 200, MIN_WORD = 3, LEAST_TYPED = 2 };

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, "bench_draw", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
}

/* The generator of Numerical Recipes: good enough, and the same everywhere. */
static uint32_t draw(uint32_t *seed, size_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

typedef struct frequent_word {
    fh_str word;
    uint32_t articles;
} frequent_word;

typedef struct top_words {
    frequent_word items[FREQUENT];
    size_t count;
    fh_arena *arena;
} top_words;

/* Keeps the most frequent words that are worth a query, by insertion. */
static bool see_word(void *context, fh_str word, uint32_t articles) {
    top_words *top = context;
    if (fh_utf8_count(word) < MIN_WORD || fh_is_stop_word(word)) return true;
    if (top->count == FREQUENT && articles <= top->items[FREQUENT - 1].articles) return true;
    size_t at = top->count < FREQUENT ? top->count++ : FREQUENT - 1;
    for (; at > 0 && top->items[at - 1].articles < articles; at--) top->items[at] = top->items[at - 1];
    top->items[at] = (frequent_word){fh_arena_copy(top->arena, word), articles};
    return true;
}

/* Those named most where the most frequent word stands. */
static fh_status draw_entities(fh_store *store, fh_str word, fh_arena *arena, size_t count, fh_error *err) {
    const fh_facet_name *by = fh_facet_names();
    while (by->name && strcmp(by->name, "entity") != 0) by++;
    fh_facet_wanted wanted = {by, FREQUENT};
    fh_search search = {.query = word, .facets = &wanted, .facet_count = 1};
    fh_searcher *searcher;
    fh_status status = fh_searcher_new(store, fh_gazetteer_builtin(), &searcher, err);
    if (status) return status;
    fh_answer answer;
    status = fh_search_run(searcher, &search, arena, &answer, err);
    for (size_t i = 0; status == FH_OK && answer.facets[0].value_count && i < count; i++)
        printf("entity\t%.*s\n", FH_STR_ARG(answer.facets[0].values[i % answer.facets[0].value_count].value));
    fh_searcher_free(searcher);
    return status;
}

static fh_status draw_frequent(fh_store *store, fh_arena *arena, size_t count, fh_error *err) {
    top_words top = {.arena = arena};
    fh_status status = fh_store_words(store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), see_word, &top, err);
    for (size_t i = 0; status == FH_OK && top.count && i < count; i++) {
        fh_str word = top.items[i % top.count].word;
        printf("frequent\t%.*s\nnewest\t%.*s\n", FH_STR_ARG(word), FH_STR_ARG(word));
    }
    if (status == FH_OK && top.count) status = draw_entities(store, top.items[0].word, arena, count, err);
    return status;
}

typedef struct id_list {
    fh_str *items;
    size_t count, capacity;
    fh_arena *arena;
} id_list;

static bool see_id(void *context, fh_str id) {
    id_list *ids = context;
    ids->items = fh_grow(ids->items, ids->count, &ids->capacity, sizeof *ids->items);
    ids->items[ids->count++] = fh_arena_copy(ids->arena, id);
    return true;
}

/* Is it a word that somebody may look for? */
static bool is_worth(const fh_token *token) {
    return token->kind == FH_TOKEN_ARABIC && !token->stop && !token->whole &&
           fh_utf8_count(token->folded) >= MIN_WORD;
}

static fh_str written(fh_str text, const fh_token *token) {
    return fh_str_slice(text, token->start, token->end);
}

/* As it is typed: at least two letters, and not yet all. */
static fh_str beginning(fh_str word, uint32_t *seed) {
    size_t letters = LEAST_TYPED + draw(seed, fh_utf8_count(word) - LEAST_TYPED), at = 0;
    for (uint32_t letter; letters > 0; letters--) at += fh_utf8_next(word, at, &letter);
    return fh_str_slice(word, 0, at);
}

/* One word and its beginning, two words that stand in one article, and three that stand side by side. */
static void draw_from(fh_str text, fh_tokens tokens, uint32_t *seed) {
    const fh_token *worth[2];
    size_t found = 0;
    for (int tries = 0; found < 2 && tries < 50; tries++) {
        const fh_token *token = &tokens.items[draw(seed, tokens.count)];
        if (is_worth(token)) worth[found++] = token;
    }
    if (found < 2) return;
    printf("one word\t%.*s\n", FH_STR_ARG(written(text, worth[0])));
    printf("prefix\t%.*s\n", FH_STR_ARG(beginning(written(text, worth[0]), seed)));
    printf("two words\t%.*s %.*s\n", FH_STR_ARG(written(text, worth[0])),
           FH_STR_ARG(written(text, worth[1])));
    for (int tries = 0; tries < 50; tries++) {
        const fh_token *first = &tokens.items[draw(seed, tokens.count - 2)];
        if (!is_worth(first) || !is_worth(first + 1) || !is_worth(first + 2)) continue;
        printf("phrase\t%.*s %.*s %.*s\n", FH_STR_ARG(written(text, first)),
               FH_STR_ARG(written(text, first + 1)), FH_STR_ARG(written(text, first + 2)));
        return;
    }
}

static fh_status draw_articles(fh_store *store, fh_arena *arena, size_t count, fh_error *err) {
    id_list ids = {.arena = arena};
    fh_arena *scratch = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_NONE);
    uint32_t seed = 20240504;
    fh_status status = fh_store_ids(store, see_id, &ids, err);
    for (size_t i = 0; status == FH_OK && ids.count && i < count; i++) {
        fh_article article;
        fh_arena_reset(scratch);
        status = fh_store_article(store, ids.items[draw(&seed, ids.count)], scratch, &article, err);
        if (status) break;
        fh_tokens tokens = fh_analyse(analyser, article.body, scratch);
        if (tokens.count > 10) draw_from(article.body, tokens, &seed);
    }
    free(ids.items);
    fh_analyser_free(analyser);
    fh_arena_free(scratch);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: bench_draw INDEX COUNT\n", stderr);
        return EXIT_FAILED;
    }
    size_t count = strtoul(argv[2], NULL, 10);
    fh_arena *arena = fh_arena_new();
    fh_store *store = NULL;
    fh_error err;
    const char *const dirs[] = {argv[1]};
    fh_status status = fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &err);
    if (status == FH_OK) status = draw_articles(store, arena, count, &err);
    if (status == FH_OK) status = draw_frequent(store, arena, count, &err);
    if (status) complain(&err);
    fh_store_close(store);
    fh_arena_free(arena);
    return status ? EXIT_FAILED : EXIT_SUCCESS;
}
