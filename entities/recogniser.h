/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a recogniser lies in memory: constant tables that need no start-up, small enough for a core's own cache.
 *
 * It is a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001): each word gets a label,
 * and the likeliest sequence of labels is found, where a label's score is the sum of the weights of what is to be
 * seen at the word (entities/features.h) and of the step from the label before. */
#ifndef FH_ENTITIES_RECOGNISER_H
#define FH_ENTITIES_RECOGNISER_H

#include "entities/entities.h"

/* Where in a name a word stands. */
typedef enum fh_part { FH_PART_BEGIN, FH_PART_INSIDE, FH_PART_END, FH_PART_SINGLE, FH_PARTS } fh_part;

/* Names of other kinds, as of peoples, are told from the three, and then dropped. */
enum {
    FH_NAME_OTHER = FH_ENTITY_ORGANISATION + 1,
    FH_NAME_TYPES,
    FH_OUTSIDE = 0, /* the label of a word in no name */
    FH_LABELS = 1 + FH_NAME_TYPES * FH_PARTS,
    FH_LANES = FH_LABELS - 1, /* weights a feature has: those of FH_OUTSIDE are 0 */
};

static inline unsigned fh_label(unsigned type, fh_part part) {
    return 1 + type * FH_PARTS + part;
}
static inline unsigned fh_label_type(unsigned label) {
    return (label - 1) / FH_PARTS;
}
static inline fh_part fh_label_part(unsigned label) {
    return (fh_part)((label - 1) % FH_PARTS);
}
static inline bool fh_label_opens(unsigned label) {
    return label == FH_OUTSIDE || fh_label_part(label) == FH_PART_BEGIN || fh_label_part(label) == FH_PART_SINGLE;
}
static inline bool fh_label_closes(unsigned label) {
    return label == FH_OUTSIDE || fh_label_part(label) >= FH_PART_END;
}
static inline bool fh_labels_follow(unsigned first, unsigned second) {
    if (fh_label_closes(first)) return fh_label_opens(second);
    return !fh_label_opens(second) && fh_label_type(first) == fh_label_type(second);
}

/* A class of words that stand in the same places: where it is in the tree of all classes. */
typedef struct fh_word_class {
    uint32_t path; /* a bit a step, the first one highest */
    uint8_t depth; /* steps */
} fh_word_class;

/* What is known of a word, kept with a part of its hash: open addressing, linear probing. 0: free. */
enum {
    FH_FACT_CLASS_BITS = 10,
    FH_FACT_MAX_CLASS = (1 << FH_FACT_CLASS_BITS) - 1, /* classes count from 1 */
    FH_FACT_SPORT = 1 << FH_FACT_CLASS_BITS,
    FH_FACT_BITS = FH_FACT_CLASS_BITS + 1,
};

typedef struct fh_word_facts {
    const uint32_t *slots;
    const fh_word_class *classes; /* that of class 0, the unknown, has depth 0 */
    uint32_t mask;
} fh_word_facts;

struct fh_recogniser {
    fh_word_facts facts;
    /* Features by the first `bits` bits of their keys: those of bucket b are from starts[b] on, each with the
     * last 16 bits of its key and a weight for each label but the first. */
    const uint16_t *starts;
    const uint16_t *marks;
    const int8_t (*weights)[FH_LANES];
    const int16_t (*steps)[FH_LABELS]; /* from a label to the next */
    unsigned bits;
};

#endif
