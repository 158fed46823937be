/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates: what the golden table tests/golden/dates.tsv cannot say in a row. */
#include "tests/unit/test.h"

#include "base/date.h"

static void a_text_that_is_no_date_leaves_out_untouched(void **state) {
    (void)state;
    fh_date date = {.year = 1999, .month = 12, .day = 31};
    assert_false(fh_date_parse(FH_STR("أمس"), &date));
    assert_false(fh_date_find(FH_STR("قال أمس"), 100, &date));
    assert_int_equal(date.year, 1999);
    assert_int_equal(date.day, 31);
}

static void only_a_date_found_in_running_text_is_guessed(void **state) {
    (void)state;
    fh_date date;
    assert_true(fh_date_parse(FH_STR("8 مايو 2024"), &date));
    assert_false(date.guessed);
    assert_true(fh_date_find(FH_STR("قال اليوم 8 مايو 2024 إنه"), 100, &date));
    assert_true(date.guessed);
}

static void a_day_without_a_time_has_no_zone(void **state) {
    (void)state;
    fh_date date;
    assert_true(fh_date_parse(FH_STR("4th, May 2024 GMT"), &date));
    assert_false(date.has_time);
    assert_int_equal(date.zone, 0);
}

static void a_time_without_a_zone_says_so(void **state) {
    (void)state;
    fh_date date;
    assert_true(fh_date_parse(FH_STR("2024-03-06 14:20:00"), &date));
    assert_true(date.has_time);
    assert_int_equal(date.zone, FH_NO_ZONE);
}

static void find_looks_no_further_than_it_is_told(void **state) {
    (void)state;
    fh_date date;
    fh_str text = FH_STR("xxxx 2024-05-08");
    assert_false(fh_date_find(text, 10, &date));
    assert_true(fh_date_find(text, 15, &date));
}

static void an_unknown_date_has_no_text(void **state) {
    (void)state;
    char text[FH_DATE_TEXT] = "x";
    fh_date unknown = {0};
    fh_date_iso(&unknown, text);
    assert_string_equal(text, "");
    fh_date_key(&unknown, text);
    assert_string_equal(text, "");
}

static void keys_are_digits_whose_byte_order_is_time_order(void **state) {
    (void)state;
    static const char *const in_order[] = {"2023-12-31", "2024-01-01T00:00:00Z", "2024-01-01T23:59:59Z",
                                           "2024-01-02", "2024-10-01"};
    char before[FH_DATE_TEXT] = "", key[FH_DATE_TEXT];
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        fh_date date;
        assert_true(fh_date_parse(fh_str_from(in_order[i]), &date));
        fh_date_key(&date, key);
        assert_true(strcmp(before, key) < 0);
        assert_int_equal(strspn(key, "0123456789"), strlen(key));
        memcpy(before, key, sizeof before);
    }
}

static void an_iso_text_reads_back_as_the_same_date(void **state) {
    (void)state;
    static const char *const texts[] = {"2024-05-04", "2024-05-04T09:30:00", "2024-05-04T09:30:00Z",
                                        "2024-05-04T09:30:00+03:00", "2024-05-04T09:30:00-03:30"};
    char iso[FH_DATE_TEXT];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fh_date date;
        assert_true(fh_date_parse(fh_str_from(texts[i]), &date));
        fh_date_iso(&date, iso);
        assert_string_equal(iso, texts[i]);
    }
}

static void february_has_29_days_in_leap_years_of_the_gregorian_calendar(void **state) {
    (void)state;
    assert_int_equal(fh_days_in_month(2023, 2), 28);
    assert_int_equal(fh_days_in_month(2024, 2), 29);
    assert_int_equal(fh_days_in_month(1900, 2), 28);
    assert_int_equal(fh_days_in_month(2000, 2), 29);
    assert_int_equal(fh_days_in_month(2024, 4), 30);
    assert_int_equal(fh_days_in_month(2024, 12), 31);
}

/* ---- Reckoning ---- */

static const fh_date written = {
    .year = 2024, .month = 3, .day = 1, .hour = 1, .minute = 30, .has_time = true, .zone = 180};

static void assert_iso(const fh_date *date, const char *expected) {
    char iso[FH_DATE_TEXT];
    fh_date_iso(date, iso);
    assert_string_equal(iso, expected);
}

static void words_are_resolved_by_the_time_they_were_written(void **state) {
    (void)state;
    static const struct {
        const char *words, *expected;
    } rows[] = {
        {"اليوم", "2024-03-01"},
        {"أمس", "2024-02-29"},
        {"أمس الأول", "2024-02-28"},
        {"منذ ساعتين", "2024-02-29T23:30:00+03:00"},
        {"منذ ٣ ساعات", "2024-02-29T22:30:00+03:00"},
        {"قبل 20 دقيقة", "2024-03-01T01:10:00+03:00"},
        {"قبل يومين", "2024-02-28"},
        {"منذ أسبوع", "2024-02-23"},
        {"2 hours ago", "2024-02-29T23:30:00+03:00"},
        {"yesterday", "2024-02-29"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fh_date found = {0};
        assert_true(fh_date_relative(fh_str_from(rows[i].words), &written, &found));
        assert_iso(&found, rows[i].expected);
        assert_true(found.guessed);
    }
}

static void words_that_say_no_day_are_not_resolved(void **state) {
    (void)state;
    static const char *const rows[] = {"",    "اليوم الثلاثاء", "منذ سنوات طويلة", "قبل الظهر", "أمس كان",
                                       "منذ", "3 hours"};
    fh_date found = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(fh_date_relative(fh_str_from(rows[i]), &written, &found));
    assert_false(fh_date_relative(FH_STR("أمس"), &found, &found)); /* by an unknown day */
    assert_int_equal(found.year, 0);
}

static void the_same_moment_in_utc(void **state) {
    (void)state;
    fh_date utc = fh_date_utc(&written), day = {.year = 2024, .month = 1, .day = 1}, unknown = {0};
    assert_iso(&utc, "2024-02-29T22:30:00Z");
    utc = fh_date_utc(&day);
    assert_iso(&utc, "2024-01-01T00:00:00Z");
    utc = fh_date_utc(&unknown);
    assert_int_equal(utc.year, 0);
}

static void minutes_cross_days_and_years(void **state) {
    (void)state;
    fh_date start = {.year = 2023, .month = 12, .day = 31, .hour = 23, .minute = 59, .has_time = true};
    fh_date end = fh_date_shift(&start, 2);
    assert_iso(&end, "2024-01-01T00:01:00Z");
    end = fh_date_shift(&end, -2);
    assert_iso(&end, "2023-12-31T23:59:00Z");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_resolved_by_the_time_they_were_written),
        cmocka_unit_test(words_that_say_no_day_are_not_resolved),
        cmocka_unit_test(the_same_moment_in_utc),
        cmocka_unit_test(minutes_cross_days_and_years),
        cmocka_unit_test(a_text_that_is_no_date_leaves_out_untouched),
        cmocka_unit_test(only_a_date_found_in_running_text_is_guessed),
        cmocka_unit_test(a_day_without_a_time_has_no_zone),
        cmocka_unit_test(a_time_without_a_zone_says_so),
        cmocka_unit_test(find_looks_no_further_than_it_is_told),
        cmocka_unit_test(an_unknown_date_has_no_text),
        cmocka_unit_test(keys_are_digits_whose_byte_order_is_time_order),
        cmocka_unit_test(an_iso_text_reads_back_as_the_same_date),
        cmocka_unit_test(february_has_29_days_in_leap_years_of_the_gregorian_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
