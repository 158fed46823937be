/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of words that stand in the same places, learned from texts that nobody has annotated.
 *
 * The exchange algorithm for class bigrams: Kneser and Ney, "Improved Clustering Techniques for Class-Based
 * Statistical Language Modelling" (1993); Martin, Liermann and Ney, "Algorithms for Bigram and Trigram Word
 * Clustering" (1998). */
#ifndef FH_ENTITIES_TRAIN_CLUSTERS_H
#define FH_ENTITIES_TRAIN_CLUSTERS_H

#include "base/buf.h"
#include "entities/words.h"

typedef struct fh_classes fh_classes;

fh_classes *fh_classes_new(void);
void fh_classes_free(fh_classes *classes); /* takes NULL */

/* Takes notice of a text's words and their neighbours. */
void fh_classes_add(fh_classes *classes, fh_text_words words);

/* Puts the `words` most frequent words into `count` classes, in at most `rounds` rounds; returns how many
 * words the last round moved. */
size_t fh_classes_learn(fh_classes *classes, size_t words, size_t count, size_t rounds);

/* Appends lines: a class's path in the tree of classes, as the digits 0 and 1, and its words, the most
 * frequent ones first, with spaces between. */
void fh_classes_write(fh_classes *classes, fh_buf *out);

#endif
