/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and strings as a glass database has them (docs/glass.md), in its keys and tags; records and forms
 * are made of the same. */
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

/* Its length, then the bytes. */
void fh_glass_string(fh_buf *out, fh_str bytes);

/* In byte order as in number order. */
void fh_glass_sorted_uint(fh_buf *out, uint32_t number);

/* In the order of the bytes; what follows does not begin with 0xff. */
void fh_glass_sorted_string(fh_buf *out, fh_str bytes, bool last);

/* ---- Unpacking: each takes from the beginning.  What is not there is 0, or empty, and leaves nothing, not
 * even where it stood: a NULL. ---- */

uint64_t fh_glass_take_uint(fh_str *from);
fh_str fh_glass_take_string(fh_str *from);
uint32_t fh_glass_take_sorted_uint(fh_str *from);

/* How long the string at the beginning of a key is, packed and without its end. */
size_t fh_glass_sorted_len(fh_str key);

/* ---- What the keys of the postlist table begin with that are no terms ---- */

#define FH_KEY_OF_FACT(name) "\x00\xc0" name /* user metadata */
#define FH_KEY_FACT FH_STR(FH_KEY_OF_FACT(""))
#define FH_KEY_VALUE_FACTS FH_STR("\x00\xd0")
#define FH_KEY_VALUES FH_STR("\x00\xd8")
#define FH_KEY_LENGTHS FH_STR("\x00\xe0")

#endif
