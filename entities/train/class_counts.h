/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted of words and classes; between the exchange and the tree. */
#ifndef FH_ENTITIES_TRAIN_CLASS_COUNTS_H
#define FH_ENTITIES_TRAIN_CLASS_COUNTS_H

#include "entities/train/classes.h"

#include <math.h>

/* What stands between words takes part as words with classes of their own, which never change. */
enum { BREAK, SIGN, NUMBER, RARE, FIXED };

enum { VOCABULARY_BITS = 22, LOGS = 1 << 16 };

typedef struct entry {
    uint8_t letters[FH_WORD_LETTERS];
    uint32_t count;
} entry;

typedef struct neighbour {
    uint32_t word, count;
} neighbour;

/* The neighbours of all words on one side: those of word w from starts[w] on. */
typedef struct side {
    uint32_t *starts;
    neighbour *items;
} side;

struct fh_classes {
    entry *entries; /* the first FIXED are no words */
    size_t count, capacity;
    uint32_t *slots; /* index of an entry, 0: free */
    uint32_t *stream;
    size_t length, stream_capacity;
    side sides[2]; /* what stands behind a word, and what before it */
    size_t words, classes;
    uint32_t *class_of;
    uint32_t *counts[2]; /* how often class h stands behind class g: at g * classes + h; and turned over */
    uint64_t *totals[2]; /* of their rows */
    double *costs;       /* n log n */
};

/* What the classes' counts take off the likelihood of the stream, or add to it. */
static inline double fh_class_cost(const fh_classes *c, uint64_t n) {
    return n < LOGS ? c->costs[n] : (double)n * log((double)n);
}

#endif
