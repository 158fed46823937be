/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast archives are read and analysed, by one thread and without an index.
 *
 * bench_index ARCHIVE…           every step, as `name TAB bytes TAB words TAB seconds` lines: bytes are those
 *                                of titles and bodies, words are articles
 * bench_index -STEP ARCHIVE…     one step once, for a profiler: read, words, listed or names */
#include "base/memory.h"
#include "indexer/document.h"
#include "indexer/indexer.h"
#include "tests/bench/sample.h"

#include <stdlib.h>

enum { EXIT_FAILED = 2 };

typedef struct work {
    fh_reader_options sources;
    fh_index_tools tools;
    fh_arena *arena;
    size_t bytes;
    void (*analyse)(const struct work *, fh_article *); /* NULL: articles are read, no more */
} work;

/* ---- What is measured ---- */

static size_t read_all(void *context) {
    work *w = context;
    fh_reader *reader;
    fh_read_article read;
    fh_error err;
    fh_status status = fh_reader_new(&w->sources, &reader, &err);
    size_t articles = 0;
    if (status != FH_OK) return 0;
    w->tools.analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    w->tools.finder = fh_name_finder_new(w->tools.names.recogniser);
    w->bytes = 0;
    while ((status = fh_reader_next(reader, w->arena, &read, &err)) != FH_END) {
        if (status == FH_OK) {
            articles++;
            w->bytes += read.article.title.len + read.article.body.len;
            if (w->analyse) w->analyse(w, &read.article);
        }
        fh_arena_reset(w->arena);
    }
    fh_analyser_free(w->tools.analyser);
    fh_name_finder_free(w->tools.finder);
    fh_reader_free(reader);
    return articles;
}

static void find_words(const work *w, fh_article *article) {
    fh_analyse(w->tools.analyser, article->title, w->arena);
    fh_analyse(w->tools.analyser, article->body, w->arena);
}

static void make_document(const work *w, fh_article *article) {
    fh_index_document(&w->tools, article, w->arena);
}

/* ---- The steps ---- */

typedef struct step {
    const char *option, *name;
    void (*analyse)(const work *, fh_article *);
    bool recognises;
} step;

static const step steps[] = {
    {"-read", "read", NULL, false},
    {"-words", "read, words", find_words, false},
    {"-listed", "read, documents with listed names", make_document, false},
    {"-names", "read, documents with all names", make_document, true},
};
enum { STEPS = sizeof steps / sizeof *steps };

static const step *find_step(const char *option) {
    for (size_t i = 0; i < STEPS; i++)
        if (!strcmp(steps[i].option, option)) return &steps[i];
    return NULL;
}

static void choose(work *w, const step *chosen) {
    w->analyse = chosen->analyse;
    w->tools.names.recogniser = chosen->recognises ? fh_recogniser_builtin() : NULL;
}

int main(int argc, char **argv) {
    const step *one = argc > 1 ? find_step(argv[1]) : NULL;
    int from = one ? 2 : 1;
    if (argc <= from || argv[from][0] == '-') {
        fputs("usage: bench_index [-read|-words|-listed|-names] ARCHIVE…\n", stderr);
        return EXIT_FAILED;
    }
    const fh_gazetteer *listed = fh_gazetteer_builtin();
    work w = {.sources = {.sources = (const char *const *)argv + from, .source_count = (size_t)(argc - from)},
              .tools.names = {.all = listed, .listed = listed},
              .arena = fh_arena_new()};
    size_t articles = 0;
    choose(&w, one ? one : &steps[0]);
    articles = read_all(&w);
    for (size_t i = 0; !one && articles && i < STEPS; i++) {
        choose(&w, &steps[i]);
        sample_print(steps[i].name, w.bytes, read_all, &w);
    }
    fh_arena_free(w.arena);
    return articles ? EXIT_SUCCESS : EXIT_FAILED;
}
