/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stems of words that came up lately.  A few thousand words are most of any text, so that most are looked
 * up but once; memory is taken once, and the newer word drives out the older one in its place. */
#ifndef FH_STEMMER_CACHE_H
#define FH_STEMMER_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    FH_CACHE_LETTERS = 15, /* of a word that is kept, and of its stem */
    FH_CACHE_FIRST = 0x600,
    FH_CACHE_BITS = 14, /* 16,384 entries: half a megabyte, which a core's own cache holds */
};

/* Half a cache line.  A letter of the Arabic block is kept as its distance from the block's beginning. */
typedef struct fh_cache_entry {
    uint64_t word[2]; /* eight letters each, filled up with zeros */
    uint8_t stem[FH_CACHE_LETTERS];
    uint8_t count : 7, stop : 1; /* letters of the stem */
} fh_cache_entry;

typedef struct fh_cache {
    fh_cache_entry entries[1u << FH_CACHE_BITS];
} fh_cache;

/* The entry where a folded word belongs, and whether it is there; if not, it is made the word's, for the
 * caller to fill.  NULL: it is not a word that is kept. */
static inline fh_cache_entry *fh_cache_find(fh_cache *cache, const uint32_t *letters, size_t count,
                                            bool *found) {
    uint64_t key[2] = {0};
    uint32_t beyond = 0;
    if (count > FH_CACHE_LETTERS) return NULL;
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = letters[i] - FH_CACHE_FIRST;
        beyond |= letter;
        key[i / 8] |= (uint64_t)letter << i % 8 * 8;
    }
    if (beyond > UINT8_MAX) return NULL;
    /* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
    uint64_t hash = key[0] * 0x9E3779B97F4A7C15u ^ key[1] * 0xC2B2AE3D27D4EB4Fu;
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
    fh_cache_entry *entry = &cache->entries[hash >> (64 - FH_CACHE_BITS)];
    *found = entry->word[0] == key[0] && entry->word[1] == key[1];
    if (!*found) memcpy(entry->word, key, sizeof key);
    return entry;
}

#endif
