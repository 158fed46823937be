/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the index is told of an article, and the article as JSON. */
#include "base/buf.h"
#include "tests/unit/test_indexer.h"

#include "indexer/document.h"
#include "stemmer/stemmer.h"

#include <jansson.h>

/* The built-in names, and no recogniser. */
static fh_index_names listed_names(void) {
    return (fh_index_names){.all = fh_gazetteer_builtin(), .listed = fh_gazetteer_builtin()};
}

static fh_document document_of(reading *r, fh_article raw) {
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_article *article = &r->articles[0].article;
    *article = raw;
    fh_index_tools tools = {.analyser = analyser, .names = listed_names()};
    fh_document document = fh_index_document(&tools, article, r->arena);
    fh_analyser_free(analyser);
    return document;
}

/* The number-th posting of a word in a field; NULL where there are fewer. */
static const fh_posting *posting(const fh_document *document, fh_field field, const char *word,
                                 size_t number) {
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting *p = &document->postings[i];
        if (p->field == field && fh_str_equal(p->word, fh_str_from(word)) && number-- == 0) return p;
    }
    return NULL;
}

static void assert_posting(const fh_document *document, fh_field field, const char *word, uint32_t position,
                           uint32_t weight) {
    const fh_posting *p = posting(document, field, word, 0);
    assert_non_null(p);
    assert_int_equal(p->position, position);
    assert_int_equal(p->weight, weight);
}

static fh_str value(const fh_document *document, fh_slot slot) {
    fh_str found = FH_STR("");
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == slot) found = document->values[i].bytes;
    return found;
}

static void the_title_comes_first_and_the_body_behind_a_gap(void **state) {
    fh_document d =
        document_of(*state, (fh_article){.title = FH_STR("قمح مصر"), .body = FH_STR("سوق المال")});
    assert_posting(&d, FH_FIELD_WORD, "قمح", 1, 1);
    assert_posting(&d, FH_FIELD_WORD, "مصر", 2, 1);
    assert_posting(&d, FH_FIELD_TITLE, "مصر", 2, 1);
    assert_posting(&d, FH_FIELD_WORD, "سوق", 103, 1);
    assert_posting(&d, FH_FIELD_WORD, "المال", 104, 1);
    assert_null(posting(&d, FH_FIELD_TITLE, "سوق", 0));
}

static void stems_of_the_title_weigh_more(void **state) {
    fh_document d = document_of(*state, (fh_article){.title = FH_STR("القمح"), .body = FH_STR("وبالقمح")});
    assert_posting(&d, FH_FIELD_STEM, "قمح", 0, 3);
    assert_int_equal(posting(&d, FH_FIELD_STEM, "قمح", 1)->weight, 2);
    assert_posting(&d, FH_FIELD_TITLE_STEM, "قمح", 0, 1);
    assert_null(posting(&d, FH_FIELD_TITLE_STEM, "قمح", 1));
}

static void stems_of_the_lead_weigh_more_than_the_rest(void **state) {
    fh_buf body = {0};
    fh_buf_add(&body, FH_STR("قمح"));
    for (int i = 0; i < 80; i++) fh_buf_add(&body, FH_STR(" سوق"));
    fh_buf_add(&body, FH_STR(" نفط"));
    fh_document d = document_of(*state, (fh_article){.body = fh_buf_str(&body)});
    assert_posting(&d, FH_FIELD_STEM, "قمح", 0, 2);
    assert_posting(&d, FH_FIELD_STEM, "نفط", 0, 1);
    fh_buf_free(&body);
}

static void stop_words_have_positions_but_no_stems(void **state) {
    fh_document d = document_of(*state, (fh_article){.title = FH_STR("عنوان"), .body = FH_STR("قال في مصر")});
    assert_posting(&d, FH_FIELD_WORD, "في", 103, 1);
    assert_null(posting(&d, FH_FIELD_STEM, "في", 0));
    assert_posting(&d, FH_FIELD_WORD, "مصر", 104, 1);
}

static void a_title_from_the_lead_is_not_counted_twice(void **state) {
    fh_document d = document_of(
        *state, (fh_article){.title = FH_STR("قمح"), .body = FH_STR("قمح"), .title_from_lead = true});
    assert_posting(&d, FH_FIELD_WORD, "قمح", 1, 1);
    assert_null(posting(&d, FH_FIELD_WORD, "قمح", 1));
    assert_null(posting(&d, FH_FIELD_TITLE, "قمح", 0));
}

static void keywords_are_words_and_wholes(void **state) {
    fh_str words[] = {FH_STR("الأمن الجماعي"), FH_STR("القمح")};
    fh_document d = document_of(
        *state, (fh_article){.title = FH_STR("عنوان"), .body = FH_STR("نص"), .keywords = {words, 2}});
    fh_str folded = fh_fold_word(FH_STEMMER_LIGHT, FH_STR("الأمن الجماعي"), ((reading *)*state)->arena);
    assert_posting(&d, FH_FIELD_KEYWORD, folded.ptr, 0, 0);
    assert_posting(&d, FH_FIELD_WORD, "القمح", 305, 1);
    assert_posting(&d, FH_FIELD_STEM, "قمح", 0, 1);
    assert_str_equal(value(&d, FH_SLOT_KEYWORDS), FH_STR("الأمن الجماعي\x1f"
                                                         "القمح\x1f"));
}

