/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles a run has seen, so that the others can be removed. */
#ifndef FH_INDEXER_PRUNE_H
#define FH_INDEXER_PRUNE_H

#include "store/store.h"

/* Hashes of ids; start with {0}. */
typedef struct fh_seen {
    uint64_t *hashes;
    size_t count, capacity;
} fh_seen;

void fh_seen_free(fh_seen *seen);
void fh_seen_add(fh_seen *seen, fh_str id);

/* Deletes every article that was not seen, within the store's open transaction. */
fh_status fh_seen_prune(fh_seen *seen, fh_store *store, uint64_t *removed, fh_error *err);

#endif
