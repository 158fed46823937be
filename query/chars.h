/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters that mean something in a query, by name, and what a word may be made of. */
#ifndef FH_QUERY_CHARS_H
#define FH_QUERY_CHARS_H

#include "base/letters.h"
#include "base/str.h"
#include <stdint.h>

enum {
    HYPHEN_MINUS = '-',
    HYPHEN = 0x2010,
    EN_DASH = 0x2013,
    EM_DASH = 0x2014,
    MINUS_SIGN = 0x2212,

    QUOTATION_MARK = '"',
    LEFT_DOUBLE_QUOTE = 0x201C,
    RIGHT_DOUBLE_QUOTE = 0x201D,
    LOW_DOUBLE_QUOTE = 0x201E,
    LEFT_GUILLEMET = 0x00AB,
    RIGHT_GUILLEMET = 0x00BB,

    ELLIPSIS = 0x2026,
    BYTE_ORDER_MARK = 0xFEFF,
};

/* Letters, marks, digits and emoji: what is none of these at the end of a word is punctuation. */
bool fh_is_word_char(uint32_t code_point);

/* White space, and the invisible marks that text is pasted with. */
bool fh_is_blank(uint32_t code_point);

/* What may negate a word that follows it directly. */
bool fh_is_dash(uint32_t code_point);

/* 0: no quotation mark.  Marks of one family close each other, whichever way they point: right-to-left text
 * is full of marks that point the wrong way. */
enum { NO_QUOTE, DOUBLE_QUOTES, GUILLEMETS };
int fh_quote_family(uint32_t code_point);

/* Without what is punctuation at both ends; `#` and `@` stay before a word. */
fh_str fh_trim_punctuation(fh_str text);

/* How many runs of word characters: no text gives more words than that. */
size_t fh_count_words(fh_str text);

#endif
