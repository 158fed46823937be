/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests to replies, without sockets; and the words that are being typed, however they are. */
#include "tests/unit/test_query_archive.h"

#include "site/answer.h"
#include "site/keyboard.h"
#include "site/latin.h"
#include "site/respond.h"
#include <jansson.h>

static archive a;
static fh_house house;
static fh_reply reply;
static const char *dirs[1];
static const char *const origins[] = {"https://news.example"};

static const fh_article articles[] = {
    {.id = FH_STR("one"),
     .url = FH_STR("https://a.example/1"),
     .title = FH_STR("بوتين في القاهرة"),
     .source = FH_STR("المدار"),
     .published = {2024, 5, 4, 0, 0, 0, false, false, FH_NO_ZONE},
     .body = FH_STR("زار الرئيس الروسي القاهرة.\nثم زار الرياض.")},
    {.id = FH_STR("two/2"),
     .url = FH_STR("javascript:alert(1)"),
     .title = FH_STR("</script><script>alert(1)</script> القاهرة"),
     .source = FH_STR("\"><img src=x onerror=alert(1)>"),
     .published = {2023, 11, 1, 0, 0, 0, false, false, FH_NO_ZONE},
     .body = FH_STR("<b>القاهرة</b> & أخبار <!-- -->")},
    {.id = FH_STR("three"),
     .title = FH_STR("الرئيس في القاهرة"),
     .source = FH_STR("الملعب"),
     .body = FH_STR("زار الرئيس القاهرة مرتين هذا العام.")},
    {.id = FH_STR("turned"),
     .title = FH_STR("\u202Eمقلوب"),
     .source = FH_STR("مصدر \u2066"),
     .body = FH_STR("نص \u202Eمقلوب")},
    {.id = FH_STR("held"),
     .title = FH_STR("بيان محجوز"),
     .embargo = FH_STR("2199-01-01T00:00:00Z"),
     .body = FH_STR("ينشر البيان لاحقا.")},
};

static int open_house(void **state) {
    (void)state;
    json_set_alloc_funcs(malloc, free);
    open_archive(&a, articles, sizeof articles / sizeof *articles);
    dirs[0] = a.dir;
    house = (fh_house){.rate = fh_rate_new(0),
                       .metrics = fh_metrics_new(),
                       .origins = origins,
                       .origin_count = 1,
                       .time_limit = 2000};
    return fh_pool_new(dirs, 1, 2, &house.pool, &a.err) != FH_OK;
}

static int close_house(void **state) {
    (void)state;
    fh_buf_free(&reply.body);
    fh_pool_free(house.pool);
    fh_rate_free(house.rate);
    fh_metrics_free(house.metrics);
    close_archive(&a);
    return 0;
}

static const char *ask_for(fh_request request) {
    fh_buf_free(&reply.body);
    fh_answer_request(&house, &request, &reply);
    return reply.body.ptr ? reply.body.ptr : "";
}

static const char *get(const char *target) {
    return ask_for((fh_request){.target = fh_str_from(target), .host = FH_STR("h.example")});
}

static void assert_has(const char *text, const char *piece) {
    if (!strstr(text, piece)) fail_msg("\"%s\" is not in: %s", piece, text);
}

static void assert_lacks(const char *text, const char *piece) {
    if (strstr(text, piece)) fail_msg("\"%s\" is in: %s", piece, text);
}

static void a_search_is_answered_as_the_program_writes_it(void **state) {
    (void)state;
    assert_has(get("/search?q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86"), "\"total\":1,");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.type, "application/json");
    assert_int_equal(reply.total, 1);
}

static void filters_narrow_and_those_of_one_name_are_alternatives(void **state) {
    (void)state;
    const char *both = "/search?q=%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9"
                       "&source=%D8%A7%D9%84%D9%85%D8%AF%D8%A7%D8%B1"
                       "&source=%D8%A7%D9%84%D9%85%D9%84%D8%B9%D8%A8";
    assert_has(get("/search?q=%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9"), "\"total\":3,");
    assert_has(get(both), "\"total\":2,");
    assert_has(get("/search?period=2024"), "\"total\":1,");
    assert_has(get("/search?month=2023-11"), "\"id\":\"two/2\"");
    assert_has(get("/search?entity=vladimir-putin"),
               "\"filters\":[{\"name\":\"entity\",\"value\":\"vladimir-putin\",\"label\":");
}

