/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, keys and tags of a glass database (docs/glass.md), appended to buffers. */
#ifndef FH_STORE_GLASS_PACK_H
#define FH_STORE_GLASS_PACK_H

#include "base/buf.h"

/* Bytes of seven bits, as many as 64 need. */
#define FH_GLASS_UINT_MAX 10

static inline void fh_glass_uint(fh_buf *out, uint64_t number) {
    fh_buf_reserve(out, FH_GLASS_UINT_MAX);
    for (; number >= 0x80; number >>= 7) out->ptr[out->len++] = (char)(number | 0x80);
    out->ptr[out->len++] = (char)number;
    out->ptr[out->len] = '\0';
}

void fh_glass_string(fh_buf *out, fh_str bytes);

/* In byte order as in number order. */
void fh_glass_sorted_uint(fh_buf *out, uint32_t number);

/* In the order of the bytes; what follows does not begin with 0xff. */
void fh_glass_sorted_string(fh_buf *out, fh_str bytes, bool last);

/* Positions rise; at least one. */
void fh_glass_positions(fh_buf *out, const uint32_t *positions, size_t count);

#endif
