/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words to stems by way of the cache. */
#include "stemmer/cache.h"

#include "stemmer/word.h"

/* The entry where a folded word belongs, and whether it is there; if not, it is made the word's, for the
 * caller to fill.  NULL: it is not a word that is kept. */
static fh_cache_entry *find_entry(fh_cache *cache, const uint32_t *letters, size_t count, bool *found) {
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

static void put_stem(const fh_cache_entry *entry, char *bytes, fh_token *out) {
    char *end = bytes;
    for (size_t i = 0; i < entry->count; i++) {
        uint32_t letter = FH_CACHE_FIRST + entry->stem[i];
        *end++ = (char)(0xC0 | letter >> 6);
        *end++ = (char)(0x80 | (letter & 0x3F));
    }
    out->stem = (fh_str){bytes, (size_t)(end - bytes)};
    out->stop = entry->stop;
}

void fh_cache_stem(fh_cache *cache, fh_stemmer stemmer, const fh_lexicon *lexicon, fh_word *word, char *bytes,
                   fh_token *out) {
    bool found;
    fh_cache_entry *entry = find_entry(cache, word->letters, word->count, &found);
    if (entry && found) {
        put_stem(entry, bytes, out);
        return;
    }
    fh_letters stem = {word->letters, word->count};
    out->stop = fh_is_stop_letters(stem.ptr, stem.count);
    stem = fh_stem_letters(stemmer, lexicon, stem);
    out->stem = (fh_str){bytes, fh_letters_put(stem.ptr, stem.count, bytes)};
    if (!entry) return;
    for (size_t i = 0; i < stem.count; i++) entry->stem[i] = (uint8_t)(stem.ptr[i] - FH_CACHE_FIRST);
    entry->count = stem.count & 0x7F;
    entry->stop = out->stop;
}
