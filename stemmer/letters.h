/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of letters that are not simply themselves: the table. */
#ifndef FH_STEMMER_LETTERS_H
#define FH_STEMMER_LETTERS_H

#include "base/letters.h"

#include <stdint.h>

/* What a code point does to the word it stands in. */
typedef enum fh_letter_class {
    FH_CLASS_OTHER,       /* parts words */
    FH_CLASS_SPACE,       /* parts words, but may stand between a detached article and its word */
    FH_CLASS_ARABIC,      /* a letter of the Arabic script */
    FH_CLASS_WORD,        /* a letter of any other */
    FH_CLASS_DIGIT,       /* folds to 0-9 */
    FH_CLASS_MARK,        /* goes with the word, folds to nothing */
    FH_CLASS_TATWEEL,     /* the same; alone it is a dash */
    FH_CLASS_HAMZA_ABOVE, /* the same; makes waw and yeh a seat of hamza */
    FH_CLASS_INVISIBLE,   /* the same; does not begin or end a word */
    FH_CLASS_SIGN,    /* # @ _ and apostrophes: part words or not, as their neighbours are; folds to itself */
    FH_CLASS_PHRASE,  /* one sign for several words */
    FH_CLASS_PICTURE, /* emoji */
    FH_CLASS_UNSPACED, /* a letter of a script that writes words without spaces: Han, Kana, Thai, Khmer… */
} fh_letter_class;

#define FH_KEEP 1u /* in the column `published`: the letter stays as it is */

/* Letters from `first` to `last` fold to `folded` (zero-ended unless full; nothing for marks); for light10,
 * as published, to `published` where that is not 0. */
typedef struct fh_letter {
    uint32_t first, last;
    fh_letter_class class;
    uint32_t folded[2];
    uint32_t published;
} fh_letter;

extern const fh_letter fh_letter_table[];
extern const unsigned fh_letter_table_count;

#endif
