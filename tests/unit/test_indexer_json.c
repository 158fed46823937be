/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON to articles: shapes, names of fields, and what is broken. */
#include "tests/unit/test_indexer.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "indexer/formats/json_flat.h"
#include "indexer/formats/markup.h"

#define TEXT "\"body\": \"نص الخبر\"}"

/* ---- Shapes ---- */

static void lines_lists_and_values_in_a_row_are_the_same(void **state) {
    reading *r = *state;
    const char *shapes[] = {
        "{\"id\": \"a\", " TEXT "\n{\"id\": \"b\", " TEXT "\n",
        "[{\"id\": \"a\", " TEXT ", {\"id\": \"b\", " TEXT "]",
        "[\n  {\n    \"id\": \"a\",\n    " TEXT ",\n  {\n    \"id\": \"b\",\n    " TEXT "\n]\n",
        "{\"id\": \"a\", " TEXT "{\"id\": \"b\", " TEXT,
        "\x1e{\"id\": \"a\", " TEXT "\n\x1e{\"id\": \"b\", " TEXT "\n",
        "{\"status\": \"ok\", \"n\": [1], \"articles\": [{\"id\": \"a\", " TEXT ", {\"id\": \"b\", " TEXT
        "], \"next\": {\"x\": [{\"y\": 1}]}}",
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        read_text(r, "a", shapes[i]);
        assert_int_equal(r->error_count, 0);
        assert_str_equal(ids(r), FH_STR("a b"));
    }
}

static void brackets_in_strings_are_text(void **state) {
    reading *r = *state;
    read_text(r, "a", "{\"id\": \"a\", \"title\": \"}]{[\\\"\\\\\", " TEXT "\n{\"id\": \"b\", " TEXT);
    assert_str_equal(ids(r), FH_STR("a b"));
    assert_str_equal(r->articles[0].article.title, FH_STR("}]{[\"\\"));
}

static void an_article_that_holds_a_list_is_no_wrapper(void **state) {
    reading *r = *state;
    read_text(r, "a",
              "{\"id\": \"a\", \"items\": [\"x\"], " TEXT "\n{\"id\": \"b\", \"data\": [{\"x\": 1}], " TEXT);
    assert_int_equal(r->error_count, 0);
    assert_str_equal(ids(r), FH_STR("a b"));
}

static void text_in_brackets_is_not_json(void **state) {
    reading *r = *state;
    read_text(r, "a.txt", "[عاجل] خبر قصير\n\nنص الخبر.");
    assert_int_equal(r->count, 1);
    assert_str_equal(r->articles[0].article.title, FH_STR("[عاجل] خبر قصير"));
}

static void an_empty_list_holds_nothing_and_is_no_error(void **state) {
    reading *r = *state;
    read_text(r, "a.json", "[]\n");
    assert_int_equal(r->count + r->error_count, 0);
}

/* ---- As jansson reads ---- */

/* Whatever is read here is what jansson reads, and nothing that it refuses. */
static bool is_read_alike(fh_str text, fh_buf *space) {
    json_t *flat = fh_json_flat(text, space);
    json_t *whole = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, NULL);
    assert_true(!flat || (whole && json_equal(flat, whole)));
    bool read = flat != NULL;
    json_decref(flat);
    json_decref(whole);
    return read;
}

static const char *const objects[] = {
    "{}",
    " {\"id\" : \"a\" ,\n\"نص\":\"سطر\\nسطر \\\"x\\\" \\\\ \\/ \\b\\f\\r\\t\" }\t",
    "{\"a\": \"\\u0627\\u00e9\\uD83D\\uDE00\\u0000b\", \"b\": \"\"}",
    "{\"n\": -1.5e3, \"i\": 12, \"t\": true, \"z\": null, \"l\": [\"x\", {\"y\": [1, 2]}]}",
    "{\"o\": {\"k\": \"v\"}}",
    "{\"twice\": \"a\", \"twice\": \"b\"}",
};
enum { OBJECTS = sizeof objects / sizeof *objects };

static void objects_of_strings_are_read_as_jansson_does(void **state) {
    (void)state;
    fh_buf space = {0};
    for (size_t i = 0; i < OBJECTS; i++) assert_true(is_read_alike(fh_str_from(objects[i]), &space));
    fh_buf_free(&space);
}

