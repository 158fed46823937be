/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where text becomes part of markup. */
#include "site/html.h"

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

static bool is_control(char byte) {
    return (unsigned char)byte < ' ' && byte != '\n' && byte != '\t' && byte != '\r';
}

void fh_html_add(fh_buf *out, fh_str text) {
    size_t done = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *escape = escape_of(text.ptr[i]);
        if (!escape && !is_control(text.ptr[i])) continue;
        fh_buf_add(out, fh_str_slice(text, done, i));
        if (escape) fh_buf_add(out, fh_str_from(escape));
        done = i + 1;
    }
    fh_buf_add(out, fh_str_slice(text, done, text.len));
}

bool fh_is_web_address(fh_str url) {
    static const char *const starts[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i]);
        if (url.len > length && strncasecmp(url.ptr, starts[i], length) == 0) return true;
    }
    return false;
}
