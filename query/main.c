/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-query: searches an index from the command line. */
#include "base/limits.h"
#include "base/memory.h"
#include "base/option.h"
#include "query/query.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum exit_status { EXIT_HITS = 0, EXIT_NO_HITS = 1, EXIT_ERROR = 2 };

enum option_id {
    OPTION_DB = 1,
    OPTION_FORMAT,
    OPTION_LIMIT,
    OPTION_OFFSET,
    OPTION_SORT,
    OPTION_FACET,
    OPTION_MATCH,
    OPTION_BATCH,
    OPTION_ALL,
    OPTION_EXPLAIN,
    OPTION_EXPAND,
    OPTION_TUNE,
    OPTION_COLOR,
};

static const fh_option options[] = {
    {OPTION_DB, 'd', "db", "DIR", "(dir)",
     "search this index; may be repeated; default $FIHRIS_DB, else ./fihris.db"},
    {OPTION_FORMAT, 'f', "format", "NAME", "text|json|trec", "write the answer so; default text"},
    {OPTION_LIMIT, 'n', "limit", "N", NULL, "show at most N results; default 10, with trec 100"},
    {OPTION_OFFSET, 'o', "offset", "N", NULL, "leave out the first N results"},
    {OPTION_SORT, 's', "sort", "ORDER", "relevance|newest|oldest", "default relevance"},
    {OPTION_FACET, 'F', "facet", "NAME", "source|author|month|language|entity|keyword",
     "count the articles found by this; may be repeated"},
    {OPTION_MATCH, 'm', "match", "HOW", "auto|all|any",
     "all words, any word, or any where nothing has all; default auto, with trec any"},
    {OPTION_BATCH, 'b', "batch", "FILE", "(file)",
     "answer the queries of a file, a line each: ID, a tab, the query"},
    {OPTION_ALL, 'a', "all", NULL, NULL,
     "show every article of a story, not one that stands for all; always so with trec"},
    {OPTION_EXPLAIN, 'e', "explain", NULL, NULL,
     "show the parsed query, what it becomes, and the parts of each score"},
    {OPTION_EXPAND, 'x', "expand", NULL, NULL,
     "search again, the words that mark the best results added; not where results are sorted by date"},
    {OPTION_TUNE, 0, "tune", "NAME=VALUE", NULL,
     "rank with another number than the usual: k1, b, surface, entity or expand; may be repeated"},
    {OPTION_COLOR, 'c', "color", "WHEN", "auto|always|never",
     "mark matches by colour; default auto: on a terminal"},
    FH_COMMON_OPTIONS,
};

static const fh_program program = {
    .name = "fihris-query",
    .summary = "search an Arabic news archive",
    .synopsis = "[OPTION…] QUERY…",
    .options = options,
    .notes = "A query: words, \"an exact phrase\", +must, -not, AND OR NOT ( ) or و أو ليس, begin*,\n"
             "title: author: source: entity: date: before: after:\n"
             "or عنوان: كاتب: مصدر: كيان: تاريخ: قبل: بعد:\n"
             "\n"
             "Exit status: 0 there are results, 1 there are none, 2 something went wrong.\n"
             "\n"
             "Examples:\n"
             "  fihris-query زيارة بوتين إلى كازاخستان\n"
             "  fihris-query --sort newest '\"كوريا الشمالية\" -واشنطن date:2024-05'\n"
             "  fihris-query --facet source --facet month 'entity:بوتين'\n",
};

typedef struct command {
    const char **dirs;
    size_t dir_count, dir_capacity;
    fh_facet_request *facets;
    size_t facet_count, facet_capacity;
    fh_search search;
    fh_ranking ranking;
    bool has_limit, has_match;
    const fh_output *output;
    const char *batch;
    enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color;
    fh_buf words; /* the query */
    bool has_words;
    fh_buf answer; /* to --help and the like */
} command;

enum { FACET_VALUES = 10, DEFAULT_LIMIT = 10, DEFAULT_TREC_LIMIT = 100 };

/* ---- The command line ---- */

/* Where a value stands in a table of names; the option table has checked that it does. */
static int choice(const char *value, const char *const names[]) {
    int i = 0;
    while (names[i] && strcmp(names[i], value) != 0) i++;
    return i;
}

static void add_facet(command *c, const char *name) {
    const fh_facet_name *facet = fh_facet_names();
    while (facet->name && strcmp(facet->name, name) != 0) facet++;
    c->facets = fh_grow(c->facets, c->facet_count, &c->facet_capacity, sizeof *c->facets);
    c->facets[c->facet_count++] = (fh_facet_request){.slot = facet->slot, .limit = FACET_VALUES};
}

static void add_word(command *c, const char *word) {
    if (c->has_words) fh_buf_add_char(&c->words, ' ');
    fh_buf_add(&c->words, fh_str_from(word));
    c->has_words = true;
}

