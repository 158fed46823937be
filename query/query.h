/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query string to ranked, marked answers: parse, lower, find, mark, write. */
#ifndef FH_QUERY_QUERY_H
#define FH_QUERY_QUERY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "entities/entities.h"
#include "stemmer/stemmer.h"
#include "store/store.h"

/* ---- Parsing: what was typed, as a tree ---- */

typedef enum fh_node_kind {
    FH_NODE_AND,    /* kids: all wanted; made by spaces, AND and و written alone */
    FH_NODE_OR,     /* kids: any */
    FH_NODE_NOT,    /* one kid: unwanted; made by -x and NOT x */
    FH_NODE_MUST,   /* one kid: +x, the word as written */
    FH_NODE_WORD,   /* text */
    FH_NODE_PHRASE, /* text within quotes */
    FH_NODE_PREFIX, /* text before the star */
    FH_NODE_DATE,   /* from, to: keys of fh_date_key, digits; either may be empty */
} fh_node_kind;

typedef enum fh_scope {
    FH_SCOPE_TEXT,
    FH_SCOPE_TITLE,
    FH_SCOPE_AUTHOR,
    FH_SCOPE_SOURCE,
    FH_SCOPE_ENTITY
} fh_scope;

typedef struct fh_node {
    fh_node_kind kind;
    fh_scope scope;
    fh_str text;     /* as typed */
    fh_str from, to; /* "20231101", "20240531" */
    struct fh_node **kids;
    size_t kid_count;
} fh_node;

/* Parses a query string; the tree lives in the arena and borrows from `text`.  An empty query is FH_NODE_AND
 * without kids. Errors: FH_ERR_USAGE says what is wrong and after which words (where: "character N");
 * FH_ERR_LIMIT. */
fh_status fh_query_parse(fh_str text, fh_arena *arena, fh_node **out, fh_error *err);

/* The tree in one line, for people: (and مصر (or اقتصاد "سوق المال")). */
void fh_node_text(const fh_node *node, fh_buf *out);

/* ---- Ranking ---- */

/* The numbers that ranking hangs on.  Weights are factors beside that of a query word's stem, which is 1. */
typedef struct fh_ranking {
    fh_bm25 bm25;
    double surface; /* of a word spelled as in the query */
    double entity;  /* of an entity that the query names, beside the words that name it */
    double near;    /* of one that it names by a spelling no list has, or by the nisba of a country */
    double expand;  /* of the best word that an expanded search adds */
} fh_ranking;

/* Those that searches take which give none. */
const fh_ranking *fh_ranking_default(void);

/* Takes up "NAME=VALUE", as "k1=0.9": k1, b, surface, entity, near or expand.  For people who measure
 * ranking. Errors: FH_ERR_USAGE, with the names in the hint. */
fh_status fh_ranking_tune(fh_ranking *ranking, fh_str assignment, fh_error *err);

/* ---- The names that searches know ---- */

/* What an index adds to the names that come with the program: its users' and those it learned. */
typedef struct fh_names fh_names;

/* Opens what the store's indexes keep under FH_META_NAMES and FH_META_LEARNED, over `base`, which must
 * outlive it; of two that take a spelling, the index named first has it.  Errors: of the store;
 * FH_ERR_CORRUPT and FH_ERR_VERSION of the kept names. */
fh_status fh_names_open(fh_store *store, const fh_gazetteer *base, fh_names **out, fh_error *err);
void fh_names_free(fh_names *names); /* takes NULL */

/* `base` and all that was added; borrowed. */
const fh_gazetteer *fh_names_gazetteer(const fh_names *names);

/* Why a name is that of an entity. */
typedef enum fh_naming {
    FH_NAMING_ID,         /* it is its id */
    FH_NAMING_LISTED,     /* the gazetteer has this spelling */
    FH_NAMING_NISBA,      /* the adjective or the people's name of a place */
    FH_NAMING_NEAR,       /* it is spelled nearly as a listed name */
    FH_NAMING_LATIN,      /* it is nearly its name in Latin letters */
    FH_NAMING_RECOGNISED, /* no list has it, but it was recognised in the index's articles */
} fh_naming;

/* "id", "listed", "nisba", "near", "latin", "recognised". */
const char *fh_naming_name(fh_naming naming);

