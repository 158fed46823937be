/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing buffer that always ends in a zero byte it does not count. */
#include "base/buf.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { DELETE = 0x7F };

void fh_buf_free(fh_buf *buf) {
    if (!buf) return;
    free(buf->ptr);
    *buf = (fh_buf){0};
}

void fh_buf_clear(fh_buf *buf) {
    buf->len = 0;
    if (buf->ptr) buf->ptr[0] = '\0';
}

void fh_buf_grow(fh_buf *buf, size_t more) {
    if (more > SIZE_MAX / 4 - buf->len) fh_out_of_memory();
    size_t wanted = buf->len + more + 1;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < wanted) capacity *= 2;
    buf->ptr = fh_realloc(buf->ptr, capacity);
    buf->capacity = capacity;
    buf->ptr[buf->len] = '\0';
}

void fh_buf_add_code_point(fh_buf *buf, uint32_t code_point) {
    char bytes[FH_UTF8_MAX];
    fh_buf_add(buf, (fh_str){bytes, fh_utf8_put(bytes, code_point)});
}

void fh_buf_printf(fh_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        fh_buf_reserve(buf, (size_t)length);
        vsnprintf(buf->ptr + buf->len, (size_t)length + 1, format, again);
        buf->len += (size_t)length;
    }
    va_end(again);
}

void fh_buf_add_shown(fh_buf *buf, fh_str text) {
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        if (fh_is_obeyed(c)) {
            fh_buf_printf(buf, "\\u%04x", c);
        } else {
            fh_buf_add_code_point(buf, c);
        }
    }
}

int fh_buf_take_json(const char *bytes, size_t length, void *out) {
    fh_str text = {bytes, length};
    size_t done = 0;
    uint32_t c;
    for (size_t at = 0, next; at < length; at = next) {
        next = at + fh_utf8_next(text, at, &c);
        if (c < DELETE || !fh_is_obeyed(c)) continue; /* of those below, jansson has written escapes itself */
        fh_buf_add(out, fh_str_slice(text, done, at));
        fh_buf_printf(out, "\\u%04x", c);
        done = next;
    }
    fh_buf_add(out, fh_str_slice(text, done, length));
    return 0;
}
