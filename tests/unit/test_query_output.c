/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snippets and the output formats: text is shown as it is, and nothing in it is obeyed. */
#include "tests/unit/test_query_archive.h"

#include <jansson.h>

static const char ESCAPE = '\x1b';

/* What no article may make a terminal or a page do. */
#define HOSTILE                                                                                                     \
    "\x1b[31mأحمر\x1b]0;عنوان\x07 <script>alert(1)</script> \u202eمقلوب\u202c \u2066x\u2069 \xc2\x9b" \
    "31m سم"

static const fh_article news[] = {
    {.id = TEXT("hostile id"),
     .title = TEXT("عنوان " HOSTILE),
     .source = TEXT("مصدر\x1b[2J"),
     .author = TEXT("كاتب\u202e"),
     .url = TEXT("https://example.com/\x1b[1m"),
     .body = TEXT("نص خبيث " HOSTILE "\nسطر ثان.")},
    {.id = TEXT("marks"),
     .title = TEXT("وصل الرَّئيسُ إلى القـــاهرة"),
     .body = TEXT("قال الرَّئِيسُ الأوَّلُ إنّ القـاهرة 😀 بخير. وفي الـ قاهرة، سُئل رئيسهم عن ذلك. ثم مضى.")},
    {.id = TEXT("lead"),
     .title = TEXT("قال الوزير إن الأمطار"),
     .title_from_lead = true,
     .body = TEXT("قال الوزير إن الأمطار غزيرة.")},
};

#define LONG_BODY                                                                                                                                                                            \
    "هذه فقرة أولى طويلة لا تذكر شيئا مما يبحث عنه الناس، وهي تمتد وتمتد حتى تملأ النافذة كلها بكلام عادي " \
    "عن الطقس والمدن "                                                                                                                                                          \
    "والشوارع والأسواق والناس الذين يمشون فيها كل صباح ومساء.\nوهذه فقرة ثانية عادية هي الأخرى، فيها ذكر "  \
    "الزلزال مرة واحدة، "                                                                                                                                                    \
    "ثم لا شيء بعد ذلك سوى كلام كثير عن أشياء لا تهم أحدا من القراء ولا من الباحثين في الأرشيف.\nأعلن مركز "   \
    "الرصد أن الزلزال "                                                                                                                                                        \
    "ضرب الساحل بقوة ست درجات، وأن الساحل لم يشهد مثله. وانتهى الخبر هنا، وما بعده حشو كثير لا ينتهي إلا "    \
    "بعد حين طويل جدا "                                                                                                                                                         \
    "من الزمن الذي يمر على القارئ وهو يقرأ ولا يجد شيئا."

static const fh_article long_news[] = {
    {.id = TEXT("long"), .title = TEXT("خبر"), .body = TEXT(LONG_BODY)},
};

static int open_news(void **state) {
    return open_for_all(state, news, sizeof news / sizeof *news);
}

static int open_long(void **state) {
    return open_for_all(state, long_news, 1);
}