static void names_are_filters_with_positions(void **state) {
    fh_document d = document_of(*state, (fh_article){.title = FH_STR("عنوان"),
                                                     .body = FH_STR("نص"),
                                                     .author = FH_STR("سعاد علي"),
                                                     .source = FH_STR("الراصد"),
                                                     .wire = FH_STR("تاس")});
    assert_posting(&d, FH_FIELD_AUTHOR, "علي", 2, 0);
    assert_posting(&d, FH_FIELD_SOURCE, "تاس", 102, 0);
    assert_null(posting(&d, FH_FIELD_WORD, "علي", 0));
    assert_str_equal(value(&d, FH_SLOT_AUTHOR), FH_STR("سعاد علي"));
    assert_str_equal(value(&d, FH_SLOT_SOURCE), FH_STR("الراصد"));
}

static void entities_weigh_as_often_as_they_are_named(void **state) {
    reading *r = *state;
    fh_document d =
        document_of(r, (fh_article){.title = FH_STR("زيارة إلى مصر"), .body = FH_STR("مصر وروسيا، ثم مصر.")});
    assert_posting(&d, FH_FIELD_ENTITY, "country-eg", 0, 3);
    assert_posting(&d, FH_FIELD_ENTITY, "country-ru", 0, 1);
    assert_str_equal(value(&d, FH_SLOT_ENTITIES), FH_STR("country-eg\x1f"
                                                         "country-ru\x1f"));
    const fh_article *a = d.article;
    assert_int_equal(a->entity_count, 4);
    assert_int_equal(a->entities[0].part, FH_PART_TITLE);
    assert_str_equal(fh_str_slice(a->title, a->entities[0].start, a->entities[0].end), FH_STR("مصر"));
    assert_str_equal(fh_str_slice(a->body, a->entities[2].start, a->entities[2].end), FH_STR("وروسيا"));
}

static void an_address_gives_its_host(void **state) {
    static const struct {
        const char *url, *host;
    } urls[] = {{"https://www.Example.org/a", "example.org"},
                {"http://u:p@news.example.org:8080?x", "news.example.org"},
                {"https://example.org", "example.org"}};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        fh_document d = document_of(
            *state,
            (fh_article){.body = FH_STR("نص"), .title = FH_STR("ع"), .url = fh_str_from(urls[i].url)});
        assert_posting(&d, FH_FIELD_URL, urls[i].url, 0, 0);
        assert_posting(&d, FH_FIELD_HOST, urls[i].host, 0, 0);
    }
    fh_document d =
        document_of(*state, (fh_article){.body = FH_STR("نص"), .title = FH_STR("ع"), .url = FH_STR("urn:x")});
    for (size_t i = 0; i < d.posting_count; i++) assert_int_not_equal(d.postings[i].field, FH_FIELD_HOST);
}

static void a_date_is_a_day_a_month_and_a_year(void **state) {
    fh_date date = {.year = 2024, .month = 5, .day = 4, .hour = 9, .minute = 30, .has_time = true};
    fh_document d =
        document_of(*state, (fh_article){.title = FH_STR("ع"), .body = FH_STR("نص"), .published = date});
    assert_posting(&d, FH_FIELD_DAY, "20240504", 0, 0);
    assert_posting(&d, FH_FIELD_MONTH, "202405", 0, 0);
    assert_posting(&d, FH_FIELD_YEAR, "2024", 0, 0);
    assert_str_equal(value(&d, FH_SLOT_PUBLISHED), FH_STR("20240504093000"));
    assert_str_equal(value(&d, FH_SLOT_MONTH), FH_STR("2024-05"));
    d = document_of(*state, (fh_article){.title = FH_STR("ع"), .body = FH_STR("نص")});
    assert_int_equal(value(&d, FH_SLOT_PUBLISHED).len, 0);
}

static void the_content_changes_with_every_field(void **state) {
    reading *r = *state;
    fh_str one[] = {FH_STR("a")};
    const fh_article article = {.id = FH_STR("i"), .title = FH_STR("t"), .body = FH_STR("b")};
    fh_article others[] = {article, article, article, article, article, article, article,
                           article, article, article, article, article, article};
    others[0].url = others[1].source = others[2].wire = others[3].author = others[4].section = FH_STR("x");
    others[5].language = others[6].parent = others[7].title = others[8].body = FH_STR("x");
    others[9].keywords = others[10].related = (fh_strs){one, 1};
    others[11].published = (fh_date){.year = 2024, .month = 1, .day = 1};
    others[12].title_from_lead = true;
    enum { OTHERS = sizeof others / sizeof *others };
    fh_str seen[OTHERS + 1];
    fh_index_names names = listed_names();
    seen[OTHERS] = fh_article_content(&article, &names, r->arena);
    assert_int_equal(seen[OTHERS].len, FH_CONTENT_BYTES);
    assert_str_equal(fh_article_content(&article, &names, r->arena), seen[OTHERS]);
    for (size_t i = 0; i < OTHERS; i++) {
        seen[i] = fh_article_content(&others[i], &names, r->arena);
        for (size_t j = 0; j < i; j++) assert_false(fh_str_equal(seen[i], seen[j]));
        assert_false(fh_str_equal(seen[i], seen[OTHERS]));
    }
}

