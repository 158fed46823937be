/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expanding a search by the words of its best hits, and the numbers of ranking. */
#include "tests/unit/test_query_archive.h"

/* Four articles on an earthquake, one that shares their words but not "زلزال", and others. */
static const fh_article news[] = {
    {.id = TEXT("quake-1"),
     .title = TEXT("زلزال يضرب الساحل"),
     .published = DAY(2024, 5, 4),
     .body = TEXT("زلزال في الساحل: 120 قتيلا تحت الأنقاض، والإغاثة تصل إلى المنكوبين. حوت نافق.")},
    {.id = TEXT("quake-2"),
     .title = TEXT("ضحايا زلزال الساحل"),
     .published = DAY(2024, 5, 5),
     .body = TEXT("زلزال الأمس: 120 قتيلا، وفرق الإغاثة بين الأنقاض، والإغاثة تمضي في الليل.")},
    {.id = TEXT("quake-3"),
     .title = TEXT("زلزال والإغاثة بطيئة"),
     .published = DAY(2024, 5, 6),
     .body = TEXT("بعد زلزال قوي ظلت الإغاثة بطيئة، وفي الأنقاض أحياء، ومنهم 120 طفلا.")},
    {.id = TEXT("quake-4"),
     .title = TEXT("زلزال آخر"),
     .published = DAY(2023, 1, 1),
     .body = TEXT("زلزال قديم، والأنقاض باقية، والإغاثة ذكرى.")},
    {.id = TEXT("rubble"),
     .title = TEXT("أحياء تحت الأنقاض"),
     .published = DAY(2023, 2, 2),
     .body = TEXT("الإغاثة تسابق الوقت في الأنقاض.")},
    {.id = TEXT("market"), .title = TEXT("سوق المال"), .body = TEXT("صعدت سوق المال اليوم.")},
    {.id = TEXT("school"), .title = TEXT("مدرسة جديدة"), .body = TEXT("افتتحت مدرسة في القرية.")},
    {.id = TEXT("sea"), .title = TEXT("صيد البحر"), .body = TEXT("صيد وفير هذا العام في البحر.")},
};

static int open_news(void **state) {
    return open_for_all(state, news, sizeof news / sizeof *news);
}

static fh_answer expand(archive *a, const char *query, fh_match match) {
    return ask_with(a, (fh_search){.query = fh_str_from(query), .match = match, .expand = true});
}

/* Was a word with the same stem added? */
static bool adds(archive *a, const fh_answer *answer, const char *word) {
    fh_str stem = fh_stem_folded(FH_STEMMER_LIGHT,
                                 fh_fold_word(FH_STEMMER_LIGHT, fh_str_from(word), a->arena), a->arena);
    for (size_t i = 0; i < answer->expanded.count; i++)
        if (fh_str_equal(answer->expanded.items[i], stem)) return true;
    return false;
}

static bool finds(archive *a, const fh_answer *answer, const char *id) {
    return fh_str_find(ids_of(a, answer), fh_str_from(id), 0) != SIZE_MAX;
}

/* ---- What is added ---- */

static void words_that_the_best_hits_share_are_added(void **state) {
    archive *a = *state;
    fh_answer answer = expand(a, "زلزال", FH_MATCH_ALL);
    assert_true(answer.expand);
    assert_true(adds(a, &answer, "الأنقاض"));
    assert_true(adds(a, &answer, "الإغاثة"));
}

static void words_of_one_hit_alone_stop_words_numbers_and_the_query_are_not(void **state) {
    archive *a = *state;
    fh_answer answer = expand(a, "زلزال", FH_MATCH_ALL);
    assert_false(adds(a, &answer, "حوت"));
    assert_false(adds(a, &answer, "في"));
    assert_false(adds(a, &answer, "120"));
    assert_false(adds(a, &answer, "زلزال"));
}

static void nothing_is_added_unless_asked_for(void **state) {
    fh_answer answer = ask(*state, "زلزال");
    assert_false(answer.expand);
    assert_int_equal(answer.expanded.count, 0);
}

static void an_unwanted_word_is_never_added(void **state) {
    archive *a = *state;
    fh_answer answer = expand(a, "زلزال -إغاثة", FH_MATCH_ANY);
    assert_false(adds(a, &answer, "الإغاثة"));
    assert_int_equal(answer.hit_count, 0);
}

static void an_order_by_date_adds_nothing(void **state) {
    fh_answer answer =
        ask_with(*state, (fh_search){.query = FH_STR("زلزال"), .sort = FH_SORT_NEWEST, .expand = true});
    assert_int_equal(answer.expanded.count, 0);
}

static void a_query_without_words_adds_nothing(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"", "date:2024", "-زلزال", "كلمةلاتوجد"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        fh_answer plain = ask(a, queries[i]), answer = expand(a, queries[i], FH_MATCH_AUTO);
        assert_int_equal(answer.expanded.count, 0);
        assert_str_equal(ids_of(a, &answer), ids_of(a, &plain));
    }
}

/* ---- What is found ---- */

static void where_all_words_are_wanted_it_finds_the_same_articles(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"زلزال", "زلزال الساحل", "+زلزال", "في", "title:زلزال", "زلز*"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        fh_answer plain = ask(a, queries[i]), answer = expand(a, queries[i], FH_MATCH_ALL);
        assert_int_equal(answer.total, plain.total);
        for (size_t h = 0; h < plain.hit_count; h++) {
            const char *id = fh_arena_copy(a->arena, plain.hits[h].hit->article.id).ptr;
            assert_true(finds(a, &answer, id));
        }
    }
}