static void what_cannot_be_asked_is_a_problem_that_names_it(void **state) {
    (void)state;
    static const struct {
        const char *target, *parameter;
        unsigned status;
    } bad[] = {{"/search", "\"parameter\":\"q\"", 400},
               {"/search?q=a&nope=1", "\"parameter\":\"nope\"", 400},
               {"/search?q=a&limit=101", "\"parameter\":\"limit\"", 400},
               {"/search?q=%22a", "\"parameter\":\"q\"", 400},
               {"/search?q=a&month=may", "\"parameter\":\"month\"", 400},
               {"/search?q=a&period=soon", "\"parameter\":\"period\"", 400},
               {"/healthz?q=a", "\"parameter\":\"q\"", 400},
               {"/article/nobody", "\"status\":404", 404},
               {"/similar/nobody", "\"status\":404", 404},
               {"/article/held", "\"status\":404", 404}, /* under embargo, as if it were not there */
               {"/similar/held", "\"status\":404", 404},
               {"/box.css/../../etc/passwd", "\"status\":404", 404},
               {"/?q=%FF", "\"status\":400", 400}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_has(get(bad[i].target), bad[i].parameter);
        assert_string_equal(reply.type, "application/problem+json");
        assert_int_equal(reply.status, bad[i].status);
        assert_int_equal(reply.caching, FH_CACHE_NEVER);
    }
}

static void the_name_of_an_unknown_parameter_is_cut_between_code_points(void **state) {
    (void)state;
    for (int before = 0; before < 2; before++) {
        fh_buf target = {0};
        fh_buf_printf(&target, "/search?%s", before ? "x" : "");
        for (int i = 0; i < 100; i++) fh_buf_add(&target, FH_STR("%D9%81"));
        assert_has(get(target.ptr), "\"parameter\":\"");
        fh_buf_free(&target);
    }
}

static void other_methods_and_bodies_are_refused(void **state) {
    (void)state;
    ask_for((fh_request){.method = FH_METHOD_OTHER, .target = FH_STR("/search")});
    assert_int_equal(reply.status, 405);
    ask_for((fh_request){.has_body = true, .target = FH_STR("/healthz")});
    assert_int_equal(reply.status, 413);
}

static void a_reply_is_known_again_until_the_index_changes(void **state) {
    (void)state;
    char tag[FH_TAG_TEXT];
    const fh_str target = FH_STR("/search?period=2024");
    ask_for((fh_request){.target = target});
    fh_tag_text(reply.tag, tag);
    assert_string_equal(ask_for((fh_request){.target = target, .if_none_match = fh_str_from(tag)}), "");
    assert_int_equal(reply.status, 304);
    ask_for((fh_request){.target = FH_STR("/search?period=2023"), .if_none_match = fh_str_from(tag)});
    assert_int_equal(reply.status, 200);

    const fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION, .stemmer = "light"};
    fh_article more = articles[0];
    more.id = FH_STR("four");
    a.analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    check_ok(&a, fh_store_open_writable(a.dir, &identity, &a.writing, &a.err));
    check_ok(&a, fh_store_begin(a.writing, &a.err));
    put_article(&a, more);
    end_writing(&a);

    assert_has(ask_for((fh_request){.target = target, .if_none_match = fh_str_from(tag)}), "\"total\":2,");
    assert_int_equal(reply.status, 200);
    check_ok(&a, fh_store_compact(a.dir, NULL, &a.err));
    assert_has(get("/search?period=2024"), "\"total\":2,");
}

static void only_listed_origins_may_read(void **state) {
    (void)state;
    ask_for((fh_request){.target = FH_STR("/healthz"), .origin = FH_STR("https://news.example")});
    assert_str_equal(reply.allowed_origin, FH_STR("https://news.example"));
    ask_for((fh_request){.target = FH_STR("/healthz"), .origin = FH_STR("https://news.example.evil")});
    assert_int_equal(reply.allowed_origin.len, 0);
    ask_for((fh_request){
        .method = FH_METHOD_OPTIONS, .target = FH_STR("/search"), .origin = FH_STR("https://news.example")});
    assert_int_equal(reply.status, 204);
    assert_true(reply.preflight);
}

static void a_hostile_article_is_text_in_the_page(void **state) {
    (void)state;
    const char *page = get("/?q=%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9");
    assert_string_equal(reply.type, "text/html; charset=utf-8");
    assert_has(page, "&lt;/script&gt;&lt;script&gt;alert(1)");
    assert_lacks(page, "<script>alert");
    assert_lacks(page, "<img");
    assert_lacks(page, "javascript:");
    assert_has(page, "href=\"https://a.example/1\"");
}

