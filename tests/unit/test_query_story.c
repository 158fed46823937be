/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The story of one entity: when it is named, how it is spelled, and with whom. */
#include "tests/unit/test_query_archive.h"

#include "base/limits.h"
#include <jansson.h>

/* توكايف is named in five articles: always with كازاخستان, mostly with روسيا, which all others name too. */
static const fh_article news[] = {
    {.id = TEXT("a"),
     .source = TEXT("الرصيف"),
     .published = DAY(2024, 1, 4),
     .title = TEXT("توكايف في كازاخستان"),
     .body = TEXT("قال توكايف إن كازاخستان جارة روسيا. وعاد توكاييف.")},
    {.id = TEXT("b"),
     .source = TEXT("الرصيف"),
     .published = DAY(2024, 1, 20),
     .title = TEXT("لقاء"),
     .body = TEXT("التقى قاسم جومارت توكايف وفدا من روسيا في كازاخستان.")},
    {.id = TEXT("c"),
     .source = TEXT("المدار"),
     .published = DAY(2024, 4, 2),
     .title = TEXT("زيارة"),
     .body = TEXT("قال وفد كازاخستان إن بتوكاييف ثقة، ولِتوكاييف رأي في روسيا.")},
    {.id = TEXT("d"),
     .published = DAY(2024, 4, 3),
     .title = TEXT("قمة"),
     .body = TEXT("بحث توكايف قضايا كازاخستان.")},
    {.id = TEXT("e"),
     .source = TEXT("المدار"),
     .title = TEXT("خبر"),
     .body = TEXT("زار توكايف المصنع في كازاخستان.")},
    {.id = TEXT("r1"), .title = TEXT("قمح"), .body = TEXT("صدرت روسيا القمح إلى مصر.")},
    {.id = TEXT("r2"), .title = TEXT("غاز"), .body = TEXT("صدرت روسيا الغاز إلى الصين.")},
    {.id = TEXT("r3"), .title = TEXT("نفط"), .body = TEXT("صدرت روسيا النفط إلى الهند.")},
    {.id = TEXT("r4"), .title = TEXT("نفط"), .body = TEXT("صدرت روسيا النفط إلى تركيا.")},
};

static int open_news(void **state) {
    return open_for_all(state, news, sizeof news / sizeof *news);
}

static fh_story tell(archive *a, const char *entity, const char *query) {
    fh_story_wanted wanted = {fh_str_from(entity), fh_str_from(query)};
    fh_story story;
    check_ok(a, fh_story_run(a->searcher, &wanted, a->arena, &story, &a->err));
    return story;
}

