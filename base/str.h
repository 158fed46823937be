/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Borrowed strings: a pointer and a length, never an owner.  Bytes are UTF-8 unless a function says
 * otherwise; they need not end in a zero byte and may hold one. */
#ifndef FH_BASE_STR_H
#define FH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct fh_str {
    const char *ptr;
    size_t len; /* bytes */
} fh_str;

/* A list of borrowed strings. */
typedef struct fh_strs {
    fh_str *items;
    size_t count;
} fh_strs;

/* A string literal as a borrowed string. */
#define FH_STR(literal) ((fh_str){(literal), sizeof(literal) - 1})

/* For printf's "%.*s": precision, then pointer. */
#define FH_STR_ARG(str) (int)(str).len, (str).ptr

static inline fh_str fh_str_from(const char *text) {
    return (fh_str){text, text ? strlen(text) : 0};
}

/* Most words have as many bytes as two numbers, and are compared as those: they may overlap. */
static inline bool fh_str_equal(fh_str a, fh_str b) {
    enum { NUMBER = 8 };
    if (a.len != b.len) return false;
    if (a.len < NUMBER || a.len > 2 * NUMBER) return a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0;
    size_t second = a.len - NUMBER;
    return memcmp(a.ptr, b.ptr, NUMBER) == 0 && memcmp(a.ptr + second, b.ptr + second, NUMBER) == 0;
}

static inline bool fh_str_starts(fh_str text, fh_str prefix) {
    return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool fh_str_ends(fh_str text, fh_str suffix) {
    return text.len >= suffix.len &&
           (suffix.len == 0 || memcmp(text.ptr + text.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* How many bytes both begin with. */
static inline size_t fh_str_shared(fh_str a, fh_str b) {
    size_t len = 0;
    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len]) len++;
    return len;
}

/* The bytes from `from` up to, not including, `to`.  Both must lie within the string.  An empty string may
 * have no pointer to add to. */
static inline fh_str fh_str_slice(fh_str text, size_t from, size_t to) {
    return (fh_str){from ? text.ptr + from : text.ptr, to - from};
}

/* Byte order, as memcmp: below, at or above zero. */
int fh_str_compare(fh_str a, fh_str b);

/* Byte offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t fh_str_find(fh_str text, fh_str needle, size_t from);

/* Without the white space at both ends: Unicode White_Space, and the invisible marks that pages leave there
 * (zero-width, bidi controls, byte order mark). */
fh_str fh_str_trim(fh_str text);

/* Cuts the first line off `*rest` and returns it without its end (LF, CR LF or CR). False when nothing is
 * left. */
bool fh_str_line(fh_str *rest, fh_str *line);

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).  Chain by passing the previous value; start with
 * FH_HASH_START. */
#define FH_HASH_START 0xcbf29ce484222325ULL
unsigned long long fh_hash(unsigned long long hash, fh_str bytes);

#endif
