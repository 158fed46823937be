/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times queries within one process.
 *
 * bench_query INDEX FILE ids|shown|first SECONDS [INDEX…]
 *     answers FILE, `class TAB text` lines of bench_draw, for so long before it counts, and then PASSES times
 *     over; prints `class TAB microseconds TAB hits`; of several indexes, searched as one
 *
 * ids: which articles the best ten are, as the server asks; shown: as a person asks, with titles and snippets
 * written out; first: as ids, but phrases alone count, each once and for the first time, and before it counts
 * all else is shown, once at least. */
#include "base/buf.h"
#include "base/file.h"
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SHOWN = 10, EXIT_FAILED = 2, PASSES = 5, MOST_FACETS = 16 };

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, "bench_query", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
}

/* What a class makes of a text. */
typedef struct query_class {
    const char *name, *before, *after;
    fh_sort sort;
    bool facets; /* all of them */
} query_class;

static const query_class classes[] = {
    {"phrase", "\"", "\"", FH_SORT_RELEVANCE, false}, /* the first one: first counts it alone */
    {"prefix", "", "*", FH_SORT_RELEVANCE, false},    {"entity", "entity:", "", FH_SORT_RELEVANCE, false},
    {"newest", "", "", FH_SORT_NEWEST, false},        {"facets", "", "", FH_SORT_RELEVANCE, true},
    {NULL, "", "", FH_SORT_RELEVANCE, false}, /* any other: its words */
};

static const query_class *class_of(fh_str name) {
    const query_class *class = classes;
    while (class->name && !fh_str_equal(name, fh_str_from(class->name))) class ++;
    return class;
}

typedef struct query_timing {
    fh_searcher *searcher;
    fh_arena *arena;
    fh_buf lines, query, text;
    bool ids_only, first, prints;
} query_timing;

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t want_all(fh_facet_wanted out[MOST_FACETS]) {
    const fh_facet_name *names = fh_facet_names();
    size_t count = 0;
    for (; count < MOST_FACETS && names[count].name; count++)
        out[count] = (fh_facet_wanted){&names[count], SHOWN};
    return count;
}

static fh_status answer(query_timing *timing, const query_class *class, fh_str text, fh_answer *out,
                        fh_error *err) {
    fh_buf_clear(&timing->query);
    fh_buf_clear(&timing->text);
    fh_buf_printf(&timing->query, "%s%.*s%s", class->before, FH_STR_ARG(text), class->after);
    fh_search search = {.query = fh_buf_str(&timing->query),
                        .match = FH_MATCH_ALL,
                        .sort = class->sort,
                        .limit = SHOWN,
                        .quick = true,
                        .ids_only = timing->ids_only};
    fh_facet_wanted facets[MOST_FACETS];
    if (class->facets) {
        search.facets = facets;
        search.facet_count = want_all(facets);
    }
    fh_status status = fh_search_run(timing->searcher, &search, timing->arena, out, err);
    if (status == FH_OK && !timing->ids_only) fh_outputs()->write(out, (fh_str){0}, false, &timing->text);
    return status;
}

static fh_status answer_all(query_timing *timing, fh_error *err) {
    fh_str rest = fh_buf_str(&timing->lines), line;
    while (fh_str_line(&rest, &line)) {
        size_t tab = fh_str_find(line, FH_STR("\t"), 0);
        if (tab == SIZE_MAX) continue;
        fh_str name = fh_str_slice(line, 0, tab);
        const query_class *class = class_of(name);
        if (timing->first && (class == classes) != timing->prints) continue;
        fh_answer found;
        fh_arena_reset(timing->arena);
        double from = seconds_now();
        fh_status status = answer(timing, class, fh_str_slice(line, tab + 1, line.len), &found, err);
        if (status) return status;
        if (timing->prints)
            printf("%.*s\t%.1f\t%llu\n", FH_STR_ARG(name), (seconds_now() - from) * 1e6,
                   (unsigned long long)found.total);
    }
    return FH_OK;
}

static fh_status time_all(query_timing *timing, double warm_seconds, fh_error *err) {
    fh_status status = timing->first ? answer_all(timing, err) : FH_OK;
    for (double until = seconds_now() + warm_seconds; status == FH_OK && seconds_now() < until;)
        status = answer_all(timing, err);
    timing->prints = true;
    timing->ids_only |= timing->first;
    for (int pass = timing->first ? PASSES - 1 : 0; status == FH_OK && pass < PASSES; pass++)
        status = answer_all(timing, err);
    return status;
}

enum { INDEX, FILE_OF_QUERIES, WHAT, WARM_SECONDS, ARGUMENTS, MOST_INDEXES = 16 };

static fh_status open_all(char *const *arguments, size_t count, fh_store **out, fh_error *err) {
    const char *dirs[MOST_INDEXES] = {arguments[INDEX]};
    size_t more = count - ARGUMENTS;
    if (more >= MOST_INDEXES) return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "there are too many indexes");
    for (size_t i = 0; i < more; i++) dirs[i + 1] = arguments[ARGUMENTS + i];
    return fh_store_open(dirs, more + 1, FH_ANALYSER_VERSION, out, err);
}

static fh_status time_queries(char *const *arguments, size_t count, fh_error *err) {
    query_timing timing = {.ids_only = !strcmp(arguments[WHAT], "ids"),
                           .first = !strcmp(arguments[WHAT], "first")};
    fh_store *store;
    fh_status status = fh_file_read(arguments[FILE_OF_QUERIES], SIZE_MAX, &timing.lines, err);
    if (status) return status;
    status = open_all(arguments, count, &store, err);
    if (status == FH_OK) {
        timing.arena = fh_arena_new();
        status = fh_searcher_new(store, fh_gazetteer_builtin(), &timing.searcher, err);
        if (status == FH_OK) status = time_all(&timing, strtod(arguments[WARM_SECONDS], NULL), err);
        fh_searcher_free(timing.searcher);
        fh_store_close(store);
    }
    fh_arena_free(timing.arena);
    fh_buf_free(&timing.lines);
    fh_buf_free(&timing.query);
    fh_buf_free(&timing.text);
    return status;
}

int main(int argc, char **argv) {
    if (argc <= ARGUMENTS) {
        fputs("usage: bench_query INDEX FILE ids|shown|first SECONDS [INDEX...]\n", stderr);
        return EXIT_FAILED;
    }
    fh_error err;
    fh_status status = time_queries(argv + 1, (size_t)argc - 1, &err);
    if (status) complain(&err);
    return status ? EXIT_FAILED : EXIT_SUCCESS;
}