static void what_turns_letters_around_does_not_reach_the_page(void **state) {
    (void)state;
    const char *page = get("/?q=%D9%85%D9%82%D9%84%D9%88%D8%A8");
    assert_has(page, "<h2 dir=\"auto\"><mark>مقلوب</mark></h2>");
    assert_has(page, "<bdi>مصدر </bdi>");
    assert_has(page, "<p dir=\"auto\">نص <mark>مقلوب</mark></p>");
    assert_has(get("/search?q=%D9%85%D9%82%D9%84%D9%88%D8%A8"), "\\u202e");
    assert_lacks(reply.body.ptr, "\u202E");
}

static void a_hostile_query_is_text_in_the_page(void **state) {
    (void)state;
    const char *page = get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&source=%3Cb%3E&lang=en");
    assert_lacks(page, "<script>alert");
    assert_lacks(page, "<b>");
    assert_has(page, "lang=\"en\" dir=\"ltr\"");
}

static void an_article_comes_in_pieces(void **state) {
    (void)state;
    const char *text = get("/article/one");
    assert_has(text, "\"body\":[[{\"text\":\"زار ");
    assert_has(text, "\"mark\":\"entity\",\"entity\":\"city-cairo\"}");
    assert_has(get("/article/two%2F2"), "\"id\":\"two/2\"");
}

static void similar_articles_do_not_count_the_article_itself(void **state) {
    (void)state;
    const char *text = get("/similar/three");
    assert_has(text, "\"id\":\"one\"");
    assert_lacks(text, "\"id\":\"three\"");
}

static void an_entity_has_a_story(void **state) {
    (void)state;
    assert_has(get("/entity/vladimir-putin"), "\"months\":[{\"month\":\"2024-05\",\"articles\":");
    assert_int_equal(reply.status, 200);
    get("/entity/nobody-at-all");
    assert_int_equal(reply.status, 404);
}

static void a_word_is_completed_as_articles_spell_it(void **state) {
    (void)state;
    assert_has(get("/suggest?q=%D8%A7%D9%84%D9%82%D8%A7&format=json"),
               "\"completions\":[{\"text\":\"القاهرة\"");
    assert_has(get("/suggest?q=f,jd&format=json"),
               "\"reading\":\"keyboard\",\"read_as\":\"بوتي\",\"completions\":[{\"text\":\"بوتين\"");
    assert_has(get("/suggest?q=puti&format=json"),
               "\"reading\":\"latin\",\"read_as\":\"بوتي\",\"completions\":[{\"text\":\"بوتين\"");
    assert_has(get("/suggest?q=Vlad&format=json"), "\"id\":\"vladimir-putin\"");
    assert_has(get("/suggest?q=f,jdk"), "[\"f,jdk\",[\"بوتين\",");
    assert_has(get("/suggest?q=zzqq"), "[\"zzqq\",[],[],[]]");
}

static void opensearch_names_the_address_that_was_asked(void **state) {
    (void)state;
    ask_for((fh_request){.target = FH_STR("/opensearch.xml"), .host = FH_STR("a\"<b>")});
    assert_has(reply.body.ptr, "template=\"http://a&quot;&lt;b&gt;/?q={searchTerms}\"");
    house.url = "https://news.example/search";
    assert_has(get("/opensearch.xml"), "template=\"https://news.example/search/suggest?q={searchTerms}\"");
    house.url = NULL;
}

static void a_host_that_is_no_utf8_is_refused(void **state) {
    (void)state;
    ask_for((fh_request){.target = FH_STR("/opensearch.xml"), .host = FH_STR("a\xFF.example")});
    assert_int_equal(reply.status, 400);
    assert_has(reply.body.ptr, "the Host is no name");
}

static void too_many_requests_are_told_when_to_come_again(void **state) {
    (void)state;
    const fh_request request = {.target = FH_STR("/search?q=a"), .address = FH_STR("192.0.2.9")};
    fh_rate *unlimited = house.rate;
    house.rate = fh_rate_new(1);
    ask_for(request);
    ask_for(request);
    ask_for(request);
    assert_int_equal(reply.status, 429);
    assert_int_equal(reply.retry_after, 1);
    ask_for((fh_request){.target = FH_STR("/healthz"), .address = FH_STR("192.0.2.9")});
    assert_int_equal(reply.status, 200);
    fh_rate_free(house.rate);
    house.rate = unlimited;
}

