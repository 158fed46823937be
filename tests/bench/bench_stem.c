/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast text is analysed, by one thread.
 *
 * bench_stem text FILE
 *     tokens, folded and stemmed, and the entities and names among them, of the titles and bodies of
 *     `id TAB date TAB title TAB body` lines
 * bench_stem cut FILE
 *     the Arabic words of these, as they are written, one a line
 * bench_stem words FILE
 *     folds and stems such words
 *
 * text and words print `name TAB bytes TAB words TAB seconds` lines. */
#include "base/memory.h"
#include "entities/entities.h"
#include "tests/bench/sample.h"

#include <stdlib.h>

enum { EXIT_FAILED = 2 };

/* What one pass reads and how.  Every pass has an analyser of its own, so that none finds its work done. */
typedef struct work {
    fh_str *texts;
    size_t count, capacity;
    size_t bytes;
    fh_stemmer stemmer;
    fh_arena *arena;
} work;

static void add_text(work *w, fh_str text) {
    w->texts = fh_grow(w->texts, w->count, &w->capacity, sizeof *w->texts);
    w->texts[w->count++] = text;
    w->bytes += text.len;
}

/* Cuts the text up to the next tab off `*rest`. */
static fh_str cut_column(fh_str *rest) {
    size_t tab = fh_str_find(*rest, FH_STR("\t"), 0);
    size_t end = tab == SIZE_MAX ? rest->len : tab;
    fh_str column = fh_str_slice(*rest, 0, end);
    *rest = fh_str_slice(*rest, tab == SIZE_MAX ? end : end + 1, rest->len);
    return column;
}

static void add_articles(work *w, fh_str lines) {
    for (fh_str line; fh_str_line(&lines, &line);) {
        cut_column(&line); /* the id */
        cut_column(&line); /* the date */
        add_text(w, cut_column(&line));
        add_text(w, cut_column(&line));
    }
}

static void add_lines(work *w, fh_str lines) {
    for (fh_str line; fh_str_line(&lines, &line);) add_text(w, line);
}

/* ---- What is measured ---- */

static size_t take_tokens(void *context) {
    const work *w = context;
    fh_analyser *analyser = fh_analyser_new(w->stemmer);
    fh_token token;
    size_t words = 0;
    for (size_t i = 0; i < w->count; i++) {
        fh_analyser_start(analyser, w->texts[i]);
        while (fh_analyser_next(analyser, &token)) words++;
    }
    fh_analyser_free(analyser);
    return words;
}

static size_t find_names(const work *w, const fh_recogniser *recogniser) {
    fh_analyser *analyser = fh_analyser_new(w->stemmer);
    fh_name_finder *finder = fh_name_finder_new(recogniser);
    size_t words = 0;
    for (size_t i = 0; i < w->count; i++) {
        fh_arena_reset(w->arena);
        fh_str text = w->texts[i];
        fh_tokens tokens = fh_analyse(analyser, text, w->arena);
        fh_mentions known = fh_entities_find(fh_gazetteer_builtin(), text, tokens, w->arena);
        if (finder) fh_recognise(finder, text, tokens, known, w->arena);
        words += tokens.count;
    }
    fh_name_finder_free(finder);
    fh_analyser_free(analyser);
    return words;
}

static size_t find_listed(void *context) {
    return find_names(context, NULL);
}

static size_t find_all(void *context) {
    return find_names(context, fh_recogniser_builtin());
}

static size_t stem_words(void *context) {
    const work *w = context;
    for (size_t i = 0; i < w->count; i++) {
        fh_arena_reset(w->arena);
        fh_stem_folded(w->stemmer, fh_fold_word(w->stemmer, w->texts[i], w->arena), w->arena);
    }
    return w->count;
}

/* ---- The three tasks ---- */

static void time_text(work *w) {
    static const fh_stemmer stemmers[] = {FH_STEMMER_NONE, FH_STEMMER_LIGHT10, FH_STEMMER_LIGHT};
    for (size_t i = 0; i < sizeof stemmers / sizeof *stemmers; i++) {
        w->stemmer = stemmers[i];
        sample_print(fh_stemmer_name(w->stemmer), w->bytes, take_tokens, w);
    }
    w->stemmer = FH_STEMMER_LIGHT;
    sample_print("light, entities", w->bytes, find_listed, w);
    if (fh_recogniser_builtin()) sample_print("light, entities, names", w->bytes, find_all, w);
}

static void print_words(work *w) {
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_NONE);
    fh_token token;
    for (size_t i = 0; i < w->count; i++) {
        fh_analyser_start(analyser, w->texts[i]);
        while (fh_analyser_next(analyser, &token))
            if (token.kind == FH_TOKEN_ARABIC && !token.whole)
                printf("%.*s\n", FH_STR_ARG(fh_str_slice(w->texts[i], token.start, token.end)));
    }
    fh_analyser_free(analyser);
}

static void time_words(work *w) {
    w->stemmer = FH_STEMMER_LIGHT;
    sample_print("light", w->bytes, stem_words, w);
}

typedef struct task {
    const char *name;
    void (*add)(work *, fh_str lines);
    void (*run)(work *);
} task;

static const task tasks[] = {
    {"text", add_articles, time_text},
    {"cut", add_articles, print_words},
    {"words", add_lines, time_words},
};

static const task *find_task(const char *name) {
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        if (!strcmp(tasks[i].name, name)) return &tasks[i];
    return NULL;
}

int main(int argc, char **argv) {
    const task *asked = argc == 3 ? find_task(argv[1]) : NULL;
    FILE *file = asked ? fopen(argv[2], "r") : NULL;
    if (!file) {
        fputs("usage: bench_stem text|cut|words FILE\n", stderr);
        return EXIT_FAILED;
    }
    fh_buf lines = {0};
    work w = {.arena = fh_arena_new()};
    sample_read(file, &lines);
    fclose(file);
    asked->add(&w, fh_buf_str(&lines));
    asked->run(&w);
    free(w.texts);
    fh_arena_free(w.arena);
    fh_buf_free(&lines);
    return EXIT_SUCCESS;
}
