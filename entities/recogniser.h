/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a recogniser lies in memory: constant tables that need no start-up, small enough for a core's own
 * cache.
 *
 * It is a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001): each word gets a
 * label, and the likeliest sequence of labels is found, where a label's score is the sum of the weights of
 * what is to be seen at the word (entities/name_features.h) and of the step from the label before. */
#ifndef FH_ENTITIES_RECOGNISER_H
#define FH_ENTITIES_RECOGNISER_H

#include "entities/entities.h"

/* Where in a name a word stands. */
typedef enum fh_name_part {
    FH_NAME_BEGIN,
    FH_NAME_INSIDE,
    FH_NAME_END,
    FH_NAME_SINGLE,
    FH_NAME_PARTS
} fh_name_part;

/* Labels: a word is in no name, or in a name of one of the three types.  Names of other kinds, as of peoples,
 * are told from those, and then dropped: of their words it is enough to know whether a name begins. */
enum {
    FH_NAME_TYPES = FH_ENTITY_ORGANISATION + 1,
    FH_NAME_OTHER = FH_NAME_TYPES, /* the type of those */
    FH_OUTSIDE = 0,
    FH_OTHER_BEGIN = 1 + FH_NAME_TYPES * FH_NAME_PARTS,
    FH_OTHER_INSIDE,
    FH_LABELS,
    FH_LANES = 16, /* weights a feature has: one a label, and none */
};

static inline unsigned fh_label(unsigned type, fh_name_part part) {
    if (type == FH_NAME_OTHER)
        return part == FH_NAME_BEGIN || part == FH_NAME_SINGLE ? FH_OTHER_BEGIN : FH_OTHER_INSIDE;
    return 1 + type * FH_NAME_PARTS + part;
}
static inline unsigned fh_label_type(unsigned label) {
    return label < FH_OTHER_BEGIN ? (label - 1) / FH_NAME_PARTS : FH_NAME_OTHER;
}
static inline fh_name_part fh_label_part(unsigned label) {
    return (fh_name_part)((label - 1) % FH_NAME_PARTS);
}

/* May a sentence begin, or a name have ended, before the label?  May they end behind it? */
static inline bool fh_label_opens(unsigned label) {
    if (label == FH_OUTSIDE || label >= FH_OTHER_BEGIN) return label != FH_OTHER_INSIDE;
    return fh_label_part(label) == FH_NAME_BEGIN || fh_label_part(label) == FH_NAME_SINGLE;
}
static inline bool fh_label_closes(unsigned label) {
    return label == FH_OUTSIDE || label >= FH_OTHER_BEGIN || fh_label_part(label) >= FH_NAME_END;
}
static inline bool fh_labels_follow(unsigned first, unsigned second) {
    if (fh_label_opens(second)) return fh_label_closes(first);
    if (second == FH_OTHER_INSIDE) return first >= FH_OTHER_BEGIN;
    return !fh_label_closes(first) && fh_label_type(first) == fh_label_type(second);
}

/* A class of words that stand in the same places: where it is in the tree of all classes. */
typedef struct fh_word_class {
    uint32_t path;   /* a bit a step, the first one highest */
    uint8_t depth;   /* steps */
    uint16_t number; /* its own */
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
    uint32_t mask, class_count;
} fh_word_facts;

struct fh_recogniser {
    fh_word_facts facts;
    /* Features by their keys in a table without collisions: a key's first bits choose a shift, and key and
     * shift the only slot where it can be (Pagh, "Hash and Displace", 1999), so that most of a word's
     * features can be looked up at the same time.  A slot has the last 16 bits of its key and a weight for
     * each label. */
    const uint16_t *shifts, *marks;
    const int8_t (*weights)[FH_LANES];
    const int16_t (*steps)[FH_LABELS]; /* from a label to the next */
};

enum { FH_SHIFT_BITS = 14, FH_SLOT_BITS = 16, FH_KEY_BITS = 32 };

static inline uint32_t fh_feature_bucket(uint32_t key) {
    return key >> (FH_KEY_BITS - FH_SHIFT_BITS);
}
static inline uint32_t fh_feature_slot(uint32_t key, uint16_t shift) {
    uint32_t mixed = (key ^ shift * 0x9E3779B1u) * 0x85EBCA6Bu;
    return (mixed ^ mixed >> 15) * 0xC2B2AE35u >> (FH_KEY_BITS - FH_SLOT_BITS);
}

#endif