/* Bytes dropped and put elsewhere, by a linear congruential generator. */
static void damaged_objects_are_refused_as_jansson_does(void **state) {
    (void)state;
    fh_buf space = {0}, text = {0};
    uint32_t seed = 1;
    for (size_t round = 0; round < 50000; round++) {
        fh_buf_clear(&text);
        fh_buf_add(&text, fh_str_from(objects[round % OBJECTS]));
        for (int i = 0; i < 3 && text.len; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = (seed >> 8) % text.len;
            static const char signs[] = "\"\\{}[]:,u0Dd\n \x01";
            text.ptr[at] = signs[(seed >> 4) % sizeof signs];
            if (seed >> 31) text.len = at + 1;
        }
        if (fh_utf8_invalid(fh_buf_str(&text)) == SIZE_MAX) is_read_alike(fh_buf_str(&text), &space);
    }
    fh_buf_free(&text);
    fh_buf_free(&space);
}

/* ---- What is broken ---- */

static void a_broken_line_costs_that_line(void **state) {
    static const struct {
        const char *line, *what;
    } broken[] = {
        {"{\"id\": \"x\", \"body\": \"no quote}", "line 2: broken JSON: a string is not closed"},
        {"{\"id\": \"x\", \"body\": \"no brace\"", "line 2: broken JSON: something is missing"},
        {"{\"id\": \"x\" \"body\": \"no comma\"}", "line 2: broken JSON: something is missing"},
        {"{\"id\": \"x\", \"body: \"one quote\"}", "line 2: broken JSON"},
        {"{\"id\": \"x\", \"body\": [1, 2}}", "line 2: broken JSON: a bracket closes"},
        {"{\"id\": \"x\", \"body\": nul}", "line 2: broken JSON"},
        {"no object", "line 2: not an article"},
        {"\"string\"", "line 2: not an article"},
    };
    reading *r = *state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        fh_str text = fh_arena_format(r->arena, "{\"id\": \"a\", %s\n%s\n{\"id\": \"b\", %s\n",
                                      "\"body\": \"some text\"}", broken[i].line, TEXT);
        read_bytes(r, "a.jsonl", text);
        assert_str_equal(ids(r), FH_STR("a b"));
        assert_int_equal(r->error_count, 1);
        assert_error(r, 0, "", broken[i].what);
        const char *offset = strrchr(r->errors[0].where, ':') + 1;
        assert_in_range(strtoul(offset, NULL, 10), 33, 33 + strlen(broken[i].line));
    }
}

static void a_broken_element_costs_that_element(void **state) {
    static const char *const broken[] = {
        "{\"id\": \"x\", \"body\": \"no quote}",  "{\"id\": \"x\", \"body\": no quote\"}",
        "{\"id\": \"x\", \"body\": [1, 2}",       "{\"id\": \"x\" \"body\": 1}",
        "{\"id\": \"x\", \"body\": \"a\" \"b\"}",
    };
    reading *r = *state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        read_bytes(
            r, "line.json",
            fh_arena_format(r->arena, "[{\"id\": \"a\", %s, %s, {\"id\": \"b\", %s]", TEXT, broken[i], TEXT));
        assert_str_equal(ids(r), FH_STR("a b"));
        assert_int_equal(r->error_count, 1);
        read_bytes(r, "lines.json",
                   fh_arena_format(r->arena, "[{\"id\": \"a\", %s,\n %s,\n {\"id\": \"b\", %s\n]", TEXT,
                                   broken[i], TEXT));
        assert_str_equal(ids(r), FH_STR("a b"));
        assert_int_equal(r->error_count, 1);
    }
}

static void a_file_that_is_cut_off_says_so_and_keeps_what_is_whole(void **state) {
    reading *r = *state;
    read_text(r, "a.json", "[{\"id\": \"a\", " TEXT ", {\"id\": \"b\", \"bod");
    assert_str_equal(ids(r), FH_STR("a"));
    assert_int_equal(r->error_count, 1);
    assert_error(r, 0, ":41", "the file ends within this object");
    read_text(r, "b.json", "[{\"id\": \"a\", " TEXT ",\n");
    assert_str_equal(ids(r), FH_STR("a"));
    assert_error(r, 0, ":41", "the file ends within its list");
}

