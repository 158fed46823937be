/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may follow a stem that the lexicon knows, as an automaton that reads a word from its end; make_tails.c
 * has the endings and pronouns that it is made from. */
#ifndef FH_STEMMER_TAILS_H
#define FH_STEMMER_TAILS_H

#include "stemmer/letters.h"

#include <stdbool.h>

enum {
    FH_TAIL_LONGEST = 6, /* تا and هما, with the ي before them: no tail is longer */
    FH_TAIL_LETTERS = 8, /* ا ت ن ه ي و م ك */
    FH_TAIL_NONE = FH_TAIL_LETTERS,
};

/* The letters from here to the word's end, as a tail: kinds of stem that may bear it. */
typedef struct fh_tail {
    uint8_t next[FH_TAIL_LETTERS]; /* with one more letter before them; 0: no tail ends so */
    uint8_t kinds;
    uint8_t pronoun; /* of these, those that may bear it where their own ending is written already: أعطا+ه */
    bool adjective; /* ي and what a noun may bear: نفط+يين */
} fh_tail;

extern const fh_tail fh_tails[]; /* the first is the empty tail */

static inline unsigned fh_tail_letter(uint32_t letter) {
    switch (letter) {
    case ALEF: return 0;
    case TEH: return 1;
    case NOON: return 2;
    case HEH: return 3;
    case YEH: return 4;
    case WAW: return 5;
    case MEEM: return 6;
    case KAF: return 7;
    default: return FH_TAIL_NONE;
    }
}

#endif