/* An entity that a query names. */
typedef struct fh_named {
    fh_str typed; /* in the query */
    const fh_entity *entity;
    fh_naming how;
    fh_str spelling; /* the listed one that is near, else empty */
    double distance; /* from it: near names by fh_spelling_distance, Latin ones in letters */
} fh_named;

/* An entity: filter that names nothing; its words are looked for as a phrase. */
typedef struct fh_unknown_name {
    fh_str typed;
    const fh_entity **nearest; /* the most similar first, few; none where nothing resembles it */
    size_t nearest_count;
} fh_unknown_name;

/* ---- Searching ---- */

typedef enum fh_match {
    FH_MATCH_AUTO, /* all words; any of them when nothing has all */
    FH_MATCH_ALL,
    FH_MATCH_ANY,
} fh_match;

/* A value that articles must have, as facets give it; of FH_SLOT_ENTITIES any id that means the entity. */
typedef struct fh_filter {
    fh_slot slot;
    fh_str value;
} fh_filter;

/* What can be counted over all articles found, by the name that people ask with. */
typedef struct fh_facet_name {
    const char *name;  /* "source", "author", "month", "language", "entity", "person", …, "keyword" */
    const char *label; /* in Arabic */
    fh_slot slot;
    int type; /* of FH_SLOT_ENTITIES: the only fh_entity_type that counts, or FH_ANY_TYPE */
} fh_facet_name;

enum { FH_ANY_TYPE = -1 };

/* All of them; ends with a NULL name. */
const fh_facet_name *fh_facet_names(void);

typedef struct fh_facet_wanted {
    const fh_facet_name *by;
    size_t limit; /* the most frequent values that come back */
} fh_facet_wanted;

typedef struct fh_search {
    fh_str query;
    fh_str like; /* the id of an article: what resembles it is wanted, and `query` is empty */
    const fh_filter
        *filters; /* values of one slot are alternatives; with filters an empty query is for all */
    size_t filter_count;
    fh_str period;       /* as after date: in a query, "2023-11..2024-05"; or empty */
    uint32_t time_limit; /* milliseconds, after which what was found has to do; 0: none */
    fh_match match;
    fh_sort sort;
    uint32_t offset, limit;
    const fh_facet_wanted *facets;
    size_t facet_count;
    bool quick; /* of a phrase that many may have, the total is an estimate: for who waits as people type */
    bool ids_only; /* no articles, marks or snippets: for TREC runs */
    bool all;      /* every article of a story, where else one stands for it; always so with ids_only */
    bool explain;
    bool expand;               /* search again with words of the best hits; see query/expand.h */
    const fh_ranking *ranking; /* NULL: fh_ranking_default */
} fh_search;

/* A piece of text, as output formats write it: plain, or marked. */
typedef struct fh_segment {
    fh_str text;
    enum { FH_MARK_NONE, FH_MARK_TERM, FH_MARK_ENTITY } mark;
    fh_str entity; /* id, with FH_MARK_ENTITY */
} fh_segment;

typedef struct fh_segments {
    fh_segment *items;
    size_t count;
} fh_segments;

/* How an article spells an entity. */
typedef struct fh_spelling_seen {
    fh_str text; /* as written, but for clitics and vowel marks */
    fh_naming how;
    fh_str spelling; /* the listed one that is near, else empty */
    double distance;
    uint32_t times;
} fh_spelling_seen;

typedef struct fh_score_part {
    fh_str what; /* the leaf of the lowered query */
    double score;
    const fh_spelling_seen *seen; /* of an entity: the spellings in the article, the commonest first */
    size_t seen_count;
} fh_score_part;

typedef struct fh_answer_hit {
    const fh_hit *hit;
    fh_segments title, snippet;
    const fh_entity **entities; /* named in the article, most often first */
    size_t entity_count;
    fh_score_part *parts; /* with explain */
    size_t part_count;
} fh_answer_hit;

/* One value of a facet, and one facet, as fh_store_find counts them; ids that mean one entity are one. */
typedef struct fh_answer_value {
    fh_str value;
    fh_str label; /* of an entity: its usual Arabic name; else the value */
    uint32_t articles;
} fh_answer_value;

/* A filter as people read it. */
typedef struct fh_answer_filter {
    const char *name;    /* of its facet */
    fh_str value, label; /* as of a facet's value */
} fh_answer_filter;

typedef struct fh_answer_facet {
    const fh_facet_name *by;
    fh_answer_value *values;
    size_t value_count;
    size_t values_in_all;
} fh_answer_facet;

