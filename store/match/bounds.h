/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the documents of a list are worth at most, a block of some dozens at a time: found when the list is
 * asked for again, and kept, so that whole blocks can be passed. */
#ifndef FH_STORE_MATCH_BOUNDS_H
#define FH_STORE_MATCH_BOUNDS_H

#include "store/match/tree.h"

enum { FH_BLOCK = 32 }; /* postings; the last block of a list may have fewer */

/* Of one list. */
typedef struct fh_bounds {
    const uint32_t *ends;   /* the last document of each block */
    const uint32_t *shares; /* of the list's weight, the most; and where that document is */
    size_t count, at;       /* blocks, 0: they are not known; the one at hand */
} fh_bounds;

/* Of a branch of a list; they stay until the query is answered. */
fh_bounds fh_bounds_of(const fh_matching *g, const fh_branch *list);

/* Goes to the block that has this document, and tells how it ends.  Documents rise from call to call.  0: it
 * is behind all of them. */
uint32_t fh_bounds_block(fh_bounds *bounds, uint32_t doc);

/* What a document from this one to that one is worth at most, by its list. */
double fh_bounds_worth(fh_bounds *bounds, const fh_branch *list, uint32_t doc, uint32_t end);

/* Goes from the first document of the block at hand to that of the next one.  Tells how many it has passed.
 */
uint32_t fh_bounds_pass(fh_bounds *bounds, fh_list *list);

/* Goes to the first document that is not below, past whole blocks. */
void fh_bounds_to(fh_bounds *bounds, fh_list *list, uint32_t doc);

#endif
