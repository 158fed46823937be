/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes are good already: their lowest bits say where to look first. */
#include "base/table.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

fh_table fh_table_new(size_t item_bytes, size_t places) {
    bool large = places >= FH_LARGE / item_bytes;
    void *items = large ? fh_alloc_large(places * item_bytes) : fh_alloc_zeroed(places, item_bytes);
    return (fh_table){.items = items, .item_bytes = item_bytes, .places = places};
}

void fh_table_free(fh_table *table) {
    free(table->items);
    *table = (fh_table){0};
}

/* Its item, or the place for it. */
static uint64_t *look(const fh_table *table, uint64_t hash) {
    size_t mask = table->places - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint64_t *item = (uint64_t *)(void *)(table->items + at * table->item_bytes);
        if (*item == hash || !*item) return item;
    }
}

void *fh_table_find(const fh_table *table, uint64_t hash) {
    uint64_t *item = look(table, hash);
    return *item ? item : NULL;
}

bool fh_table_is_full(const fh_table *table) {
    return 2 * (table->count + 1) > table->places;
}

static void grow(fh_table *table) {
    fh_table grown = fh_table_new(table->item_bytes, 2 * table->places);
    grown.count = table->count;
    grown.most = table->most;
    for (size_t i = 0; i < table->places; i++) {
        const uint64_t *item = (const uint64_t *)(void *)(table->items + i * table->item_bytes);
        if (*item) memcpy(look(&grown, *item), item, table->item_bytes);
    }
    fh_table_free(table);
    *table = grown;
}

void *fh_table_put(fh_table *table, uint64_t hash) {
    uint64_t *item = look(table, hash);
    if (*item) return item;
    if (fh_table_is_full(table) && table->places != table->most) {
        grow(table);
        item = look(table, hash);
    }
    table->count++;
    *item = hash;
    return item;
}
