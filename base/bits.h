/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting bits where the processor need not have an instruction for it: in line, without a call. */
#ifndef FH_BASE_BITS_H
#define FH_BASE_BITS_H

#include <stdint.h>

/* How many bits are set: of pairs, of fours, of bytes, and of all bytes in the highest one (Warren, "Hacker's
 * Delight", 5-1). */
static inline unsigned fh_bits_count(uint64_t word) {
    const uint64_t ones = UINT64_MAX / 3, pairs = UINT64_MAX / 15 * 3, fours = UINT64_MAX / 255 * 15;
    word -= word >> 1 & ones;
    word = (word & pairs) + (word >> 2 & pairs);
    word = (word + (word >> 4)) & fours;
    return (unsigned)(word * (UINT64_MAX / 255) >> 56);
}

#endif
