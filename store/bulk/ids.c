/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes in the order of what was put. */
#include "store/bulk/ids.h"
#include "base/memory.h"
#include "base/table.h"
#include <stdlib.h>

typedef struct fh_put_id {
    uint64_t id;
    uint64_t content; /* 0: forgotten */
} put_id;

static uint64_t hash_of(fh_str bytes) {
    return fh_table_key(fh_hash(FH_HASH_START, bytes));
}

static uint64_t hash_at(const void *owner, uint32_t item) {
    const fh_ids *ids = owner;
    return ids->items[item].id;
}

void fh_ids_free(fh_ids *ids) {
    free(ids->items);
    fh_chains_free(&ids->by_id);
    *ids = (fh_ids){0};
}

size_t fh_ids_bytes(const fh_ids *ids) {
    return ids->count * sizeof *ids->items + fh_chains_bytes(&ids->by_id);
}

uint32_t fh_ids_find(const fh_ids *ids, fh_str id) {
    uint64_t hash = hash_of(id);
    uint32_t item = fh_chains_first(&ids->by_id, hash);
    for (; item != FH_CHAIN_END; item = fh_chains_next(&ids->by_id, item))
        if (ids->items[item].id == hash && ids->items[item].content) return item + 1;
    return 0;
}

void fh_ids_forget(fh_ids *ids, uint32_t number) {
    ids->items[number - 1].content = 0;
}

void fh_ids_add(fh_ids *ids, fh_str id, fh_str content) {
    uint32_t before = fh_ids_find(ids, id);
    if (before) fh_ids_forget(ids, before);
    ids->items = fh_grow(ids->items, ids->count, &ids->capacity, sizeof *ids->items);
    ids->items[ids->count++] = (put_id){hash_of(id), hash_of(content)};
    fh_chains_add(&ids->by_id, hash_at, ids);
}

bool fh_ids_is_content(const fh_ids *ids, uint32_t number, fh_str content) {
    return ids->items[number - 1].content == hash_of(content);
}
