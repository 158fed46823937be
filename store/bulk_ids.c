/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table of hashes. */
#include "store/bulk_ids.h"
#include "base/memory.h"
#include <stdlib.h>

enum { SMALLEST = 1024 };

uint64_t fh_ids_hash(fh_str bytes) {
    uint64_t hash = fh_hash(FH_HASH_START, bytes);
    return hash ? hash : 1;
}

void fh_ids_free(fh_ids *ids) {
    free(ids->slots);
    *ids = (fh_ids){0};
}

static struct fh_id_slot *slot_of(const fh_ids *ids, uint64_t id) {
    size_t mask = ids->capacity - 1, at = id & mask;
    while (ids->slots[at].id && ids->slots[at].id != id) at = (at + 1) & mask;
    return &ids->slots[at];
}

static void grow(fh_ids *ids) {
    fh_ids more = {.count = ids->count, .capacity = ids->capacity ? ids->capacity * 2 : SMALLEST};
    more.slots = fh_alloc_zeroed(more.capacity, sizeof *more.slots);
    for (size_t i = 0; i < ids->capacity; i++) {
        if (ids->slots[i].id) *slot_of(&more, ids->slots[i].id) = ids->slots[i];
    }
    free(ids->slots);
    *ids = more;
}

uint64_t *fh_ids_at(fh_ids *ids, fh_str id) {
    if (ids->count * 4 >= ids->capacity * 3) grow(ids);
    uint64_t hash = fh_ids_hash(id);
    struct fh_id_slot *slot = slot_of(ids, hash);
    if (slot->id == 0) {
        slot->id = hash;
        ids->count++;
    }
    return &slot->content;
}