static void a_record_that_is_too_long_is_passed_over(void **state) {
    static const size_t lengths[] = {FH_MAX_ARTICLE, FH_MAX_ARTICLE + 70000, 2 * FH_MAX_ARTICLE};
    reading *r = *state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        fh_buf text = {0};
        fh_buf_printf(&text, "{\"id\": \"a\", %s\n{\"id\": \"long\", \"body\": \"", TEXT);
        fh_buf_reserve(&text, lengths[i]);
        memset(text.ptr + text.len, 'x', lengths[i]);
        text.len += lengths[i];
        fh_buf_printf(&text, "\"}\n{\"id\": \"b\", %s\n", TEXT);
        read_bytes(r, "a.jsonl", fh_buf_str(&text));
        fh_buf_free(&text);
        assert_str_equal(ids(r), FH_STR("a b"));
        assert_int_equal(r->error_count, 1);
        assert_error(r, 0, ":39", "line 2: longer than");
        assert_int_equal(r->errors[0].status, FH_ERR_LIMIT);
    }
}

static void deep_nesting_ends_in_an_error(void **state) {
    reading *r = *state;
    fh_buf text = {0};
    fh_buf_printf(&text, "{\"id\": \"a\", \"body\": ");
    for (int i = 0; i < 100000; i++) fh_buf_add_char(&text, '[');
    for (int i = 0; i < 100000; i++) fh_buf_add_char(&text, ']');
    fh_buf_printf(&text, "}\n{\"id\": \"b\", %s", TEXT);
    read_bytes(r, "a.json", fh_buf_str(&text));
    fh_buf_free(&text);
    assert_str_equal(ids(r), FH_STR("b"));
    assert_int_equal(r->error_count, 1);
}

static void an_article_without_text_is_rejected_with_its_place(void **state) {
    reading *r = *state;
    read_text(r, "a.jsonl",
              "{\"id\": \"a\", " TEXT "\n{\"id\": \"b\", \"title\": \"t\", \"body\": \" \\n\"}\n");
    assert_str_equal(ids(r), FH_STR("a"));
    assert_error(r, 0, "a.jsonl:39", "no text");
}

static void half_an_emoji_becomes_the_replacement(void **state) {
    reading *r = *state;
    read_text(r, "a", "{\"id\": \"a\", \"body\": \"x \\ud83d y \\\\ud83d \\ud83d\\ude00 \\ude00\"}");
    assert_int_equal(r->error_count, 0);
    assert_str_equal(r->articles[0].article.body, FH_STR("x \uFFFD y \\ud83d 😀 \uFFFD"));
}

static void zero_bytes_in_strings_are_spaces(void **state) {
    reading *r = *state;
    read_text(r, "a", "{\"id\": \"a\", \"body\": \"x\\u0000y\"}");
    assert_str_equal(r->articles[0].article.body, FH_STR("x y"));
}

/* ---- Fields ---- */

static const fh_article *read_object(reading *r, const char *fields) {
    read_bytes(r, "a.json", fh_arena_format(r->arena, "{%s}", fields));
    assert_int_equal(r->error_count, 0);
    assert_int_equal(r->count, 1);
    return &r->articles[0].article;
}

static void fields_are_known_by_their_usual_names(void **state) {
    reading *r = *state;
    const fh_article *a = read_object(
        r, "\"_id\": 7, \"headLine\": \"عنوان\", \"articleBody\": \"نص\", \"date_extracted\": \"2024-03-06\","
           "\"link\": \"https://example.org/1\", \"publisher\": {\"@type\": \"Organization\", \"name\": "
           "\"الراصد\"},"
           "\"authors\": [{\"name\": \"سعاد\"}, \"علي\"], \"tags\": \"مصر، القمح,  مصر ;\","
           "\"articleSection\": [\"اقتصاد\"], \"inLanguage\": \"ar-EG\"");
    assert_str_equal(a->id, FH_STR("7"));
    assert_str_equal(a->title, FH_STR("عنوان"));
    assert_str_equal(a->body, FH_STR("نص"));
    assert_int_equal(a->published.year * 10000 + a->published.month * 100 + a->published.day, 20240306);
    assert_str_equal(a->url, FH_STR("https://example.org/1"));
    assert_str_equal(a->source, FH_STR("الراصد"));
    assert_str_equal(a->author, FH_STR("سعاد، علي"));
    assert_str_equal(a->section, FH_STR("اقتصاد"));
    assert_str_equal(a->language, FH_STR("ar-EG"));
    assert_int_equal(a->keywords.count, 2);
    assert_str_equal(a->keywords.items[1], FH_STR("القمح"));
}