static fh_str joined(archive *a, const fh_segments *segments) {
    fh_buf text = {0};
    for (size_t i = 0; i < segments->count; i++) fh_buf_add(&text, segments->items[i].text);
    fh_str copy = fh_arena_copy(a->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static const fh_output *format(const char *name) {
    const fh_output *output = fh_outputs();
    while (output->name && strcmp(output->name, name) != 0) output++;
    assert_non_null(output->name);
    return output;
}

static fh_str write_as(archive *a, const char *name, const fh_answer *answer, bool colour) {
    fh_buf text = {0};
    format(name)->write(answer, (fh_str){0}, colour, &text);
    fh_str copy = fh_arena_copy(a->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static bool holds(fh_str text, const char *part) {
    return fh_str_find(text, fh_str_from(part), 0) != SIZE_MAX;
}

/* ---- Pieces ---- */

static void the_pieces_together_are_the_text_as_it_was(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"رئيس", "القاهرة",          "خبيث", "script", "قال",
                                          "😀",    "\"الرئيس الأول\"", "سم"};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        fh_answer answer = ask(a, queries[q]);
        assert_true(answer.hit_count > 0);
        for (size_t i = 0; i < answer.hit_count; i++) {
            assert_str_equal(joined(a, &answer.hits[i].title), answer.hits[i].hit->article.title);
            assert_str_equal(joined(a, &answer.hits[i].snippet), answer.hits[i].hit->article.body);
        }
    }
}

static void marks_lie_on_whole_words_with_their_vowels(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "الرئيس القاهرة");
    const fh_segments *title = &answer.hits[0].title;
    assert_int_equal(title->count, 4);
    assert_str_equal(title->items[1].text, FH_STR("الرَّئيسُ"));
    assert_str_equal(title->items[3].text, FH_STR("القـــاهرة"));
}

static void a_snippet_is_cut_between_words(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"الزلزال", "الساحل", "حشو", "الزمن", "القراء", "غير موجود خبر"};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        fh_answer answer = ask(a, queries[q]);
        fh_str text = joined(a, &answer.hits[0].snippet), body = answer.hits[0].hit->article.body;
        bool cut_before = fh_str_starts(text, FH_STR("… ")), cut_after = fh_str_ends(text, FH_STR(" …"));
        if (cut_before) text = fh_str_slice(text, strlen("… "), text.len);
        if (cut_after) text = fh_str_slice(text, 0, text.len - strlen(" …"));
        size_t at = fh_str_find(body, text, 0);
        assert_true(at != SIZE_MAX);
        assert_true(text.len <= 340);
        assert_int_equal(cut_before, at > 0);
        assert_int_equal(cut_after, at + text.len < body.len);
        if (cut_before) assert_true(body.ptr[at - 1] == ' ' || body.ptr[at - 1] == '\n');
        if (cut_after) assert_true(body.ptr[at + text.len] == ' ' || body.ptr[at + text.len] == '\n');
    }
}

static void a_snippet_shows_where_the_words_stand_together(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "زلزال الساحل");
    fh_str text = joined(a, &answer.hits[0].snippet);
    assert_true(fh_str_starts(text, FH_STR("… أعلن مركز الرصد أن الزلزال ضرب الساحل")));
}

static void a_snippet_without_a_match_is_the_lead(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "title:خبر");
    assert_true(fh_str_starts(joined(a, &answer.hits[0].snippet), FH_STR("هذه فقرة أولى")));
}

/* ---- Text ---- */

static void a_terminal_obeys_nothing_of_an_article(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "خبيث");
    fh_str text = write_as(a, "text", &answer, false);
    for (size_t i = 0; i < text.len; i++)
        assert_true((unsigned char)text.ptr[i] >= ' ' || text.ptr[i] == '\n');
    assert_false(holds(text, "\u202e"));
    assert_false(holds(text, "\u2066"));
    assert_false(holds(text, "\xc2\x9b"));
    text = write_as(a, "text", &answer, true);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != ESCAPE) continue;
        size_t end = fh_str_find(text, FH_STR("m"), i);
        assert_true(end != SIZE_MAX && end - i <= 6);
        assert_false(holds(fh_str_slice(text, i, end), "31"));
    }
}

static void without_colour_marks_are_brackets(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "الرئيس القاهرة");
    fh_str text = write_as(a, "text", &answer, false);
    assert_true(holds(text, "[الرَّئيسُ]"));
    assert_false(holds(text, "\x1b"));
    text = write_as(a, "text", &answer, true);
    assert_false(holds(text, "[الرَّئيسُ]"));
    assert_true(holds(text, "\x1b[1;33mالرَّئيسُ\x1b[0m"));
}

static void results_are_counted_as_arabic_counts(void **state) {
    archive *a = *state;
    static const struct {
        uint64_t n;
        const char *text;
    } rows[] = {
        {0, "لا نتائج"},  {1, "نتيجة واحدة"}, {2, "نتيجتان"},     {3, "3 نتائج"},     {10, "10 نتائج"},
        {11, "11 نتيجة"}, {99, "99 نتيجة"},   {100, "100 نتيجة"}, {102, "102 نتيجة"}, {103, "103 نتائج"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fh_answer answer = {.total = rows[i].n, .total_exact = true};
        fh_str text = write_as(a, "text", &answer, false);
        assert_true(fh_str_starts(text, fh_str_from(rows[i].text)));
    }
}

static void lines_break_between_words_and_fit(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "الزلزال");
    fh_str rest = write_as(a, "text", &answer, false), line;
    while (fh_str_line(&rest, &line)) assert_true(fh_utf8_count(line) <= 78);
}

/* ---- JSON ---- */

