/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up what is known of a word. */
#ifndef FH_ENTITIES_FACTS_H
#define FH_ENTITIES_FACTS_H

#include "entities/recogniser.h"
#include "entities/words.h"

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline uint64_t fh_mix(uint64_t value) {
    value *= 0x9E3779B97F4A7C15u;
    return value ^ value >> 32;
}

static inline uint64_t fh_word_hash(const uint8_t letters[FH_WORD_LETTERS]) {
    uint64_t halves[2];
    memcpy(halves, letters, sizeof halves);
    return fh_mix(fh_mix(halves[0]) + halves[1] * 0xC2B2AE3D27D4EB4Fu);
}

/* The part of a hash that is kept with the fact. */
static inline uint32_t fh_fact_mark(uint64_t hash) {
    return (uint32_t)(hash >> 32) << FH_FACT_BITS;
}

/* Tells the processor that the fact of a word is soon asked for. */
static inline void fh_word_fact_fetch(const fh_word_facts *facts, uint64_t hash) {
    __builtin_prefetch(&facts->slots[(uint32_t)hash & facts->mask]);
}

/* 0 for a word of which nothing is known. */
static inline unsigned fh_word_fact(const fh_word_facts *facts, uint64_t hash) {
    uint32_t mark = fh_fact_mark(hash);
    for (uint32_t slot = (uint32_t)hash;; slot++) {
        uint32_t found = facts->slots[slot & facts->mask];
        if (!found) return 0;
        if (((found ^ mark) >> FH_FACT_BITS) == 0) return found & ((1u << FH_FACT_BITS) - 1);
    }
}

#endif
