/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning a dictionary: which segments of the sample hold the n-grams that most of its pieces have? */
#include "store/dictionary.h"
#include "base/memory.h"
#include "store/codec.h"
#include <assert.h>
#include <stdlib.h>

enum {
    GRAM = 6,                   /* bytes of an n-gram: a word's letters in SCSU, more or less */
    SEGMENT = 64,               /* bytes of a phrase */
    GRAMS = SEGMENT - GRAM + 1, /* n-grams in a phrase */
    TABLE_BITS = 20,
};

/* How many pieces have an n-gram, by its hash.  Two that share a hash count as one. */
typedef struct gram_counts {
    uint32_t *pieces;
    uint32_t *last; /* the piece that was counted last, from 1 */
} gram_counts;

static uint32_t gram_hash(const char *at) {
    uint32_t low;
    uint16_t high;
    static_assert(sizeof low + sizeof high == GRAM, "an n-gram is read in two loads");
    memcpy(&low, at, sizeof low);
    memcpy(&high, at + sizeof low, sizeof high);
    uint64_t gram = (uint64_t)high << 32 | low;
    return (uint32_t)((gram * 0x9e3779b97f4a7c15ULL) >> (64 - TABLE_BITS)); /* Knuth's multiplicative hash */
}

void fh_sample_add(fh_sample *sample, fh_str piece) {
    fh_buf_add(&sample->bytes, piece);
    sample->ends = fh_grow(sample->ends, sample->count, &sample->capacity, sizeof *sample->ends);
    sample->ends[sample->count++] = sample->bytes.len;
}

void fh_sample_free(fh_sample *sample) {
    fh_buf_free(&sample->bytes);
    free(sample->ends);
    *sample = (fh_sample){0};
}

static void count_grams(const fh_sample *sample, gram_counts *out) {
    size_t start = 0;
    for (size_t i = 0; i < sample->count; start = sample->ends[i++]) {
        for (size_t at = start; at + GRAM <= sample->ends[i]; at++) {
            uint32_t hash = gram_hash(sample->bytes.ptr + at);
            if (out->last[hash] == i + 1) continue;
            out->last[hash] = (uint32_t)(i + 1);
            out->pieces[hash]++;
        }
    }
    /* What one piece has alone is worth nothing to the others. */
    for (size_t i = 0; i < (size_t)1 << TABLE_BITS; i++) {
        if (out->pieces[i] == 1) out->pieces[i] = 0;
    }
}

/* The segment of [from, to) whose n-grams the most pieces have; `*worth` is how many in all. */
static size_t best_segment(const gram_counts *counts, const char *bytes, size_t from, size_t to,
                           uint64_t *worth) {
    uint64_t sum = 0;
    size_t best = from;
    *worth = 0;
    for (size_t at = from; at + GRAM <= to; at++) {
        sum += counts->pieces[gram_hash(bytes + at)];
        if (at >= from + GRAMS) sum -= counts->pieces[gram_hash(bytes + at - GRAMS)];
        if (at + 1 >= from + GRAMS && sum > *worth) {
            *worth = sum;
            best = at + 1 - GRAMS;
        }
    }
    return best;
}

typedef struct segment {
    size_t start;
    uint64_t worth;
} segment;

static int by_worth(const void *a, const void *b) {
    const segment *x = a, *y = b;
    if (x->worth != y->worth) return x->worth < y->worth ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* One segment from each stretch of the sample; what it covers is worth nothing to the next ones. */
static size_t choose(const fh_sample *sample, gram_counts *counts, segment *out, size_t count) {
    size_t chosen = 0, bytes = sample->bytes.len, stretch = bytes / count;
    for (size_t i = 0; i < count; i++) {
        segment *next = &out[chosen];
        next->start = best_segment(counts, sample->bytes.ptr, i * stretch, (i + 1) * stretch, &next->worth);
        if (next->worth == 0) continue;
        for (size_t at = 0; at < GRAMS; at++) {
            counts->pieces[gram_hash(sample->bytes.ptr + next->start + at)] = 0;
        }
        chosen++;
    }
    return chosen;
}

void fh_dictionary_learn(const fh_sample *sample, fh_buf *out) {
    size_t count = FH_DICTIONARY_MAX / SEGMENT;
    if (sample->bytes.len < count * SEGMENT) return;
    gram_counts counts = {fh_alloc_zeroed((size_t)1 << TABLE_BITS, sizeof *counts.pieces),
                          fh_alloc_zeroed((size_t)1 << TABLE_BITS, sizeof *counts.last)};
    segment segments[FH_DICTIONARY_MAX / SEGMENT];
    count_grams(sample, &counts);
    size_t chosen = choose(sample, &counts, segments, count);
    qsort(segments, chosen, sizeof *segments, by_worth);
    for (size_t i = 0; i < chosen; i++) {
        fh_buf_add(out, (fh_str){sample->bytes.ptr + segments[i].start, SEGMENT});
    }
    free(counts.pieces);
    free(counts.last);
}
