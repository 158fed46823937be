/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The option table, and what its options mean. */
#include "query/command.h"

#include "base/limits.h"
#include "base/memory.h"
#include <stdlib.h>

enum option_id {
    OPTION_DB = 1,
    OPTION_FORMAT,
    OPTION_LIMIT,
    OPTION_OFFSET,
    OPTION_SORT,
    OPTION_FACET,
    OPTION_MATCH,
    OPTION_ENTITY,
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
    {OPTION_FACET, 'F', "facet", "NAME",
     "source|author|month|language|entity|person|place|organisation|event|product|keyword",
     "count the articles found by this; may be repeated"},
    {OPTION_MATCH, 'm', "match", "HOW", "auto|all|any",
     "all words, any word, or any where nothing has all; default auto, with trec any"},
    {OPTION_ENTITY, 'E', "entity", "NAME", NULL,
     "show when this entity is named, how outlets spell it, and who is named with it; by id or any spelling; "
     "with a query, of the articles that it finds"},
    {OPTION_BATCH, 'b', "batch", "FILE", "(file)",
     "answer the queries of a file, a line each: ID, a tab, the query"},
    {OPTION_ALL, 'a', "all", NULL, NULL,
     "show every article of a story, not one that stands for all; always so with trec"},
    {OPTION_EXPLAIN, 'e', "explain", NULL, NULL,
     "show the parsed query, what it becomes, and the parts of each score"},
    {OPTION_EXPAND, 'x', "expand", NULL, NULL,
     "search again, the words that mark the best results added; not where results are sorted by date"},
    {OPTION_TUNE, 0, "tune", "NAME=VALUE", NULL,
     "rank with another number than the usual: k1, b, surface, entity, near or expand; may be repeated"},
    {OPTION_COLOR, 'c', "color", "WHEN", "auto|always|never",
     "mark matches by colour; default auto: on a terminal"},
    FH_COMMON_OPTIONS,
};

const fh_program fh_query_program = {
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
             "  fihris-query --facet source --facet month 'entity:بوتين'\n"
             "  fihris-query --entity Tokayev\n",
};

enum { FACET_VALUES = 10, DEFAULT_LIMIT = 10, DEFAULT_TREC_LIMIT = 100 };

/* ---- The command line ---- */

/* Where a value stands in a table of names; the option table has checked that it does. */
static int choice(const char *value, const char *const names[]) {
    int i = 0;
    while (names[i] && strcmp(names[i], value) != 0) i++;
    return i;
}

static void add_facet(fh_command *c, const char *name) {
    const fh_facet_name *facet = fh_facet_names();
    while (facet->name && strcmp(facet->name, name) != 0) facet++;
    c->facets = fh_grow(c->facets, c->facet_count, &c->facet_capacity, sizeof *c->facets);
    c->facets[c->facet_count++] = (fh_facet_wanted){.by = facet, .limit = FACET_VALUES};
}

static void add_word(fh_command *c, const char *word) {
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

static fh_status take_option(fh_command *c, int id, const char *value, fh_error *err) {
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
    case OPTION_ENTITY: c->entity = value; return FH_OK;
    case OPTION_BATCH: c->batch = value; return FH_OK;
    case OPTION_ALL: c->search.all = true; return FH_OK;
    case OPTION_EXPLAIN: c->search.explain = true; return FH_OK;
    case OPTION_EXPAND: c->search.expand = true; return FH_OK;
    case OPTION_TUNE: return fh_ranking_tune(&c->ranking, fh_str_from(value), err);
    case OPTION_COLOR: c->color = choice(value, colors); return FH_OK;
    default: add_word(c, value); return FH_OK;
    }
}

static void fill_defaults(fh_command *c, const char *usual_dir) {
    if (!c->dir_count) {
        c->dirs = fh_grow(c->dirs, 0, &c->dir_capacity, sizeof *c->dirs);
        c->dirs[c->dir_count++] = usual_dir;
    }
    bool trec = strcmp(c->output->name, "trec") == 0;
    if (!c->has_limit) c->search.limit = trec ? DEFAULT_TREC_LIMIT : DEFAULT_LIMIT;
    if (!c->has_match) c->search.match = trec ? FH_MATCH_ANY : FH_MATCH_AUTO;
    c->search.ids_only = trec;
    c->search.ranking = &c->ranking;
    c->search.facets = c->facets;
    c->search.facet_count = c->facet_count;
}

static fh_status check(const fh_command *c, fh_error *err) {
    if (!c->has_words && !c->batch && !c->entity)
        return fh_fail(err, FH_ERR_USAGE, NULL, "fihris-query --help shows examples", "there is no query");
    if ((c->has_words || c->entity) && c->batch)
        return fh_fail(err, FH_ERR_USAGE, NULL, "leave one of them out", "there are %s and --batch %s",
                       c->entity ? "--entity" : "a query", c->batch);
    if (c->entity && !c->output->write_story)
        return fh_fail(err, FH_ERR_USAGE, NULL, "use --format json for programs",
                       "--format %s has no form for the story of an entity", c->output->name);
    return FH_OK;
}

fh_status fh_command_read(fh_command *c, int argc, char **argv, const char *usual_dir, fh_error *err) {
    fh_args args = fh_args_start(&fh_query_program, argc, argv);
    fh_status status;
    int id;
    const char *value;
    c->output = fh_outputs();
    c->ranking = *fh_ranking_default();
    while ((status = fh_args_next(&args, &id, &value, err)) == FH_OK) {
        if (fh_program_answer(&fh_query_program, id, value, &c->answer)) return FH_END;
        status = take_option(c, id, value, err);
        if (status) return status;
    }
    if (status != FH_END) return status;
    fill_defaults(c, usual_dir);
    return check(c, err);
}

void fh_command_free(fh_command *c) {
    free(c->dirs);
    free(c->facets);
    fh_buf_free(&c->words);
    fh_buf_free(&c->answer);
}