static void metrics_count_what_was_answered(void **state) {
    (void)state;
    get("/nowhere");
    const char *text = get("/metrics");
    assert_has(text, "fihris_requests_total{route=\"none\",status=\"404\"}");
    assert_has(text, "fihris_request_seconds_bucket{route=\"none\",le=\"+Inf\"}");
    assert_has(text, "\nfihris_index_articles ");
}

static void keys_have_two_letters(void **state) {
    (void)state;
    static const char *const pairs[][2] = {{"f,jdk", "بوتين"},   {"lwv", "مصر"}, {"hgrhivm", "القاهرة"},
                                           {"su,]dm", "سعودية"}, {"y.m", "غزة"}, {"Hldv;h", "أميركا"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_str_equal(fh_keyboard_swap(fh_str_from(pairs[i][0]), a.arena), fh_str_from(pairs[i][1]));
        assert_str_equal(fh_keyboard_swap(fh_str_from(pairs[i][1]), a.arena), fh_str_from(pairs[i][0]));
    }
    assert_str_equal(fh_keyboard_swap(FH_STR("b"), a.arena), FH_STR("لا"));
    assert_str_equal(fh_keyboard_swap(FH_STR("لاخخن"), a.arena), FH_STR("ghook"));
    assert_int_equal(fh_keyboard_swap(FH_STR("مصر news"), a.arena).len, 0);
    assert_int_equal(fh_keyboard_swap(FH_STR("2024"), a.arena).len, 0);
}

static bool is_in_list(void *context, fh_str folded) {
    for (const char *const *word = context; *word; word++)
        if (fh_str_starts(fh_str_from(*word), folded)) return true;
    return false;
}

static void latin_letters_are_read_as_the_index_allows(void **state) {
    (void)state;
    static const char *words[] = {"مصر", "الرياض", "محمد", "غزه", "حلب", "شمس", NULL};
    static const char *const pairs[][2] = {
        {"masr", "مصر"}, {"Alriyadh", "الرياض"}, {"mohammad", "محمد"}, {"7alab", "حلب"}, {"shams", "شمس"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        fh_strs readings = fh_latin_readings(fh_str_from(pairs[i][0]), 3, is_in_list, (void *)words, a.arena);
        if (!readings.count) fail_msg("no reading: %s", pairs[i][0]);
        assert_str_equal(readings.items[0], fh_str_from(pairs[i][1]));
    }
    assert_int_equal(fh_latin_readings(FH_STR("xyzzy"), 3, is_in_list, (void *)words, a.arena).count, 0);
}

static bool anything(void *context, fh_str folded) {
    (void)context;
    return folded.len > 0;
}

static void latin_readings_are_no_more_than_wanted(void **state) {
    (void)state;
    static const char *const typed[] = {"ZZ", "zzzz", "ssaall", "tt"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        for (size_t most = 1; most < 6; most++)
            assert_true(fh_latin_readings(fh_str_from(typed[i]), most, anything, NULL, a.arena).count <=
                        most);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_is_answered_as_the_program_writes_it),
        cmocka_unit_test(filters_narrow_and_those_of_one_name_are_alternatives),
        cmocka_unit_test(what_cannot_be_asked_is_a_problem_that_names_it),
        cmocka_unit_test(the_name_of_an_unknown_parameter_is_cut_between_code_points),
        cmocka_unit_test(other_methods_and_bodies_are_refused),
        cmocka_unit_test(a_reply_is_known_again_until_the_index_changes),
        cmocka_unit_test(only_listed_origins_may_read),
        cmocka_unit_test(a_hostile_article_is_text_in_the_page),
        cmocka_unit_test(what_turns_letters_around_does_not_reach_the_page),
        cmocka_unit_test(a_hostile_query_is_text_in_the_page),
        cmocka_unit_test(an_article_comes_in_pieces),
        cmocka_unit_test(similar_articles_do_not_count_the_article_itself),
        cmocka_unit_test(an_entity_has_a_story),
        cmocka_unit_test(a_word_is_completed_as_articles_spell_it),
        cmocka_unit_test(opensearch_names_the_address_that_was_asked),
        cmocka_unit_test(a_host_that_is_no_utf8_is_refused),
        cmocka_unit_test(too_many_requests_are_told_when_to_come_again),
        cmocka_unit_test(metrics_count_what_was_answered),
        cmocka_unit_test(keys_have_two_letters),
        cmocka_unit_test(latin_letters_are_read_as_the_index_allows),
        cmocka_unit_test(latin_readings_are_no_more_than_wanted),
    };
    return cmocka_run_group_tests(tests, open_house, close_house);
}
