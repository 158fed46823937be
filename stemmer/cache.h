/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stems of words that came up lately.  A few thousand words are most of any text, so that most are looked
 * up but once; memory is taken once, and the newer word drives out the older one in its place. */
#ifndef FH_STEMMER_CACHE_H
#define FH_STEMMER_CACHE_H

#include "stemmer/normalise.h"

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

/* Fills in the stem of an Arabic word, which it puts into `bytes` (FH_WORD_BYTES), and whether it is a stop
 * word; from the cache, which must be of this stemmer with this lexicon, or worked out.  The word is written
 * over. */
void fh_cache_stem(fh_cache *cache, fh_stemmer stemmer, const fh_lexicon *lexicon, fh_word *word, char *bytes,
                   fh_token *out);

#endif
