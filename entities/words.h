/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text as the recogniser reads it: words that can be part of a name, and what stands between them. */
#ifndef FH_ENTITIES_WORDS_H
#define FH_ENTITIES_WORDS_H

#include "entities/entities.h"

/* What stands before a word, one bit each: it is remembered what there is, not how often. */
enum {
    FH_GAP_END = 1 << 0,   /* a sentence's end: a line's, a full stop before a space, a question mark */
    FH_GAP_COMMA = 1 << 1, /* and semicolons */
    FH_GAP_COLON = 1 << 2,
    FH_GAP_QUOTE = 1 << 3, /* quotation marks that open, or may */
    FH_GAP_OPEN = 1 << 4,  /* brackets */
    FH_GAP_CLOSE = 1 << 5,
    FH_GAP_DASH = 1 << 6,
    FH_GAP_OTHER = 1 << 7, /* anything else but spaces and marks that cannot be seen */
};

/* Letters of a word that the recogniser looks at; of a longer one, the first. */
#define FH_WORD_LETTERS 16

typedef struct fh_text_word {
    /* A byte each, zeros behind: ASCII; above it what of the Arabic block a folded word has, made the same
     * for every stemmer; FH_LETTER_OTHER. */
    uint8_t letters[FH_WORD_LETTERS];
    uint32_t token; /* its index */
    uint8_t count;  /* of letters */
    uint8_t gap;    /* before it; the first word stands behind an end */
} fh_text_word;

#define FH_LETTER_OTHER 0x7F
#define FH_LETTER_ARABIC 0x80 /* U+0600 */

typedef struct fh_text_words {
    fh_text_word *items;
    size_t count;
} fh_text_words;

/* Addresses and accounts are no words, and hashtags are their words. */
fh_text_words fh_text_words_of(fh_str text, fh_tokens tokens, fh_arena *arena);

/* The letters of one folded word, at least one.  `out` begins empty. */
void fh_text_word_spell(fh_str folded, fh_text_word *out);

#endif