static void json_has_the_shape_that_the_design_gives(void **state) {
    archive *a = *state;
    const fh_facet_wanted wanted[] = {{facet("source"), 10}};
    fh_answer answer =
        ask_with(a, (fh_search){.query = FH_STR("الرئيس"), .facets = wanted, .facet_count = 1});
    fh_str text = write_as(a, "json", &answer, false);
    json_error_t problem;
    json_t *json = json_loadb(text.ptr, text.len, 0, &problem);
    assert_non_null(json);
    int version, total, rank, duplicates;
    int exact, widened;
    double took, score;
    const char *query, *suggestion, *id, *url, *source, *author, *published;
    json_t *hits, *title, *snippet, *entities, *facets, *sources, *named, *unknown;
    assert_int_equal(json_unpack_ex(json, &problem, JSON_STRICT,
                                    "{s:i, s:s, s:i, s:b, s:F, s:b, s:s, s:o, s:o, s:o, s:o}", "version",
                                    &version, "query", &query, "total", &total, "total_exact", &exact,
                                    "took_ms", &took, "widened", &widened, "suggestion", &suggestion, "hits",
                                    &hits, "facets", &facets, "named", &named, "unknown", &unknown),
                     0);
    assert_int_equal(version, 1);
    assert_int_equal(json_array_size(hits), answer.hit_count);
    assert_int_equal(json_unpack_ex(json_array_get(hits, 0), &problem, JSON_STRICT,
                                    "{s:i, s:F, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:o, s:i}", "rank", &rank,
                                    "score", &score, "id", &id, "url", &url, "title", &title, "snippet",
                                    &snippet, "source", &source, "author", &author, "published", &published,
                                    "entities", &entities, "duplicates", &duplicates),
                     0);
    assert_int_equal(rank, 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(title, 1), "mark")), "term");
    assert_null(json_object_get(json_array_get(title, 0), "mark"));
    sources = json_object_get(facets, "source");
    assert_true(json_is_array(sources));
    json_decref(json);
}

static void json_gives_hostile_text_back_as_it_was(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "خبيث");
    fh_str text = write_as(a, "json", &answer, false);
    json_error_t problem;
    json_t *json = json_loadb(text.ptr, text.len, 0, &problem);
    assert_non_null(json);
    json_t *title = json_object_get(json_array_get(json_object_get(json, "hits"), 0), "title");
    fh_buf all = {0};
    for (size_t i = 0; i < json_array_size(title); i++) {
        json_t *piece = json_object_get(json_array_get(title, i), "text");
        fh_buf_add(&all, (fh_str){json_string_value(piece), json_string_length(piece)});
    }
    assert_str_equal(fh_buf_str(&all), news[0].title);
    fh_buf_free(&all);
    json_decref(json);
}

static void json_says_when_a_title_is_the_lead(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "الأمطار");
    assert_true(holds(write_as(a, "json", &answer, false), "\"title_from_lead\":true"));
    answer = ask(a, "الرئيس");
    assert_false(holds(write_as(a, "json", &answer, false), "title_from_lead"));
}

/* ---- TREC ---- */

static void trec_has_six_columns(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("خبيث"), .ids_only = true});
    fh_buf text = {0};
    format("trec")->write(&answer, FH_STR("q 7"), false, &text);
    char id[40], zero[8], document[40], tag[16];
    int rank;
    double score;
    assert_int_equal(sscanf(text.ptr, "%39s %7s %39s %d %lf %15s\n", id, zero, document, &rank, &score, tag),
                     6);
    assert_string_equal(id, "q_7");
    assert_string_equal(zero, "Q0");
    assert_string_equal(document, "hostile_id");
    assert_string_equal(tag, "fihris");
    assert_int_equal(rank, 1);
    fh_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_pieces_together_are_the_text_as_it_was, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(marks_lie_on_whole_words_with_their_vowels, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(a_terminal_obeys_nothing_of_an_article, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(without_colour_marks_are_brackets, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(results_are_counted_as_arabic_counts, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(json_has_the_shape_that_the_design_gives, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(json_gives_hostile_text_back_as_it_was, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(json_says_when_a_title_is_the_lead, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(trec_has_six_columns, open_news, close_for_all),
        cmocka_unit_test_setup_teardown(a_snippet_is_cut_between_words, open_long, close_for_all),
        cmocka_unit_test_setup_teardown(a_snippet_shows_where_the_words_stand_together, open_long,
                                        close_for_all),
        cmocka_unit_test_setup_teardown(a_snippet_without_a_match_is_the_lead, open_long, close_for_all),
        cmocka_unit_test_setup_teardown(lines_break_between_words_and_fit, open_long, close_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
