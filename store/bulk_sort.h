/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting strings by bytes: their beginnings as two numbers decide nearly always. */
#ifndef FH_STORE_BULK_SORT_H
#define FH_STORE_BULK_SORT_H

#include "base/str.h"
#include <stdint.h>

/* The first sixteen bytes, zero bytes behind a shorter string, as numbers in byte order. */
typedef struct fh_sort_key {
    uint64_t high, low;
} fh_sort_key;

typedef struct fh_sort_item {
    fh_sort_key key;
    fh_str text;
    uint32_t number; /* the caller's */
} fh_sort_item;

static inline fh_sort_key fh_sort_key_of(fh_str text) {
    uint64_t halves[2] = {0, 0};
    memcpy(halves, text.ptr, text.len < sizeof halves ? text.len : sizeof halves);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (fh_sort_key){__builtin_bswap64(halves[0]), __builtin_bswap64(halves[1])};
#else
    return (fh_sort_key){halves[0], halves[1]};
#endif
}

/* `spare` has room for as many again. */
void fh_sort(fh_sort_item *items, size_t count, fh_sort_item *spare);

#endif
