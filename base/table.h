/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of items by a hash of 64 bits, which is taken for what it is a hash of: open addressing, a power of
 * two of places, at most half of them taken, or more where there may not be more of them.  An item is any
 * struct that begins with a uint64_t, its hash; 0 is nobody's. */
#ifndef FH_BASE_TABLE_H
#define FH_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fh_table {
    char *items;
    size_t item_bytes, places, count;
    size_t most; /* places that there may be; 0: any number */
} fh_table;

/* `places` is a power of two. */
fh_table fh_table_new(size_t item_bytes, size_t places);
void fh_table_free(fh_table *table);

/* A hash as items have it: never 0. */
static inline uint64_t fh_table_key(uint64_t hash) {
    return hash ? hash : 1;
}

/* It will soon be looked for: lets its place come from memory. */
static inline void fh_table_expect(const fh_table *table, uint64_t hash) {
    __builtin_prefetch(table->items + (hash & (table->places - 1)) * table->item_bytes);
}

/* The item with this hash, or NULL.  It stays where it is until another is added. */
void *fh_table_find(const fh_table *table, uint64_t hash);

/* The same; one that is not there is added, zeroed but for its hash. */
void *fh_table_put(fh_table *table, uint64_t hash);

/* To add one more makes the table twice as large. */
bool fh_table_is_full(const fh_table *table);

#endif
