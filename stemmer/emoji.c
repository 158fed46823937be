/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emoji clusters (Unicode Technical Standard 51, section 1.4): a picture, what varies it, and more pictures
 * joined to it; a flag is a pair of regional indicators. */
#include "stemmer/extent.h"

#include <unicode/uchar.h>

enum {
    ZERO_WIDTH_JOINER = 0x200D,
    TEXT_STYLE = 0xFE0E,
    EMOJI_STYLE = 0xFE0F,
    FIRST_TAG = 0xE0020, /* the letters of subdivision flags */
    LAST_TAG = 0xE007F,
};

static uint32_t peek(fh_str text, size_t at, size_t *bytes) {
    uint32_t c = 0;
    *bytes = at < text.len ? fh_utf8_next(text, at, &c) : 0;
    return c;
}

static bool is(uint32_t c, UProperty property) {
    return u_hasBinaryProperty((UChar32)c, property);
}

size_t fh_emoji_end(fh_str text, size_t at, fh_word *word) {
    size_t bytes;
    uint32_t c = peek(text, at, &bytes);
    at += bytes;
    fh_word_add(word, c);
    if (is(c, UCHAR_REGIONAL_INDICATOR)) {
        c = peek(text, at, &bytes);
        if (!is(c, UCHAR_REGIONAL_INDICATOR)) return at;
        fh_word_add(word, c);
        return at + bytes;
    }
    for (;;) {
        c = peek(text, at, &bytes);
        if (c >= FIRST_TAG && c <= LAST_TAG) {
            fh_word_add(word, c);
        } else if (c == ZERO_WIDTH_JOINER) {
            size_t joined_bytes;
            uint32_t joined = peek(text, at + bytes, &joined_bytes);
            if (!is(joined, UCHAR_EXTENDED_PICTOGRAPHIC)) return at;
            fh_word_add(word, c);
            fh_word_add(word, joined);
            bytes += joined_bytes;
        } else if (c != TEXT_STYLE && c != EMOJI_STYLE && !is(c, UCHAR_EMOJI_MODIFIER)) {
            /* Styles and skin tones are passed over: a search for one finds all. */
            return at;
        }
        at += bytes;
    }
}
