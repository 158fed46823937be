/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form holds a piece of text and the words found in it, and says neither twice. */
#include "tests/unit/test.h"

#include "store/text/form.h"
#include "store/text/narrow.h"
#include <stdlib.h>

enum { MOST_FOUND = 4 };

static fh_str narrow_of(fh_str text, char *room) {
    return (fh_str){room, fh_narrow(text, room)};
}

/* The form of a piece, and the piece again. */
static fh_form_parts make(const fh_piece *piece, fh_buf *bytes) {
    fh_form_parts form;
    char wide[400];
    fh_buf_clear(bytes);
    fh_form_make(piece, bytes);
    assert_int_equal(fh_form_len(fh_buf_str(bytes)), bytes->len);
    assert_true(fh_form_read(fh_buf_str(bytes), &form));
    assert_true(form.narrow.len * FH_WIDEN_MOST <= sizeof wide);
    assert_str_equal(((fh_str){wide, fh_widen(form.narrow, wide)}), piece->text);
    return form;
}

static void assert_list(fh_str list, const fh_found *found, size_t count) {
    char room[200];
    fh_found next;
    for (size_t i = 0; i < count; i++) {
        assert_true(fh_form_next(&list, &next));
        assert_int_equal(next.step, found[i].step);
        assert_true(fh_str_equal(next.word, narrow_of(found[i].word, room)));
    }
    assert_false(fh_form_next(&list, &next));
}

/* ---- What the rules foretell ---- */

static const struct {
    const char *text, *word;
} FORETOLD[] = {
    {"كتاب", "كتاب"},   {"أحمد", "احمد"}, {"إلى", "الي"},     {"آخر", "اخر"},
    {"مؤتمر", "مءتمر"}, {"رئيس", "رءيس"}, {"ماء", "ماء"},     {"مدينة", "مدينه"},
    {"على", "علي"},     {"مُدَرِّسٌ", "مدرس"}, {"كتاباً", "كتابا"}, {"العـــــراق", "العراق"},
    {"٢٠٢٤", "2024"},   {"٩٨٠", "980"},   {"2024", "2024"},   {"NATO", "nato"},
};

static void words_that_the_rules_foretell_are_not_written(void **state) {
    (void)state;
    fh_buf bytes = {0};
    char room[100];
    for (size_t i = 0; i < sizeof FORETOLD / sizeof *FORETOLD; i++) {
        fh_str text = fh_str_from(FORETOLD[i].text), word = fh_str_from(FORETOLD[i].word);
        fh_found found = {1, word};
        fh_form_parts form = make(&(fh_piece){text, true, &found, 1}, &bytes);
        assert_true(form.word);
        assert_true(form.foretold);
        assert_int_equal(bytes.len, 1 + narrow_of(text, room).len);
        assert_true(fh_form_hash(&form) == fh_found_hash(narrow_of(word, room)));
    }
    fh_buf_free(&bytes);
}

static void assert_listed(fh_str text, const fh_found *found, size_t count) {
    fh_buf bytes = {0};
    fh_form_parts form = make(&(fh_piece){text, true, found, count}, &bytes);
    assert_true(form.word);
    assert_false(form.foretold);
    assert_list(form.list, found, count);
    fh_buf_free(&bytes);
}

static void whatever_else_was_found_is_written(void **state) {
    (void)state;
    assert_listed(FH_STR("كتاب"), &(fh_found){1, FH_STR("كتب")}, 1);   /* another word */
    assert_listed(FH_STR("كتاب"), &(fh_found){1, FH_STR("كتابي")}, 1); /* a longer one */
    assert_listed(FH_STR("كتابي"), &(fh_found){1, FH_STR("كتاب")}, 1); /* a shorter one */
    assert_listed(FH_STR("كتاب"), &(fh_found){2, FH_STR("كتاب")}, 1);  /* further off */
    assert_listed(FH_STR("كتاب"), &(fh_found){0, FH_STR("كتاب")}, 1);  /* at the same place */
    assert_listed(FH_STR("كتاب"), &(fh_found){1, FH_STR("")}, 1);
    assert_listed(FH_STR("ـــ"), &(fh_found){1, FH_STR("")}, 1);
    assert_listed(FH_STR(""), &(fh_found){UINT32_MAX, FH_STR("كتاب")}, 1);
    assert_listed(FH_STR("a"), &(fh_found){1, FH_STR("a\0")}, 1); /* nothing is not a letter */
    assert_listed(FH_STR("كوفيد-19"),
                  (fh_found[]){{1, FH_STR("كوفيد")}, {1, FH_STR("19")}, {0, FH_STR("كوفيد19")}}, 3);
}

