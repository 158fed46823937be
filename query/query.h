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
    double expand;  /* of the best word that an expanded search adds */
} fh_ranking;

/* Those that searches take which give none. */
const fh_ranking *fh_ranking_default(void);

/* Takes up "NAME=VALUE", as "k1=0.9": k1, b, surface, entity or expand.  For people who measure ranking.
 * Errors: FH_ERR_USAGE, with the names in the hint. */
fh_status fh_ranking_tune(fh_ranking *ranking, fh_str assignment, fh_error *err);

/* ---- Searching ---- */

typedef enum fh_match {
    FH_MATCH_AUTO, /* all words; any of them when nothing has all */
    FH_MATCH_ALL,
    FH_MATCH_ANY,
} fh_match;

/* A value that articles must have, as facets give it. */
typedef struct fh_filter {
    fh_slot slot;
    fh_str value;
} fh_filter;

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
    const fh_facet_request *facets;
    size_t facet_count;
    bool ids_only; /* no articles, marks or snippets: for TREC runs */
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

typedef struct fh_score_part {
    fh_str what; /* the leaf of the lowered query */
    double score;
} fh_score_part;

typedef struct fh_answer_hit {
    const fh_hit *hit;
    fh_segments title, snippet;
    const fh_entity **entities; /* named in the article, most often first */
    size_t entity_count;
    fh_score_part *parts; /* with explain */
    size_t part_count;
} fh_answer_hit;

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
    const fh_facet *facets;
    size_t facet_count;
    const fh_filter *filters; /* as asked for */
    size_t filter_count;
    fh_str period;
    fh_str tree, lowered, xapian; /* with explain */
} fh_answer;

/* Searches one open store: holds what is the same for all queries.  One a thread. */
typedef struct fh_searcher fh_searcher;

/* The store stays the caller's and must outlive the searcher.  FH_ERR_VERSION: an unknown stemmer. */
fh_status fh_searcher_new(fh_store *store, const fh_gazetteer *gazetteer, fh_searcher **out, fh_error *err);
void fh_searcher_free(fh_searcher *searcher); /* takes NULL */

/* Answers one query; all of it lives in the arena.  Errors: of parsing and of the store; FH_ERR_NOT_FOUND of
 * `like`. */
fh_status fh_search_run(fh_searcher *searcher, const fh_search *search, fh_arena *arena, fh_answer *out,
                        fh_error *err);

/* What can be counted over all articles found, by the name that people ask with. */
typedef struct fh_facet_name {
    const char *name;  /* "source", "author", "month", "language", "entity", "keyword" */
    const char *label; /* in Arabic */
    fh_slot slot;
} fh_facet_name;

/* All of them; ends with a NULL name. */
const fh_facet_name *fh_facet_names(void);

/* ---- Writing answers ---- */

typedef struct fh_output {
    const char *name, *about;
    /* `id` is that of a query in a batch, else empty. */
    void (*write)(const fh_answer *answer, fh_str id, bool colour, fh_buf *out);
} fh_output;

/* text, json, trec; ends with a NULL name. */
const fh_output *fh_outputs(void);

#endif
