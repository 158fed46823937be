/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all articles share: even text, ids, titles, keywords. */
#include "tests/unit/test_indexer.h"

#include "base/limits.h"
#include "indexer/tidy.h"

static const fh_article *tidied(reading *r, fh_article raw) {
    fh_error err;
    if (raw.body.len == 0) raw.body = FH_STR("نص");
    assert_int_equal(fh_article_tidy(&raw, r->arena, &r->articles[0].article, &err), FH_OK);
    return &r->articles[0].article;
}

static void white_space_and_control_characters_are_single_spaces(void **state) {
    const fh_article *a =
        tidied(*state, (fh_article){.title = FH_STR(" \tواحد\u00A0\u2003 اثنان\x01\x02\xC2\x85"
                                                    "ثلاثة\n\nأربعة \u200F")});
    assert_str_equal(a->title, FH_STR("واحد اثنان ثلاثة أربعة"));
    a = tidied(*state,
               (fh_article){.title = FH_STR("\x7F\u200Fواحد\u200F\x01")}); /* of both at an end, none */
    assert_str_equal(a->title, FH_STR("واحد"));
}

static void it_does_not_matter_where_in_a_text_anything_stands(void **state) {
    enum { PLACES = 20 };
    static const char *const rows[][2] = {
        {" ", " "},        {"  ", " "},        {" \t", " "},       {"\x01", " "},        {"\x7F", " "},
        {"\n", " "},       {"\v \n", " "},     {"\xC2\x85", " "},  {"\u00A0", " "},      {"\u1680", " "},
        {" \u2003 ", " "}, {"\u2028", " "},    {"\u3000", " "},    {"\u2014", "\u2014"}, {"\u0800", "\u0800"},
        {"é", "é"},        {"\xFF", "\uFFFD"}, {"\xD8", "\uFFFD"},
    };
    reading *r = *state;
    fh_buf text = {0}, wanted = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t place = 1; place < PLACES; place++) {
            fh_buf_clear(&text);
            for (size_t k = 0; k < place; k++) fh_buf_add(&text, k % 3 ? FH_STR("ب") : FH_STR("a"));
            fh_buf_clear(&wanted);
            fh_buf_add(&wanted, fh_buf_str(&text));
            fh_buf_add(&text, fh_str_from(rows[i][0]));
            fh_buf_add(&wanted, fh_str_from(rows[i][1]));
            fh_buf_add(&text, FH_STR("كلمة وكلمة أخرى"));
            fh_buf_add(&wanted, FH_STR("كلمة وكلمة أخرى"));
            assert_str_equal(tidied(r, (fh_article){.title = fh_buf_str(&text)})->title, fh_buf_str(&wanted));
        }
    }
    fh_buf_free(&text);
    fh_buf_free(&wanted);
}

static void control_characters_alone_are_no_text(void **state) {
    const fh_article *a = tidied(*state, (fh_article){.title = FH_STR("\x7F\x01 عنوان \x7F"),
                                                      .author = FH_STR("\x7F"),
                                                      .body = FH_STR("\x7F\nأ \x01\n\x01\n\x7F ب")});
    assert_str_equal(a->title, FH_STR("عنوان"));
    assert_str_equal(a->author, FH_STR(""));
    assert_str_equal(a->body, FH_STR("أ\nب"));
}

static void paragraphs_are_lines_whatever_ended_them(void **state) {
    const fh_article *a =
        tidied(*state, (fh_article){.body = FH_STR("\r\n أ \r\n\r\n\u200Fب\rت\u2028ث\u2029ج\x0B"
                                                   "ح\n \n")});
    assert_str_equal(a->body, FH_STR("أ\nب\nت\nث\nج\nح"));
}

static void joiners_within_words_stay(void **state) {
    const fh_article *a = tidied(*state, (fh_article){.body = FH_STR("می\u200Cخواهم")});
    assert_str_equal(a->body, FH_STR("می\u200Cخواهم"));
}

static void bytes_that_are_no_utf8_become_the_replacement(void **state) {
    const fh_article *a = tidied(*state, (fh_article){.body = FH_STR("a\xFF"
                                                                     "b\xD8")});
    assert_str_equal(a->body, FH_STR("a\uFFFD"
                                     "b\uFFFD"));
}

static void no_body_is_no_article(void **state) {
    reading *r = *state;
    fh_article raw = {.title = FH_STR("عنوان"), .body = FH_STR(" \n\u200B")};
    fh_error err;
    r->articles[0].article = (fh_article){.id = FH_STR("untouched")};
    assert_int_equal(fh_article_tidy(&raw, r->arena, &r->articles[0].article, &err), FH_ERR_INPUT);
    assert_string_equal(err.what, "no text");
    assert_str_equal(r->articles[0].article.id, FH_STR("untouched"));
}

/* ---- Ids ---- */

