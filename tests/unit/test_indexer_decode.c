/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to UTF-8, and the window over them. */
#include "tests/unit/test_indexer.h"

#include "indexer/decode.h"
#include "indexer/stream.h"

#define WORDS "قال الوزير إن القرار سيدخل حيز التنفيذ غدا"
/* The same in Windows-1256 and in ISO 8859-6. */
#define WORDS_1256                                                                                           \
    "\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1 \xC5\xE4 \xC7\xE1\xDE\xD1\xC7\xD1 \xD3\xED\xCF\xCE\xE1 "          \
    "\xCD\xED\xD2 \xC7\xE1\xCA\xE4\xDD\xED\xD0 \xDB\xCF\xC7"
#define WORDS_8859_6                                                                                         \
    "\xE2\xC7\xE4 \xC7\xE4\xE8\xD2\xEA\xD1 \xC5\xE6 \xC7\xE4\xE2\xD1\xC7\xD1 \xD3\xEA\xCF\xCE\xE4 "          \
    "\xCD\xEA\xD2 \xC7\xE4\xCA\xE6\xE1\xEA\xD0 \xDA\xCF\xC7"

static void decodes_to(fh_str bytes, const char *expected) {
    fh_buf space = {0};
    fh_str text;
    fh_error err = {0};
    assert_int_equal(fh_decode(bytes, &space, &text, &err), FH_OK);
    assert_str_equal(text, fh_str_from(expected));
    fh_buf_free(&space);
}

static void is_refused(fh_str bytes, const char *why) {
    fh_buf space = {0};
    fh_str text = FH_STR("untouched");
    fh_error err = {0};
    assert_int_equal(fh_decode(bytes, &space, &text, &err), FH_ERR_INPUT);
    assert_str_equal(text, FH_STR("untouched"));
    assert_non_null(strstr(err.what, why));
    fh_buf_free(&space);
}

static void utf8_stays_as_it_is(void **state) {
    (void)state;
    decodes_to(FH_STR(WORDS), WORDS);
    decodes_to(FH_STR(""), "");
}

static void windows_1256_is_told_by_the_arabic_it_makes(void **state) {
    (void)state;
    decodes_to(FH_STR(WORDS_1256), WORDS);
    decodes_to(FH_STR("{\"title\": \"" WORDS_1256 "\"}"), "{\"title\": \"" WORDS "\"}");
}

static void iso_8859_6_is_told_by_the_arabic_it_makes(void **state) {
    (void)state;
    decodes_to(FH_STR(WORDS_8859_6), WORDS);
}

static void one_bad_byte_in_utf8_is_named_and_not_guessed_at(void **state) {
    (void)state;
    is_refused(FH_STR("قال\xFF الوزير"), "byte 0xFF at 6");
}

static void accents_of_french_are_not_taken_for_arabic(void **state) {
    (void)state;
    is_refused(FH_STR("le d\xE9veloppement de l'\xE9"
                      "conomie a \xE9t\xE9 tr\xE8s rapide"),
               "byte 0xE9 at 4");
}

static void control_characters_are_no_text(void **state) {
    (void)state;
    is_refused(FH_STR("\x01\x02\x03\x04 abc \x05\x06"), "control characters");
}

/* ---- Declared ---- */

static void declared_as(const char *name, fh_str bytes, const char *expected) {
    fh_buf text = {0};
    fh_decode_declared(bytes, fh_str_from(name), &text);
    assert_str_equal(fh_buf_str(&text), fh_str_from(expected));
    fh_buf_free(&text);
}

static void what_is_declared_goes_before_a_guess(void **state) {
    (void)state;
    declared_as("ISO-8859-6", FH_STR(WORDS_8859_6), WORDS);
    declared_as("latin1", FH_STR("d\xE9j\xE0 \x93vu\x94"), "déjà “vu”");
    declared_as("shift_jis", FH_STR("\x83\x6A\x83\x85\x81\x5B\x83\x58"), "ニュース");
}