static void where_any_word_will_do_it_finds_what_has_none_of_them(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("زلزال"), .match = FH_MATCH_ANY});
    assert_false(finds(a, &answer, "rubble"));
    answer = expand(a, "زلزال", FH_MATCH_ANY);
    assert_true(finds(a, &answer, "rubble"));
    assert_false(finds(a, &answer, "market"));
}

static void what_is_insisted_on_filtered_or_unwanted_stays_so(void **state) {
    archive *a = *state;
    fh_answer answer = expand(a, "زلزال date:2024", FH_MATCH_ANY);
    assert_int_equal(answer.total, 3);
    assert_false(finds(a, &answer, "rubble"));
    answer = expand(a, "زلزال -أحياء", FH_MATCH_ANY);
    assert_true(answer.expanded.count > 0);
    assert_false(finds(a, &answer, "rubble"));
    answer = expand(a, "+زلزال", FH_MATCH_ANY);
    assert_true(answer.expanded.count > 0);
    assert_false(finds(a, &answer, "rubble"));
}

static void the_parts_of_an_expanded_score_add_up(void **state) {
    fh_answer answer =
        ask_with(*state, (fh_search){.query = FH_STR("زلزال"), .explain = true, .expand = true});
    assert_true(answer.expanded.count > 0 && answer.hit_count > 0);
    for (size_t i = 0; i < answer.hit_count; i++) {
        double sum = 0;
        for (size_t p = 0; p < answer.hits[i].part_count; p++) sum += answer.hits[i].parts[p].score;
        assert_float_equal(sum, answer.hits[i].hit->score, 1e-3);
    }
}

static void what_was_added_is_not_marked(void **state) {
    fh_answer answer = expand(*state, "زلزال", FH_MATCH_ALL);
    for (size_t h = 0; h < answer.hit_count; h++) {
        const fh_segments *snippet = &answer.hits[h].snippet;
        for (size_t i = 0; i < snippet->count; i++)
            if (snippet->items[i].mark) assert_str_equal(snippet->items[i].text, FH_STR("زلزال"));
    }
}

/* ---- The numbers of ranking ---- */

static void each_number_can_be_tuned(void **state) {
    fh_ranking ranking = *fh_ranking_default();
    fh_error err;
    (void)state;
    static const char *const assignments[] = {"k1=0.9", "b=0", "surface=0.25", "entity=2", "expand=1"};
    for (size_t i = 0; i < sizeof assignments / sizeof *assignments; i++)
        assert_int_equal(fh_ranking_tune(&ranking, fh_str_from(assignments[i]), &err), FH_OK);
    assert_float_equal(ranking.bm25.k1, 0.9, 1e-9);
    assert_float_equal(ranking.bm25.b, 0, 1e-9);
    assert_float_equal(ranking.surface, 0.25, 1e-9);
    assert_float_equal(ranking.entity, 2, 1e-9);
    assert_float_equal(ranking.expand, 1, 1e-9);
}

static void what_cannot_be_tuned_is_refused_and_changes_nothing(void **state) {
    static const char *const wrong[] = {
        "",      "k1",     "=1",    "k2=1",   "k1=",   "k1=x", "k1=-1",  "b=1.01",
        "k1= 1", "k1=nan", "b=inf", "b=1e-1", "b=0x1", "b=.",  "b=1.0.0"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fh_ranking ranking = *fh_ranking_default();
        fh_error err;
        assert_int_equal(fh_ranking_tune(&ranking, fh_str_from(wrong[i]), &err), FH_ERR_USAGE);
        assert_memory_equal(&ranking, fh_ranking_default(), sizeof ranking);
    }
}

static void a_tuned_number_counts_in_its_search_alone(void **state) {
    fh_ranking flat = *fh_ranking_default();
    flat.surface = 0;
    fh_answer usual = ask(*state, "زلزال");
    fh_answer tuned = ask_with(*state, (fh_search){.query = FH_STR("زلزال"), .ranking = &flat});
    fh_answer again = ask(*state, "زلزال");
    assert_true(tuned.hits[0].hit->score < usual.hits[0].hit->score);
    assert_float_equal(again.hits[0].hit->score, usual.hits[0].hit->score, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_the_best_hits_share_are_added),
        cmocka_unit_test(words_of_one_hit_alone_stop_words_numbers_and_the_query_are_not),
        cmocka_unit_test(nothing_is_added_unless_asked_for),
        cmocka_unit_test(an_unwanted_word_is_never_added),
        cmocka_unit_test(an_order_by_date_adds_nothing),
        cmocka_unit_test(a_query_without_words_adds_nothing),
        cmocka_unit_test(where_all_words_are_wanted_it_finds_the_same_articles),
        cmocka_unit_test(where_any_word_will_do_it_finds_what_has_none_of_them),
        cmocka_unit_test(what_is_insisted_on_filtered_or_unwanted_stays_so),
        cmocka_unit_test(the_parts_of_an_expanded_score_add_up),
        cmocka_unit_test(what_was_added_is_not_marked),
        cmocka_unit_test(each_number_can_be_tuned),
        cmocka_unit_test(what_cannot_be_tuned_is_refused_and_changes_nothing),
        cmocka_unit_test(a_tuned_number_counts_in_its_search_alone),
    };
    return cmocka_run_group_tests(tests, open_news, close_for_all);
}
