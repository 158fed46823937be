/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread's use of a recogniser: the weights of words that came up lately.  Most of what is to be seen at
 * a word is the same wherever it stands, and a few thousand words are most of any text. */
#ifndef FH_ENTITIES_FINDER_H
#define FH_ENTITIES_FINDER_H

#include "entities/name_features.h"

/* The weights of several features together, a lane a label. */
typedef int16_t fh_sums[FH_LANES];

/* What one word weighs, wherever it stands. */
typedef struct fh_word_sums {
    fh_sums alone;          /* for itself */
    fh_sums before, behind; /* for the word that it stands before or behind */
} fh_word_sums;

/* A text as it is decoded. */
typedef struct fh_weighed_text {
    fh_text_view view;
    fh_word_sums *sums; /* of its words, with one more at either end */
} fh_weighed_text;

fh_weighed_text fh_text_weigh_words(fh_name_finder *finder, fh_tokens tokens, fh_text_words words,
                                    fh_mentions known, fh_arena *arena);

/* All that is to be seen at word `at`. */
void fh_word_weigh(fh_name_finder *finder, const fh_weighed_text *text, size_t at, fh_sums out);

const fh_recogniser *fh_name_finder_model(const fh_name_finder *finder);

#endif
