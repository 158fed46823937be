/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching a small index: what is found, in which order, and what is shown of it. */
#include "tests/unit/test_query_archive.h"

static const fh_article news[] = {
    {.id = TEXT("kz"),
     .title = TEXT("رئيس كازاخستان يزور موسكو"),
     .source = TEXT("وكالة المدار"),
     .published = DAY(2024, 5, 4),
     .body =
         TEXT("قال السفير إن رئيس كازاخستان قاسم جومارت توكايف يعتزم زيارة موسكو.\nوتستغرق الزيارة يومين.")},
    {.id = TEXT("kp"),
     .title = TEXT("الاستعدادات جارية لزيارة بوتين إلى كوريا الشمالية"),
     .source = TEXT("صحيفة الرصيف"),
     .published = DAY(2024, 5, 19),
     .body = TEXT(
         "أكد المتحدث باسم الكرملين أن الرئيس الروسي فلاديمير بوتين يستعد لزيارة كوريا الشمالية قريبا.")},
    {.id = TEXT("spelling"),
     .title = TEXT("توكاييف يستقبل وفدا"),
     .source = TEXT("وكالة المدار"),
     .published = DAY(2023, 11, 23),
     .body = TEXT("استقبل الرئيس توكاييف وفدا من رجال الأعمال وأصحاب المشاريع.")},
    {.id = TEXT("market"),
     .title = TEXT("سوق المال تصعد"),
     .source = TEXT("صحيفة الرصيف"),
     .published = DAY(2024, 1, 15),
     .body = TEXT("صعدت سوق المال اليوم. وقال خبير: المال لا ينام، وفي السوق أخبار.")},
    {.id = TEXT("market-words"),
     .title = TEXT("المال في كل سوق"),
     .body = TEXT("هل المال في السوق أم في البنوك؟ سؤال قديم.")},
    {.id = TEXT("fair-1"), .title = TEXT("معرض جديد"), .body = TEXT("افتتح معرض الكتاب.")},
    {.id = TEXT("fair-2"), .title = TEXT("المعرض جديد"), .body = TEXT("افتتح المعرض الكتاب.")},
};

static int open_news(void **state) {
    return open_for_all(state, news, sizeof news / sizeof *news);
}

/* ---- What is found ---- */

static void a_word_finds_its_forms_with_article_and_clitics(void **state) {
    assert_finds(*state, "مشاريع", "spelling");
    assert_finds(*state, "الخبير", "market");
    assert_finds(*state, "أخبار", "market");
}

static void exact_spelling_comes_before_other_forms(void **state) {
    assert_finds(*state, "معرض", "fair-1 fair-2");
    assert_finds(*state, "المعرض", "fair-2 fair-1");
}

static void a_name_is_found_however_it_is_spelled(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "توكاييف");
    assert_str_equal(ids_of(a, &answer), FH_STR("spelling kz"));
    answer = ask(a, "توكايف");
    assert_str_equal(ids_of(a, &answer), FH_STR("kz spelling"));
}

static void a_phrase_wants_its_words_in_order_as_spelled(void **state) {
    assert_finds(*state, "\"سوق المال\"", "market");
    assert_finds(*state, "\"المال سوق\"", "");
    assert_finds(*state, "«لا ينام»", "market");
}

static void a_star_stands_for_any_end_also_behind_an_article(void **state) {
    assert_finds(*state, "مشار*", "spelling");
    assert_finds(*state, "المشار*", "spelling");
    assert_finds(*state, "title:سو* خبير", "market");
    assert_finds(*state, "شاريع*", "");
}

static void plus_wants_the_word_as_spelled(void **state) {
    assert_finds(*state, "+توكاييف", "spelling");
    assert_finds(*state, "+معرض", "fair-1");
    assert_finds(*state, "+مشاريع", "");
}

static void minus_takes_away(void **state) {
    assert_finds(*state, "المال -خبير", "market-words");
    assert_finds(*state, "-المال -الرئيس -معرض", "");
    assert_finds(*state, "-المال -بوتين -وفد -معرض", "kz");
}

static void fields_look_only_there(void **state) {
    assert_finds(*state, "title:السوق خبير", "market");
    assert_finds(*state, "title:خبير", "");
    assert_finds(*state, "source:الرصيف بوتين", "kp");
    assert_finds(*state, "مصدر:\"وكالة المدار\" وفد", "spelling");
    assert_finds(*state, "entity:vladimir-putin", "kp");
    assert_finds(*state, "كيان:بوتين", "kp");
}

