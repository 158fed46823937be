/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding is strict: what a browser would not have sent is refused, not guessed at. */
#include "site/target.h"

#include "base/buf.h"
#include "base/utf8.h"
#include <ctype.h>

static int hex(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    int letter = tolower((unsigned char)digit);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static bool is_clean(fh_str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte == '\t' || byte == '\n' || byte == '\r') continue;
        if (byte < ' ' || byte == '\x7f') return false;
    }
    return fh_utf8_invalid(text) == SIZE_MAX;
}

static fh_status decode(fh_str raw, bool plus_is_space, fh_arena *arena, fh_str *out, fh_error *err) {
    char *bytes = fh_arena_take(arena, raw.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char byte = raw.ptr[i];
        if (byte == '+' && plus_is_space) byte = ' ';
        if (byte == '%') {
            bool whole = raw.len - i > 2;
            int high = whole ? hex(raw.ptr[i + 1]) : -1, low = whole ? hex(raw.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return fh_fail(err, FH_ERR_USAGE, NULL, "write a percent sign itself as %25",
                               "a percent sign is not followed by two hexadecimal digits");
            byte = (char)(high * 16 + low);
            i += 2;
        }
        bytes[length++] = byte;
    }
    bytes[length] = '\0';
    fh_str text = {bytes, length};
    if (!is_clean(text))
        return fh_fail(err, FH_ERR_USAGE, NULL, "send UTF-8",
                       "the address is not UTF-8 without control characters");
    *out = text;
    return FH_OK;
}

static fh_status read_pair(fh_str raw, fh_arena *arena, fh_pair *out, fh_error *err) {
    size_t equals = fh_str_find(raw, FH_STR("="), 0), end = equals == SIZE_MAX ? raw.len : equals;
    fh_pair pair = {0};
    fh_status status = decode(fh_str_slice(raw, 0, end), true, arena, &pair.name, err);
    if (status == FH_OK && equals != SIZE_MAX)
        status = decode(fh_str_slice(raw, equals + 1, raw.len), true, arena, &pair.value, err);
    if (status == FH_OK) *out = pair;
    return status;
}

static fh_status read_pairs(fh_str query, fh_arena *arena, fh_target *out, fh_error *err) {
    out->pairs = FH_ARENA_ARRAY(arena, fh_pair, FH_MAX_PAIRS);
    for (size_t at = 0; at < query.len;) {
        size_t end = fh_str_find(query, FH_STR("&"), at);
        if (end == SIZE_MAX) end = query.len;
        if (end > at) {
            if (out->pair_count == FH_MAX_PAIRS)
                return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "there are more than %d parameters",
                               FH_MAX_PAIRS);
            fh_status status =
                read_pair(fh_str_slice(query, at, end), arena, &out->pairs[out->pair_count++], err);
            if (status) return status;
        }
        at = end + 1;
    }
    return FH_OK;
}

fh_status fh_target_read(fh_str target, fh_arena *arena, fh_target *out, fh_error *err) {
    fh_target read = {0};
    if (target.len > FH_MAX_TARGET)
        return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "the address is longer than %d bytes", FH_MAX_TARGET);
    if (!target.len || target.ptr[0] != '/')
        return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "the address does not begin with a slash");
    size_t mark = fh_str_find(target, FH_STR("?"), 0), end = mark == SIZE_MAX ? target.len : mark;
    fh_status status = decode(fh_str_slice(target, 0, end), false, arena, &read.path, err);
    if (status == FH_OK && mark != SIZE_MAX)
        status = read_pairs(fh_str_slice(target, mark + 1, target.len), arena, &read, err);
    if (status == FH_OK) *out = read;
    return status;
}

void fh_target_encode(fh_str text, fh_buf *out) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (isalnum(byte) || (byte && strchr("-._~", byte))) {
            fh_buf_add_char(out, (char)byte);
        } else {
            fh_buf_add_char(out, '%');
            fh_buf_add_char(out, digits[byte >> 4]);
            fh_buf_add_char(out, digits[byte & 15]);
        }
    }
}