static void an_id_has_no_white_space(void **state) {
    assert_str_equal(tidied(*state, (fh_article){.id = FH_STR(" a b\nc\u00A0d ")})->id, FH_STR("a_b_c_d"));
}

static void a_long_id_is_cut_and_ends_in_a_hash_of_all_of_it(void **state) {
    char one[400], two[400];
    for (size_t i = 0; i < sizeof one; i += 2) memcpy(one + i, "\xD9\x85", 2); /* meem */
    memcpy(two, one, sizeof two);
    two[399] = '\x86'; /* the last letter is noon */
    reading *r = *state;
    fh_str a = fh_id_tidy((fh_str){one, sizeof one}, r->arena),
           b = fh_id_tidy((fh_str){two, sizeof two}, r->arena);
    assert_true(a.len <= FH_MAX_ID && b.len <= FH_MAX_ID);
    assert_false(fh_str_equal(a, b));
    assert_int_equal(fh_utf8_invalid(a), SIZE_MAX);
    assert_str_equal(fh_id_tidy((fh_str){one, FH_MAX_ID}, r->arena), ((fh_str){one, FH_MAX_ID}));
}

static void without_an_id_the_address_is_the_id(void **state) {
    assert_str_equal(tidied(*state, (fh_article){.url = FH_STR("https://example.org/1")})->id,
                     FH_STR("https://example.org/1"));
}

static void without_both_the_id_tells_articles_apart_and_stays_the_same(void **state) {
    reading *r = *state;
    fh_date day = {.year = 2024, .month = 5, .day = 4};
    fh_article raw = {
        .title = FH_STR("عنوان"), .source = FH_STR("الراصد"), .published = day, .body = FH_STR("أ")};
    fh_str first = tidied(r, raw)->id;
    raw.body = FH_STR("ب");
    assert_str_equal(tidied(r, raw)->id, first); /* a correction of the same article */
    raw.title = FH_STR("آخر");
    assert_false(fh_str_equal(tidied(r, raw)->id, first));
    raw.title = FH_STR("");
    fh_str untitled = tidied(r, raw)->id;
    raw.body = FH_STR("ت");
    assert_false(fh_str_equal(tidied(r, raw)->id, untitled));
}

/* ---- Titles, keywords, language ---- */

static void a_missing_title_is_the_beginning_of_the_lead(void **state) {
    reading *r = *state;
    const fh_article *a = tidied(r, (fh_article){.body = FH_STR("فقرة قصيرة\nفقرة ثانية")});
    assert_str_equal(a->title, FH_STR("فقرة قصيرة"));
    assert_true(a->title_from_lead);
    a = tidied(r, (fh_article){.body = FH_STR("قال الوزير إن القرار سيدخل حيز التنفيذ غدا في جميع المدن "
                                              "والقرى والبلدات بعد نشره في الجريدة الرسمية")});
    assert_str_equal(
        a->title,
        FH_STR("قال الوزير إن القرار سيدخل حيز التنفيذ غدا في جميع المدن والقرى والبلدات بعد نشره في…"));
    char meems[300];
    for (size_t i = 0; i < sizeof meems; i += 2) memcpy(meems + i, "\xD9\x85", 2);
    a = tidied(r, (fh_article){.body = {meems, sizeof meems}});
    assert_int_equal(a->title.len, 163);
    assert_false(tidied(r, (fh_article){.title = FH_STR("عنوان")})->title_from_lead);
}

static void keywords_that_fold_alike_are_one(void **state) {
    fh_str words[] = {FH_STR("منظمة الأمن الجماعي"), FH_STR(" "), FH_STR("مصر"),
                      FH_STR("منظمة الأمن الجماعی"), FH_STR("مِصر")};
    const fh_article *a = tidied(*state, (fh_article){.keywords = {words, 5}});
    assert_int_equal(a->keywords.count, 2);
    assert_str_equal(a->keywords.items[0], FH_STR("منظمة الأمن الجماعي"));
    assert_str_equal(a->keywords.items[1], FH_STR("مصر"));
}

static void the_language_is_arabic_where_there_are_arabic_letters(void **state) {
    reading *r = *state;
    assert_str_equal(tidied(r, (fh_article){.body = FH_STR("CNN: خبر")})->language, FH_STR("ar"));
    assert_str_equal(tidied(r, (fh_article){.body = FH_STR("news")})->language, FH_STR(""));
    assert_str_equal(tidied(r, (fh_article){.language = FH_STR("fa")})->language, FH_STR("fa"));
}

/* ---- What stands around a text ---- */

