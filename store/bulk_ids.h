/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles were put, and of what was put last its number and hash: 24 bytes an article, and room to
 * grow. Two ids that share a 64-bit hash are taken for one. */
#ifndef FH_STORE_BULK_IDS_H
#define FH_STORE_BULK_IDS_H

#include "base/str.h"
#include <stdint.h>

typedef struct fh_id_slot {
    uint64_t id;      /* its hash; 0 where the slot is free */
    uint64_t content; /* its hash; 0 where nothing was put, or it was deleted again */
    uint32_t number;
} fh_id_slot;

typedef struct fh_ids {
    fh_id_slot *slots;
    size_t count, capacity;
} fh_ids;

void fh_ids_free(fh_ids *ids);

/* The slot of an id; good until the next call. */
fh_id_slot *fh_ids_at(fh_ids *ids, fh_str id);

/* A hash that is never 0. */
uint64_t fh_ids_hash(fh_str bytes);

#endif
