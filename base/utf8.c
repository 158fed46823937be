/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 through ICU's macros, which know the maximal subparts. */
#include "base/utf8.h"
#include "base/eight.h"

#include <stdint.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* ICU's macros convert between signs and widths within themselves. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"

size_t fh_utf8_next_far(fh_str text, size_t at, uint32_t *code_point) {
    size_t from = at;
    UChar32 c;
    U8_NEXT_OR_FFFD(text.ptr, at, text.len, c);
    *code_point = (uint32_t)c;
    return at - from;
}

size_t fh_utf8_previous(fh_str text, size_t at) {
    const uint8_t *bytes = (const uint8_t *)text.ptr;
    U8_BACK_1(bytes, 0, at);
    return at;
}

size_t fh_utf8_put(char out[FH_UTF8_MAX], uint32_t code_point) {
    size_t length = 0;
    U8_APPEND_UNSAFE((uint8_t *)out, length, code_point);
    return length;
}

/* Are these eight bytes code points of one byte or two, behind a byte that began one where `open` is a
 * highest bit?  Then it is left so for those that follow. */
static bool is_near(uint64_t bytes, uint64_t *open) {
    uint64_t high = bytes & FH_HIGHEST, leads = high & bytes << 1, trails = high & ~leads;
    uint64_t of_three = bytes << 2, beyond_ascii = bytes << 3 | bytes << 4 | bytes << 5 | bytes << 6;
    if (leads & (of_three | ~beyond_ascii)) return false;
    if (trails != (leads << 8 | *open)) return false;
    *open = leads >> 56;
    return true;
}

/* How many of the bytes from `at` on are soon seen to be whole code points: nearly all of Arabic text. */
static size_t near_bytes(fh_str text, size_t at) {
    uint64_t open = 0;
    size_t end = at;
    while (text.len - end >= FH_EIGHT && is_near(fh_eight_at(text.ptr + end), &open)) end += FH_EIGHT;
    return end - at - (open ? 1 : 0);
}

size_t fh_utf8_invalid(fh_str text) {
    for (size_t at = 0; at < text.len;) {
        at += near_bytes(text, at);
        if (at == text.len) break;
        size_t from = at;
        UChar32 c;
        U8_NEXT(text.ptr, at, text.len, c);
        if (c < 0) return from;
    }
    return SIZE_MAX;
}

enum letter {
    TATWEEL = 0x0640,
};

bool fh_is_unseen(uint32_t code_point) {
    int8_t type = u_charType((UChar32)code_point);
    return code_point == TATWEEL || type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR;
}

bool fh_is_obeyed(uint32_t code_point) {
    UChar32 c = (UChar32)code_point;
    return u_isISOControl(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL);
}

size_t fh_utf8_count(fh_str text) {
    size_t count = 0;
    uint32_t c;
    for (size_t at = 0; at < text.len; at += fh_utf8_next(text, at, &c)) count++;
    return count;
}

fh_str fh_utf8_cut(fh_str text, size_t bytes) {
    if (text.len <= bytes) return text;
    while (bytes > 0 && U8_IS_TRAIL(text.ptr[bytes])) bytes--;
    return (fh_str){text.ptr, bytes};
}
