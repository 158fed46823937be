/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be seen at each word of a text: the same code for training and for use. */
#ifndef FH_ENTITIES_NAME_FEATURES_H
#define FH_ENTITIES_NAME_FEATURES_H

#include "entities/recogniser.h"
#include "entities/words.h"

/* What one word shows by itself. */
typedef struct fh_word_view {
    uint64_t hash; /* of the whole word */
    uint64_t base; /* without و ف ب ل ك, where that is a known word or the whole is none */
    uint64_t stem; /* without an article too */
    fh_word_class class, base_class;
    uint32_t prefix, suffix;   /* of the stem's first letters, of the last; the outermost one lowest */
    uint32_t before, after;    /* the nearest words with the same base, by index; itself: there is none */
    uint8_t gap, count, shape; /* before the word; its letters; its script */
    uint8_t clitics;           /* which it bears, one bit each */
    uint8_t mention;           /* which part of what listed name it is; 0: none */
    uint8_t topic;             /* how much around it is about sport */
    bool stop, sport;
} fh_word_view;

typedef struct fh_text_view {
    fh_word_view *words; /* with FH_VIEW_EDGE more at either end */
    size_t count;
} fh_text_view;

#define FH_VIEW_EDGE 2

/* What stands before a text's first word and behind its last. */
extern const fh_word_view fh_view_edge;

/* What a word shows by its letters alone; where it stands is left empty. */
void fh_word_view_make(const fh_word_facts *facts, const fh_text_word *word, fh_word_view *out);

/* A view whose words are still to be made. */
fh_text_view fh_text_view_new(size_t count, fh_arena *arena);

/* Fills in where the words stand. */
void fh_text_view_connect(fh_text_view *view, fh_tokens tokens, fh_text_words words, fh_mentions known,
                          fh_arena *arena);

/* All of this. */
fh_text_view fh_text_view_of(const fh_word_facts *facts, fh_tokens tokens, fh_text_words words,
                             fh_mentions known, fh_arena *arena);

/* ---- Keys ---- */

#define FH_MAX_FEATURES 96

/* The keys of what is to be seen at word `at`; returns how many. */
size_t fh_features_at(const fh_text_view *view, size_t at, uint32_t out[FH_MAX_FEATURES]);

/* The same in four parts, so that what follows from one word alone need not be made anew wherever the word
 * stands: what it shows for itself … */
size_t fh_features_alone(const fh_word_view *word, uint32_t *out);

/* … what it gives to the word that it stands before or behind … */
typedef enum fh_side { FH_SIDE_BEFORE, FH_SIDE_BEHIND } fh_side;
size_t fh_features_beside(const fh_word_view *near, fh_side side, uint32_t *out);

/* … what it shows together with others … */
size_t fh_features_together(const fh_text_view *view, size_t at, uint32_t *out);

/* … and marks, listed names and topic around it, a byte each. */
size_t fh_features_around(const fh_word_view *word, uint32_t *out);

#endif
