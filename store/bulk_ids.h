/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles were put, and the hash of what was last put of each: 16 bytes an article, and room to grow.
 * Two ids that share a 64-bit hash are taken for one. */
#ifndef FH_STORE_BULK_IDS_H
#define FH_STORE_BULK_IDS_H

#include "base/str.h"
#include <stdint.h>

typedef struct fh_ids {
    struct fh_id_slot {
        uint64_t id, content; /* id: 0 where the slot is free */
    } * slots;
    size_t count, capacity;
} fh_ids;

void fh_ids_free(fh_ids *ids);

/* Points to the content's hash, 0 where nothing was put; good until the next call. */
uint64_t *fh_ids_at(fh_ids *ids, fh_str id);

/* A hash that is never 0. */
uint64_t fh_ids_hash(fh_str bytes);

#endif
