/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stems of words that came up lately.  A few thousand words are nine tenths of any text, so that most are
 * looked up but once; memory is taken once, and the newer word drives out the older one in its place. */
#ifndef FH_STEMMER_CACHE_H
#define FH_STEMMER_CACHE_H

#include "base/str.h"
#include <stdint.h>

enum {
    FH_CACHE_WORD = 32,
    FH_CACHE_STEM = 30, /* bytes of a word that is kept, and of its stem: 15 letters */
    FH_CACHE_BITS = 13, /* 8,192 entries: half a megabyte, which a core's own cache holds */
};

/* A cache line. */
typedef struct fh_cache_entry {
    uint64_t word[FH_CACHE_WORD / sizeof(uint64_t)]; /* folded, filled up with zeros */
    char stem[FH_CACHE_STEM];
    uint8_t stem_len;
    bool stop;
} fh_cache_entry;

typedef struct fh_cache {
    fh_cache_entry entries[1u << FH_CACHE_BITS];
} fh_cache;

/* The entry where a folded word belongs, and whether it is there; if not, it is made the word's, for the
 * caller to fill.  NULL: the word is too long to be kept. */
static inline fh_cache_entry *fh_cache_find(fh_cache *cache, fh_str folded, bool *found) {
    enum { WORDS = FH_CACHE_WORD / sizeof(uint64_t) };
    uint64_t key[WORDS] = {0}, hash = 0;
    if (folded.len > FH_CACHE_STEM) return NULL;
    memcpy(key, folded.ptr, folded.len);
    /* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) over eight bytes at a time. */
    for (size_t i = 0; i < WORDS; i++) hash = (hash ^ hash >> 32 ^ key[i]) * 0x9E3779B97F4A7C15u;
    fh_cache_entry *entry = &cache->entries[hash >> (64 - FH_CACHE_BITS)];
    *found = memcmp(entry->word, key, sizeof key) == 0;
    if (!*found) memcpy(entry->word, key, sizeof key);
    return entry;
}

#endif
