/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: RFC 3629 on what is valid, Unicode 15 chapter 3.9 on what stands for the rest. */
#include "tests/unit/test.h"

#include "base/buf.h"

static void code_points_of_each_length_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t code_point;
    } rows[] = {{"A", 'A'},
                {"\x7f", 0x7F},
                {"\xc2\x80", 0x80},
                {"ف", 0x0641},
                {"\xe0\xa0\x80", 0x0800},
                {"\xef\xbf\xbf", 0xFFFF},
                {"\U0001F600", 0x1F600},
                {"\xf4\x8f\xbf\xbf", 0x10FFFF}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fh_str text = fh_str_from(rows[i].text);
        uint32_t c;
        assert_int_equal(fh_utf8_next(text, 0, &c), text.len);
        assert_int_equal(c, rows[i].code_point);
        assert_true(fh_utf8_invalid(text) == SIZE_MAX);
        assert_int_equal(fh_utf8_previous(text, text.len), 0);
    }
}

static void overlong_forms_surrogates_and_the_beyond_are_invalid(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xc0\xaf",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xd9",
                                      "\xe2\x80",
                                      "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(fh_utf8_invalid(fh_str_from(bad[i])), 0);
}

static void the_place_of_the_first_invalid_byte_is_given(void **state) {
    (void)state;
    assert_int_equal(fh_utf8_invalid(FH_STR("خبر\xff")), 6);
    assert_int_equal(fh_utf8_invalid(FH_STR("خبر\xd9")), 6);
    assert_int_equal(fh_utf8_invalid(FH_STR("a\xd9"
                                            "b")),
                     1);
    assert_true(fh_utf8_invalid(FH_STR("")) == SIZE_MAX);
}

/* As fh_utf8_next_far reads it, code point by code point. */
static size_t slowly_found(fh_str text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        size_t length = fh_utf8_next_far(text, at, &c);
        if (c == FH_REPLACEMENT) return at;
        at += length;
    }
    return SIZE_MAX;
}

static void an_invalid_byte_is_found_wherever_it_stands(void **state) {
    (void)state;
    static const unsigned char next[] = {0x00, 'a',  0x7F, 0x80, 0x9F, 0xBF,
                                         0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xFF};
    char text[] = "من a القاهرة إلى“ غزة";
    for (size_t at = 0; at + 2 < sizeof text; at++) {
        char kept[2] = {text[at], text[at + 1]};
        for (unsigned first = 0; first < 0x100; first++) {
            for (size_t i = 0; i < sizeof next; i++) {
                text[at] = (char)first;
                text[at + 1] = (char)next[i];
                fh_str all = {text, sizeof text - 1};
                assert_true(fh_utf8_invalid(all) == slowly_found(all));
            }
        }
        text[at] = kept[0];
        text[at + 1] = kept[1];
    }
}

/* Unicode 15, table 3-8: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 */
static void a_replacement_stands_for_each_maximal_subpart(void **state) {
    (void)state;
    fh_str text = FH_STR("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64");
    static const uint32_t expected[] = {0x61,           FH_REPLACEMENT, FH_REPLACEMENT, FH_REPLACEMENT, 0x62,
                                        FH_REPLACEMENT, 0x63,           FH_REPLACEMENT, FH_REPLACEMENT, 0x64};
    size_t at = 0;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        assert_int_equal(c, expected[i]);
    }
    assert_int_equal(at, text.len);
}

static void put_writes_what_next_reads(void **state) {
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[FH_UTF8_MAX];
        uint32_t back;
        fh_str text = {bytes, fh_utf8_put(bytes, c)};
        assert_int_equal(fh_utf8_next(text, 0, &back), text.len);
        assert_int_equal(back, c);
    }
}

static void count_is_of_code_points(void **state) {
    (void)state;
    assert_int_equal(fh_utf8_count(FH_STR("")), 0);
    assert_int_equal(fh_utf8_count(FH_STR("خبرٌ 2")), 6);
    assert_int_equal(fh_utf8_count(FH_STR("\xff\xff")), 2);
}

static void cut_never_splits_a_code_point(void **state) {
    (void)state;
    fh_str text = FH_STR("aف\U0001F600");
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 3, 7, 7};
    for (size_t bytes = 0; bytes < sizeof expected / sizeof *expected; bytes++)
        assert_int_equal(fh_utf8_cut(text, bytes).len, expected[bytes]);
}

static void controls_of_terminals_and_of_direction_are_obeyed(void **state) {
    (void)state;
    static const uint32_t obeyed[] = {0, '\n', 0x1B, 0x7F, 0x9B, 0x61C, 0x200E, 0x202E, 0x2066, 0x2069};
    static const uint32_t shown[] = {'a', ' ', 0xA0, 0x640, 0x64B, 0x200C, 0x200D, FH_REPLACEMENT, 0x1F600};
    for (size_t i = 0; i < sizeof obeyed / sizeof *obeyed; i++) assert_true(fh_is_obeyed(obeyed[i]));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) assert_false(fh_is_obeyed(shown[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_of_each_length_are_read),
        cmocka_unit_test(overlong_forms_surrogates_and_the_beyond_are_invalid),
        cmocka_unit_test(the_place_of_the_first_invalid_byte_is_given),
        cmocka_unit_test(an_invalid_byte_is_found_wherever_it_stands),
        cmocka_unit_test(a_replacement_stands_for_each_maximal_subpart),
        cmocka_unit_test(put_writes_what_next_reads),
        cmocka_unit_test(count_is_of_code_points),
        cmocka_unit_test(cut_never_splits_a_code_point),
        cmocka_unit_test(controls_of_terminals_and_of_direction_are_obeyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
