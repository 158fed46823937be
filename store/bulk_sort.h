/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting strings by bytes: their beginnings as two numbers decide nearly always. */
#ifndef FH_STORE_BULK_SORT_H
#define FH_STORE_BULK_SORT_H

#include "base/str.h"
#include <stdint.h>

/* The first fifteen bytes, zero bytes behind a shorter string, and how many there are, more than that
 * counting as sixteen: as numbers, in byte order.  Of short strings, two with the same key are the same. */
typedef struct fh_sort_key {
    uint64_t high, low;
} fh_sort_key;

enum { FH_SORT_KEY_BYTES = 15 };

typedef struct fh_sort_item {
    fh_sort_key key;
    const char *text; /* behind a byte of its length */
    uint32_t number;  /* the caller's */
} fh_sort_item;

static inline fh_sort_key fh_sort_key_of(fh_str text) {
    union {
        unsigned char bytes[FH_SORT_KEY_BYTES + 1];
        uint64_t halves[2];
    } key = {{0}};
    bool is_short = text.len <= FH_SORT_KEY_BYTES;
    memcpy(key.bytes, text.ptr, is_short ? text.len : FH_SORT_KEY_BYTES);
    key.bytes[FH_SORT_KEY_BYTES] = is_short ? (unsigned char)text.len : FH_SORT_KEY_BYTES + 1;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (fh_sort_key){__builtin_bswap64(key.halves[0]), __builtin_bswap64(key.halves[1])};
#else
    return (fh_sort_key){key.halves[0], key.halves[1]};
#endif
}

/* `spare` has room for as many again. */
void fh_sort(fh_sort_item *items, size_t count, fh_sort_item *spare);

#endif