static void what_no_browser_knows_is_not_declared(void **state) {
    (void)state;
    static const char *const names[] = {"BOCU-1", "SCSU", "UTF-7", "CESU-8", "UTF-32", "nothing"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        declared_as(names[i], FH_STR(WORDS_1256), WORDS);
}

/* ---- UTF-16 ---- */

static void detects(fh_str head, fh_utf16 expected, size_t expected_mark) {
    size_t mark = 99;
    assert_int_equal(fh_utf16_detect(head, &mark), expected);
    assert_int_equal(mark, expected_mark);
}

static void byte_order_marks_are_told_apart(void **state) {
    (void)state;
    detects(FH_STR("\xEF\xBB\xBF"
                   "a"),
            FH_UTF16_NOT, 3);
    detects(FH_STR("\xFF\xFE"
                   "a\0"),
            FH_UTF16_LITTLE, 2);
    detects(FH_STR("\xFE\xFF\0a"), FH_UTF16_BIG, 2);
    detects(FH_STR("abc"), FH_UTF16_NOT, 0);
    detects(FH_STR(""), FH_UTF16_NOT, 0);
}

static void utf16_without_a_mark_is_told_by_its_zero_bytes(void **state) {
    (void)state;
    detects(FH_STR("\x42\x06\x27\x06\x44\x06 \0\x46\x06"), FH_UTF16_LITTLE, 0);
    detects(FH_STR("\x06\x42\x06\x27\x06\x44\0 \x06\x46"), FH_UTF16_BIG, 0);
    detects(FH_STR("a\0b\0"), FH_UTF16_LITTLE, 0);
    detects(FH_STR("a\0\0b"), FH_UTF16_NOT, 0);
}

static void surrogates_become_one_code_point_or_the_replacement(void **state) {
    (void)state;
    fh_buf out = {0};
    assert_int_equal(fh_utf16_convert(FH_STR("\x3D\xD8\x00\xDE"
                                             "a\0"),
                                      FH_UTF16_LITTLE, true, &out),
                     6);
    assert_str_equal(fh_buf_str(&out), FH_STR("😀a"));
    fh_buf_clear(&out);
    assert_int_equal(fh_utf16_convert(FH_STR("\x3D\xD8"
                                             "a\0"
                                             "\x00\xDE"
                                             "b"),
                                      FH_UTF16_LITTLE, true, &out),
                     7);
    assert_str_equal(fh_buf_str(&out), FH_STR("\uFFFD"
                                              "a\uFFFD\uFFFD"));
    fh_buf_free(&out);
}

static void half_a_code_point_waits_for_the_rest(void **state) {
    (void)state;
    fh_buf out = {0};
    assert_int_equal(fh_utf16_convert(FH_STR("a\0\x3D\xD8"), FH_UTF16_LITTLE, false, &out), 2);
    assert_int_equal(fh_utf16_convert(FH_STR("\x3D\xD8\x00"), FH_UTF16_LITTLE, false, &out), 0);
    assert_str_equal(fh_buf_str(&out), FH_STR("a"));
    fh_buf_free(&out);
}

/* ---- The window ---- */

typedef struct dripping {
    fh_str bytes;
    size_t at, drop; /* bytes a block */
    bool fails;      /* at the end */
} dripping;

static fh_status drip(void *context, fh_str *block, fh_error *err) {
    dripping *from = context;
    if (from->at == from->bytes.len)
        return from->fails ? fh_fail(err, FH_ERR_IO, NULL, NULL, "the tap broke") : FH_END;
    size_t length = from->bytes.len - from->at < from->drop ? from->bytes.len - from->at : from->drop;
    *block = fh_str_slice(from->bytes, from->at, from->at + length);
    from->at += length;
    return FH_OK;
}

static void any_blocks_give_the_same_text(void **state) {
    (void)state;
    const fh_str texts[] = {FH_STR("\xEF\xBB\xBF" WORDS), FH_STR("\xFF\xFE\x42\x06\x3D\xD8\x00\xDE"
                                                                 "a\0")};
    const char *expected[] = {WORDS, "ق😀a"};
    fh_stream *stream = fh_stream_new();
    for (size_t i = 0; i < 2; i++) {
        for (size_t drop = 1; drop < 9; drop++) {
            dripping from = {texts[i], 0, drop, false};
            fh_error err;
            fh_stream_start(stream, drip, &from);
            while (fh_stream_more(stream, &err) == FH_OK) {
            }
            assert_str_equal(fh_stream_window(stream), fh_str_from(expected[i]));
        }
    }
    fh_stream_free(stream);
}

static void what_is_taken_is_counted_in_bytes_and_lines(void **state) {
    (void)state;
    dripping from = {FH_STR("one\ntwo\nthree"), 0, 2, false};
    fh_stream *stream = fh_stream_new();
    fh_error err;
    fh_stream_start(stream, drip, &from);
    while (fh_stream_more(stream, &err) == FH_OK) {
    }
    fh_stream_take(stream, 5);
    assert_int_equal(fh_stream_at(stream), 5);
    assert_int_equal(fh_stream_line(stream), 2);
    assert_str_equal(fh_stream_window(stream), FH_STR("wo\nthree"));
    fh_stream_free(stream);
}

static void an_error_stays_and_keeps_what_came_before_it(void **state) {
    (void)state;
    dripping from = {FH_STR("before"), 0, 100, true};
    fh_stream *stream = fh_stream_new();
    fh_error err;
    fh_stream_start(stream, drip, &from);
    assert_int_equal(fh_stream_more(stream, &err), FH_OK);
    assert_str_equal(fh_stream_window(stream), FH_STR("before"));
    for (int i = 0; i < 2; i++) {
        err = (fh_error){0};
        assert_int_equal(fh_stream_more(stream, &err), FH_ERR_IO);
        assert_string_equal(err.what, "the tap broke");
    }
    fh_stream_free(stream);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays_as_it_is),
        cmocka_unit_test(windows_1256_is_told_by_the_arabic_it_makes),
        cmocka_unit_test(iso_8859_6_is_told_by_the_arabic_it_makes),
        cmocka_unit_test(one_bad_byte_in_utf8_is_named_and_not_guessed_at),
        cmocka_unit_test(accents_of_french_are_not_taken_for_arabic),
        cmocka_unit_test(control_characters_are_no_text),
        cmocka_unit_test(what_is_declared_goes_before_a_guess),
        cmocka_unit_test(what_no_browser_knows_is_not_declared),
        cmocka_unit_test(byte_order_marks_are_told_apart),
        cmocka_unit_test(utf16_without_a_mark_is_told_by_its_zero_bytes),
        cmocka_unit_test(surrogates_become_one_code_point_or_the_replacement),
        cmocka_unit_test(half_a_code_point_waits_for_the_rest),
        cmocka_unit_test(any_blocks_give_the_same_text),
        cmocka_unit_test(what_is_taken_is_counted_in_bytes_and_lines),
        cmocka_unit_test(an_error_stays_and_keeps_what_came_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
