/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting strings by bytes: their beginnings as two numbers decide nearly always. */
#ifndef FH_STORE_BULK_SORT_H
#define FH_STORE_BULK_SORT_H

#include "base/str.h"
#include <endian.h>
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

/* Of a string with zero bytes behind it, up to FH_SORT_KEY_BYTES. */
static inline fh_sort_key fh_sort_key_of_padded(const char *text, size_t len) {
    uint64_t halves[2];
    memcpy(halves, text, sizeof halves);
    uint64_t counted = len <= FH_SORT_KEY_BYTES ? len : FH_SORT_KEY_BYTES + 1;
    return (fh_sort_key){be64toh(halves[0]), (be64toh(halves[1]) & ~(uint64_t)UINT8_MAX) | counted};
}

/* `spare` has room for as many again. */
void fh_sort(fh_sort_item *items, size_t count, fh_sort_item *spare);

#endif
