/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small index for the tests of searching: made anew in a folder of its own, gone afterwards. */
#ifndef FH_TESTS_UNIT_TEST_QUERY_ARCHIVE_H
#define FH_TESTS_UNIT_TEST_QUERY_ARCHIVE_H

#include "tests/unit/test.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/indexer.h"
#include "query/query.h"

/* A fh_str and a fh_date of a table of articles. */
#define TEXT(literal)                                                                                        \
    { literal, sizeof(literal) - 1 }
#define DAY(y, m, d)                                                                                         \
    { .year = (y), .month = (m), .day = (d), .zone = FH_NO_ZONE }

typedef struct archive {
    char dir[64];
    fh_store *store;
    fh_names *names;
    fh_searcher *searcher;
    fh_arena *arena;
    fh_error err;
    fh_store *writing; /* while the index is made */
    fh_analyser *analyser;
} archive;

static inline void check_ok(const archive *a, fh_status status) {
    if (status) print_error("%s: %s\n", a->err.where, a->err.what);
    assert_int_equal(status, FH_OK);
}

static inline void put_article(archive *a, fh_article article) {
    const fh_gazetteer *names = fh_gazetteer_builtin();
    fh_index_tools tools = {.analyser = a->analyser, .names = {.all = names, .listed = names}};
    fh_document document = fh_index_document(&tools, &article, a->arena);
    check_ok(a, fh_store_put(a->writing, &document, &a->err));
}

/* Makes an empty index to put articles into. */
static inline void start_archive(archive *a) {
    const fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION,
                                        .stemmer = fh_stemmer_name(FH_STEMMER_LIGHT)};
    *a = (archive){.dir = "/tmp/fihris-test-XXXXXX", .arena = fh_arena_new()};
    a->analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    assert_non_null(mkdtemp(a->dir));
    check_ok(a, fh_store_open_writable(a->dir, &identity, &a->writing, &a->err));
    check_ok(a, fh_store_begin(a->writing, &a->err));
}

static inline void end_writing(archive *a) {
    check_ok(a, fh_store_commit(a->writing, &a->err));
    fh_store_close(a->writing);
    fh_analyser_free(a->analyser);
    a->writing = NULL;
}

/* Commits the index and opens it for searching. */
static inline void finish_archive(archive *a) {
    end_writing(a);
    const char *dirs[] = {a->dir};
    check_ok(a, fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &a->store, &a->err));
    check_ok(a, fh_names_open(a->store, fh_gazetteer_builtin(), &a->names, &a->err));
    check_ok(a, fh_searcher_new(a->store, fh_names_gazetteer(a->names), &a->searcher, &a->err));
}

/* Indexes the articles and opens the index for searching. */
static inline void open_archive(archive *a, const fh_article *articles, size_t count) {
    start_archive(a);
    for (size_t i = 0; i < count; i++) put_article(a, articles[i]);
    finish_archive(a);
}

static inline int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *place) {
    (void)entry, (void)kind, (void)place;
    return remove(path);
}

static inline void close_archive(archive *a) {
    fh_searcher_free(a->searcher);
    fh_names_free(a->names);
    fh_store_close(a->store);
    fh_arena_free(a->arena);
    nftw(a->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* For one test after the other, none of which changes it. */
static inline int open_for_all(void **state, const fh_article *articles, size_t count) {
    static archive shared;
    open_archive(&shared, articles, count);
    *state = &shared;
    return 0;
}

static inline int close_for_all(void **state) {
    close_archive(*state);
    return 0;
}

static inline fh_answer ask_with(archive *a, fh_search search) {
    fh_answer answer;
    if (!search.limit) search.limit = 10;
    check_ok(a, fh_search_run(a->searcher, &search, a->arena, &answer, &a->err));
    return answer;
}

static inline fh_answer ask(archive *a, const char *query) {
    return ask_with(a, (fh_search){.query = fh_str_from(query)});
}

static inline const fh_facet_name *facet(const char *name) {
    const fh_facet_name *found = fh_facet_names();
    while (found->name && strcmp(found->name, name) != 0) found++;
    assert_non_null(found->name);
    return found;
}

/* The ids found, in order, with spaces between. */
static inline fh_str ids_of(archive *a, const fh_answer *answer) {
    fh_buf ids = {0};
    for (size_t i = 0; i < answer->hit_count; i++) {
        if (i) fh_buf_add_char(&ids, ' ');
        fh_buf_add(&ids, answer->hits[i].hit->article.id);
    }
    fh_str copy = fh_arena_copy(a->arena, fh_buf_str(&ids));
    fh_buf_free(&ids);
    return copy;
}

/* The segments as the terminal shows them without colour. */
static inline fh_str shown(archive *a, const fh_segments *segments) {
    static const char *const before[] = {"", "[", "{"}, *const after[] = {"", "]", "}"};
    fh_buf text = {0};
    for (size_t i = 0; i < segments->count; i++) {
        const fh_segment *s = &segments->items[i];
        fh_buf_printf(&text, "%s%.*s%s", before[s->mark], FH_STR_ARG(s->text), after[s->mark]);
    }
    fh_str copy = fh_arena_copy(a->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static inline void assert_finds(archive *a, const char *query, const char *ids) {
    fh_answer answer = ask(a, query);
    assert_str_equal(ids_of(a, &answer), fh_str_from(ids));
}

#endif
