/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parsed tree to what the store runs, and to the leaves that marks, snippets and explanations are made
 * from. */
#ifndef FH_QUERY_LOWER_H
#define FH_QUERY_LOWER_H

#include "query/query.h"

typedef enum fh_leaf_kind {
    FH_LEAF_STEM,   /* words[0]: a stem */
    FH_LEAF_WORD,   /* words[0]: a folded word */
    FH_LEAF_PREFIX, /* words[0]: the beginning of a folded word or its stem */
    FH_LEAF_PHRASE, /* folded words in order */
    FH_LEAF_ENTITY, /* words: the ids that mean the entity, its own first */
    FH_LEAF_ADDED,  /* words[0]: a stem that the query does not have, and that only ranks */
} fh_leaf_kind;

/* One thing that is wanted; what is negated leaves no leaf. */
typedef struct fh_leaf {
    fh_leaf_kind kind;
    fh_scope scope;
    fh_strs words;
    const fh_query *query; /* its part of the lowered query */
    fh_str typed;          /* where it stands in the query string, if respelling it may help; else empty */
    fh_str folded;         /* then: the whole word, of which words[0] may be the stem */
    fh_named named;        /* of an entity: how the query names it */
    double rarity;         /* above 0; filled by the search */
} fh_leaf;

typedef struct fh_lowered {
    fh_query *query;
    fh_leaf *leaves;
    size_t leaf_count;
    size_t loose; /* words, phrases and groups that a widened search may do without */
} fh_lowered;

/* A stem that ranks beside what the query wants. */
typedef struct fh_added {
    fh_str stem;
    double weight; /* beside a query word's 1 */
} fh_added;

typedef struct fh_added_list {
    fh_added *items;
    size_t count;
} fh_added_list;

/* Entities that the query names by what no list has: what only the index knows, and is found out before. */
typedef struct fh_named_list {
    fh_named *items; /* `typed` begins where a word of the query does */
    size_t count;
} fh_named_list;

typedef struct fh_lowering {
    fh_analyser *analyser;
    const fh_gazetteer *gazetteer;
    const fh_ranking *ranking;
    bool any;            /* any of the loose ones will do */
    fh_added_list added; /* any of these will do too, then; else they only rank */
    fh_named_list named;
} fh_lowering;

/* Cannot fail.  A query of nothing becomes FH_OP_NONE; one that only says what is unwanted subtracts from
 * all. */
fh_lowered fh_query_lower(const fh_node *tree, const fh_lowering *how, fh_arena *arena);

#endif
