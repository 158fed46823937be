/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growing buffer. */
#include "tests/unit/test.h"

#include "base/buf.h"

static void an_unused_buffer_is_an_empty_string(void **state) {
    (void)state;
    fh_buf buf = {0};
    assert_str_equal(fh_buf_str(&buf), FH_STR(""));
    fh_buf_clear(&buf);
    fh_buf_add(&buf, (fh_str){NULL, 0});
    assert_str_equal(fh_buf_str(&buf), FH_STR(""));
    fh_buf_free(&buf);
}

static void free_takes_null_and_leaves_a_usable_buffer(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_free(NULL);
    fh_buf_add(&buf, FH_STR("خبر"));
    fh_buf_free(&buf);
    fh_buf_add(&buf, FH_STR("عاجل"));
    assert_str_equal(fh_buf_str(&buf), FH_STR("عاجل"));
    fh_buf_free(&buf);
}

static void a_zero_byte_follows_the_last(void **state) {
    (void)state;
    fh_buf buf = {0};
    for (int i = 0; i < 1000; i++) {
        fh_buf_add_char(&buf, 'x');
        assert_int_equal(buf.ptr[buf.len], 0);
    }
    fh_buf_clear(&buf);
    assert_int_equal(buf.ptr[0], 0);
    fh_buf_free(&buf);
}

static void it_holds_zero_bytes(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_add(&buf, FH_STR("a\0b"));
    assert_int_equal(buf.len, 3);
    assert_str_equal(fh_buf_str(&buf), FH_STR("a\0b"));
    fh_buf_free(&buf);
}

static void code_points_become_utf8_of_one_to_four_bytes(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_add_code_point(&buf, 'A');
    fh_buf_add_code_point(&buf, 0x0641);
    fh_buf_add_code_point(&buf, 0xFEFB);
    fh_buf_add_code_point(&buf, 0x1F600);
    assert_str_equal(fh_buf_str(&buf), FH_STR("A\u0641\uFEFB\U0001F600"));
    fh_buf_free(&buf);
}

static void printf_appends_and_grows(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_add(&buf, FH_STR("عدد: "));
    fh_buf_printf(&buf, "%0500d", 7);
    assert_int_equal(buf.len, strlen("عدد: ") + 500);
    assert_int_equal(buf.ptr[buf.len - 1], '7');
    fh_buf_printf(&buf, "%s", "");
    assert_int_equal(buf.len, strlen("عدد: ") + 500);
    fh_buf_free(&buf);
}

static void reserve_makes_room_at_once(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_reserve(&buf, 10000);
    char *before = buf.ptr;
    for (int i = 0; i < 10000; i++) fh_buf_add_char(&buf, 'x');
    assert_ptr_equal(buf.ptr, before);
    fh_buf_free(&buf);
}

static void json_shows_what_would_be_obeyed_as_escapes(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_str json = FH_STR("\"مصر \u202Eabc\u2066\xC2\x9B\x7F é\"\n");
    assert_int_equal(fh_buf_take_json(json.ptr, json.len, &buf), 0);
    assert_str_equal(fh_buf_str(&buf), FH_STR("\"مصر \\u202eabc\\u2066\\u009b\\u007f é\"\n"));
    fh_buf_free(&buf);
}

static void what_would_be_obeyed_is_shown(void **state) {
    (void)state;
    fh_buf buf = {0};
    fh_buf_add_shown(&buf, FH_STR("مصر \u202Eabc\x1b[31m\n\xC2\x9B \xE3\xD1"));
    assert_str_equal(fh_buf_str(&buf), FH_STR("مصر \\u202eabc\\u001b[31m\\u000a\\u009b \uFFFD\uFFFD"));
    fh_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unused_buffer_is_an_empty_string),
        cmocka_unit_test(free_takes_null_and_leaves_a_usable_buffer),
        cmocka_unit_test(a_zero_byte_follows_the_last),
        cmocka_unit_test(it_holds_zero_bytes),
        cmocka_unit_test(code_points_become_utf8_of_one_to_four_bytes),
        cmocka_unit_test(printf_appends_and_grows),
        cmocka_unit_test(reserve_makes_room_at_once),
        cmocka_unit_test(what_would_be_obeyed_is_shown),
        cmocka_unit_test(json_shows_what_would_be_obeyed_as_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
