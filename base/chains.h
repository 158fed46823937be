/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table of very many items, which their owner keeps and numbers from 0 on: six bytes an item, and it
 * grows by little at a time, so that it never takes more for a moment (Litwin, "Linear Hashing", VLDB 1980).
 *
 * What stands in one chain need not have the same hash: the owner compares. */
#ifndef FH_BASE_CHAINS_H
#define FH_BASE_CHAINS_H

#include <stddef.h>
#include <stdint.h>

#define FH_CHAIN_END UINT32_MAX

typedef struct fh_chains {
    uint32_t *heads, *next;
    size_t head_count, head_capacity;
    size_t whole;           /* the largest power of two that is not above their number */
    size_t count, capacity; /* of items */
} fh_chains;                /* zeroed, it is empty */

/* The hash that an item was added with: its lowest bits say where it is. */
typedef uint64_t fh_chain_hash(const void *owner, uint32_t item);

void fh_chains_free(fh_chains *chains);

/* Bytes that it holds. */
size_t fh_chains_bytes(const fh_chains *chains);

/* Makes what so many items will need, at once; while it is empty. */
void fh_chains_expect(fh_chains *chains, size_t items);

/* Adds the next item, which the owner has already. */
void fh_chains_add(fh_chains *chains, fh_chain_hash *hash_of, const void *owner);

/* The first item of the chain in which are all with this hash; FH_CHAIN_END: there is none. */
uint32_t fh_chains_first(const fh_chains *chains, uint64_t hash);

/* Lets come where that chain begins. */
void fh_chains_await(const fh_chains *chains, uint64_t hash);

static inline uint32_t fh_chains_next(const fh_chains *chains, uint32_t item) {
    return chains->next[item];
}

#endif
