/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers by chance, the same everywhere: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom
 * Number Generators", 2014).  Any number is a good seed, so what is drawn once and for all for a thing is
 * drawn with dice of that thing's own. */
#ifndef FH_TESTS_BENCH_DICE_H
#define FH_TESTS_BENCH_DICE_H

#include <stddef.h>
#include <stdint.h>

typedef struct fh_dice {
    uint64_t state;
} fh_dice;

static inline uint64_t fh_dice_mix(uint64_t number) {
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

static inline uint64_t fh_dice_roll(fh_dice *dice) {
    return fh_dice_mix(dice->state += 0x9e3779b97f4a7c15u);
}

static inline fh_dice fh_dice_of(uint64_t seed, uint64_t thing) {
    return (fh_dice){fh_dice_mix(seed) ^ fh_dice_mix(~thing)};
}

/* Below `sides`, which is at least 1. */
static inline size_t fh_dice_below(fh_dice *dice, size_t sides) {
    return (size_t)(((fh_dice_roll(dice) >> 32) * sides) >> 32);
}

/* From 0, inclusive, to 1. */
static inline double fh_dice_chance(fh_dice *dice) {
    return (double)(fh_dice_roll(dice) >> 11) * 0x1p-53;
}

/* Where people choose among many, one of m is chosen as often as 1/m: 0 half of the time, 1 a sixth, … */
static inline uint64_t fh_dice_habit(fh_dice *dice) {
    return (uint64_t)(1 / (1 - fh_dice_chance(dice))) - 1;
}

#endif