static void a_better_cut_of_keywords_is_no_change(void **state) {
    reading *r = *state;
    fh_index_names names = listed_names();
    fh_str row[] = {FH_STR("سوق المال بنك")}, cut[] = {FH_STR("سوق المال"), FH_STR("بنك")};
    fh_article one = {.id = FH_STR("i"), .body = FH_STR("b"), .keywords = {row, 1}}, two = one;
    two.keywords = (fh_strs){cut, 2};
    assert_str_equal(fh_article_content(&one, &names, r->arena), fh_article_content(&two, &names, r->arena));
}

static void keywords_name_entities_too(void **state) {
    fh_str keywords[] = {FH_STR("فلاديمير بوتين"), FH_STR("اقتصاد")};
    fh_document d = document_of(
        *state,
        (fh_article){.title = FH_STR("عنوان"), .body = FH_STR("نص لا يسميه"), .keywords = {keywords, 2}});
    assert_posting(&d, FH_FIELD_ENTITY, "vladimir-putin", 0, 1);
    assert_int_equal(d.article->entity_count, 0);
}

/* ---- JSON ---- */

static json_t *json_of(reading *r, fh_article raw) {
    document_of(r, raw);
    fh_buf text = {0};
    fh_article_json(&r->articles[0].article, fh_gazetteer_builtin(), &text);
    assert_null(memchr(text.ptr, '\n', text.len));
    json_t *json = json_loadb(text.ptr, text.len, 0, NULL);
    assert_non_null(json);
    fh_buf_free(&text);
    return json;
}

static void json_counts_code_points(void **state) {
    json_t *json =
        json_of(*state, (fh_article){.title = FH_STR("زيارة مصر"), .body = FH_STR("😀 مصر ثم وروسيا ثم مصر")});
    static const struct {
        const char *text, *field;
        int start, end;
    } expected[] = {
        {"مصر", "title", 6, 9}, {"مصر", "body", 2, 5}, {"وروسيا", "body", 9, 15}, {"مصر", "body", 19, 22}};
    const json_t *entities = json_object_get(json, "entities");
    assert_int_equal(json_array_size(entities), 4);
    for (size_t i = 0; i < 4; i++) {
        const json_t *entity = json_array_get(entities, i);
        assert_string_equal(json_string_value(json_object_get(entity, "text")), expected[i].text);
        assert_string_equal(json_string_value(json_object_get(entity, "field")), expected[i].field);
        assert_string_equal(json_string_value(json_object_get(entity, "type")), "place");
        assert_int_equal(json_integer_value(json_object_get(entity, "start")), expected[i].start);
        assert_int_equal(json_integer_value(json_object_get(entity, "end")), expected[i].end);
    }
    json_decref(json);
}

static void json_has_null_for_what_is_not_known(void **state) {
    json_t *json =
        json_of(*state, (fh_article){.id = FH_STR("a"), .title = FH_STR("ع"), .body = FH_STR("نص")});
    assert_true(json_is_null(json_object_get(json, "published")));
    assert_true(json_is_null(json_object_get(json, "source")));
    assert_null(json_object_get(json, "wire"));
    assert_null(json_object_get(json, "title_from_lead"));
    assert_int_equal(json_array_size(json_object_get(json, "keywords")), 0);
    json_decref(json);
}

static void json_says_what_was_guessed(void **state) {
    fh_date date = {.year = 2024, .month = 5, .day = 4, .guessed = true};
    json_t *json = json_of(
        *state, (fh_article){
                    .title = FH_STR("نص"), .body = FH_STR("نص"), .title_from_lead = true, .published = date});
    assert_true(json_is_true(json_object_get(json, "title_from_lead")));
    assert_true(json_is_true(json_object_get(json, "published_guessed")));
    assert_string_equal(json_string_value(json_object_get(json, "published")), "2024-05-04");
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_title_comes_first_and_the_body_behind_a_gap, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(stems_of_the_title_weigh_more, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(stems_of_the_lead_weigh_more_than_the_rest, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(stop_words_have_positions_but_no_stems, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_title_from_the_lead_is_not_counted_twice, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(keywords_are_words_and_wholes, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(names_are_filters_with_positions, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(entities_weigh_as_often_as_they_are_named, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(an_address_gives_its_host, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_date_is_a_day_a_month_and_a_year, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(the_content_changes_with_every_field, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_better_cut_of_keywords_is_no_change, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(keywords_name_entities_too, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(json_counts_code_points, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(json_has_null_for_what_is_not_known, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(json_says_what_was_guessed, make_reading, free_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
