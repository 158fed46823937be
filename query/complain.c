/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a query, and behind which of its words. */
#include "query/complain.h"
#include "base/utf8.h"
#include "query/chars.h"

#undef fh_query_expected /* what an analyser reads in their place */
#undef fh_query_fail

#include <stdio.h>

enum { CONTEXT_BYTES = 60 };

/* The words before byte `at`, so many as fit a message, without what a terminal would obey. */
static fh_str words_before(fh_str query, size_t at, char out[CONTEXT_BYTES + FH_UTF8_MAX]) {
    size_t from = at > CONTEXT_BYTES ? at - CONTEXT_BYTES : 0, length = 0;
    while (from < at && ((unsigned char)query.ptr[from] & 0xC0) == 0x80) from++;
    uint32_t c;
    for (size_t i = from; i < at;) {
        size_t bytes = fh_utf8_next(query, i, &c);
        if (fh_is_blank(c)) {
            out[length++] = ' ';
        } else {
            memcpy(out + length, query.ptr + i, bytes);
            length += bytes;
        }
        i += bytes;
    }
    return fh_str_trim((fh_str){out, length});
}

fh_status fh_query_fail(fh_str query, size_t at, fh_status status, const char *what, const char *hint,
                        fh_error *err) {
    char where[40];
    snprintf(where, sizeof where, "character %zu", fh_utf8_count(fh_str_slice(query, 0, at)) + 1);
    return fh_fail(err, status, where, hint, "%s", what);
}

fh_status fh_query_expected(fh_str query, size_t at, const char *what, const char *hint, fh_error *err) {
    char buffer[CONTEXT_BYTES + FH_UTF8_MAX], message[200];
    fh_str words = words_before(query, at, buffer);
    if (words.len) {
        snprintf(message, sizeof message, "expected %s after «%.*s»", what, FH_STR_ARG(words));
    } else {
        snprintf(message, sizeof message, "expected %s at the beginning", what);
    }
    return fh_query_fail(query, at, FH_ERR_USAGE, message, hint, err);
}
