/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most documents of a frequent word are worth too little to be shown: they are counted, and passed, in a loop
 * that does nothing else. */
#ifndef FH_STORE_MATCH_PASS_H
#define FH_STORE_MATCH_PASS_H

#include "store/match/bounds.h"

/* A tree of lists, some of which alone tell what matches, or of lists that were merged; but for what is left
 * out by its number. */
enum { FH_PASSED_LISTS = 8 };
typedef struct fh_passing {
    struct fh_passed_list {
        fh_branch *branch;
        bool leads; /* its documents match; those of others are worth more, no more than that */
        fh_bounds bounds;
    } lists[FH_PASSED_LISTS], *leading; /* one that leads, and of which blocks are known; NULL: none */
    size_t count;
    fh_branch *merged;                   /* in the place of all lists, or NULL */
    bool alone;                          /* nothing else leads: all matches are its documents */
    fh_branch *without[FH_PASSED_LISTS]; /* numbers of what does not match: the dead, the hidden */
    size_t without_count;
    double rest; /* what else a document may be worth, at most */
} fh_passing;

/* Of a tree that nothing was taken of yet.  False: it is another one, or passing would not be quicker. */
bool fh_passing_of(const fh_matching *g, fh_branch *root, fh_passing *out);

/* Goes on to a match that may be worth more than `least`, past `most` others at most, and tells how many it
 * has passed; their numbers are put to `passed`, unless that is NULL.  No list then stands before `*doc`,
 * which is that match, or FH_LIST_END. */
uint32_t fh_pass(const fh_matching *g, fh_passing *passing, double least, uint32_t most, uint32_t *doc,
                 uint32_t *passed);

#endif