typedef struct fh_answer {
    fh_str query;
    uint64_t total;
    bool total_exact;
    bool partial;      /* the time limit came first */
    bool widened;      /* nothing had all the words */
    bool expand;       /* as asked for */
    fh_strs expanded;  /* then: the stems that were added, the weightiest first */
    fh_str suggestion; /* the query with its unknown words respelled, or empty */
    uint32_t offset;
    double took_ms;
    fh_answer_hit *hits;
    size_t hit_count;
    const fh_answer_facet *facets;
    size_t facet_count;
    const fh_named *named; /* the entities that the query names */
    size_t named_count;
    const fh_unknown_name *unknown;
    size_t unknown_count;
    const fh_answer_filter *filters; /* as asked for */
    size_t filter_count;
    fh_str period;
    fh_str tree, lowered; /* with explain */
} fh_answer;

/* Searches one open store: holds what is the same for all queries.  One a thread. */
typedef struct fh_searcher fh_searcher;

/* The store stays the caller's and must outlive the searcher.  FH_ERR_VERSION: an unknown stemmer. */
fh_status fh_searcher_new(fh_store *store, const fh_gazetteer *gazetteer, fh_searcher **out, fh_error *err);
void fh_searcher_free(fh_searcher *searcher); /* takes NULL */

/* The entity that an article's mark of this number means, be it listed or recognised, which is then called as
 * the article writes it; in the arena or the gazetteer's.  NULL for an id of a list that is not there. */
const fh_entity *fh_searcher_entity(const fh_searcher *searcher, const fh_article *article, size_t mark,
                                    fh_arena *arena);

/* Answers one query; all of it lives in the arena.  Errors: of parsing and of the store; FH_ERR_NOT_FOUND of
 * `like`. */
fh_status fh_search_run(fh_searcher *searcher, const fh_search *search, fh_arena *arena, fh_answer *out,
                        fh_error *err);

/* ---- The story of one entity ---- */

typedef struct fh_story_wanted {
    fh_str entity; /* its id, or any spelling */
    fh_str query;  /* only of the articles that this finds; empty: of all */
} fh_story_wanted;

typedef struct fh_story_month {
    fh_str month; /* "2024-05" */
    uint32_t articles;
} fh_story_month;

/* Spellings as written, but for clitics, vowel marks and nisbas; the commonest first. */
typedef struct fh_story_spelling {
    fh_str text;
    uint32_t times;
} fh_story_spelling;

typedef struct fh_story_outlet {
    fh_str source; /* may be empty: the article does not say */
    fh_story_spelling *spellings;
    size_t spelling_count;
    uint32_t times; /* of all its spellings */
} fh_story_outlet;

/* An entity that is named with the one. */
typedef struct fh_story_other {
    const fh_entity *entity;
    uint32_t articles; /* that name both */
    double lift;       /* how many times more than if they had nothing to do with each other */
} fh_story_other;

typedef struct fh_story {
    fh_named named;           /* the entity, and how it was asked for */
    fh_strs ids;              /* that mean it, its own first */
    const fh_entity *country; /* of a place, or NULL */
    fh_str query;
    uint64_t articles;
    uint32_t undated;       /* of these */
    fh_story_month *months; /* with articles, from the first on */
    size_t month_count;
    uint32_t read; /* the newest articles, at most FH_MAX_STORY: those that spellings are counted in */
    fh_story_outlet *outlets; /* the one that names it most first */
    size_t outlet_count;
    fh_story_other *others; /* the most telling first, few */
    size_t other_count;
} fh_story;

/* All of `*out` lives in the arena.  Errors: FH_ERR_NOT_FOUND, an entity that is not known, with the nearest
 * names in the hint; of parsing and of the store. */
fh_status fh_story_run(fh_searcher *searcher, const fh_story_wanted *wanted, fh_arena *arena, fh_story *out,
                       fh_error *err);

/* ---- Writing answers ---- */

typedef struct fh_output {
    const char *name, *about;
    /* `id` is that of a query in a batch, else empty. */
    void (*write)(const fh_answer *answer, fh_str id, bool colour, fh_buf *out);
    void (*write_story)(const fh_story *story, bool colour, fh_buf *out); /* NULL: it has no form for that */
} fh_output;

/* text, json, trec; ends with a NULL name. */
const fh_output *fh_outputs(void);

#endif
