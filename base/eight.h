/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eight bytes of a text at a time, in any processor's registers.  The answer about each byte is its own
 * highest bit; the byte that stands first is the lowest. */
#ifndef FH_BASE_EIGHT_H
#define FH_BASE_EIGHT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define FH_EIGHT sizeof(uint64_t)

/* The same byte eight times. */
#define FH_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define FH_HIGHEST FH_EACH(0x80)

static inline uint64_t fh_eight_at(const char *at) {
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return le64toh(bytes);
}

/* Which bytes are below `limit`, at most 0x80; beyond the first that is, others may be told by mistake. */
static inline uint64_t fh_eight_below(uint64_t bytes, unsigned char limit) {
    return (bytes - FH_EACH(limit)) & ~bytes & FH_HIGHEST;
}

/* Which bytes are `byte`; beyond the first that is, others may be told by mistake. */
static inline uint64_t fh_eight_equal(uint64_t bytes, unsigned char byte) {
    return fh_eight_below(bytes ^ FH_EACH(byte), 1);
}

/* Where the first byte stands that an answer is about; there is one. */
static inline size_t fh_eight_first(uint64_t answer) {
    return (size_t)__builtin_ctzll(answer) / 8;
}

#endif
