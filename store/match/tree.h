/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as a tree that walks through the documents it matches, from the lowest number to the highest, and
 * tells what each is worth. */
#ifndef FH_STORE_MATCH_TREE_H
#define FH_STORE_MATCH_TREE_H

#include "store/match/matcher.h"

typedef enum fh_branch_kind {
    FH_BRANCH_NONE,
    FH_BRANCH_LIST,   /* of one term */
    FH_BRANCH_MERGED, /* lists of several terms, counted as one */
    FH_BRANCH_DATES,  /* documents published between two dates */
    FH_BRANCH_VALUES, /* documents with some of the values of a slot */
    FH_BRANCH_AND,
    FH_BRANCH_OR,
    FH_BRANCH_MAYBE,
    FH_BRANCH_NOT,
    FH_BRANCH_PHRASE, /* the words of the one kid, where they stand as they should */
} fh_branch_kind;

typedef struct fh_branch {
    fh_branch_kind kind;
    uint32_t doc;  /* at hand; FH_LIST_END */
    uint32_t most; /* documents, about */
    double weight; /* of a term; 0: it filters only */
    double bound;  /* no document is worth more */
    fh_list list;
    const uint32_t *docs, *wdfs; /* merged; a NULL wdfs is of what filters only */
    size_t at, count;
    const uint64_t *dates; /* of each document below `count` */
    uint64_t low, high;    /* fh_date_rank */
    const fh_column *column;
    const bool *wanted; /* of each of its values */
    struct fh_branch **kids;
    size_t kid_count;
    bool unsure; /* a document at hand may not match: fh_branch_stands tells */
    struct fh_standing *standing;
} fh_branch;

/* What a query is answered with, one index after the other. */
enum { FH_LEAF_ROWS = 64 };
typedef struct fh_matching {
    const fh_matchers *all;
    size_t part;
    fh_matcher *matcher; /* of this part, for which a tree is grown and walked */
    fh_arena *arena;
    double k1, per_length, flat; /* of BM25: what divides is per_length times the length + flat + wdf */
    double deadline;             /* as fh_find has it */
    bool broken;                 /* something could not be read */
    bool late;                   /* some words were left out */
    struct fh_leaf *leaves[FH_LEAF_ROWS];
} fh_matching;

/* Has the deadline come? */
bool fh_matching_is_late(const fh_matching *g);

/* What a word is worth that stands in `articles` documents of all, times `factor`. */
double fh_matching_weight(const fh_matching *g, double articles, double factor);

/* In how many documents any of some words stands, as Xapian estimates it: as if they had nothing to do with
 * each other, the two rarest first, to the nearest whole number each time.  Sorts the rows. */
double fh_matching_estimate(const fh_matching *g, double *rows, size_t count);

/* The most frequent words of a field that begin so, of all indexes. */
typedef struct fh_begun {
    uint32_t frequency, order;
    fh_list_place *places; /* of each index */
} fh_begun;
typedef struct fh_begun_words {
    fh_begun *items; /* in no order */
    size_t count;
    uint32_t walked; /* words that begin so */
} fh_begun_words;
fh_begun_words fh_matching_begin(fh_matching *g, const fh_query *query);

/* A word, or the beginning of some. */
typedef struct fh_leaf {
    const fh_query *query;
    fh_list *lists;       /* of a word, in each index */
    fh_begun_words words; /* of a beginning */
    double articles;      /* of all; for a beginning, an estimate */
    struct fh_leaf *next; /* of its row */
} fh_leaf;
const fh_leaf *fh_matching_leaf(fh_matching *g, const fh_query *query);

/* Of what fh_store_demand_query lets through.  FH_BRANCH_NONE where nothing matches, or something could
 * not be read. */
fh_branch *fh_branch_grow(fh_matching *g, const fh_query *query, double factor);

/* Without the documents of these numbers. */
fh_branch *fh_branch_without(fh_matching *g, fh_branch *of, const uint32_t *numbers, size_t count);

/* Words that count as one: terms, and beginnings of words. */
fh_branch *fh_branch_merge(fh_matching *g, fh_query *const *kids, size_t count, double factor);

fh_branch *fh_branch_new(fh_matching *g, fh_branch_kind kind);

/* Of a list, in this index, of words that stand in `articles` documents of all. */
fh_branch *fh_branch_of_list(fh_matching *g, const fh_list *list, double articles, double factor);

fh_branch *fh_branch_of_phrase(fh_matching *g, const fh_query *query, double factor);

/* Goes to the first document that is not below, and returns it. */
uint32_t fh_branch_step(fh_branch *b, uint32_t doc);
static inline uint32_t fh_branch_to(fh_branch *b, uint32_t doc) {
    if (b->doc >= doc) return b->doc;
    if (b->kind != FH_BRANCH_LIST) return b->doc = fh_branch_step(b, doc);
    fh_list_to(&b->list, doc);
    return b->doc = b->list.doc;
}

/* The first document that is not below and that any of the kids from `first` on has. */
static inline uint32_t fh_branch_nearest(const fh_branch *b, size_t first, uint32_t doc) {
    uint32_t nearest = FH_LIST_END;
    for (size_t i = first; i < b->kid_count; i++) {
        uint32_t found = fh_branch_to(b->kids[i], doc);
        if (found < nearest) nearest = found;
    }
    return nearest;
}

/* Does the document at hand match? */
bool fh_branch_stands(fh_branch *b);
bool fh_standing_is(struct fh_standing *standing, uint32_t doc);

/* Keeps what was seen of its phrases, once the walk is over. */
void fh_branch_keep(const fh_matching *g, const fh_branch *b);

/* What is worth less than so much of a bound is below it, however the sums were rounded. */
#define FH_CLEARLY (1 - 1e-12)

/* What the document at hand is worth, if it matches; where that is not more than `least`, any number that is
 * not. */
double fh_branch_worth(const fh_matching *g, fh_branch *b, double least);

/* Was a list damaged? */
bool fh_branch_is_broken(const fh_branch *b);

#endif
