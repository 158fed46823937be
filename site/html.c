/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where text becomes part of markup. */
#include "site/html.h"

#include "base/utf8.h"

#include <strings.h>

static const char *escape_of(char byte) {
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

static bool is_white(uint32_t c) {
    return c == '\n' || c == '\t' || c == '\r';
}

static void add(fh_buf *out, fh_str text, bool (*is_left_out)(uint32_t c)) {
    size_t done = 0;
    uint32_t c;
    for (size_t at = 0, next; at < text.len; at = next) {
        next = at + fh_utf8_next(text, at, &c);
        const char *escape = c < 0x80 ? escape_of((char)c) : NULL;
        if (!escape && !is_left_out(c)) continue;
        fh_buf_add(out, fh_str_slice(text, done, at));
        if (escape) fh_buf_add(out, fh_str_from(escape));
        done = next;
    }
    fh_buf_add(out, fh_str_slice(text, done, text.len));
}

static bool is_control(uint32_t c) {
    return c < ' ' && !is_white(c);
}

/* UAX #9, 2.1 to 2.5.  The marks of 2.6 turn nothing around: outlets mend the place of a sign with them. */
enum {
    EMBEDDING = 0x202A,
    LAST_OVERRIDE = 0x202E,
    ISOLATE = 0x2066,
    END_OF_ISOLATE = 0x2069,
};

static bool turns_letters(uint32_t c) {
    return (c >= EMBEDDING && c <= LAST_OVERRIDE) || (c >= ISOLATE && c <= END_OF_ISOLATE);
}

static bool is_obeyed(uint32_t c) {
    return is_control(c) || turns_letters(c);
}

void fh_html_add(fh_buf *out, fh_str text) {
    add(out, text, is_obeyed);
}

void fh_html_add_address(fh_buf *out, fh_str url) {
    add(out, url, is_control);
}

bool fh_is_web_address(fh_str url) {
    static const char *const starts[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i]);
        if (url.len > length && strncasecmp(url.ptr, starts[i], length) == 0) return true;
    }
    return false;
}
