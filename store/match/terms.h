/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of one index or several in the order of their keys, and of each where its lists begin. */
#ifndef FH_STORE_MATCH_TERMS_H
#define FH_STORE_MATCH_TERMS_H

#include "store/glass/listed.h"

typedef struct fh_matchers fh_matchers;

/* Keys of lists of terms are not below this one; what libxapian keeps beside them in the table is. */
#define FH_FIRST_LIST FH_STR("\x01")

/* Where an index stands among the terms of pages. */
typedef struct fh_paged_place {
    fh_pages pages;
    fh_rare_walk walk;
    bool more;         /* it is at a term */
    bool here;         /* … which is the one at hand */
    fh_rare_list list; /* of that one */
} fh_paged_place;

/* Where it stands among its lists: those that are entries of their own, those of rare terms, and those of
 * each run of fresh ones. */
typedef struct fh_term_place {
    fh_lookup lookup;
    bool more, here; /* likewise */
    fh_paged_place *paged;
    size_t paged_count;
    fh_rare_list *fresh; /* room for what fh_terms_place gives */
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
 * term, but for the postings of fresh ones. */
bool fh_terms_place(const fh_terms *terms, size_t index, fh_list_place *out);

#endif
