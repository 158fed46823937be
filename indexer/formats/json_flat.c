/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article is an object of a few long strings, which jansson takes byte by byte through several hands:
 * these are read here.  Values of other kinds are jansson's. */
#include "indexer/formats/json_flat.h"
#include "indexer/formats/json_scan.h"

#include <unicode/utf16.h>

typedef struct cursor {
    fh_str text;
    size_t at;
    fh_buf *space; /* for a string with escapes */
} cursor;

static char byte_at(const cursor *c) {
    return c->at < c->text.len ? c->text.ptr[c->at] : '\0';
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The first byte that is not blank. */
static char next_byte(cursor *c) {
    while (is_blank(byte_at(c))) c->at++;
    return byte_at(c);
}

static bool take(cursor *c, char wanted) {
    if (next_byte(c) != wanted) return false;
    c->at++;
    return true;
}

/* ---- Strings ---- */

/* What stands for itself, up to a quote, an escape, or what no string may have. */
static fh_str plain_run(cursor *c) {
    size_t from = c->at;
    c->at = fh_json_plain_end(c->text, from);
    return fh_str_slice(c->text, from, c->at);
}

static int digit_of(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 'a' ^ 'A';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The unit of "\uXXXX" at the cursor; false: there is none. */
static bool read_unit(cursor *c, uint32_t *unit) {
    enum { DIGITS = 4, BYTES = DIGITS + 2 };
    const char *escape = c->text.ptr + c->at;
    if (c->text.len - c->at < BYTES || escape[0] != '\\' || escape[1] != 'u') return false;
    *unit = 0;
    for (int i = 2; i < BYTES; i++) {
        int digit = digit_of(escape[i]);
        if (digit < 0) return false;
        *unit = *unit << 4 | (uint32_t)digit;
    }
    c->at += BYTES;
    return true;
}

static bool add_unicode(cursor *c) {
    uint32_t unit, trail;
    if (!read_unit(c, &unit)) return false;
    if (U16_IS_TRAIL(unit)) return false;
    if (U16_IS_LEAD(unit)) {
        if (!read_unit(c, &trail) || !U16_IS_TRAIL(trail)) return false;
        unit = (uint32_t)U16_GET_SUPPLEMENTARY(unit, trail);
    }
    fh_buf_add_code_point(c->space, unit);
    return true;
}

/* An escape, at its backslash. */
static bool add_escape(cursor *c) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (c->text.len - c->at < 2) return false;
    char letter = c->text.ptr[c->at + 1];
    if (letter == 'u') return add_unicode(c);
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (!found) return false;
    fh_buf_add_char(c->space, meant[found - letters]);
    c->at += 2;
    return true;
}

/* A string, at its quote; it lies in the text or, where it had escapes, in the space. */
static bool read_string(cursor *c, fh_str *out) {
    c->at++;
    *out = plain_run(c);
    if (byte_at(c) == '\\') {
        fh_buf_clear(c->space);
        fh_buf_add(c->space, *out);
        while (byte_at(c) == '\\') {
            if (!add_escape(c)) return false;
            fh_buf_add(c->space, plain_run(c));
        }
        *out = fh_buf_str(c->space);
    }
    bool closed = byte_at(c) == '"';
    c->at++;
    return closed;
}

/* ---- Objects ---- */

static json_t *read_other(cursor *c) {
    json_error_t end;
    json_t *value = json_loadb(c->text.ptr + c->at, c->text.len - c->at,
                               JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &end);
    if (value) c->at += (size_t)end.position;
    return value;
}

static json_t *read_value(cursor *c) {
    fh_str string;
    if (next_byte(c) != '"') return read_other(c);
    return read_string(c, &string) ? json_stringn_nocheck(string.ptr, string.len) : NULL;
}

static bool read_member(cursor *c, json_t *object) {
    fh_str key;
    if (next_byte(c) != '"' || !read_string(c, &key) || !take(c, ':')) return false;
    if (key.ptr == c->space->ptr) return false; /* an escape may be what no key may have */
    json_t *value = read_value(c);
    return value && json_object_setn_new_nocheck(object, key.ptr, key.len, value) == 0;
}

static bool read_object(cursor *c, json_t *object) {
    if (!take(c, '{')) return false;
    if (take(c, '}')) return true;
    do {
        if (!read_member(c, object)) return false;
    } while (take(c, ','));
    return take(c, '}');
}

json_t *fh_json_flat(fh_str text, fh_buf *space) {
    cursor c = {text, 0, space};
    json_t *object = json_object();
    bool whole = object && read_object(&c, object);
    next_byte(&c);
    if (whole && c.at == text.len) return object;
    json_decref(object);
    return NULL;
}
