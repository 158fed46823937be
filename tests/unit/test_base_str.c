/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Borrowed strings. */
#include "tests/unit/test.h"

#include "base/str.h"

static void order_is_byte_order_and_a_prefix_comes_first(void **state) {
    (void)state;
    assert_true(fh_str_compare(FH_STR("باب"), FH_STR("بابا")) < 0);
    assert_true(fh_str_compare(FH_STR("ب"), FH_STR("ا")) > 0);
    assert_int_equal(fh_str_compare(FH_STR(""), (fh_str){NULL, 0}), 0);
    assert_true(fh_str_compare(FH_STR("a\xff"), FH_STR("a\x01")) > 0);
}

static void an_empty_string_needs_no_pointer(void **state) {
    (void)state;
    fh_str none = {NULL, 0};
    assert_true(fh_str_equal(none, FH_STR("")));
    assert_true(fh_str_starts(FH_STR("خبر"), none));
    assert_true(fh_str_ends(none, none));
    assert_int_equal(fh_str_from(NULL).len, 0);
    assert_int_equal(fh_str_trim(none).len, 0);
}

static void find_gives_the_first_place_at_or_after_from(void **state) {
    (void)state;
    fh_str text = FH_STR("ab-ab-ab");
    assert_int_equal(fh_str_find(text, FH_STR("ab"), 0), 0);
    assert_int_equal(fh_str_find(text, FH_STR("ab"), 1), 3);
    assert_true(fh_str_find(text, FH_STR("ab"), 7) == SIZE_MAX);
    assert_true(fh_str_find(text, FH_STR("ab"), 9) == SIZE_MAX);
    assert_true(fh_str_find(FH_STR("a\0b"), FH_STR("\0b"), 0) == 1);
    assert_int_equal(fh_str_find(text, FH_STR(""), 2), 2);
    assert_true(fh_str_find((fh_str){NULL, 0}, FH_STR("ab"), 0) == SIZE_MAX);
    assert_int_equal(fh_str_find((fh_str){NULL, 0}, (fh_str){NULL, 0}, 0), 0);
}

static void trim_takes_white_space_of_any_script_and_invisible_marks(void **state) {
    (void)state;
    /* no-break space, right-to-left mark, zero-width no-break space, ideographic space */
    fh_str text = FH_STR("\u00a0\u200f\ufeff\t خبر عاجل \r\n\u3000\u200e");
    assert_str_equal(fh_str_trim(text), FH_STR("خبر عاجل"));
    assert_str_equal(fh_str_trim(FH_STR(" \u200b \n")), FH_STR(""));
}

static void trim_keeps_bytes_that_are_not_utf8(void **state) {
    (void)state;
    assert_str_equal(fh_str_trim(FH_STR(" \xff\x80 ")), FH_STR("\xff\x80"));
}

static void lines_end_in_lf_crlf_or_cr(void **state) {
    (void)state;
    fh_str rest = FH_STR("أ\nب\r\nج\rد\n\nه"), line;
    static const char *const expected[] = {"أ", "ب", "ج", "د", "", "ه"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(fh_str_line(&rest, &line));
        assert_str_equal(line, fh_str_from(expected[i]));
    }
    assert_false(fh_str_line(&rest, &line));
}

/* The published test vectors of FNV-1a, 64 bits. */
static void the_hash_is_fnv_1a(void **state) {
    (void)state;
    assert_true(fh_hash(FH_HASH_START, FH_STR("")) == 0xcbf29ce484222325ULL);
    assert_true(fh_hash(FH_HASH_START, FH_STR("a")) == 0xaf63dc4c8601ec8cULL);
    assert_true(fh_hash(FH_HASH_START, FH_STR("foobar")) == 0x85944171f73967e8ULL);
}

static void a_hash_can_be_taken_in_pieces(void **state) {
    (void)state;
    unsigned long long whole = fh_hash(FH_HASH_START, FH_STR("foobar"));
    assert_true(fh_hash(fh_hash(FH_HASH_START, FH_STR("foo")), FH_STR("bar")) == whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_byte_order_and_a_prefix_comes_first),
        cmocka_unit_test(an_empty_string_needs_no_pointer),
        cmocka_unit_test(find_gives_the_first_place_at_or_after_from),
        cmocka_unit_test(trim_takes_white_space_of_any_script_and_invisible_marks),
        cmocka_unit_test(trim_keeps_bytes_that_are_not_utf8),
        cmocka_unit_test(lines_end_in_lf_crlf_or_cr),
        cmocka_unit_test(the_hash_is_fnv_1a),
        cmocka_unit_test(a_hash_can_be_taken_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