static fh_str written(archive *a, const fh_story *story, const char *format, bool colour) {
    const fh_output *output = fh_outputs();
    while (strcmp(output->name, format) != 0) output++;
    fh_buf text = {0};
    output->write_story(story, colour, &text);
    fh_str copy = fh_arena_copy(a->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static void assert_holds(fh_str text, const char *part) {
    if (fh_str_find(text, fh_str_from(part), 0) == SIZE_MAX)
        fail_msg("no \"%s\" in:\n%.*s", part, FH_STR_ARG(text));
}

static void assert_lacks(fh_str text, const char *part) {
    if (fh_str_find(text, fh_str_from(part), 0) != SIZE_MAX)
        fail_msg("\"%s\" in:\n%.*s", part, FH_STR_ARG(text));
}

/* ---- What it tells ---- */

static void an_entity_is_told_by_its_id_and_by_any_spelling(void **state) {
    static const char *const names[] = {"kassym-jomart-tokayev", "توكاييف", "قاسم جومارت توكايف", "Tokayev",
                                        " tokaev "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fh_story story = tell(*state, names[i], "");
        assert_string_equal(story.named.entity->id, "kassym-jomart-tokayev");
        assert_int_equal(story.articles, 5);
    }
}

static void months_are_in_order_and_the_undated_are_counted_apart(void **state) {
    fh_story story = tell(*state, "توكايف", "");
    assert_int_equal(story.month_count, 2);
    assert_str_equal(story.months[0].month, FH_STR("2024-01"));
    assert_int_equal(story.months[0].articles, 2);
    assert_str_equal(story.months[1].month, FH_STR("2024-04"));
    assert_int_equal(story.months[1].articles, 2);
    assert_int_equal(story.undated, 1);
}

static void spellings_are_counted_by_outlet_as_written_without_clitics(void **state) {
    fh_story story = tell(*state, "توكايف", "");
    assert_int_equal(story.read, 5);
    assert_int_equal(story.outlet_count, 3);
    assert_str_equal(story.outlets[0].source, FH_STR("الرصيف"));
    assert_int_equal(story.outlets[0].times, 4);
    assert_int_equal(story.outlets[0].spelling_count, 3);
    assert_str_equal(story.outlets[0].spellings[0].text, FH_STR("توكايف"));
    assert_int_equal(story.outlets[0].spellings[0].times, 2);
    assert_str_equal(story.outlets[1].source, FH_STR("المدار"));
    assert_str_equal(story.outlets[1].spellings[0].text, FH_STR("توكاييف"));
    assert_int_equal(story.outlets[1].spellings[0].times, 2);
    assert_int_equal(story.outlets[2].source.len, 0);
}

static void who_is_named_everywhere_is_not_named_with_it(void **state) {
    fh_story story = tell(*state, "توكايف", "");
    assert_int_equal(story.other_count, 1);
    assert_string_equal(story.others[0].entity->id, "country-kz");
    assert_int_equal(story.others[0].articles, 5);
    assert_float_equal(story.others[0].lift, 9.0 / 5, 1e-9);
}

static void a_query_narrows_the_story(void **state) {
    fh_story story = tell(*state, "توكايف", "المصنع OR date:2024-01");
    assert_int_equal(story.articles, 3);
    assert_int_equal(story.month_count, 1);
    assert_int_equal(story.undated, 1);
    story = tell(*state, "توكايف", "القمح");
    assert_int_equal(story.articles, 0);
    assert_int_equal(story.month_count, 0);
    assert_int_equal(story.outlet_count, 0);
    assert_int_equal(story.other_count, 0);
}

static void an_unknown_entity_is_an_error_with_the_nearest_names(void **state) {
    archive *a = *state;
    fh_story_wanted wanted = {FH_STR("putamin"), {0}};
    fh_story story = {.articles = 77};
    assert_int_equal(fh_story_run(a->searcher, &wanted, a->arena, &story, &a->err), FH_ERR_NOT_FOUND);
    assert_int_equal(story.articles, 77);
    assert_non_null(strstr(a->err.what, "putamin"));
    assert_non_null(strstr(a->err.hint, "vladimir-putin"));
    wanted = (fh_story_wanted){FH_STR("توكايف"), FH_STR("(القمح")};
    assert_int_equal(fh_story_run(a->searcher, &wanted, a->arena, &story, &a->err), FH_ERR_USAGE);
}

static void more_articles_than_the_limit_leave_spellings_of_the_newest(void **state) {
    (void)state;
    archive a;
    start_archive(&a);
    for (int i = 0; i < FH_MAX_STORY + 1; i++)
        put_article(&a, (fh_article){.id = fh_arena_format(a.arena, "%d", i),
                                     .title = FH_STR("خبر"),
                                     .published = DAY((int16_t)(i ? 2024 : 2020), 1, 1),
                                     .body = i ? FH_STR("قال توكايف.") : FH_STR("قال توكاييف.")});
    finish_archive(&a);
    fh_story story = tell(&a, "توكايف", "");
    assert_int_equal(story.articles, FH_MAX_STORY + 1);
    assert_int_equal(story.read, FH_MAX_STORY);
    assert_int_equal(story.outlets[0].spelling_count, 1);
    assert_holds(written(&a, &story, "text", false), "في أحدث 500 مقال\n");
    close_archive(&a);
}

/* ---- How it is written ---- */

static void empty_months_between_are_shown(void **state) {
    archive *a = *state;
    fh_story story = tell(a, "توكايف", "");
    fh_str text = written(a, &story, "text", false);
    assert_holds(
        text, "  2024-01      2  ########\n  2024-02      0\n  2024-03      0\n  2024-04      2  ########\n");
    assert_holds(text, "               1  بلا تاريخ\n");
    assert_lacks(text, "2024-05");
}

static void a_long_span_is_shown_by_years(void **state) {
    (void)state;
    archive a;
    start_archive(&a);
    for (int year = 2018; year <= 2024; year += 3)
        put_article(&a, (fh_article){.id = fh_arena_format(a.arena, "%d", year),
                                     .title = FH_STR("خبر"),
                                     .published = DAY((int16_t)year, 6, 1),
                                     .body = FH_STR("قال توكايف.")});
    finish_archive(&a);
    fh_story story = tell(&a, "توكايف", "");
    fh_str text = written(&a, &story, "text", false);
    assert_holds(text, "     2018      1  ####\n     2019      0\n");
    assert_holds(text, "     2024      1  ####\n");
    assert_lacks(text, "2018-06");
    assert_int_equal(story.month_count, 3);
    close_archive(&a);
}

/* On a line with a right-to-left letter a terminal may turn a bar round. */
static void lines_with_bars_have_no_letters(void **state) {
    archive *a = *state;
    fh_story story = tell(a, "توكايف", "");
    fh_str rest = written(a, &story, "text", true), line;
    size_t bars = 0;
    while (fh_str_line(&rest, &line)) {
        if (fh_str_find(line, FH_STR("█"), 0) == SIZE_MAX) continue;
        bars++;
        assert_int_equal(strspn(line.ptr, " 0123456789-"), fh_str_find(line, FH_STR("█"), 0));
        assert_true(fh_str_ends(line, FH_STR("█")));
    }
    assert_int_equal(bars, 2);
}

static void the_json_of_a_story_says_the_same(void **state) {
    archive *a = *state;
    fh_story story = tell(a, "Tokayev", "date:2024");
    fh_str text = written(a, &story, "json", false);
    json_error_t problem;
    json_t *json = json_loadb(text.ptr, text.len, 0, &problem);
    assert_non_null(json);
    int version, articles, undated, read, lift_articles;
    const char *typed, *query, *id, *type, *label, *latin, *country, *other;
    double lift;
    json_t *ids, *months, *spellings, *together;
    assert_int_equal(
        json_unpack_ex(json, &problem, JSON_STRICT,
                       "{s:i, s:s, s:{s:s, s:s, s:s, s:s, s:s, s:o}, s:s, s:i, s:i, s:o, s:i, s:o, s:o}",
                       "version", &version, "typed", &typed, "entity", "id", &id, "type", &type, "label",
                       &label, "latin", &latin, "country", &country, "ids", &ids, "query", &query, "articles",
                       &articles, "undated", &undated, "months", &months, "spelling_articles", &read,
                       "spellings", &spellings, "together", &together),
        0);
    assert_int_equal(version, 1);
    assert_string_equal(typed, "Tokayev");
    assert_string_equal(id, "kassym-jomart-tokayev");
    assert_string_equal(type, "person");
    assert_string_equal(query, "date:2024");
    assert_int_equal(articles, 4);
    assert_int_equal(undated, 0);
    assert_int_equal(read, 4);
    assert_int_equal(json_array_size(months), 2);
    assert_int_equal(json_array_size(spellings), 3);
    assert_int_equal(json_unpack_ex(json_array_get(together, 0), &problem, 0, "{s:s, s:i, s:F}", "id", &other,
                                    "articles", &lift_articles, "lift", &lift),
                     0);
    assert_string_equal(other, "country-kz");
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entity_is_told_by_its_id_and_by_any_spelling),
        cmocka_unit_test(months_are_in_order_and_the_undated_are_counted_apart),
        cmocka_unit_test(spellings_are_counted_by_outlet_as_written_without_clitics),
        cmocka_unit_test(who_is_named_everywhere_is_not_named_with_it),
        cmocka_unit_test(a_query_narrows_the_story),
        cmocka_unit_test(an_unknown_entity_is_an_error_with_the_nearest_names),
        cmocka_unit_test(more_articles_than_the_limit_leave_spellings_of_the_newest),
        cmocka_unit_test(empty_months_between_are_shown),
        cmocka_unit_test(a_long_span_is_shown_by_years),
        cmocka_unit_test(lines_with_bars_have_no_letters),
        cmocka_unit_test(the_json_of_a_story_says_the_same),
    };
    return cmocka_run_group_tests(tests, open_news, close_for_all);
}
