/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers by chance, the same for the same seed: splitmix64 (Steele, Lea and Flood, 2014). */
#ifndef FH_TESTS_UNIT_CHANCE_H
#define FH_TESTS_UNIT_CHANCE_H

#include <assert.h>
#include <stdint.h>

static inline uint64_t next_random(uint64_t *seed) {
    uint64_t z = *seed += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

static inline uint32_t below(uint64_t *seed, uint32_t end) {
    assert(end > 0);
    return (uint32_t)(next_random(seed) % end);
}

#endif
