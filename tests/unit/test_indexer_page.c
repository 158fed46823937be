/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page reader: what it takes for the article, and what for the page around it. */
#include "base/buf.h"
#include "indexer/formats/format.h"
#include "indexer/lead_date.h"
#include "indexer/page_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static fh_arena *arena;

static int make_arena(void **state) {
    (void)state;
    arena = fh_arena_new();
    return 0;
}

static int free_arena(void **state) {
    (void)state;
    fh_arena_free(arena);
    return 0;
}

static fh_articles read_text(const char *text) {
    fh_articles articles;
    fh_error err;
    assert_int_equal(fh_format_page.whole(fh_str_from(text), FH_STR("news/a.txt"), arena, &articles, &err),
                     FH_OK);
    return articles;
}

#define assert_text(got, expected) assert_string_equal(fh_arena_copy(arena, (got)).ptr, (expected))

static void assert_published(const fh_article *article, const char *expected) {
    char iso[FH_DATE_TEXT];
    fh_date_iso(&article->published, iso);
    assert_string_equal(iso, expected);
}

static void assert_list(fh_strs got, const char *expected) {
    fh_buf joined = {0};
    for (size_t i = 0; i < got.count; i++) {
        if (i) fh_buf_add(&joined, FH_STR(" | "));
        fh_buf_add(&joined, got.items[i]);
    }
    assert_string_equal(joined.ptr ? joined.ptr : "", expected);
    fh_buf_free(&joined);
}

static void line_above_the_date_is_the_title(void **state) {
    (void)state;
    fh_articles a =
        read_text("افتتاح جسر جديد فوق النهر.\nتاريخ النشر: 4th, May 2024 GMT\nافتتح الجسر صباحا.\n");
    assert_int_equal(a.count, 1);
    assert_text(a.items[0].title, "افتتاح جسر جديد فوق النهر.");
    assert_text(a.items[0].body, "افتتح الجسر صباحا.");
    assert_published(&a.items[0], "2024-05-04");
    assert_false(a.items[0].published.guessed);
}

static void last_source_is_the_outlet_the_one_before_its_wire(void **state) {
    (void)state;
    fh_articles a =
        read_text("عنوان\nتاريخ النشر: 1st, June 2024 GMT\nنص.\nالمصدر: تاس\nالمصدر: RT Arabic\n");
    assert_text(a.items[0].wire, "تاس");
    assert_text(a.items[0].source, "RT Arabic");
    a = read_text("عنوان\nتاريخ النشر: 1st, June 2024 GMT\nنص.\nالمصدر : الأسبوع\n");
    assert_text(a.items[0].source, "الأسبوع");
    assert_int_equal(a.items[0].wire.len, 0);
}

static void article_below_the_footer_is_one_of_its_own(void **state) {
    (void)state;
    fh_articles a = read_text("عنوان أول\nتاريخ النشر: 1st, June 2024 GMT\nنص أول.\nالمصدر: وكالة\n"
                              "إقرأ أيضاً:\nعنوان ثان\nنص ثان.\nوبقيته.\n");
    assert_int_equal(a.count, 2);
    assert_text(a.items[0].body, "نص أول.");
    assert_text(a.items[1].id, "news/a.txt#2");
    assert_text(a.items[1].parent, "news/a.txt");
    assert_text(a.items[1].title, "عنوان ثان");
    assert_text(a.items[1].body, "نص ثان.\nوبقيته.");
    assert_published(&a.items[1], "");
}

static void read_also_in_the_body_lists_titles(void **state) {
    (void)state;
    fh_articles a = read_text("عنوان\nتاريخ النشر: 1st, June 2024 GMT\nفقرة أولى.\n"
                              "اقرأ أيضاًالصحيفة: خبر له صلة\nخبر آخر له صلة\nخبر ثالث\nالمصدر: وكالة\n");
    assert_int_equal(a.count, 1);
    assert_text(a.items[0].body, "فقرة أولى.");
    assert_list(a.items[0].related, "الصحيفة: خبر له صلة | خبر آخر له صلة | خبر ثالث");
}

static void read_also_after_a_sentence_breaks_the_line(void **state) {
    (void)state;
    fh_articles a =
        read_text("عنوان\nتاريخ النشر: 1st, June 2024 GMT\nفقرة أولى.اقرأ أيضاً: خبر له صلة\nفقرة ثانية.\n");
    assert_text(a.items[0].body, "فقرة أولى.\nفقرة ثانية.");
    assert_list(a.items[0].related, "خبر له صلة");
}

static void read_more_glued_to_a_paragraph_is_cut_off(void **state) {
    (void)state;
    fh_articles a =
        read_text("عنوان\nتاريخ النشر: 1st, June 2024 GMT\nإقرأ المزيدوأكد الوزير أن العمل مستمر.\n");
    assert_text(a.items[0].body, "وأكد الوزير أن العمل مستمر.");
}

