/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread's use of a recogniser: the weights of words that came up lately.  Most of what is to be seen at
 * a word is the same wherever it stands, and some ten thousand words are most of any text. */
#ifndef FH_ENTITIES_FINDER_H
#define FH_ENTITIES_FINDER_H

#include "entities/near.h"
#include "entities/weights.h"

/* A text as it is decoded. */
typedef struct fh_weighed_text {
    fh_text_view view;
    fh_sums *sums; /* of each word: of what it and its neighbours show by their letters */
    fh_feature_place (*classes)[FH_CLASS_FEATURES]; /* of each word: on its class and its neighbours' */
} fh_weighed_text;

fh_weighed_text fh_text_weigh_words(fh_name_finder *finder, fh_tokens tokens, fh_text_words words,
                                    fh_mentions known, fh_arena *arena);

/* All that is to be seen at word `at`. */
void fh_word_weigh(fh_name_finder *finder, const fh_weighed_text *text, size_t at, fh_sums out);

const fh_recogniser *fh_name_finder_model(const fh_name_finder *finder);

/* For the names that were found. */
fh_near_memory *fh_name_finder_near(fh_name_finder *finder);

#endif
