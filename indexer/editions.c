/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By a hash of the id: open addressing, a power of two of slots, at most half of them taken. */
#include "indexer/editions.h"
#include "base/arena.h"
#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1 << 8 };

typedef struct slot {
    unsigned long long id; /* 0: free */
    fh_str edition;
} slot;

struct fh_editions {
    slot *slots;
    size_t slot_count, used;
    fh_arena *arena;
};

fh_editions *fh_editions_new(void) {
    fh_editions *editions = fh_alloc_zeroed(1, sizeof *editions);
    editions->slot_count = FIRST_SLOTS;
    editions->slots = fh_alloc_zeroed(FIRST_SLOTS, sizeof *editions->slots);
    editions->arena = fh_arena_new();
    return editions;
}

void fh_editions_free(fh_editions *editions) {
    if (!editions) return;
    fh_arena_free(editions->arena);
    free(editions->slots);
    free(editions);
}

static slot *find(const fh_editions *editions, unsigned long long id) {
    size_t mask = editions->slot_count - 1, at = id & mask;
    while (editions->slots[at].id && editions->slots[at].id != id) at = (at + 1) & mask;
    return &editions->slots[at];
}

static void grow(fh_editions *editions) {
    slot *old = editions->slots;
    size_t count = editions->slot_count;
    editions->slot_count *= 2;
    editions->slots = fh_alloc_zeroed(editions->slot_count, sizeof *editions->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i].id) *find(editions, old[i].id) = old[i];
    free(old);
}

static unsigned long long hash_of(fh_str id) {
    unsigned long long hash = fh_hash(FH_HASH_START, id);
    return hash ? hash : 1;
}

void fh_editions_put(fh_editions *editions, fh_str id, fh_str edition) {
    if (!edition.len) return;
    if (2 * (editions->used + 1) > editions->slot_count) grow(editions);
    slot *found = find(editions, hash_of(id));
    editions->used += found->id == 0;
    *found = (slot){hash_of(id), fh_arena_copy(editions->arena, edition)};
}

bool fh_editions_find(const fh_editions *editions, fh_str id, fh_str *out) {
    const slot *found = find(editions, hash_of(id));
    if (!found->id) return false;
    *out = found->edition;
    return true;
}
