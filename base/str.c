/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Borrowed strings. */
#include "base/str.h"
#include "base/utf8.h"

#include <stdint.h>
#include <unicode/uchar.h>

int fh_str_compare(fh_str a, fh_str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

size_t fh_str_find(fh_str text, fh_str needle, size_t from) {
    if (from > text.len || needle.len > text.len - from) return SIZE_MAX;
    if (!needle.len) return from;
    const char *found = memmem(text.ptr + from, text.len - from, needle.ptr, needle.len);
    return found ? (size_t)(found - text.ptr) : SIZE_MAX;
}

static bool is_blank(uint32_t c) {
    if (c < 0x80) return c <= ' ';
    return u_isUWhiteSpace((UChar32)c) || u_charType((UChar32)c) == U_FORMAT_CHAR;
}

fh_str fh_str_trim(fh_str text) {
    size_t from = 0, to = text.len;
    uint32_t c;
    while (from < to) {
        size_t length = fh_utf8_next(text, from, &c);
        if (!is_blank(c)) break;
        from += length;
    }
    while (to > from) {
        size_t before = fh_utf8_previous(text, to);
        fh_utf8_next(text, before, &c);
        if (!is_blank(c)) break;
        to = before;
    }
    return fh_str_slice(text, from, to);
}

/* Piece by piece, since a text may have the one kind of line end and never the other. */
static size_t line_end(fh_str text) {
    enum { PIECE = 256 };
    for (size_t at = 0; at < text.len; at += PIECE) {
        size_t length = text.len - at < PIECE ? text.len - at : PIECE;
        const char *piece = text.ptr + at, *feed = memchr(piece, '\n', length);
        if (feed) length = (size_t)(feed - piece);
        const char *end = memchr(piece, '\r', length);
        if (!end) end = feed;
        if (end) return (size_t)(end - text.ptr);
    }
    return text.len;
}

bool fh_str_line(fh_str *rest, fh_str *line) {
    if (rest->len == 0) return false;
    size_t end = line_end(*rest);
    *line = fh_str_slice(*rest, 0, end);
    size_t next = end;
    if (next < rest->len && rest->ptr[next] == '\r') next++;
    if (next < rest->len && rest->ptr[next] == '\n') next++;
    *rest = fh_str_slice(*rest, next, rest->len);
    return true;
}

unsigned long long fh_hash(unsigned long long hash, fh_str bytes) {
    for (size_t i = 0; i < bytes.len; i++) hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3ULL;
    return hash;
}
