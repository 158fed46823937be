/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What words weigh: added up from what is remembered and from tables, the same as feature by feature. */
#include "base/buf.h"
#include "entities/finder.h"
#include "tests/unit/test_finder.h"

/* Feature by feature, as the model has them. */
static void weigh_plainly(const fh_recogniser *model, const fh_text_view *view, size_t at, fh_sums out) {
    uint32_t keys[FH_MAX_FEATURES];
    size_t count = fh_features_at(view, at, keys);
    memset(out, 0, sizeof(fh_sums));
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = fh_feature_slot(keys[i], model->shifts[fh_feature_bucket(keys[i])]);
        for (size_t l = 0; l < FH_LANES && model->marks[slot] == (uint16_t)keys[i]; l++)
            out[l] = (int16_t)(out[l] + model->weights[slot][l]);
    }
}

static void assert_words_weigh_the_same(const test_room *room, fh_str text) {
    const fh_recogniser *model = fh_name_finder_model(room->finder);
    fh_tokens tokens = fh_analyse(room->analyser, text, room->arena);
    fh_mentions known = fh_entities_find(fh_gazetteer_builtin(), text, tokens, room->arena);
    fh_text_words words = fh_text_words_of(text, tokens, room->arena);
    fh_text_view view = fh_text_view_of(&model->facts, tokens, words, known, room->arena);
    fh_weighed_text weighed = fh_text_weigh_words(room->finder, tokens, words, known, room->arena);
    assert_true(words.count > 0);
    for (size_t at = 0; at < words.count; at++) {
        fh_sums expected, found;
        weigh_plainly(model, &view, at, expected);
        fh_word_weigh(room->finder, &weighed, at, found);
        for (size_t l = 0; l < FH_LANES; l++) assert_int_equal(found[l], expected[l]);
    }
}

/* Marks, listed names, a topic, scripts, clitics, and words that come again. */
static const char *const texts[] = {
    "محمد",
    "قال الرئيس الروسي فلاديمير بوتين: «إن الفريق فاز»، وأضاف بوتين (أمس) أن موسكو... ستلعب؟ نعم!",
    "فاز منتخب المغرب لكرة القدم على نادي الهلال في المباراة النهائية بهدف، وسجل اللاعب هدف المنتخب.",
    "COP28 في 12 مايو 2024 - وبالكرملين وللجنة وكالعادة #عاصي_الحلاني http://example.com/محمد ﷺ 日本",
    "و و و ب ل ك الإمبراطوريةالعثمانيةالمترامية والإمبراطوريةالعثمانيةالمترامية",
};

static void words_weigh_what_all_their_features_do(void **state) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_words_weigh_the_same(*state, fh_str_from(texts[i]));
}

static void remembered_words_weigh_the_same(void **state) {
    for (size_t round = 0; round < 2; round++) words_weigh_what_all_their_features_do(state);
}

/* Words of one to three letters, as many as are remembered, between them marks of all kinds. */
static void forgotten_words_weigh_the_same(void **state) {
    static const char *const marks[] = {" ", "، ", ": ", " «", "» ", " (", ") ", " - ", ". ", " % "};
    fh_buf words = {0};
    for (unsigned i = 0; i < 40000; i++) {
        for (unsigned n = i; n; n /= 34) fh_buf_add_code_point(&words, 0x0628 + n % 34);
        fh_buf_add(&words, fh_str_from(marks[i / 3 % (sizeof marks / sizeof *marks)]));
    }
    assert_words_weigh_the_same(*state, fh_buf_str(&words));
    fh_buf_free(&words);
    words_weigh_what_all_their_features_do(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_weigh_what_all_their_features_do),
        cmocka_unit_test(remembered_words_weigh_the_same),
        cmocka_unit_test(forgotten_words_weigh_the_same),
    };
    if (!fh_recogniser_builtin()) {
        print_message("1..0 # SKIP built without the recogniser\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
