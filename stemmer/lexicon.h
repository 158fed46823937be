/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexicon of `light`: folded words, what each is, and the stem it shares with its kin.  The built-in one
 * is compiled from lexicon/ and never written to; a user's is made from a file. */
#ifndef FH_STEMMER_LEXICON_H
#define FH_STEMMER_LEXICON_H

#include "stemmer/list.h"
#include "stemmer/stemmer.h"

#define FH_LEXICON_LETTERS 15    /* the longest word */
#define FH_LEXICON_WORDS 0xFFF0u /* the most words */
#define FH_LEXICON_FIRST 0x600u  /* a letter is kept as its distance from here, in a byte */
#define FH_LEXICON_RANGE 0x100u

/* What a word is says which affixes it may bear. */
enum {
    FH_KIND_NOUN = 1 << 0,            /* nouns, adjectives, names; singular or broken plural */
    FH_KIND_FIXED = 1 << 1,           /* particles and pronouns, which bear nothing but a conjunction */
    FH_KIND_PAST = 1 << 2,            /* a verb's past: bare, or before any ending */
    FH_KIND_PAST_BOUND = 1 << 3,      /* only before a consonant or a vowel ending: قل in قلت */
    FH_KIND_IMPERFECT = 1 << 4,       /* what follows the prefix: ءكد in يؤكد */
    FH_KIND_IMPERFECT_BOUND = 1 << 5, /* only before an ending: يسع in يسعون */
    FH_KIND_FEMININE = 1 << 6,        /* nouns in ة, which folds to ه and before more is ت */
    FH_KIND_LAST = FH_KIND_FEMININE,
    FH_KINDS_NOUN = FH_KIND_NOUN | FH_KIND_FEMININE,
};

typedef struct fh_lexeme {
    uint32_t word;                 /* where it stands in the pool: its number of letters, then the letters */
    uint32_t stem : 24, kinds : 8; /* where its stem stands there */
} fh_lexeme;

struct fh_lexicon {
    const uint8_t *pool;
    const fh_lexeme *lexemes; /* bucket after bucket, a word's likelier ones first */
    /* Of each: in the low byte a part of its hash, which tells nearly all strangers, in the high byte its
     * kinds; all that most look-ups read. */
    const uint16_t *marks;
    const uint16_t *buckets; /* where each begins, and where the last one ends */
    uint32_t bits;           /* of a bucket's number */
};

extern const fh_lexicon fh_built_in_lexicon;

/* A polynomial over the letters, so that the hash of any part of a word comes of those of two beginnings. */
#define FH_LEXICON_FACTOR 0x01000193u
static inline uint32_t fh_lexicon_hash(uint32_t hash, uint32_t letter) {
    return hash * FH_LEXICON_FACTOR + letter;
}

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline uint32_t fh_lexicon_mix(uint32_t hash) {
    return (hash ^ hash >> 15) * 0x9E3779B1u;
}

static inline uint32_t fh_lexicon_bucket(uint32_t mixed, uint32_t bits) {
    return mixed >> (32 - bits);
}

static inline uint16_t fh_lexicon_mark(uint32_t mixed, unsigned kinds) {
    return (uint16_t)((mixed >> 4 & 0xFF) | kinds << 8);
}

static inline bool fh_lexicon_word_is(const uint8_t *entry, const uint32_t *letters, size_t count) {
    if (entry[0] != count) return false;
    for (size_t i = 0; i < count; i++)
        if (entry[1 + i] + FH_LEXICON_FIRST != letters[i]) return false;
    return true;
}

/* The first lexeme of the word that is one of `kinds`, or NULL.  `hash` is fh_lexicon_hash over its letters,
 * from 0. */
static inline const fh_lexeme *fh_lexicon_find(const fh_lexicon *lexicon, uint32_t hash,
                                               const uint32_t *letters, size_t count, unsigned kinds) {
    uint32_t mixed = fh_lexicon_mix(hash), bucket = fh_lexicon_bucket(mixed, lexicon->bits);
    for (size_t i = lexicon->buckets[bucket], end = lexicon->buckets[bucket + 1]; i < end; i++) {
        uint16_t mark = lexicon->marks[i];
        if ((mark ^ mixed >> 4) & 0xFF || !(mark >> 8 & kinds)) continue;
        const fh_lexeme *lexeme = &lexicon->lexemes[i];
        if (fh_lexicon_word_is(lexicon->pool + lexeme->word, letters, count)) return lexeme;
    }
    return NULL;
}

#endif
