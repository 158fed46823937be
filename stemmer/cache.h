/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stems of words that came up lately.  Some thousands of words are most of any text, so that most are
 * looked up but once.  It grows with what it is given, up to a limit: a program that reads ten articles takes
 * little memory.  The newer word drives out the older one in its place. */
#ifndef FH_STEMMER_CACHE_H
#define FH_STEMMER_CACHE_H

#include "stemmer/normalise.h"

enum {
    FH_CACHE_LETTERS = 15, /* of a word that is kept, and of its stem */
    FH_CACHE_FIRST = 0x600,
};

/* Half a cache line.  A letter of the Arabic block is kept as its distance from the block's beginning. */
typedef struct fh_cache_entry {
    uint64_t word[2]; /* eight letters each, filled up with zeros */
    uint8_t stem[FH_CACHE_LETTERS];
    uint8_t count : 6; /* letters of the stem */
    uint8_t stop : 1;
    uint8_t bare : 1; /* the word is its own stem */
} fh_cache_entry;

typedef struct fh_cache {
    fh_cache_entry *entries;
    unsigned bits; /* of the number of an entry */
    size_t kept;   /* stems since it has grown */
} fh_cache;

void fh_cache_start(fh_cache *cache);
void fh_cache_free(fh_cache *cache);

/* What an Arabic word is looked for by. */
typedef struct fh_cache_key {
    uint64_t word[2];
    uint32_t hash;
    bool kept; /* it is a word of the kind that is kept */
} fh_cache_key;

/* The word will soon be looked for: its entry is on its way from memory. */
void fh_cache_expect(const fh_cache *cache, const fh_word *word, fh_cache_key *key);

/* Fills in the stem of the token of that word, which is its folded word or is put into `bytes`
 * (FH_WORD_BYTES), and whether it is a stop word; from the cache, which must be of this stemmer with this
 * lexicon, or worked out. */
void fh_cache_stem(fh_cache *cache, const fh_cache_key *key, fh_stemmer stemmer, const fh_lexicon *lexicon,
                   char *bytes, fh_token *token);

#endif
