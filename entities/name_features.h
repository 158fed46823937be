/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be seen at each word of a text: the same code for training and for use. */
#ifndef FH_ENTITIES_NAME_FEATURES_H
#define FH_ENTITIES_NAME_FEATURES_H

#include "entities/recogniser.h"
#include "entities/words.h"

/* How many values some of it can have. */
enum {
    FH_CLITICS = 8,
    FH_SHAPES = 5,
    FH_FORMS = FH_SHAPES * FH_CLITICS,
    FH_TOPICS = 4,
    FH_NISBA_MENTION = FH_ENTITY_PRODUCT + 1, /* behind the types of listed names */
    FH_MENTIONS = 1 + (FH_NISBA_MENTION + 1) * FH_NAME_PARTS,
};

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

static inline unsigned fh_form_of(const fh_word_view *word) {
    return word->clitics | (unsigned)word->shape * FH_CLITICS;
}

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

/* ---- The same in parts, by what they depend on: what is the same again need not be looked up again ---- */

typedef enum fh_side { FH_SIDE_BEFORE, FH_SIDE_BEHIND } fh_side;

/* On one word's letters: what it shows for itself, what it gives to the word that it stands before or behind,
 * and to the one beyond that. */
size_t fh_features_alone(const fh_word_view *word, uint32_t *out);
size_t fh_features_beside(const fh_word_view *near, fh_side side, uint32_t *out);
uint32_t fh_feature_beyond(const fh_word_view *far, fh_side side);

/* On the marks around a word; on listed names and topic. */
size_t fh_features_of_gaps(const fh_word_view *word, uint32_t *out);
size_t fh_features_of_mentions(const fh_word_view *word, uint32_t *out);

/* On what has few values: a word's form and that of its neighbour; part of a listed name and last letter;
 * topic and class, the word's own or that of the word before; … */
uint32_t fh_feature_forms(fh_side side, unsigned near, unsigned form);
uint32_t fh_feature_ending(unsigned mention, unsigned letter);
uint32_t fh_feature_topic(unsigned topic, fh_word_class class);
uint32_t fh_feature_topic_behind(unsigned topic, fh_word_class before);

/* … and where the same word stands elsewhere, the class before or behind it there, the part of a listed name
 * that it is there, and its clitics there and here. */
uint32_t fh_feature_elsewhere(fh_side side, fh_word_class near);
uint32_t fh_feature_elsewhere_mention(unsigned mention);
uint32_t fh_feature_elsewhere_clitics(unsigned there, unsigned here);

/* On the classes of a word and its neighbours. */
enum { FH_CLASS_FEATURES = 3 };
void fh_features_of_classes(const fh_word_view *word, uint32_t out[FH_CLASS_FEATURES]);

#endif
