/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keywords as pages and feeds give them: lists, lines, and rows that lost their separators. */
#include "tests/unit/test.h"

#include "base/buf.h"
#include "indexer/keywords.h"

typedef struct desk {
    fh_arena *arena;
    fh_keyword_tools tools;
} desk;

static int set_up(void **state) {
    static desk made;
    made = (desk){fh_arena_new(), {fh_gazetteer_builtin(), fh_keyword_memory_new(), true}};
    *state = &made;
    return 0;
}

static int tear_down(void **state) {
    desk *made = *state;
    fh_keyword_memory_free(made->tools.memory);
    fh_arena_free(made->arena);
    return 0;
}

static fh_str settled_list(desk *d, fh_strs keywords, const char *body) {
    fh_article article = {.body = fh_str_from(body), .keywords = keywords};
    fh_keywords_settle(&d->tools, &article, d->arena);
    fh_buf text = {0};
    for (size_t i = 0; i < article.keywords.count; i++) {
        if (i) fh_buf_add(&text, FH_STR(" | "));
        fh_buf_add(&text, article.keywords.items[i]);
    }
    fh_str copy = fh_arena_copy(d->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static fh_str settled(desk *d, const char *line, const char *body) {
    fh_str *items = FH_ARENA_ARRAY(d->arena, fh_str, 1);
    items[0] = fh_str_from(line);
    return settled_list(d, (fh_strs){items, 1}, body);
}

#define assert_settled(d, line, body, expected)                                                              \
    assert_str_equal(settled((d), (line), (body)), fh_str_from(expected))

static void a_line_is_split_at_its_separators(void **state) {
    assert_settled(*state, "نفط، غاز، #طاقة", "نص", "نفط | غاز | طاقة");
}

static void a_row_is_split_by_names_phrases_and_grammar(void **state) {
    const char *body = "بحثت لجنة النقل البري خطة النقل مع فلاديمير بوتين في موسكو";
    assert_settled(*state, "لجنة النقل البري فلاديمير بوتين موسكو", body,
                   "لجنة النقل البري | فلاديمير بوتين | موسكو");
    assert_settled(*state, "الحرب الوطنية العظمى رابطة الدول المستقلة", "نص",
                   "الحرب الوطنية العظمى | رابطة الدول المستقلة");
}

static void a_keyword_of_other_articles_is_known(void **state) {
    desk *d = *state;
    fh_str list[] = {FH_STR("ورش خزف"), FH_STR("قمح")};
    const char *row = "قمح ورش خزف زيتون";
    assert_settled(d, row, "نص", "قمح | ورش | خزف | زيتون");
    for (int i = 0; i < 2; i++) settled_list(d, (fh_strs){list, 2}, "نص");
    assert_settled(d, row, "نص", "قمح | ورش خزف | زيتون");
}

static void words_that_keep_each_others_company_are_one_keyword(void **state) {
    desk *d = *state;
    assert_settled(d, "قمح ورش خزف", "نص", "قمح | ورش | خزف");
    settled(d, "ورش خزف زيتون", "نص");
    settled(d, "نفط ورش خزف", "نص");
    assert_settled(d, "ميناء ورش خزف غاز", "نص", "ميناء | ورش خزف | غاز");
    assert_settled(d, "زيتون قمح", "نص", "زيتون | قمح");
}

static void lists_stay_as_they_are(void **state) {
    desk *d = *state;
    fh_str list[] = {FH_STR("مجلس الأمن"), FH_STR("قمح زيتون")};
    assert_str_equal(settled_list(d, (fh_strs){list, 2}, "نص"), FH_STR("مجلس الأمن | قمح زيتون"));
    d->tools.rows = false;
    assert_settled(d, "قمح/زيتون نفط", "نص", "قمح/زيتون نفط");
}

static void many_keywords_are_remembered(void **state) {
    desk *d = *state;
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_NONE);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10000; i++) {
            fh_str keyword = fh_arena_format(d->arena, "ميناء k%d", i);
            fh_keyword_memory_add(d->tools.memory, fh_analyse(analyser, keyword, d->arena));
        }
    }
    fh_tokens row = fh_analyse(analyser, FH_STR("قمح ميناء k7777 k1"), d->arena);
    assert_true(fh_keyword_memory_is_keyword(d->tools.memory, row, 1, 2));
    assert_false(fh_keyword_memory_is_keyword(d->tools.memory, row, 0, 2));
    fh_analyser_free(analyser);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_split_at_its_separators, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_is_split_by_names_phrases_and_grammar, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_keyword_of_other_articles_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_that_keep_each_others_company_are_one_keyword, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(lists_stay_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_keywords_are_remembered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