static void of_other_letters_no_rule_is_wrong(void **state) {
    (void)state;
    assert_listed(FH_STR("Слово"), &(fh_found){1, FH_STR("слово")}, 1);
    assert_listed(FH_STR("ÇA"), &(fh_found){1, FH_STR("ça")}, 1);
    assert_listed(FH_STR("پیتزا"), &(fh_found){1, FH_STR("پیتزا")}, 1); /* a byte of it looks like a mark */
}

static void a_word_that_nobody_looks_for_has_an_empty_list(void **state) {
    (void)state;
    assert_listed(FH_STR("كتاب"), NULL, 0);
}

static void what_stands_between_words_is_none(void **state) {
    (void)state;
    static const char *const BETWEEN[] = {"", " ", "، ", ".\n", "\n\n", "» — «", "\xf0\x9f\x98\x80"};
    fh_buf bytes = {0};
    for (size_t i = 0; i < sizeof BETWEEN / sizeof *BETWEEN; i++) {
        fh_form_parts form = make(&(fh_piece){.text = fh_str_from(BETWEEN[i])}, &bytes);
        assert_false(form.word);
        assert_int_equal(form.list.len, 0);
    }
    fh_buf_free(&bytes);
}

static void long_texts_and_long_words_have_forms_too(void **state) {
    (void)state;
    char text[200], word[200];
    for (size_t len = 0; len < sizeof text; len++) {
        memset(text, 'A', len);
        memset(word, 'a', len);
        fh_found found = {1, {word, len}};
        fh_buf bytes = {0};
        fh_form_parts form = make(&(fh_piece){{text, len}, true, &found, 1}, &bytes);
        assert_int_equal(form.foretold, len > 0 && len <= FH_FORM_MOST);
        if (!form.foretold) assert_list(form.list, &found, 1);
        fh_buf_free(&bytes);
    }
}

/* ---- Within other bytes ---- */

static void a_form_says_where_it_ends(void **state) {
    (void)state;
    fh_found found[] = {{1, FH_STR("مصر")}, {3, FH_STR("نيل")}};
    fh_buf all = {0};
    size_t ends[3];
    fh_form_make(&(fh_piece){FH_STR("مصر"), true, found, 1}, &all);
    ends[0] = all.len;
    fh_form_make(&(fh_piece){FH_STR("مصر-نيل"), true, found, 2}, &all);
    ends[1] = all.len;
    fh_form_make(&(fh_piece){.text = FH_STR("، ")}, &all);
    ends[2] = all.len;
    for (size_t i = 0, at = 0; i < 3; at = ends[i++])
        assert_int_equal(fh_form_len(fh_str_slice(fh_buf_str(&all), at, all.len)), ends[i] - at);
    for (int shifted = 0; shifted < 2; shifted++) {
        fh_buf codes = {0}, back = {0};
        fh_code_writer to = {.out = &codes};
        if (shifted) fh_codes_put_number(&to, 1);
        fh_codes_put_bytes(&to, fh_buf_str(&all));
        fh_code_reader from = fh_codes_over(fh_buf_str(&codes));
        if (shifted) fh_codes_take_number(&from);
        for (size_t i = 0; i < 3; i++) {
            fh_form_take(&from, &back);
            assert_int_equal(back.len, ends[i]);
        }
        assert_str_equal(fh_buf_str(&back), fh_buf_str(&all));
        assert_true(fh_codes_at_end(&from));
        fh_buf_free(&codes);
        fh_buf_free(&back);
    }
    fh_buf_free(&all);
}

