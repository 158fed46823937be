/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of characters, by their Unicode properties. */
#include "query/chars.h"

#include "base/utf8.h"
#include <unicode/uchar.h>

bool fh_is_word_char(uint32_t code_point) {
    const uint32_t words = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_SO_MASK;
    UChar32 c = (UChar32)code_point;
    return (U_GET_GC_MASK(c) & words) != 0 || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}

bool fh_is_blank(uint32_t code_point) {
    UChar32 c = (UChar32)code_point;
    return u_isUWhiteSpace(c) || u_isISOControl(c) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) ||
           c == BYTE_ORDER_MARK;
}

bool fh_is_dash(uint32_t code_point) {
    return code_point == HYPHEN_MINUS || code_point == HYPHEN || code_point == EN_DASH ||
           code_point == MINUS_SIGN;
}

int fh_quote_family(uint32_t code_point) {
    switch (code_point) {
    case QUOTATION_MARK:
    case LEFT_DOUBLE_QUOTE:
    case RIGHT_DOUBLE_QUOTE:
    case LOW_DOUBLE_QUOTE: return DOUBLE_QUOTES;
    case LEFT_GUILLEMET:
    case RIGHT_GUILLEMET: return GUILLEMETS;
    default: return NO_QUOTE;
    }
}

fh_str fh_trim_punctuation(fh_str text) {
    size_t from = 0, to = text.len;
    uint32_t c;
    for (size_t length; from < to; from += length) {
        length = fh_utf8_next(text, from, &c);
        if (fh_is_word_char(c)) break;
    }
    for (size_t at; to > from; to = at) {
        at = fh_utf8_previous(text, to);
        fh_utf8_next(text, at, &c);
        if (fh_is_word_char(c)) break;
    }
    if (from < to && from > 0 && (text.ptr[from - 1] == '#' || text.ptr[from - 1] == '@')) from--;
    return fh_str_slice(text, from, to);
}

size_t fh_count_words(fh_str text) {
    size_t words = 0;
    bool within = false;
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        bool word = fh_is_word_char(c);
        words += word && !within;
        within = word;
    }
    return words;
}
