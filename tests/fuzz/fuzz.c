/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all targets share. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>

void fuzz_broken(const char *condition, const char *file, int line) {
    fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, condition);
    abort();
}

void must_be_text(fh_str text) {
    must(text.len == 0 || text.ptr);
    must(fh_utf8_invalid(text) == SIZE_MAX);
}

void must_be_error(fh_status status, const fh_error *err) {
    must(status != FH_OK && status != FH_END && status != FH_ERR_INTERNAL);
    must(err->status == status);
    must(err->what[0]);
    must(memchr(err->what, 0, sizeof err->what) && memchr(err->where, 0, sizeof err->where) &&
         memchr(err->hint, 0, sizeof err->hint));
}

void must_be_inert(fh_str painted) {
    uint32_t c;
    must_be_text(painted);
    for (size_t at = 0; at < painted.len;) {
        at += fh_utf8_next(painted, at, &c);
        must(c == '\n' || !u_isISOControl((UChar32)c));
        must(!u_hasBinaryProperty((UChar32)c, UCHAR_BIDI_CONTROL));
    }
}

static void must_be_line(fh_str text) {
    uint32_t c;
    must_be_text(text);
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        must(!u_isISOControl((UChar32)c));
    }
}

static void must_be_lines(fh_strs list) {
    for (size_t i = 0; i < list.count; i++) {
        must(list.items[i].len);
        must_be_line(list.items[i]);
    }
}

void must_be_article(const fh_article *article) {
    const fh_str lines[] = {article->id,     article->url,      article->title,   article->source,
                            article->wire,   article->author,   article->section, article->language,
                            article->parent, article->dateline, article->edition, article->embargo};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) must_be_line(lines[i]);
    must(article->id.len && article->id.len <= FH_MAX_ID);
    must_be_text(article->body);
    fh_str rest = article->body;
    for (fh_str line = {0}; fh_str_line(&rest, &line);) must_be_line(line);
    must_be_lines(article->keywords);
    must_be_lines(article->related);
    const fh_date *date = &article->published;
    must(date->year == 0 || (date->month >= 1 && date->month <= 12 && date->day >= 1 && date->day <= 31 &&
                             date->hour <= 24 && date->minute <= 59 && date->second <= 60));
}

unsigned char fuzz_byte(fh_str *rest) {
    if (!rest->len) return 0;
    unsigned char byte = (unsigned char)rest->ptr[0];
    *rest = fh_str_slice(*rest, 1, rest->len);
    return byte;
}

fh_str fuzz_line(fh_str *rest) {
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    fh_str line = fh_str_slice(*rest, 0, len);
    *rest = fh_str_slice(*rest, end ? len + 1 : len, rest->len);
    return line;
}

fh_str fuzz_text(fh_str bytes, fh_arena *arena) {
    fh_buf text = {0};
    uint32_t c;
    for (size_t at = 0; at < bytes.len;) {
        at += fh_utf8_next(bytes, at, &c);
        fh_buf_add_code_point(&text, c);
    }
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}
