/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By a hash of the id. */
#include "indexer/editions.h"
#include "base/arena.h"
#include "base/memory.h"
#include "base/table.h"

#include <stdlib.h>

enum { FIRST_PLACES = 1 << 8 };

typedef struct known {
    uint64_t id;
    fh_str edition;
} known;

struct fh_editions {
    fh_table table;
    fh_arena *arena;
};

fh_editions *fh_editions_new(void) {
    fh_editions *editions = fh_alloc_zeroed(1, sizeof *editions);
    editions->table = fh_table_new(sizeof(known), FIRST_PLACES);
    editions->arena = fh_arena_new();
    return editions;
}

void fh_editions_free(fh_editions *editions) {
    if (!editions) return;
    fh_arena_free(editions->arena);
    fh_table_free(&editions->table);
    free(editions);
}

static uint64_t key_of(fh_str id) {
    return fh_table_key(fh_hash(FH_HASH_START, id));
}

void fh_editions_put(fh_editions *editions, fh_str id, fh_str edition) {
    if (!edition.len) return;
    known *found = fh_table_put(&editions->table, key_of(id));
    found->edition = fh_arena_copy(editions->arena, edition);
}

bool fh_editions_find(const fh_editions *editions, fh_str id, fh_str *out) {
    const known *found = fh_table_find(&editions->table, key_of(id));
    if (!found) return false;
    *out = found->edition;
    return true;
}