static fh_status read_number(const char *name, const char *value, long high, uint32_t *out, fh_error *err) {
    long number;
    fh_status status = fh_option_number(name, value, 0, high, &number, err);
    if (status == FH_OK) *out = (uint32_t)number;
    return status;
}

static fh_status take_option(command *c, int id, const char *value, fh_error *err) {
    static const char *const sorts[] = {"relevance", "newest", "oldest", NULL};
    static const char *const matches[] = {"auto", "all", "any", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    switch (id) {
    case OPTION_DB:
        c->dirs = fh_grow(c->dirs, c->dir_count, &c->dir_capacity, sizeof *c->dirs);
        c->dirs[c->dir_count++] = value;
        return FH_OK;
    case OPTION_FORMAT:
        for (c->output = fh_outputs(); strcmp(c->output->name, value) != 0;) c->output++;
        return FH_OK;
    case OPTION_LIMIT:
        c->has_limit = true;
        return read_number("limit", value, FH_MAX_LIMIT, &c->search.limit, err);
    case OPTION_OFFSET: return read_number("offset", value, INT32_MAX, &c->search.offset, err);
    case OPTION_SORT: c->search.sort = (fh_sort)choice(value, sorts); return FH_OK;
    case OPTION_FACET: add_facet(c, value); return FH_OK;
    case OPTION_MATCH:
        c->has_match = true;
        c->search.match = (fh_match)choice(value, matches);
        return FH_OK;
    case OPTION_BATCH: c->batch = value; return FH_OK;
    case OPTION_ALL: c->search.all = true; return FH_OK;
    case OPTION_EXPLAIN: c->search.explain = true; return FH_OK;
    case OPTION_EXPAND: c->search.expand = true; return FH_OK;
    case OPTION_TUNE: return fh_ranking_tune(&c->ranking, fh_str_from(value), err);
    case OPTION_COLOR: c->color = choice(value, colors); return FH_OK;
    default: add_word(c, value); return FH_OK;
    }
}

static void fill_defaults(command *c) {
    const char *from_environment = getenv("FIHRIS_DB");
    if (!c->dir_count) {
        c->dirs = fh_grow(c->dirs, 0, &c->dir_capacity, sizeof *c->dirs);
        c->dirs[c->dir_count++] = from_environment && *from_environment ? from_environment : "fihris.db";
    }
    bool trec = strcmp(c->output->name, "trec") == 0;
    if (!c->has_limit) c->search.limit = trec ? DEFAULT_TREC_LIMIT : DEFAULT_LIMIT;
    if (!c->has_match) c->search.match = trec ? FH_MATCH_ANY : FH_MATCH_AUTO;
    c->search.ids_only = trec;
    c->search.ranking = &c->ranking;
    c->search.facets = c->facets;
    c->search.facet_count = c->facet_count;
}

/* FH_END: --help and the like were asked for, and `answer` holds what to print. */
static fh_status read_command(int argc, char **argv, command *c, fh_error *err) {
    fh_args args = fh_args_start(&program, argc, argv);
    fh_status status;
    int id;
    const char *value;
    c->output = fh_outputs();
    c->ranking = *fh_ranking_default();
    while ((status = fh_args_next(&args, &id, &value, err)) == FH_OK) {
        if (fh_program_answer(&program, id, value, &c->answer)) return FH_END;
        status = take_option(c, id, value, err);
        if (status) return status;
    }
    if (status != FH_END) return status;
    if (!c->has_words && !c->batch)
        return fh_fail(err, FH_ERR_USAGE, NULL, "fihris-query --help shows examples", "there is no query");
    if (c->has_words && c->batch)
        return fh_fail(err, FH_ERR_USAGE, NULL, "leave one of them out", "there are a query and --batch %s",
                       c->batch);
    fill_defaults(c);
    return FH_OK;
}

static void free_command(command *c) {
    free(c->dirs);
    free(c->facets);
    fh_buf_free(&c->words);
    fh_buf_free(&c->answer);
}

/* ---- Printing ---- */

static bool wants_colour(const command *c) {
    if (c->color != COLOR_AUTO) return c->color == COLOR_ALWAYS;
    const char *off = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(off && *off) && terminal && strcmp(terminal, "dumb") != 0;
}

static void print_error(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, program.name, &text);
    fwrite(text.ptr, 1, text.len, stderr);
    fh_buf_free(&text);
}

/* Whoever reads has seen enough: that is no error, but there is no more to do. */
static bool reader_is_gone(void) {
    return errno == EPIPE;
}

static fh_status print(const fh_buf *text, fh_error *err) {
    if (text->len == 0 || (fwrite(text->ptr, 1, text->len, stdout) == text->len && fflush(stdout) == 0))
        return FH_OK;
    if (reader_is_gone()) return FH_END;
    return fh_fail(err, FH_ERR_IO, "standard output", "is the disk full?", "cannot write: %s",
                   strerror(errno));
}

