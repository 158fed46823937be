/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors are composed once and read by people. */
#include "base/error.h"
#include "base/buf.h"
#include "base/utf8.h"

#undef fh_fail /* what an analyser reads in its place */

#include <stdarg.h>
#include <stdio.h>

static void copy_cut(char *out, size_t room, fh_str text) {
    fh_str kept = fh_utf8_cut(text, room - 1);
    if (kept.len) memmove(out, kept.ptr, kept.len);
    out[kept.len] = '\0';
}

fh_status fh_fail(fh_error *err, fh_status status, const char *where, const char *hint, const char *format,
                  ...) {
    fh_error made = {.status = status};
    char what[sizeof made.what + FH_UTF8_MAX]; /* vsnprintf cuts anywhere, but beyond what is kept */
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    copy_cut(made.what, sizeof made.what, fh_str_from(what));
    copy_cut(made.where, sizeof made.where, fh_str_from(where));
    copy_cut(made.hint, sizeof made.hint, fh_str_from(hint));
    *err = made;
    return status;
}

void fh_error_within(fh_error *err, const char *place) {
    fh_buf whole = {0};
    fh_buf_printf(&whole, "%s%s%s", place, err->where[0] ? ":" : "", err->where);
    copy_cut(err->where, sizeof err->where, fh_buf_str(&whole));
    fh_buf_free(&whole);
}

void fh_error_text(const fh_error *err, const char *program, fh_buf *out) {
    fh_buf_printf(out, "%s: ", program);
    if (err->where[0]) {
        fh_buf_add_shown(out, fh_str_from(err->where));
        fh_buf_add(out, FH_STR(": "));
    }
    fh_buf_add_shown(out, fh_str_from(err->what));
    fh_buf_add_char(out, '\n');
    if (!err->hint[0]) return;
    fh_buf_add(out, FH_STR("hint: "));
    fh_buf_add_shown(out, fh_str_from(err->hint));
    fh_buf_add_char(out, '\n');
}
