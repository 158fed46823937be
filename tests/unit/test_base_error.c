/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as they are composed and as people read them. */
#include "tests/unit/test.h"

#include "base/buf.h"
#include "base/error.h"

static void fail_returns_its_status_and_fills_the_error(void **state) {
    (void)state;
    fh_error err;
    assert_int_equal(fh_fail(&err, FH_ERR_INPUT, "a.json:3", "mend it", "bad %s", "JSON"), FH_ERR_INPUT);
    assert_int_equal(err.status, FH_ERR_INPUT);
    assert_string_equal(err.what, "bad JSON");
    assert_string_equal(err.where, "a.json:3");
    assert_string_equal(err.hint, "mend it");
}

static void where_and_hint_may_be_absent(void **state) {
    (void)state;
    fh_error err;
    memset(&err, 'x', sizeof err);
    fh_fail(&err, FH_ERR_IO, NULL, NULL, "no");
    assert_string_equal(err.where, "");
    assert_string_equal(err.hint, "");
}

static void an_error_may_be_told_again_in_its_own_words(void **state) {
    (void)state;
    fh_error err;
    fh_fail(&err, FH_ERR_IO, "disk", "wait", "full");
    fh_fail(&err, FH_ERR_CORRUPT, err.where, err.hint, "not read: %s", err.what);
    assert_string_equal(err.what, "not read: full");
    assert_string_equal(err.where, "disk");
    assert_string_equal(err.hint, "wait");
}

static void check_cut(size_t before, const char *letter) {
    fh_error err;
    fh_buf long_text = {0};
    for (size_t i = 0; i < before; i++) fh_buf_add_char(&long_text, 'x');
    while (long_text.len < 2 * sizeof err.what) fh_buf_add(&long_text, fh_str_from(letter));
    fh_fail(&err, FH_ERR_INPUT, long_text.ptr, long_text.ptr, "%s", long_text.ptr);
    assert_true(strlen(err.what) >= sizeof err.what - FH_UTF8_MAX);
    assert_true(fh_utf8_invalid(fh_str_from(err.what)) == SIZE_MAX);
    assert_true(fh_utf8_invalid(fh_str_from(err.where)) == SIZE_MAX);
    assert_true(fh_utf8_invalid(fh_str_from(err.hint)) == SIZE_MAX);
    fh_buf_free(&long_text);
}

static void text_that_does_not_fit_is_cut_between_code_points(void **state) {
    (void)state;
    static const char *const letters[] = {"ف", "\u20AC", "\U0001F600"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        for (size_t before = 0; before < FH_UTF8_MAX; before++) check_cut(before, letters[i]);
}

static void places_nest_from_the_outside(void **state) {
    (void)state;
    fh_error err;
    fh_fail(&err, FH_ERR_INPUT, NULL, NULL, "bad");
    fh_error_within(&err, "120");
    fh_error_within(&err, "inner.json");
    fh_error_within(&err, "outer.zip");
    assert_string_equal(err.where, "outer.zip:inner.json:120");
}

static void people_read_program_place_fact_and_hint(void **state) {
    (void)state;
    fh_error err;
    fh_buf text = {0};
    fh_fail(&err, FH_ERR_INPUT, "a.json", "mend it", "bad JSON");
    fh_error_text(&err, "fihris-index", &text);
    assert_string_equal(text.ptr, "fihris-index: a.json: bad JSON\nhint: mend it\n");
    fh_buf_clear(&text);
    fh_fail(&err, FH_ERR_IO, NULL, NULL, "no");
    fh_error_text(&err, "fihris-index", &text);
    assert_string_equal(text.ptr, "fihris-index: no\n");
    fh_buf_clear(&text);
    fh_fail(&err, FH_ERR_INPUT, "a\x1b[2J.json", "look\nthere", "no field %s", "\u202Ex");
    fh_error_text(&err, "fihris-index", &text);
    assert_string_equal(text.ptr,
                        "fihris-index: a\\u001b[2J.json: no field \\u202ex\nhint: look\\u000athere\n");
    fh_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail_returns_its_status_and_fills_the_error),
        cmocka_unit_test(where_and_hint_may_be_absent),
        cmocka_unit_test(an_error_may_be_told_again_in_its_own_words),
        cmocka_unit_test(text_that_does_not_fit_is_cut_between_code_points),
        cmocka_unit_test(places_nest_from_the_outside),
        cmocka_unit_test(people_read_program_place_fact_and_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
