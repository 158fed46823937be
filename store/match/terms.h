/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of one index or several in the order of their keys, and of each where its lists begin. */
#ifndef FH_STORE_MATCH_TERMS_H
#define FH_STORE_MATCH_TERMS_H

#include "store/glass/listed.h"

typedef struct fh_matchers fh_matchers;

/* Where an index stands among its lists: those that are entries of their own, and those of rare terms. */
typedef struct fh_term_place {
    fh_lookup lookup;
    fh_rare_walk rare;
    bool more, rare_more;   /* it is at the beginning of a list */
    bool here, rare_here;   /* of the term at hand */
    fh_rare_list rare_list; /* … where it is rare */
} fh_term_place;

typedef struct fh_terms {
    fh_term_place *places; /* of each index */
    size_t count;
    fh_str key;        /* of the lists at hand */
    uint32_t articles; /* that have the term, in all indexes, the dead too */
    bool broken;       /* a table is damaged */
} fh_terms;

fh_terms fh_terms_of(const fh_matchers *all, fh_arena *arena);

/* Goes to the lists of the first key that is not below this one.  False: there are none. */
bool fh_terms_seek(fh_terms *terms, fh_str key);
bool fh_terms_next(fh_terms *terms);

/* Finds the lists of just this key; there is no next one. */
bool fh_terms_find(fh_terms *terms, fh_str key);

/* The list of the term at hand in an index; false: it has none.  What is of a page is good until the next
 * term. */
bool fh_terms_place(const fh_terms *terms, size_t index, fh_list_place *out);

#endif
