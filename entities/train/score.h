/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many names were found, to the letter: a name counts where its first and last token and its type are
 * those of the annotation. */
#ifndef FH_ENTITIES_TRAIN_SCORE_H
#define FH_ENTITIES_TRAIN_SCORE_H

#include "entities/train/corpus.h"

typedef struct fh_score {
    size_t right[FH_NAME_TYPES], found[FH_NAME_TYPES], wanted[FH_NAME_TYPES];
} fh_score;

/* Adds what was found in one text. */
void fh_score_add(fh_score *score, const fh_gold_text *gold, fh_recognised_list found, fh_arena *arena);

/* The names of the gazetteer as if they had been recognised: nisbas and other types are none. */
fh_recognised_list fh_score_listed(fh_mentions known, fh_arena *arena);

/* Appends a line: `name`, then precision, recall and F1 of all types together and of each, in percent. */
void fh_score_write(const fh_score *score, const char *name, fh_buf *out);

#endif
