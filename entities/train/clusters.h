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

typedef struct fh_clusters fh_clusters;

fh_clusters *fh_clusters_new(void);
void fh_clusters_free(fh_clusters *clusters); /* takes NULL */

/* Takes notice of a text's words and their neighbours. */
void fh_clusters_add(fh_clusters *clusters, fh_text_words words);

/* Puts the `words` most frequent words into `classes` classes, in at most `rounds` rounds; returns how many
 * words the last round moved. */
size_t fh_clusters_learn(fh_clusters *clusters, size_t words, size_t classes, size_t rounds);

/* Appends lines: a class's path in the tree of classes, as the digits 0 and 1, and its words, the most frequent
 * ones first, with spaces between. */
void fh_clusters_write(fh_clusters *clusters, fh_buf *out);

#endif
