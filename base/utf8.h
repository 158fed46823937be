/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 (RFC 3629): overlong forms, surrogates and what lies above U+10FFFF are invalid. */
#ifndef FH_BASE_UTF8_H
#define FH_BASE_UTF8_H

#include "base/str.h"
#include <stdint.h>

#define FH_UTF8_MAX 4          /* bytes in the longest code point */
#define FH_REPLACEMENT 0xFFFDu /* stands for a byte that is not UTF-8 */

/* As fh_utf8_next, of any length. */
size_t fh_utf8_next_far(fh_str text, size_t at, uint32_t *code_point);

/* Decodes the code point at byte `at` (below text.len) and returns its length in bytes; an invalid byte
 * counts as FH_REPLACEMENT, at least one byte long (Unicode 15, 3.9: maximal subparts).  Nearly all of Arabic
 * text is one byte or two. */
static inline size_t fh_utf8_next(fh_str text, size_t at, uint32_t *code_point) {
    unsigned char lead = (unsigned char)text.ptr[at];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    unsigned trail = text.len - at > 1 ? (unsigned char)text.ptr[at + 1] ^ 0x80u : UINT8_MAX;
    if (lead < 0xC2 || lead >= 0xE0 || trail > 0x3F) return fh_utf8_next_far(text, at, code_point);
    *code_point = (lead & 0x1Fu) << 6 | trail;
    return 2;
}

/* Byte offset of the code point before byte `at` (above 0). */
size_t fh_utf8_previous(fh_str text, size_t at);

/* Writes a code point (a valid scalar value) into `out` and returns how many bytes it took. */
size_t fh_utf8_put(char out[FH_UTF8_MAX], uint32_t code_point);

/* Byte offset of the first byte that is not UTF-8, or SIZE_MAX where all is well. */
size_t fh_utf8_invalid(fh_str text);

/* What does not change which word is read: vowel marks, tatweel, zero-width and direction controls. */
bool fh_is_unseen(uint32_t code_point);

/* What is obeyed instead of shown, by a terminal or by what lays out lines: control characters, and those
 * that turn the direction of what follows (Unicode's Bidi_Control). */
bool fh_is_obeyed(uint32_t code_point);

/* Does byte `at` of valid UTF-8, or its end, stand between code points? */
static inline bool fh_utf8_is_edge(fh_str text, size_t at) {
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0u) != 0x80u;
}

/* How many code points. */
size_t fh_utf8_count(fh_str text);

/* The longest beginning of `text` that has at most `bytes` bytes and ends between code points. */
fh_str fh_utf8_cut(fh_str text, size_t bytes);

#endif
