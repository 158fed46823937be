/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words to stems by way of the cache. */
#include "stemmer/cache.h"

#include "base/memory.h"
#include "stemmer/word.h"
#include <stdlib.h>

enum { FIRST_BITS = 10, MORE_BITS = 2, MOST_BITS = 16 /* 65,536 entries: two megabytes */ };

void fh_cache_start(fh_cache *cache) {
    *cache =
        (fh_cache){.entries = fh_alloc_zeroed(1u << FIRST_BITS, sizeof *cache->entries), .bits = FIRST_BITS};
}

void fh_cache_free(fh_cache *cache) {
    free(cache->entries);
}

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline uint32_t hash_of(uint64_t first, uint64_t second) {
    uint64_t hash = first * 0x9E3779B97F4A7C15u ^ second * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)((hash ^ hash >> 32) * 0x9E3779B97F4A7C15u >> 32);
}

static inline fh_cache_entry *entry_of(const fh_cache *cache, uint32_t hash) {
    return &cache->entries[hash >> (32 - cache->bits)];
}

static void grow(fh_cache *cache) {
    fh_cache old = *cache;
    cache->bits += MORE_BITS;
    cache->kept = 0;
    cache->entries = fh_alloc_zeroed((size_t)1 << cache->bits, sizeof *cache->entries);
    for (size_t i = 0; i < (size_t)1 << old.bits; i++) {
        const fh_cache_entry *entry = &old.entries[i];
        if (entry->word[0]) *entry_of(cache, hash_of(entry->word[0], entry->word[1])) = *entry;
    }
    free(old.entries);
}

/* A byte a letter, the first one lowest; a letter that is not of the Arabic block shows in `*beyond`. */
static inline uint64_t pack(const uint32_t *letters, size_t count, uint32_t *beyond) {
    uint64_t packed = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = letters[i] - FH_CACHE_FIRST;
        *beyond |= letter;
        packed |= (uint64_t)letter << 8 * i;
    }
    return packed;
}

void fh_cache_expect(const fh_cache *cache, const fh_word *word, fh_cache_key *key) {
    enum { HALF = 8 };
    size_t count = word->count;
    uint32_t beyond = 0;
    key->kept = false;
    if (count > FH_CACHE_LETTERS) return;
    uint64_t first = pack(word->letters, count < HALF ? count : HALF, &beyond);
    uint64_t second = count > HALF ? pack(word->letters + HALF, count - HALF, &beyond) : 0;
    if (beyond > UINT8_MAX) return;
    *key = (fh_cache_key){{first, second}, hash_of(first, second), true};
    __builtin_prefetch(entry_of(cache, key->hash));
}

static void put_stem(const fh_cache_entry *entry, char *bytes, fh_token *out) {
    char *end = bytes;
    for (size_t i = 0; i < entry->count; i++) {
        uint32_t letter = FH_CACHE_FIRST + entry->stem[i];
        *end++ = (char)(0xC0 | letter >> 6);
        *end++ = (char)(0x80 | (letter & 0x3F));
    }
    out->stem = (fh_str){bytes, (size_t)(end - bytes)};
}

static bool find(const fh_cache *cache, const fh_cache_key *key, char *bytes, fh_token *out) {
    if (!key->kept) return false;
    const fh_cache_entry *entry = entry_of(cache, key->hash);
    if (entry->word[0] != key->word[0] || entry->word[1] != key->word[1]) return false;
    out->stop = entry->stop;
    if (entry->bare)
        out->stem = out->folded;
    else
        put_stem(entry, bytes, out);
    return true;
}

static void keep(fh_cache *cache, const fh_cache_key *key, fh_letters stem, const fh_token *token) {
    if (++cache->kept > (size_t)1 << (cache->bits - 1) && cache->bits < MOST_BITS) grow(cache);
    fh_cache_entry *entry = entry_of(cache, key->hash);
    memcpy(entry->word, key->word, sizeof key->word);
    for (size_t i = 0; i < stem.count; i++) entry->stem[i] = (uint8_t)(stem.ptr[i] - FH_CACHE_FIRST);
    entry->count = stem.count & FH_CACHE_LETTERS;
    entry->stop = token->stop;
    entry->bare = token->stem.ptr == token->folded.ptr;
}

void fh_cache_stem(fh_cache *cache, const fh_cache_key *key, fh_stemmer stemmer, const fh_lexicon *lexicon,
                   char *bytes, fh_token *token) {
    if (find(cache, key, bytes, token)) return;
    fh_word word;
    word.count = 0;
    for (size_t at = 0; at < token->folded.len;) {
        uint32_t letter;
        at += fh_utf8_next(token->folded, at, &letter);
        fh_word_add(&word, letter);
    }
    token->stop = fh_is_stop_letters(word.letters, word.count);
    fh_letters stem = fh_stem_letters(stemmer, lexicon, (fh_letters){word.letters, word.count});
    token->stem = (fh_str){bytes, fh_letters_put(stem.ptr, stem.count, bytes)};
    if (fh_str_equal(token->stem, token->folded)) token->stem = token->folded;
    if (key->kept) keep(cache, key, stem, token);
}
