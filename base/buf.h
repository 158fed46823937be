/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing buffer.  `ptr` is NULL while it is empty and has never held anything; otherwise a zero byte
 * follows the last one.  Start with `fh_buf buf = {0};`, end with fh_buf_free. */
#ifndef FH_BASE_BUF_H
#define FH_BASE_BUF_H

#include "base/str.h"
#include <stdint.h>

typedef struct fh_buf {
    char *ptr;
    size_t len;
    size_t capacity;
} fh_buf;

void fh_buf_free(fh_buf *buf);                                /* leaves it empty and usable; takes NULL */
void fh_buf_clear(fh_buf *buf);                               /* keeps the memory */
void fh_buf_grow(fh_buf *buf, size_t more);                   /* as fh_buf_reserve, which is to be called */
void fh_buf_add_code_point(fh_buf *buf, uint32_t code_point); /* as UTF-8 */
void fh_buf_printf(fh_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a text from outside so that who reads it on a terminal sees what it is: what would be obeyed
 * (fh_is_obeyed) becomes an escape, \u202e, and a byte that is no UTF-8 becomes U+FFFD. */
void fh_buf_add_shown(fh_buf *buf, fh_str text);

/* Appends a run of JSON to the buffer at `out`, as jansson's json_dump_callback asks for it.  What would be
 * obeyed instead of shown (fh_is_obeyed) becomes an escape, which means the same: \u202e.  Always 0. */
int fh_buf_take_json(const char *bytes, size_t length, void *out);

/* Room for `more` bytes beyond len. */
static inline void fh_buf_reserve(fh_buf *buf, size_t more) {
    if (!buf->ptr || more >= buf->capacity - buf->len) fh_buf_grow(buf, more);
}

static inline void fh_buf_add(fh_buf *buf, fh_str text) {
    fh_buf_reserve(buf, text.len);
    if (text.len) memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
}

static inline void fh_buf_add_char(fh_buf *buf, char byte) {
    fh_buf_reserve(buf, 1);
    buf->ptr[buf->len++] = byte;
    buf->ptr[buf->len] = '\0';
}

/* Borrowed; good until the buffer changes. */
static inline fh_str fh_buf_str(const fh_buf *buf) {
    return (fh_str){buf->ptr ? buf->ptr : "", buf->len};
}

#endif
