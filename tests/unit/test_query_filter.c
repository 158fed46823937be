/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers ask of a search: values that facets gave, articles like another, an end in time, and whether
 * the index that is open is still the newest. */
#include "tests/unit/test_query_archive.h"

static fh_str keywords[] = {FH_STR("سوق المال"), FH_STR("نفط")};

static const fh_article articles[] = {
    {.id = FH_STR("oil"),
     .title = FH_STR("أسعار النفط ترتفع في لندن"),
     .source = FH_STR("المدار الاقتصادي"),
     .language = FH_STR("ar"),
     .keywords = {keywords, 2},
     .published = DAY(2024, 5, 4),
     .body = FH_STR("ارتفعت أسعار النفط والغاز في أسواق لندن بعد قرار منظمة أوبك خفض الإنتاج.")},
    {.id = FH_STR("opec"),
     .title = FH_STR("أوبك تخفض الإنتاج"),
     .source = FH_STR("المدار"),
     .author = FH_STR("تحرير"),
     .language = FH_STR("ar"),
     .published = DAY(2024, 5, 31),
     .body = FH_STR("قررت أوبك خفض إنتاج النفط، فارتفعت الأسعار في الأسواق.")},
    {.id = FH_STR("cup"),
     .title = FH_STR("نهائي كأس آسيا"),
     .source = FH_STR("الملعب"),
     .language = FH_STR("ar"),
     .published = DAY(2023, 2, 10),
     .body = FH_STR("فاز المنتخب بكأس آسيا أمام جمهور كبير.")},
    {.id = FH_STR("undated"),
     .title = FH_STR("أسعار الذهب"),
     .source = FH_STR("الملعب"),
     .language = FH_STR("en"),
     .body = FH_STR("استقرت أسعار الذهب في الأسواق.")},
};

static archive a;

static int open_it(void **state) {
    (void)state;
    open_archive(&a, articles, sizeof articles / sizeof *articles);
    return 0;
}

static int close_it(void **state) {
    (void)state;
    close_archive(&a);
    return 0;
}

static fh_str found(const char *query, const fh_filter *filters, size_t count, const char *period) {
    fh_answer answer = ask_with(&a, (fh_search){.query = fh_str_from(query),
                                                .sort = FH_SORT_OLDEST,
                                                .filters = filters,
                                                .filter_count = count,
                                                .period = fh_str_from(period)});
    return ids_of(&a, &answer);
}

static fh_str found_by(fh_slot slot, const char *value) {
    return found("", &(fh_filter){slot, fh_str_from(value)}, 1, "");
}

static void a_value_is_met_whole(void **state) {
    (void)state;
    assert_str_equal(found_by(FH_SLOT_SOURCE, "المدار"), FH_STR("opec"));
    assert_str_equal(found_by(FH_SLOT_AUTHOR, "تحرير"), FH_STR("opec"));
    assert_str_equal(found_by(FH_SLOT_MONTH, "2024-05"), FH_STR("oil opec"));
    assert_str_equal(found_by(FH_SLOT_LANGUAGE, "en"), FH_STR("undated"));
    assert_str_equal(found_by(FH_SLOT_KEYWORDS, "سوق المال"), FH_STR("oil"));
    assert_str_equal(found_by(FH_SLOT_KEYWORDS, "سوق"), FH_STR(""));
    assert_str_equal(found_by(FH_SLOT_ENTITIES, "opec"), FH_STR("oil opec"));
    assert_str_equal(found_by(FH_SLOT_SOURCE, "nobody"), FH_STR(""));
}

static void values_of_one_slot_are_alternatives_and_slots_must_all_hold(void **state) {
    (void)state;
    const fh_filter filters[] = {{FH_SLOT_SOURCE, FH_STR("المدار")},
                                 {FH_SLOT_SOURCE, FH_STR("الملعب")},
                                 {FH_SLOT_LANGUAGE, FH_STR("ar")}};
    assert_str_equal(found("", filters, 2, ""), FH_STR("cup opec undated"));
    assert_str_equal(found("", filters, 3, ""), FH_STR("cup opec"));
    assert_str_equal(found("الأسعار", filters, 3, ""), FH_STR("opec"));
}

static void a_period_holds_dated_articles_only(void **state) {
    (void)state;
    assert_str_equal(found("", NULL, 0, "2023"), FH_STR("cup"));
    assert_str_equal(found("", NULL, 0, "..2024-05-04"), FH_STR("cup oil"));
    assert_str_equal(found("أسعار", NULL, 0, "2023-01..2024-05"), FH_STR("oil opec"));
}

static void filters_do_not_rank(void **state) {
    (void)state;
    const fh_filter filter = {FH_SLOT_LANGUAGE, FH_STR("ar")};
    fh_answer plain = ask(&a, "النفط");
    fh_answer narrow =
        ask_with(&a, (fh_search){.query = FH_STR("النفط"), .filters = &filter, .filter_count = 1});
    assert_true(plain.hit_count > 0);
    assert_true(plain.hits[0].hit->score == narrow.hits[0].hit->score);
}

