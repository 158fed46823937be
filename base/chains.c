/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads of chains: with each new one, the chain that the lower bits of its number lead to is split in two. */
#include "base/chains.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS_A_CHAIN = 2 };

void fh_chains_free(fh_chains *chains) {
    free(chains->heads);
    free(chains->next);
    *chains = (fh_chains){0};
}

size_t fh_chains_bytes(const fh_chains *chains) {
    return chains->head_count * sizeof *chains->heads + chains->count * sizeof *chains->next;
}

static size_t chain_of(const fh_chains *chains, uint64_t hash) {
    size_t chain = hash & (2 * chains->whole - 1);
    return chain < chains->head_count ? chain : chain - chains->whole;
}

uint32_t fh_chains_first(const fh_chains *chains, uint64_t hash) {
    return chains->head_count ? chains->heads[chain_of(chains, hash)] : FH_CHAIN_END;
}

void fh_chains_await(const fh_chains *chains, uint64_t hash) {
    if (chains->head_count) __builtin_prefetch(&chains->heads[chain_of(chains, hash)]);
}

static void link_item(fh_chains *chains, size_t chain, uint32_t item) {
    chains->next[item] = chains->heads[chain];
    chains->heads[chain] = item;
}

static void add_head(fh_chains *chains, fh_chain_hash *hash_of, const void *owner) {
    chains->heads = fh_grow(chains->heads, chains->head_count, &chains->head_capacity, sizeof *chains->heads);
    size_t made = chains->head_count++;
    chains->heads[made] = FH_CHAIN_END;
    if (made == 0) chains->whole = 1;
    if (made == 0) return;
    if (made == 2 * chains->whole) chains->whole = made;
    uint32_t *split = &chains->heads[made - chains->whole], item = *split;
    *split = FH_CHAIN_END;
    while (item != FH_CHAIN_END) {
        uint32_t next = chains->next[item];
        link_item(chains, chain_of(chains, hash_of(owner, item)), item);
        item = next;
    }
}

void fh_chains_expect(fh_chains *chains, size_t items) {
    chains->head_count = chains->head_capacity = items / ITEMS_A_CHAIN;
    if (chains->head_count == 0) return;
    chains->heads = fh_realloc(chains->heads, chains->head_count * sizeof *chains->heads);
    memset(chains->heads, 0xff, chains->head_count * sizeof *chains->heads); /* FH_CHAIN_END */
    for (chains->whole = 1; chains->whole <= chains->head_count / 2;) chains->whole *= 2;
}

void fh_chains_add(fh_chains *chains, fh_chain_hash *hash_of, const void *owner) {
    if (chains->count >= chains->head_count * ITEMS_A_CHAIN) add_head(chains, hash_of, owner);
    chains->next = fh_grow(chains->next, chains->count, &chains->capacity, sizeof *chains->next);
    uint32_t item = (uint32_t)chains->count++;
    link_item(chains, chain_of(chains, hash_of(owner, item)), item);
}