static void dates_filter_by_day_month_and_year(void **state) {
    assert_finds(*state, "الرئيس date:2023", "spelling");
    assert_finds(*state, "date:2024-05-04", "kz");
    assert_finds(*state, "date:٤/٥/٢٠٢٤", "kz");
    assert_finds(*state, "after:2024-05-04", "kp");
    assert_finds(*state, "before:2023-11-24", "spelling");
}

static void stop_words_are_wanted_only_when_there_is_nothing_else(void **state) {
    archive *a = *state;
    assert_finds(a, "زيارة إلى موسكو", "kz");
    fh_answer answer = ask(a, "هل");
    assert_str_equal(ids_of(a, &answer), FH_STR("market-words"));
}

static void the_newest_or_the_oldest_first_and_unknown_dates_last(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("المال OR الرئيس"), .sort = FH_SORT_NEWEST});
    assert_str_equal(ids_of(a, &answer), FH_STR("kp kz market spelling market-words"));
    answer = ask_with(a, (fh_search){.query = FH_STR("المال OR الرئيس"), .sort = FH_SORT_OLDEST});
    assert_str_equal(ids_of(a, &answer), FH_STR("spelling market kz kp market-words"));
}

static void paging_goes_on_where_it_stopped(void **state) {
    archive *a = *state;
    fh_answer all = ask(a, "المال OR الرئيس");
    for (uint32_t i = 0; i < all.hit_count; i++) {
        fh_answer one = ask_with(a, (fh_search){.query = FH_STR("المال OR الرئيس"), .offset = i, .limit = 1});
        assert_int_equal(one.hit_count, 1);
        assert_int_equal(one.total, all.total);
        assert_str_equal(one.hits[0].hit->article.id, all.hits[i].hit->article.id);
    }
}

/* ---- When nothing has all the words ---- */

static void a_search_widens_and_says_so(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "سوق موسكو");
    assert_true(answer.widened);
    assert_int_equal(answer.total, 3);
    answer = ask(a, "سوق المال");
    assert_false(answer.widened);
}

static void what_is_insisted_on_stays_wanted_when_widening(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "سوق موسكو source:الرصيف");
    assert_str_equal(ids_of(a, &answer), FH_STR("market kp"));
    answer = ask(a, "+خبير موسكو وفد");
    assert_str_equal(ids_of(a, &answer), FH_STR("market"));
}

static void asked_to_match_all_it_does_not_widen(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("سوق موسكو"), .match = FH_MATCH_ALL});
    assert_int_equal(answer.total, 0);
    assert_false(answer.widened);
}

static void asked_to_match_any_it_ranks_all_the_words_first(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("خبير المال"), .match = FH_MATCH_ANY});
    assert_str_equal(ids_of(a, &answer), FH_STR("market market-words"));
    assert_false(answer.widened);
}

static void a_misspelled_word_gets_the_nearest_word_of_the_index(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "زيارة موسكر");
    assert_str_equal(answer.suggestion, FH_STR("زيارة موسكو"));
    answer = ask(a, "الشمالبة");
    assert_str_equal(answer.suggestion, FH_STR("الشماليه"));
    answer = ask(a, "زيارة موسكو");
    assert_int_equal(answer.suggestion.len, 0);
    answer = ask(a, "قسطنطينية");
    assert_int_equal(answer.suggestion.len, 0);
}

static void an_empty_query_finds_nothing(void **state) {
    assert_finds(*state, "", "");
    assert_finds(*state, " … ؟ ", "");
}

/* ---- What is shown ---- */

static void whole_words_are_marked_with_their_clitics(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "السوق سؤال");
    assert_str_equal(answer.hits[0].hit->article.id, FH_STR("market-words"));
    assert_str_equal(shown(a, &answer.hits[0].title), FH_STR("المال في كل [سوق]"));
    assert_str_equal(shown(a, &answer.hits[0].snippet),
                     FH_STR("هل المال في [السوق] أم في البنوك؟ [سؤال] قديم."));
}

static void entities_that_the_query_names_are_marked_apart(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "جارية بوتين");
    assert_str_equal(shown(a, &answer.hits[0].title),
                     FH_STR("الاستعدادات [جارية] لزيارة {بوتين} إلى كوريا الشمالية"));
    assert_int_equal(answer.hits[0].title.items[3].mark, FH_MARK_ENTITY);
    assert_str_equal(answer.hits[0].title.items[3].entity, FH_STR("vladimir-putin"));
}

static void a_phrase_is_marked_only_where_it_stands(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "\"سوق المال\"");
    assert_str_equal(shown(a, &answer.hits[0].snippet),
                     FH_STR("صعدت [سوق] [المال] اليوم. وقال خبير: المال لا ينام، وفي السوق أخبار."));
}

