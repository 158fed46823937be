/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws queries from an index and times them within one process.
 *
 * bench_query draw INDEX COUNT        COUNT queries of each class: `class TAB query` lines, always the same
 * bench_query time INDEX FILE         answers such lines: `class TAB microseconds TAB hits` */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SHOWN = 10, EXIT_FAILED = 2, FREQUENT = 200, MIN_WORD = 3 };

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, "bench_query", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
}

/* ---- Drawing ---- */

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

static fh_status draw_frequent(fh_store *store, fh_arena *arena, size_t count, fh_error *err) {
    top_words top = {.arena = arena};
    fh_status status = fh_store_words(store, FH_FIELD_WORD, FH_STR(""), see_word, &top, err);
    for (size_t i = 0; status == FH_OK && top.count && i < count; i++)
        printf("frequent\t%.*s\n", FH_STR_ARG(top.items[i % top.count].word));
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

/* One word, two words that stand in one article, and three that stand side by side. */
static void draw_from(fh_str text, fh_tokens tokens, uint32_t *seed) {
    const fh_token *worth[2];
    size_t found = 0;
    for (int tries = 0; found < 2 && tries < 50; tries++) {
        const fh_token *token = &tokens.items[draw(seed, tokens.count)];
        if (is_worth(token)) worth[found++] = token;
    }
    if (found < 2) return;
    printf("one word\t%.*s\n", FH_STR_ARG(written(text, worth[0])));
    printf("two words\t%.*s %.*s\n", FH_STR_ARG(written(text, worth[0])),
           FH_STR_ARG(written(text, worth[1])));
    for (int tries = 0; tries < 50; tries++) {
        const fh_token *first = &tokens.items[draw(seed, tokens.count - 2)];
        if (!is_worth(first) || !is_worth(first + 1) || !is_worth(first + 2)) continue;
        printf("phrase\t\"%.*s %.*s %.*s\"\n", FH_STR_ARG(written(text, first)),
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

static fh_status draw_queries(fh_store *store, const char *count_text, fh_error *err) {
    size_t count = strtoul(count_text, NULL, 10);
    fh_arena *arena = fh_arena_new();
    fh_status status = draw_articles(store, arena, count, err);
    if (status == FH_OK) status = draw_frequent(store, arena, count, err);
    fh_arena_free(arena);
    return status;
}

/* ---- Timing ---- */

static double microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* As a person asks: ten hits with their snippets, written out. */
static fh_status time_one(fh_searcher *searcher, fh_str query, fh_arena *arena, double *took, uint64_t *total,
                          fh_error *err) {
    const fh_output *output = fh_outputs();
    fh_search search = {.query = query, .limit = SHOWN};
    fh_answer answer;
    fh_buf text = {0};
    fh_arena_reset(arena);
    double from = microseconds();
    fh_status status = fh_search_run(searcher, &search, arena, &answer, err);
    if (status) return status;
    output->write(&answer, (fh_str){0}, false, &text);
    *took = microseconds() - from;
    *total = answer.total;
    fh_buf_free(&text);
    return FH_OK;
}

static fh_status time_lines(fh_searcher *searcher, FILE *file, fh_error *err) {
    char *bytes = NULL;
    size_t capacity = 0;
    fh_arena *arena = fh_arena_new();
    fh_status status = FH_OK;
    for (ssize_t length; status == FH_OK && (length = getline(&bytes, &capacity, file)) > 0;) {
        fh_str line = fh_str_trim((fh_str){bytes, (size_t)length});
        size_t tab = fh_str_find(line, FH_STR("\t"), 0);
        double took;
        uint64_t total;
        if (tab == SIZE_MAX) continue;
        status = time_one(searcher, fh_str_slice(line, tab + 1, line.len), arena, &took, &total, err);
        if (status == FH_OK)
            printf("%.*s\t%.1f\t%llu\n", (int)tab, line.ptr, took, (unsigned long long)total);
    }
    fh_arena_free(arena);
    free(bytes);
    return status;
}

static fh_status time_queries(fh_store *store, const char *path, fh_error *err) {
    FILE *file = fopen(path, "r");
    if (!file) return fh_fail(err, FH_ERR_NOT_FOUND, path, NULL, "the queries cannot be read");
    fh_searcher *searcher;
    fh_status status = fh_searcher_new(store, fh_gazetteer_builtin(), &searcher, err);
    if (status == FH_OK) {
        status = time_lines(searcher, file, err);
        fh_searcher_free(searcher);
    }
    fclose(file);
    return status;
}

int main(int argc, char **argv) {
    bool draws = argc == 4 && !strcmp(argv[1], "draw"), times = argc == 4 && !strcmp(argv[1], "time");
    if (!draws && !times) {
        fputs("usage: bench_query draw INDEX COUNT | bench_query time INDEX FILE\n", stderr);
        return EXIT_FAILED;
    }
    fh_store *store;
    fh_error err;
    const char *const dirs[] = {argv[2]};
    fh_status status = fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &err);
    if (status == FH_OK) {
        status = draws ? draw_queries(store, argv[3], &err) : time_queries(store, argv[3], &err);
        fh_store_close(store);
    }
    if (status) complain(&err);
    return status ? EXIT_FAILED : EXIT_SUCCESS;
}