/* ---- Damage ---- */

/* Of bytes of their own, so that one too many is seen. */
static bool read_all(fh_str bytes) {
    char *own = malloc(bytes.len ? bytes.len : 1);
    fh_form_parts form;
    fh_found found;
    fh_buf back = {0};
    assert_non_null(own);
    memcpy(own, bytes.ptr, bytes.len);
    fh_str mine = {own, bytes.len};
    assert_true(fh_form_len(mine) <= bytes.len);
    fh_code_reader from = fh_codes_over(mine);
    fh_form_take(&from, &back);
    bool read = fh_form_read(mine, &form);
    if (read) {
        assert_true(fh_codes_at_end(&from));
        fh_form_hash(&form);
        for (fh_str list = form.list; fh_form_next(&list, &found);) fh_found_hash(found.word);
    }
    fh_buf_free(&back);
    free(own);
    return read;
}

static void a_form_that_is_cut_is_none(void **state) {
    (void)state;
    fh_found found[] = {{1, FH_STR("كوفيد")}, {1, FH_STR("19")}};
    fh_piece pieces[] = {
        {FH_STR("كوفيد"), true, found, 1}, {FH_STR("كوفيد-19"), true, found, 2}, {.text = FH_STR("، «")}};
    for (size_t i = 0; i < 3; i++) {
        fh_buf bytes = {0};
        fh_form_make(&pieces[i], &bytes);
        assert_true(read_all(fh_buf_str(&bytes)));
        for (size_t len = 0; len < bytes.len; len++)
            assert_false(read_all(fh_str_slice(fh_buf_str(&bytes), 0, len)));
        fh_buf_add_char(&bytes, '\0');
        fh_form_parts ignored;
        assert_false(fh_form_read(fh_buf_str(&bytes), &ignored)); /* one byte more is none either */
        fh_buf_free(&bytes);
    }
}

static void numbers_without_end_are_damage(void **state) {
    (void)state;
    assert_false(read_all(FH_STR("\x80")));
    assert_false(read_all(FH_STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")));
    assert_false(read_all(FH_STR("\x02\x80"))); /* the length of a list */
    assert_false(read_all(FH_STR("\x03")));     /* a kind that there is not */
    assert_false(read_all(FH_STR("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")));
    assert_false(read_all(FH_STR("\xfc\xff\xff\xff\xff\xff\xff\xff\xff\x01")));
}

static void damaged_forms_do_no_harm(void **state) {
    (void)state;
    fh_found found[] = {{1, FH_STR("كوفيد")}, {300, FH_STR("19")}};
    fh_buf bytes = {0};
    fh_form_make(&(fh_piece){FH_STR("كوفيد-19"), true, found, 2}, &bytes);
    for (size_t at = 0; at < bytes.len; at++) {
        char kept = bytes.ptr[at];
        for (unsigned byte = 0; byte < 256; byte++) {
            bytes.ptr[at] = (char)byte;
            read_all(fh_buf_str(&bytes));
        }
        bytes.ptr[at] = kept;
    }
    fh_buf_free(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_the_rules_foretell_are_not_written),
        cmocka_unit_test(whatever_else_was_found_is_written),
        cmocka_unit_test(of_other_letters_no_rule_is_wrong),
        cmocka_unit_test(a_word_that_nobody_looks_for_has_an_empty_list),
        cmocka_unit_test(what_stands_between_words_is_none),
        cmocka_unit_test(long_texts_and_long_words_have_forms_too),
        cmocka_unit_test(a_form_says_where_it_ends),
        cmocka_unit_test(a_form_that_is_cut_is_none),
        cmocka_unit_test(numbers_without_end_are_damage),
        cmocka_unit_test(damaged_forms_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