static void the_first_name_that_holds_something_wins(void **state) {
    reading *r = *state;
    const fh_article *a = read_object(r, "\"id\": \"a\", \"text\": \"الثاني\", \"body\": \" \", \"content\": "
                                         "\"الأول\", \"abstract\": \"موجز\"");
    assert_str_equal(a->body, FH_STR("الأول"));
    a = read_object(r, "\"id\": \"a\", \"abstract\": \"موجز\", \"text\": \"\"");
    assert_str_equal(a->body, FH_STR("موجز"));
}

static void dates_may_be_numbers(void **state) {
    static const struct {
        const char *json, *iso;
    } dates[] = {
        {"1714826096", "2024-05-04T12:34:56Z"},
        {"1714826096000", "2024-05-04T12:34:56Z"},
        {"\"1714826096\"", "2024-05-04T12:34:56Z"},
        {"1714826096.5", "2024-05-04T12:34:56Z"},
        {"20240504", "2024-05-04"},
        {"\"20240504\"", "2024-05-04"},
        {"20241304", ""},
        {"7", ""},
        {"-5", ""},
        {"\"soon\"", ""},
        {"null", ""},
        {"1e300", ""},
        {"{\"$date\": \"2024-05-04\"}", "2024-05-04"},
    };
    reading *r = *state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        fh_str fields = fh_arena_format(r->arena, "\"body\": \"نص\", \"date\": %s", dates[i].json);
        char iso[FH_DATE_TEXT];
        fh_date_iso(&read_object(r, fields.ptr)->published, iso);
        assert_string_equal(iso, dates[i].iso);
    }
}

static void markup_in_fields_is_taken_off(void **state) {
    reading *r = *state;
    const fh_article *a = read_object(
        r,
        "\"id\": \"a\", \"title\": \"&quot;القمح&quot; &amp; مصر\", \"body\": \"<p>واحد <b>اث</b>نان</p><P "
        "class='x'>ثلاثة<br/>أربعة</p><script>var x = '<p>';</script><!-- no --><style>p {}</style>\"");
    assert_str_equal(a->title, FH_STR("\"القمح\" & مصر"));
    assert_str_equal(a->body, FH_STR("واحد اثنان\nثلاثة\nأربعة"));
}

static void what_is_no_markup_stays(void **state) {
    reading *r = *state;
    const char *texts[] = {"a < b > c", "<عنوان>", "x &unknown; & y &#; &#xZ;", "<pp>", "<", "&", "<p",
                           "&#0;",      "&#xD800;"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_str_equal(fh_markup_strip(fh_str_from(texts[i]), r->arena), fh_str_from(texts[i]));
    assert_str_equal(fh_markup_strip(FH_STR("&amp;lt;p&amp;gt; &#1593;&#x639;"), r->arena),
                     FH_STR("&lt;p&gt; عع"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_lists_and_values_in_a_row_are_the_same, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(brackets_in_strings_are_text, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(an_article_that_holds_a_list_is_no_wrapper, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(text_in_brackets_is_not_json, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(an_empty_list_holds_nothing_and_is_no_error, make_reading,
                                        free_reading),
        cmocka_unit_test(objects_of_strings_are_read_as_jansson_does),
        cmocka_unit_test(damaged_objects_are_refused_as_jansson_does),
        cmocka_unit_test_setup_teardown(a_broken_line_costs_that_line, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_broken_element_costs_that_element, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_file_that_is_cut_off_says_so_and_keeps_what_is_whole, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(a_record_that_is_too_long_is_passed_over, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(deep_nesting_ends_in_an_error, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(an_article_without_text_is_rejected_with_its_place, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(half_an_emoji_becomes_the_replacement, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(zero_bytes_in_strings_are_spaces, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(fields_are_known_by_their_usual_names, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(the_first_name_that_holds_something_wins, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(dates_may_be_numbers, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(markup_in_fields_is_taken_off, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(what_is_no_markup_stays, make_reading, free_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
