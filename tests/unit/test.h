/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every unit test needs: cmocka, and a comparison that shows Arabic with its code points. */
#ifndef FH_TESTS_UNIT_TEST_H
#define FH_TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"

/* Bytes of a text as a failure shows it; what is longer is cut. */
#define SHOWN_TEXT 1024

/* "كرملين (0643 0631 …)" */
static inline void show_points(fh_str text, char out[SHOWN_TEXT]) {
    fh_str kept = fh_utf8_cut(text, SHOWN_TEXT / 8);
    uint32_t c;
    int used = snprintf(out, SHOWN_TEXT, "%.*s (", FH_STR_ARG(kept));
    for (size_t at = 0; at < kept.len;) {
        at += fh_utf8_next(kept, at, &c);
        used += snprintf(out + used, SHOWN_TEXT - (size_t)used, "%04X%s", c, at < kept.len ? " " : "");
    }
    snprintf(out + used, SHOWN_TEXT - (size_t)used, "%s)", kept.len < text.len ? " …" : "");
}

static inline void check_str_equal(fh_str found, fh_str expected, const char *file, int line) {
    char shown_found[SHOWN_TEXT], shown_expected[SHOWN_TEXT];
    if (fh_str_equal(found, expected)) return;
    show_points(found, shown_found);
    show_points(expected, shown_expected);
    _assert_string_equal(shown_found, shown_expected, file, line);
    _fail(file, line); /* they differ after what is shown, or in a zero byte */
}

#define assert_str_equal(found, expected) check_str_equal((found), (expected), __FILE__, __LINE__)

#endif