/* ---- Searching ---- */

typedef struct session {
    const command *command;
    fh_searcher *searcher;
    fh_arena *arena;
    fh_buf text;
    bool colour, any_hits, any_error;
} session;

/* One query, answered and printed. */
static fh_status answer(session *s, fh_str id, fh_str query, fh_error *err) {
    fh_search search = s->command->search;
    fh_answer found;
    search.query = query;
    fh_arena_reset(s->arena);
    fh_status status = fh_search_run(s->searcher, &search, s->arena, &found, err);
    if (status) return status;
    if (found.total > 0) s->any_hits = true;
    fh_buf_clear(&s->text);
    s->command->output->write(&found, id, s->colour, &s->text);
    return print(&s->text, err);
}

/* "id TAB query"; an empty line is none. */
static fh_status answer_line(session *s, fh_str line, fh_error *err) {
    if (!fh_str_trim(line).len) return FH_OK;
    size_t tab = fh_str_find(line, FH_STR("\t"), 0);
    if (tab == SIZE_MAX || tab == 0)
        return fh_fail(err, FH_ERR_INPUT, NULL, "write the query's id, a tab, and the query",
                       "a line has no id and tab");
    return answer(s, fh_str_slice(line, 0, tab), fh_str_slice(line, tab + 1, line.len), err);
}

/* Is the mistake in the query, so that the next one may do better? */
static bool is_line_error(fh_status status) {
    return status == FH_ERR_USAGE || status == FH_ERR_LIMIT || status == FH_ERR_INPUT;
}

static fh_status answer_lines(session *s, FILE *file, const char *name, fh_error *err) {
    char *bytes = NULL, place[FILENAME_MAX + 32];
    size_t capacity = 0, number = 0;
    fh_status status = FH_OK;
    for (ssize_t length; status == FH_OK && (length = getline(&bytes, &capacity, file)) >= 0;) {
        fh_str rest = {bytes, (size_t)length}, line;
        number++;
        if (!fh_str_line(&rest, &line)) continue;
        status = answer_line(s, line, err);
        if (!is_line_error(status)) continue;
        snprintf(place, sizeof place, "%s:%zu", name, number);
        fh_error_within(err, place);
        print_error(err);
        s->any_error = true;
        status = FH_OK;
    }
    if (status == FH_OK && ferror(file))
        status = fh_fail(err, FH_ERR_IO, name, NULL, "cannot read: %s", strerror(errno));
    free(bytes);
    return status;
}

static fh_status answer_batch(session *s, const char *name, fh_error *err) {
    bool standard = strcmp(name, "-") == 0;
    FILE *file = standard ? stdin : fopen(name, "r");
    if (!file)
        return fh_fail(err, errno == ENOENT ? FH_ERR_NOT_FOUND : FH_ERR_IO, name,
                       "give a file that can be read, or -", "cannot read the queries: %s", strerror(errno));
    fh_status status = answer_lines(s, file, standard ? "standard input" : name, err);
    if (!standard) fclose(file);
    return status;
}

static fh_status run_session(session *s, fh_error *err) {
    const command *c = s->command;
    s->arena = fh_arena_new();
    s->colour = wants_colour(c);
    fh_status status =
        c->batch ? answer_batch(s, c->batch, err) : answer(s, (fh_str){0}, fh_buf_str(&c->words), err);
    fh_buf_free(&s->text);
    fh_arena_free(s->arena);
    return status;
}

static fh_status run_command(const command *c, session *s, fh_error *err) {
    fh_store *store;
    fh_status status = fh_store_open(c->dirs, c->dir_count, FH_ANALYSER_VERSION, &store, err);
    if (status) return status;
    *s = (session){.command = c};
    status = fh_searcher_new(store, fh_gazetteer_builtin(), &s->searcher, err);
    if (status == FH_OK) status = run_session(s, err);
    fh_searcher_free(s->searcher);
    fh_store_close(store);
    return status;
}

int main(int argc, char **argv) {
    command c = {0};
    session s = {0};
    fh_error err;
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(fh_alloc, free);
    fh_status status = read_command(argc, argv, &c, &err);
    int code = EXIT_HITS;
    if (status == FH_END) {
        status = print(&c.answer, &err);
    } else if (status == FH_OK) {
        status = run_command(&c, &s, &err);
        code = s.any_error ? EXIT_ERROR : s.any_hits ? EXIT_HITS : EXIT_NO_HITS;
    }
    if (status == FH_END) {
        code = EXIT_HITS; /* the reader left */
    } else if (status) {
        print_error(&err);
        code = EXIT_ERROR;
    }
    free_command(&c);
    return code;
}
