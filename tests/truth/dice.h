/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chance that can be had again: the same seed throws the same (Steele, Lea and Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014: SplitMix64). */
#ifndef FH_TESTS_TRUTH_DICE_H
#define FH_TESTS_TRUTH_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t dice_next(dice *d) {
    uint64_t z = d->state += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

/* 0 to sides - 1; of no sides, 0. */
static inline size_t dice_below(dice *d, size_t sides) {
    return sides ? (size_t)(dice_next(d) % sides) : 0;
}

/* From `least` to `most`, both in. */
static inline size_t dice_between(dice *d, size_t least, size_t most) {
    return least + dice_below(d, most - least + 1);
}

static inline bool dice_one_in(dice *d, size_t sides) {
    return dice_below(d, sides) == 0;
}

#endif
