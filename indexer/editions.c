/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By a hash of the id. */
#include "indexer/editions.h"
#include "base/arena.h"
#include "base/chains.h"
#include "base/memory.h"

#include <stdlib.h>

enum { ARENA_ROUNDING = 16 /* bytes that an arena spends on a piece beyond its own, at most */ };

typedef struct known {
    uint64_t id;
    const char *edition;
} known;

struct fh_editions {
    known *items;
    size_t count, capacity;
    fh_chains by_id;
    fh_arena *arena;
    size_t arena_bytes;
};

fh_editions *fh_editions_new(void) {
    fh_editions *editions = fh_alloc_zeroed(1, sizeof *editions);
    editions->arena = fh_arena_new();
    return editions;
}

void fh_editions_free(fh_editions *editions) {
    if (!editions) return;
    fh_arena_free(editions->arena);
    fh_chains_free(&editions->by_id);
    free(editions->items);
    free(editions);
}

size_t fh_editions_bytes(const fh_editions *editions) {
    return editions->count * sizeof *editions->items + fh_chains_bytes(&editions->by_id) +
           editions->arena_bytes;
}

static uint64_t hash_at(const void *owner, uint32_t item) {
    const fh_editions *editions = owner;
    return editions->items[item].id;
}

static known *find(const fh_editions *editions, uint64_t id) {
    uint32_t item = fh_chains_first(&editions->by_id, id);
    while (item != FH_CHAIN_END && editions->items[item].id != id)
        item = fh_chains_next(&editions->by_id, item);
    return item == FH_CHAIN_END ? NULL : &editions->items[item];
}

void fh_editions_put(fh_editions *editions, fh_str id, fh_str edition) {
    if (!edition.len) return;
    uint64_t hash = fh_hash(FH_HASH_START, id);
    known *found = find(editions, hash);
    if (!found) {
        editions->items =
            fh_grow(editions->items, editions->count, &editions->capacity, sizeof *editions->items);
        found = &editions->items[editions->count++];
        found->id = hash;
        fh_chains_add(&editions->by_id, hash_at, editions);
    }
    found->edition = fh_arena_copy(editions->arena, edition).ptr;
    editions->arena_bytes += edition.len + ARENA_ROUNDING;
}

bool fh_editions_find(const fh_editions *editions, fh_str id, fh_str *out) {
    const known *found = find(editions, fh_hash(FH_HASH_START, id));
    if (!found) return false;
    *out = fh_str_from(found->edition);
    return true;
}