static void tracking_is_taken_off_addresses(void **state) {
    static const struct {
        const char *address, *kept;
    } rows[] = {
        {"https://a.example/1?utm_source=x&id=7&fbclid=y", "https://a.example/1?id=7"},
        {"https://a.example/1?UTM_Campaign=x", "https://a.example/1"},
        {"https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"},
        {"https://a.example/1#comments", "https://a.example/1"},
        {"https://a.example/#!/news/7", "https://a.example/#!/news/7"},
        {"https://a.example/?utm_source=x#!/news/7?id=1&utm_term=y", "https://a.example/#!/news/7?id=1"},
        {"https://a.example/1?gclid", "https://a.example/1"},
        {"urn:a?utm_source=x", "urn:a?utm_source=x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fh_article *a = tidied(*state, (fh_article){.url = fh_str_from(rows[i].address)});
        assert_str_equal(a->url, fh_str_from(rows[i].kept));
        assert_str_equal(a->id, fh_str_from(rows[i].kept));
    }
}

static void a_dateline_is_kept_as_a_fact_and_stays_in_the_text(void **state) {
    static const struct {
        const char *body, *dateline, *wire;
    } rows[] = {
        {"موسكو - سبوتنيك\nقال متحدث.", "موسكو - سبوتنيك", "سبوتنيك"},
        {"موسكو – سبوتنيك: قال متحدث.", "موسكو – سبوتنيك", "سبوتنيك"},
        {"باريس (اف ب)- اعلنت عائلة", "باريس (اف ب)", "اف ب"},
        {"الكويت - (الوطن): افتتح", "الكويت - (الوطن)", "الوطن"},
        {"القاهرة في 8 مايو (رويترز) - نص", "القاهرة في 8 مايو (رويترز)", "رويترز"},
        {"BERLIN (dpa) - Text", "BERLIN (dpa)", "dpa"},
        {"قال الوزير (وهو من أهل البلدة القديمة فيها) - إنه", "", ""},
        {"الوزير: لا زيادة في الأسعار", "", ""},
        {"سيارة - دراجة", "", ""},
        {"قال - رويترز وغيرها", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fh_article *a = tidied(*state, (fh_article){.body = fh_str_from(rows[i].body)});
        assert_str_equal(a->dateline, fh_str_from(rows[i].dateline));
        assert_str_equal(a->wire, fh_str_from(rows[i].wire));
        assert_str_equal(a->body, fh_str_from(rows[i].body));
    }
}

static void share_furniture_and_photo_credits_are_left_out(void **state) {
    const fh_article *a =
        tidied(*state, (fh_article){.body = FH_STR("نص أول.\nالصورة: الراصد\nتابعونا على فيسبوك\n"
                                                   "نص ثان.\nشارك الخبر")});
    assert_str_equal(a->body, FH_STR("نص أول.\nنص ثان."));
    a = tidied(*state, (fh_article){.body = FH_STR("الصورة: الراصد")});
    assert_str_equal(a->body, FH_STR("الصورة: الراصد"));
}

static void the_number_of_an_account_is_no_author(void **state) {
    const fh_article *a =
        tidied(*state, (fh_article){.author = FH_STR("7437290d-1c00-4d10-b945-a0edd61afd8a")});
    assert_str_equal(a->author, FH_STR(""));
}

/* "السدود" in UTF-8, its bytes read as Windows-1252: the letter feh has one that it lacks. */
static void text_saved_in_a_wrong_encoding_is_repaired_and_said(void **state) {
    const fh_article *a = tidied(
        *state,
        (fh_article){
            .title = FH_STR("\u00D8\u00A7\u00D9\u201E\u00D8\u00B3\u00D8\u00AF\u00D9\u02C6\u00D8\u00AF"),
            .body = FH_STR(
                "\u00D9\xC2\x81\u00D9\u0160 \u00D8\u00A7\u00D9\u201E\u00D9\u2020\u00D9\u2021\u00D8\u00B1")});
    assert_str_equal(a->title, FH_STR("السدود"));
    assert_str_equal(a->body, FH_STR("في النهر"));
    assert_true(a->repaired);
    a = tidied(*state, (fh_article){.body = FH_STR("Ø est une lettre, et \u00C0 aussi: d\u00E9j\u00E0 vu")});
    assert_false(a->repaired);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tracking_is_taken_off_addresses, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_dateline_is_kept_as_a_fact_and_stays_in_the_text, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(share_furniture_and_photo_credits_are_left_out, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(the_number_of_an_account_is_no_author, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(text_saved_in_a_wrong_encoding_is_repaired_and_said, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(white_space_and_control_characters_are_single_spaces, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(it_does_not_matter_where_in_a_text_anything_stands, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(control_characters_alone_are_no_text, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(paragraphs_are_lines_whatever_ended_them, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(joiners_within_words_stay, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_utf8_become_the_replacement, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(no_body_is_no_article, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(an_id_has_no_white_space, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_long_id_is_cut_and_ends_in_a_hash_of_all_of_it, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(without_an_id_the_address_is_the_id, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(without_both_the_id_tells_articles_apart_and_stays_the_same,
                                        make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_missing_title_is_the_beginning_of_the_lead, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(keywords_that_fold_alike_are_one, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(the_language_is_arabic_where_there_are_arabic_letters, make_reading,
                                        free_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
