/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of distance and skeleton.  Which names are near is in tests/golden/name-spellings.tsv. */
#include "base/buf.h"
#include "entities/entities.h"
#include "tests/unit/test.h"

#include <math.h>

static double distance(const char *a, const char *b) {
    return fh_spelling_distance(fh_str_from(a), fh_str_from(b));
}

static bool is_near(const char *a, const char *b) {
    return distance(a, b) <= fh_spelling_near;
}

static void what_folding_makes_one_is_no_distance(void **state) {
    (void)state;
    assert_true(distance("أردوغان", "اردوغان") == 0);
    assert_true(distance("كِريملِن", "كريملن") == 0);
    assert_true(distance("بــوتين", "بوتين") == 0);
    assert_true(distance("أنقرة", "انقره") == 0);
    assert_true(distance("توكائيف", "توكاءيف") == 0);
    assert_true(distance("گورباچوڤ", "كورباجوف") == 0);
    assert_true(distance("Putin", "PUTIN") == 0);
}

static void either_way_is_as_far(void **state) {
    (void)state;
    static const char *const names[] = {"شنغهاي",     "شانغهاي",   "الكرملين", "كريملين",
                                        "بيونغ يانغ", "بيونجيانج", "Putin"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(distance(names[i], names[j]) == distance(names[j], names[i]));
}

static void a_letter_more_is_less_in_a_longer_name(void **state) {
    (void)state;
    assert_true(distance("ترامب", "ترمب") > distance("جباروف", "جاباروف"));
    assert_true(distance("جباروف", "جاباروف") > distance("نزارباييف", "نازارباييف"));
}

static void letters_that_stand_for_each_other_are_nearer_than_others(void **state) {
    (void)state;
    assert_true(distance("غوتيريش", "جوتيريش") < distance("غوتيريش", "قوتيريش"));
    assert_true(distance("غوتيريش", "قوتيريش") < distance("غوتيريش", "لوتيريش"));
    assert_false(is_near("غورباتشوف", "لورباتشوف"));
}

static void a_letter_that_does_not_vary_is_never_near(void **state) {
    (void)state;
    assert_false(is_near("كيليمانجاروفسكي", "كيليمانجاربوفسكي"));
    assert_false(is_near("بولندا", "هولندا"));
}

static void long_vowels_are_words_of_their_own_in_arabic_forms(void **state) {
    (void)state;
    assert_false(is_near("كرم", "كريم"));
    assert_false(is_near("الكرم", "الكريم"));
    assert_false(is_near("كرمي", "كريمي"));
    assert_false(is_near("عبدالكرم", "عبدالكريم"));
    assert_true(is_near("ترمب", "ترامب"));
    assert_true(is_near("كرملن", "كرملين"));
}

static void one_word_may_be_two(void **state) {
    (void)state;
    assert_true(distance("فيس بوك", "فيسبوك") == 0);
    assert_true(distance("نور-سلطان", "نورسلطان") == 0);
    assert_true(is_near("بيونج يانج", "بيونغيانغ"));
    assert_false(is_near("عبد القادر", "عبدالقدير"));
}

static void every_word_must_be_near_in_its_place(void **state) {
    (void)state;
    assert_true(is_near("سيرغي لافروف", "سيرجي لافروف"));
    assert_false(is_near("لافروف سيرغي", "سيرغي لافروف"));
    assert_false(is_near("فلاديمير بوتين", "فلاديمير لينين"));
    assert_false(is_near("فلاديمير بوتين", "بوتين"));
}

static void an_article_more_is_near_where_the_rest_is(void **state) {
    (void)state;
    assert_true(is_near("القذافي", "قذافي"));
    assert_true(distance("القذافي", "قذافي") > 0);
    assert_false(is_near("القذافي", "قذاف"));
}

static void what_is_no_name_is_near_nothing(void **state) {
    (void)state;
    char longer[300];
    memset(longer, 'a', sizeof longer);
    fh_str text = {longer, sizeof longer};
    assert_true(isinf(distance("", "بوتين")));
    assert_true(isinf(distance("؟", "بوتين")));
    assert_true(isinf(fh_spelling_distance(text, fh_str_slice(text, 0, 299))));
    assert_true(fh_spelling_distance(text, text) == 0);
    assert_true(fh_spelling_distance(FH_STR("\xFF\xFE"), FH_STR("\xD8")) > fh_spelling_near);
}

static void check_skeletons(const char *a, const char *b, bool same) {
    fh_buf left = {0}, right = {0};
    fh_spelling_skeleton(fh_str_from(a), &left);
    fh_spelling_skeleton(fh_str_from(b), &right);
    assert_true(left.len > 0);
    assert_int_equal(fh_str_equal(fh_buf_str(&left), fh_buf_str(&right)), same);
    fh_buf_free(&left);
    fh_buf_free(&right);
}

static void near_spellings_share_a_skeleton(void **state) {
    (void)state;
    check_skeletons("توكايف", "توقاييف", true);
    check_skeletons("غورباتشوف", "جورباشوف", true);
    check_skeletons("بيونغ يانغ", "بيونجيانج", true);
    check_skeletons("الكرملين", "كريملن", true);
    check_skeletons("بوتين", "لينين", false);
    check_skeletons("ترامب", "تامر", false);
}

static void a_skeleton_is_added_to_what_is_there(void **state) {
    (void)state;
    fh_buf out = {0};
    fh_buf_add(&out, FH_STR("x"));
    fh_spelling_skeleton(FH_STR("او"), &out);
    assert_str_equal(fh_buf_str(&out), FH_STR("x"));
    fh_spelling_skeleton(FH_STR("لام"), &out);
    assert_int_equal(out.len, 3);
    fh_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_folding_makes_one_is_no_distance),
        cmocka_unit_test(either_way_is_as_far),
        cmocka_unit_test(a_letter_more_is_less_in_a_longer_name),
        cmocka_unit_test(letters_that_stand_for_each_other_are_nearer_than_others),
        cmocka_unit_test(a_letter_that_does_not_vary_is_never_near),
        cmocka_unit_test(long_vowels_are_words_of_their_own_in_arabic_forms),
        cmocka_unit_test(one_word_may_be_two),
        cmocka_unit_test(every_word_must_be_near_in_its_place),
        cmocka_unit_test(an_article_more_is_near_where_the_rest_is),
        cmocka_unit_test(what_is_no_name_is_near_nothing),
        cmocka_unit_test(near_spellings_share_a_skeleton),
        cmocka_unit_test(a_skeleton_is_added_to_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