static void list_of_like_articles_belongs_to_the_page(void **state) {
    (void)state;
    fh_articles a = read_text(
        "نص بلا عنوان، وهو طويل بما يكفي.\n\nالمصدر: بوابة\n\nإقرأ أيضاً:\n\nعنوان ثان\n\nنص ثان.\n\n"
        "مقالات مشابهة\n\n  • خبر أول\n  • خبر ثان.\n");
    assert_int_equal(a.count, 2);
    assert_list(a.items[0].related, "خبر أول | خبر ثان.");
    assert_int_equal(a.items[1].related.count, 0);
    assert_int_equal(a.items[0].title.len, 0);
}

static void furniture_and_credits_are_left_out(void **state) {
    (void)state;
    fh_articles a = read_text("نص الخبر هنا، في سطر.\nتابع أحدث الأخبار عبر تطبيق\n. بقية الخبر.\n"
                              "مجموعة الرؤية \"الشرق\"\nالصورة: الموقع الرسمي\nالمصدر: تاس\n");
    assert_text(a.items[0].body, "نص الخبر هنا، في سطر.\nبقية الخبر.");
    assert_text(a.items[0].author, "مجموعة الرؤية \"الشرق\"");
    assert_text(a.items[0].source, "تاس");
}

static void own_day_in_the_lead_is_a_guessed_date(void **state) {
    (void)state;
    fh_articles a = read_text(
        "يبدأ الرئيس زيارة، وفق ما أعلن اليوم الثلاثاء 11 نوفمبر/تشرين الثاني 2025.\nالمصدر: تاس\n");
    assert_published(&a.items[0], "2025-11-11");
    assert_true(a.items[0].published.guessed);
}

static void day_of_something_told_is_no_date(void **state) {
    (void)state;
    fh_date date;
    assert_false(fh_lead_date(FH_STR("منذ أحداث 7 أكتوبر 2023 تغير الكثير."), &date));
    assert_true(fh_lead_date(FH_STR("\n٤ مايو ٢٠٢٤\nنص الخبر."), &date));
    assert_true(date.guessed);
    assert_true(fh_lead_date(FH_STR("موسكو - 8 مايو/أيار 2024 - قال الوزير."), &date));
}

static void plain_text_takes_its_own_day_only(void **state) {
    (void)state;
    fh_articles articles;
    fh_error err;
    fh_str told = FH_STR("عنوان\n\nتغير الكثير منذ أحداث 7 أكتوبر 2023.");
    fh_str dated = FH_STR("عنوان\n\nمراكش - 9 سبتمبر/أيلول 2023 - قال الوزير إن العمل مستمر.");
    assert_int_equal(fh_format_text.whole(told, FH_STR("a"), arena, &articles, &err), FH_OK);
    assert_published(&articles.items[0], "");
    assert_int_equal(fh_format_text.whole(dated, FH_STR("a"), arena, &articles, &err), FH_OK);
    assert_published(&articles.items[0], "2023-09-09");
}

static void marks_are_known_in_any_spelling(void **state) {
    (void)state;
    fh_str rest;
    assert_int_equal(fh_page_line(FH_STR("إقرأ أيضًا :"), &rest), FH_LINE_ALSO);
    assert_int_equal(rest.len, 0);
    assert_int_equal(fh_page_line(FH_STR("اقرأ أيضاً"), &rest), FH_LINE_ALSO);
    assert_int_equal(fh_page_line(FH_STR("كَلِمات دلاليّة: نفط"), &rest), FH_LINE_KEYWORDS);
    assert_int_equal(fh_page_line(FH_STR("مقالات مشابهة بين البلدين كثيرة"), &rest), FH_LINE_TEXT);
    assert_int_equal(fh_page_line(FH_STR("المصدر الأول للنفط"), &rest), FH_LINE_TEXT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_above_the_date_is_the_title),
        cmocka_unit_test(last_source_is_the_outlet_the_one_before_its_wire),
        cmocka_unit_test(article_below_the_footer_is_one_of_its_own),
        cmocka_unit_test(read_also_in_the_body_lists_titles),
        cmocka_unit_test(read_also_after_a_sentence_breaks_the_line),
        cmocka_unit_test(read_more_glued_to_a_paragraph_is_cut_off),
        cmocka_unit_test(list_of_like_articles_belongs_to_the_page),
        cmocka_unit_test(furniture_and_credits_are_left_out),
        cmocka_unit_test(own_day_in_the_lead_is_a_guessed_date),
        cmocka_unit_test(day_of_something_told_is_no_date),
        cmocka_unit_test(plain_text_takes_its_own_day_only),
        cmocka_unit_test(marks_are_known_in_any_spelling),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