static void the_entities_of_a_hit_come_most_often_named_first(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "entity:vladimir-putin");
    assert_true(answer.hits[0].entity_count >= 2);
    assert_string_equal(answer.hits[0].entities[0]->id, "vladimir-putin");
}

static void ids_only_shows_no_more(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("المال"), .ids_only = true});
    assert_int_equal(answer.hit_count, 2);
    assert_int_equal(answer.hits[0].snippet.count, 0);
    assert_true(answer.hits[0].hit->article.id.len > 0);
}

static void facets_count_all_that_was_found(void **state) {
    archive *a = *state;
    const fh_facet_wanted wanted[] = {{facet("source"), 10}, {facet("month"), 1}};
    fh_answer answer =
        ask_with(a, (fh_search){.query = FH_STR("الرئيس"), .limit = 1, .facets = wanted, .facet_count = 2});
    assert_int_equal(answer.facet_count, 2);
    assert_int_equal(answer.facets[0].value_count, 2);
    assert_str_equal(answer.facets[0].values[0].value, FH_STR("وكالة المدار"));
    assert_int_equal(answer.facets[0].values[0].articles, 2);
    assert_str_equal(answer.facets[1].values[0].value, FH_STR("2024-05"));
    assert_int_equal(answer.facets[1].values_in_all, 2);
}

static void an_explanation_adds_up_to_the_score(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"زيارة بوتين", "سوق موسكو", "\"سوق المال\" خبير OR وفد"};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        fh_answer answer = ask_with(a, (fh_search){.query = fh_str_from(queries[q]), .explain = true});
        assert_true(answer.tree.len && answer.lowered.len);
        assert_true(answer.hit_count > 0);
        for (size_t i = 0; i < answer.hit_count; i++) {
            double sum = 0;
            for (size_t p = 0; p < answer.hits[i].part_count; p++) sum += answer.hits[i].parts[p].score;
            assert_float_equal(sum, answer.hits[i].hit->score, 1e-3);
        }
    }
}

static void a_bad_query_is_an_error_and_leaves_the_answer_alone(void **state) {
    archive *a = *state;
    fh_answer answer = {.total = 77};
    fh_search search = {.query = FH_STR("مصر \"ليبيا"), .limit = 10};
    assert_int_equal(fh_search_run(a->searcher, &search, a->arena, &answer, &a->err), FH_ERR_USAGE);
    assert_int_equal(answer.total, 77);
    assert_string_equal(a->err.where, "character 5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_finds_its_forms_with_article_and_clitics),
        cmocka_unit_test(exact_spelling_comes_before_other_forms),
        cmocka_unit_test(a_name_is_found_however_it_is_spelled),
        cmocka_unit_test(a_phrase_wants_its_words_in_order_as_spelled),
        cmocka_unit_test(a_star_stands_for_any_end_also_behind_an_article),
        cmocka_unit_test(plus_wants_the_word_as_spelled),
        cmocka_unit_test(minus_takes_away),
        cmocka_unit_test(fields_look_only_there),
        cmocka_unit_test(dates_filter_by_day_month_and_year),
        cmocka_unit_test(stop_words_are_wanted_only_when_there_is_nothing_else),
        cmocka_unit_test(the_newest_or_the_oldest_first_and_unknown_dates_last),
        cmocka_unit_test(paging_goes_on_where_it_stopped),
        cmocka_unit_test(a_search_widens_and_says_so),
        cmocka_unit_test(what_is_insisted_on_stays_wanted_when_widening),
        cmocka_unit_test(asked_to_match_all_it_does_not_widen),
        cmocka_unit_test(asked_to_match_any_it_ranks_all_the_words_first),
        cmocka_unit_test(a_misspelled_word_gets_the_nearest_word_of_the_index),
        cmocka_unit_test(an_empty_query_finds_nothing),
        cmocka_unit_test(whole_words_are_marked_with_their_clitics),
        cmocka_unit_test(entities_that_the_query_names_are_marked_apart),
        cmocka_unit_test(a_phrase_is_marked_only_where_it_stands),
        cmocka_unit_test(the_entities_of_a_hit_come_most_often_named_first),
        cmocka_unit_test(ids_only_shows_no_more),
        cmocka_unit_test(facets_count_all_that_was_found),
        cmocka_unit_test(an_explanation_adds_up_to_the_score),
        cmocka_unit_test(a_bad_query_is_an_error_and_leaves_the_answer_alone),
    };
    return cmocka_run_group_tests(tests, open_news, close_for_all);
}