static void a_period_that_cannot_be_read_is_refused(void **state) {
    (void)state;
    fh_answer answer;
    const fh_search search = {.query = FH_STR("النفط"), .period = FH_STR("soon"), .limit = 1};
    assert_int_equal(fh_search_run(a.searcher, &search, a.arena, &answer, &a.err), FH_ERR_USAGE);
    assert_string_equal(a.err.where, "period");
}

static void nothing_asked_finds_nothing(void **state) {
    (void)state;
    assert_str_equal(found("", NULL, 0, ""), FH_STR(""));
}

static void what_resembles_an_article_shares_its_words_and_names(void **state) {
    (void)state;
    fh_answer answer = ask_with(&a, (fh_search){.like = FH_STR("oil")});
    assert_true(answer.hit_count >= 1);
    assert_str_equal(answer.hits[0].hit->article.id, FH_STR("opec"));
    for (size_t i = 0; i < answer.hit_count; i++)
        assert_false(fh_str_equal(answer.hits[i].hit->article.id, FH_STR("oil")));
    const fh_search nobody = {.like = FH_STR("nobody"), .limit = 1};
    assert_int_equal(fh_search_run(a.searcher, &nobody, a.arena, &answer, &a.err), FH_ERR_NOT_FOUND);
}

/* ---- The store's part ---- */

static fh_results find_until(double deadline) {
    fh_query all = {.op = FH_OP_ALL};
    fh_facet_request facet = {.slot = FH_SLOT_SOURCE, .limit = 10};
    fh_results results;
    const fh_find find = {.query = &all,
                          .limit = 10,
                          .deadline = deadline,
                          .facets = &facet,
                          .facet_count = 1,
                          .bm25 = {1, 0.5}};
    check_ok(&a, fh_store_find(a.store, &find, a.arena, &results, &a.err));
    return results;
}

static void a_search_ends_at_its_deadline_and_says_so(void **state) {
    (void)state;
    const double long_ago = 1e-3, not_in_this_life = 1e12;
    fh_results late = find_until(long_ago), whole = find_until(not_in_this_life), endless = find_until(0);
    assert_true(late.partial);
    assert_false(late.total_exact);
    assert_int_equal(late.hit_count, 0);
    assert_false(whole.partial);
    assert_int_equal(whole.hit_count, 4);
    assert_int_equal(whole.total, endless.total);
    assert_int_equal(whole.facets[0].value_count, 3);
}

static void a_deadline_changes_no_score(void **state) {
    (void)state;
    fh_answer plain = ask(&a, "أسعار النفط");
    fh_answer limited = ask_with(&a, (fh_search){.query = FH_STR("أسعار النفط"), .time_limit = 60000});
    assert_false(limited.partial);
    assert_int_equal(plain.hit_count, limited.hit_count);
    for (size_t i = 0; i < plain.hit_count; i++)
        assert_true(plain.hits[i].hit->score == limited.hits[i].hit->score);
}

static void a_commit_and_another_index_in_its_place_are_seen(void **state) {
    (void)state;
    const fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION, .stemmer = "light"};
    const char *dirs[] = {a.dir};
    uint64_t before, after;
    fh_store *writer, *reader;
    check_ok(&a, fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &reader, &a.err));
    assert_false(fh_store_is_stale(reader));
    check_ok(&a, fh_store_revision(reader, &before, &a.err));
    check_ok(&a, fh_store_open_writable(a.dir, &identity, &writer, &a.err));
    check_ok(&a, fh_store_begin(writer, &a.err));
    check_ok(&a, fh_store_set_meta(writer, "user.note", FH_STR("1"), &a.err));
    assert_false(fh_store_is_stale(reader));
    check_ok(&a, fh_store_commit(writer, &a.err));
    fh_store_close(writer);
    assert_true(fh_store_is_stale(reader));
    fh_store_close(reader);

    check_ok(&a, fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &reader, &a.err));
    check_ok(&a, fh_store_revision(reader, &after, &a.err));
    assert_true(before != after);
    assert_false(fh_store_is_stale(reader));
    check_ok(&a, fh_store_compact(a.dir, NULL, &a.err));
    assert_true(fh_store_is_stale(reader));
    fh_store_close(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_met_whole),
        cmocka_unit_test(values_of_one_slot_are_alternatives_and_slots_must_all_hold),
        cmocka_unit_test(a_period_holds_dated_articles_only),
        cmocka_unit_test(filters_do_not_rank),
        cmocka_unit_test(a_period_that_cannot_be_read_is_refused),
        cmocka_unit_test(nothing_asked_finds_nothing),
        cmocka_unit_test(what_resembles_an_article_shares_its_words_and_names),
        cmocka_unit_test(a_search_ends_at_its_deadline_and_says_so),
        cmocka_unit_test(a_deadline_changes_no_score),
        cmocka_unit_test(a_commit_and_another_index_in_its_place_are_seen),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
