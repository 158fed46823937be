/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Styles and line breaks.  The only escape sequences in what is painted are those made here
 * (ECMA-48, 8.3.117: SGR). */
#include "query/paint.h"

#include "base/utf8.h"
#include "query/chars.h"
#include <unicode/uchar.h>

static const char escape = '\x1b';
static const fh_str reset = {"\x1b[0m", 4};

static const struct {
    const char *colour, *before, *after;
} styles[] = {
    [FH_STYLE_PLAIN] = {"", "", ""},
    [FH_STYLE_TERM] = {"\x1b[1;33m", "[", "]"},
    [FH_STYLE_ENTITY] = {"\x1b[4;36m", "{", "}"},
    [FH_STYLE_STRONG] = {"\x1b[1m", "", ""},
    [FH_STYLE_FAINT] = {"\x1b[2m", "", ""},
};

void fh_paint_inert(fh_str text, fh_buf *out) {
    uint32_t c;
    bool space = false;
    for (size_t at = 0, length; at < text.len; at += length) {
        length = fh_utf8_next(text, at, &c);
        if (u_isUWhiteSpace((UChar32)c)) {
            if (!space) fh_buf_add_char(out, ' ');
            space = true;
            continue;
        }
        space = false;
        if (!fh_is_obeyed(c)) fh_buf_add_code_point(out, c);
    }
}

void fh_paint(fh_style style, fh_str text, bool colour, fh_buf *out) {
    if (!text.len) return;
    bool escaped = colour && styles[style].colour[0];
    fh_buf_add(out, fh_str_from(escaped ? styles[style].colour : colour ? "" : styles[style].before));
    fh_paint_inert(text, out);
    if (escaped) {
        fh_buf_add(out, reset);
    } else if (!colour) {
        fh_buf_add(out, fh_str_from(styles[style].after));
    }
}

/* ---- Wrapping ---- */

static size_t columns_of(uint32_t code_point) {
    UChar32 c = (UChar32)code_point;
    if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) return 0;
    int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* The end of the escape sequence at `at`. */
static size_t sequence_end(fh_str text, size_t at) {
    while (at < text.len && text.ptr[at] != 'm') at++;
    return at < text.len ? at + 1 : at;
}

typedef struct word {
    size_t from, to, columns;
    fh_str style; /* what is switched on behind it */
} word;

/* The next word, which begins in `style`. */
static bool next_word(fh_str text, size_t at, fh_str style, word *out) {
    while (at < text.len && text.ptr[at] == ' ') at++;
    if (at == text.len) return false;
    *out = (word){.from = at, .style = style};
    uint32_t c;
    while (at < text.len && text.ptr[at] != ' ') {
        if (text.ptr[at] == escape) {
            size_t end = sequence_end(text, at);
            fh_str sequence = fh_str_slice(text, at, end);
            out->style = fh_str_equal(sequence, reset) ? (fh_str){0} : sequence;
            at = end;
        } else {
            at += fh_utf8_next(text, at, &c);
            out->columns += columns_of(c);
        }
    }
    out->to = at;
    return true;
}

static void break_line(size_t indent, fh_str style, fh_buf *out) {
    if (style.len) fh_buf_add(out, reset);
    fh_buf_printf(out, "\n%*s", (int)indent, "");
    fh_buf_add(out, style);
}

void fh_paint_wrapped(fh_str painted, size_t first, size_t indent, size_t width, fh_buf *out) {
    size_t column = first;
    bool empty = true;
    fh_str style = {0};
    word w;
    fh_buf_printf(out, "%*s", (int)first, "");
    for (size_t at = 0; next_word(painted, at, style, &w); at = w.to) {
        if (!empty && column + 1 + w.columns > width) {
            break_line(indent, style, out);
            column = indent;
        } else if (!empty) {
            fh_buf_add_char(out, ' ');
            column++;
        }
        fh_buf_add(out, fh_str_slice(painted, w.from, w.to));
        column += w.columns;
        style = w.style;
        empty = false;
    }
    fh_buf_add_char(out, '\n');
}
