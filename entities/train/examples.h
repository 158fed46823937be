/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annotated texts as a learner sees them: each word with its label and what is to be seen at it. */
#ifndef FH_ENTITIES_TRAIN_EXAMPLES_H
#define FH_ENTITIES_TRAIN_EXAMPLES_H

#include "entities/name_features.h"
#include "entities/train/corpus.h"

/* One text.  Words are those of fh_text_words_of. */
typedef struct fh_example {
    const fh_gold_text *gold;
    fh_tokens tokens;
    fh_mentions known;
    size_t count; /* words */
    uint8_t *labels;
    bool *begins;       /* a sentence */
    uint32_t *starts;   /* where a word's features begin; one more behind the last */
    uint32_t *features; /* indices in `keys` */
} fh_example;

typedef struct fh_examples {
    fh_example *items;
    size_t count;
    uint32_t *keys; /* of all features, as fh_features_at gives them */
    size_t key_count, key_capacity;
    uint32_t *slots; /* index + 1 in `keys`, by key */
    fh_arena *arena;
} fh_examples;

/* The corpus must outlive them. */
void fh_examples_make(const fh_corpus *corpus, const fh_word_facts *facts, fh_examples *out);
void fh_examples_free(fh_examples *examples);

#endif
