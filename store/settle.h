/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another vocabulary for an index, the most frequent words first, and its articles in the codes of that one.
 */
#ifndef FH_STORE_SETTLE_H
#define FH_STORE_SETTLE_H

#include "store/bulk.h"

typedef struct fh_turn fh_turn;

/* By what the store's coiner has met, which is all that the index and its segments have (fh_coiner_met_all).
 * `whole`: nothing of that is gone, so that the new vocabulary is settled.  `*out` is there after an error
 * too. */
fh_status fh_turn_new(fh_store *store, bool whole, fh_turn **out, fh_error *err);

/* How the index is to be written; borrowed from the turn. */
const fh_join *fh_turn_join(const fh_turn *turn);

/* The store reads its vocabulary anew then.  Takes NULL. */
void fh_turn_free(fh_turn *turn);

#endif
