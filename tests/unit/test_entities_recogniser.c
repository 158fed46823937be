/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that nobody has listed: found by what stands around them, whole words, never overlapping, in any
 * text; and whom they mean beside the listed ones.  How many are found in real news is measured by
 * scripts/train-recogniser. */
#include "base/buf.h"
#include "entities/entities.h"
#include "tests/unit/test_finder.h"

static fh_recognised_list recognise(const test_room *room, fh_analyser *analyser, fh_str text) {
    fh_tokens tokens = fh_analyse(analyser, text, room->arena);
    fh_mentions known = fh_entities_find(fh_gazetteer_builtin(), text, tokens, room->arena);
    return fh_recognise(room->finder, text, tokens, known, room->arena);
}

/* The first name of a type that a text has, as it is written; empty: there is none. */
static fh_str first_of(const test_room *room, fh_entity_type type, const char *text) {
    fh_recognised_list names = recognise(room, room->analyser, fh_str_from(text));
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].type == type)
            return fh_str_slice(fh_str_from(text), names.items[i].start, names.items[i].end);
    return FH_STR("");
}

/* ---- Context ---- */

static void a_title_announces_a_person(void **state) {
    const test_room *room = *state;
    assert_str_equal(first_of(room, FH_ENTITY_PERSON, "وقال وزير الصحة سالم المرزوقي إن الوضع مستقر."),
                     FH_STR("سالم المرزوقي"));
    assert_str_equal(first_of(room, FH_ENTITY_PERSON, "وأضاف الدكتور عبد الرحمن الجنابي أن النتائج جيدة."),
                     FH_STR("عبد الرحمن الجنابي"));
}

static void a_foreign_name_is_a_person_too(void **state) {
    const test_room *room = *state;
    assert_str_equal(
        first_of(room, FH_ENTITY_PERSON, "وأكد المتحدث باسم الجيش بيتر هوفمايستر أن الطائرة سقطت."),
        FH_STR("بيتر هوفمايستر"));
}

static void a_town_that_no_list_has_is_a_place(void **state) {
    const test_room *room = *state;
    assert_str_equal(first_of(room, FH_ENTITY_PLACE, "وقتل ثلاثة جنود في بلدة كفرزيتون جنوب لبنان."),
                     FH_STR("كفرزيتون"));
}

static void the_head_of_an_organisation_belongs_to_its_name(void **state) {
    const test_room *room = *state;
    assert_str_equal(
        first_of(room, FH_ENTITY_ORGANISATION, "وقال المتحدث باسم حركة فجر الشرق إن القتال مستمر."),
        FH_STR("حركة فجر الشرق"));
}

static void common_words_are_no_names(void **state) {
    const test_room *room = *state;
    static const char *const texts[] = {
        "ارتفعت أسعار الخبز والحليب هذا الأسبوع بسبب ارتفاع تكاليف النقل.",
        "كيف تختار هاتفا جديدا لا يكلفك كثيرا؟",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(recognise(room, room->analyser, fh_str_from(texts[i])).count, 0);
}

static void a_person_known_from_one_sentence_is_known_in_the_next(void **state) {
    const test_room *room = *state;
    fh_str text = FH_STR("وقال الرئيس التنفيذي ماركوس أندرسون إن الشركة رابحة.\nووصف أندرسون العام بالصعب.");
    fh_recognised_list names = recognise(room, room->analyser, text);
    assert_true(names.count >= 2);
    fh_recognised last = names.items[names.count - 1];
    assert_int_equal(last.type, FH_ENTITY_PERSON);
    assert_str_equal(fh_str_slice(text, last.start, last.end), FH_STR("أندرسون"));
}

/* ---- Any text, any stemmer ---- */

static void assert_same_names(fh_recognised_list found, fh_recognised_list expected) {
    assert_int_equal(found.count, expected.count);
    for (size_t k = 0; k < found.count; k++) {
        assert_int_equal(found.items[k].type, expected.items[k].type);
        assert_int_equal(found.items[k].start, expected.items[k].start);
        assert_int_equal(found.items[k].end, expected.items[k].end);
    }
}

static void every_stemmer_gives_the_same_names(void **state) {
    const test_room *room = *state;
    fh_str text =
        FH_STR("وقال وزير الخارجية سيرغي لافروف ومسؤول في الأمم المتحدة إن المؤتمر سيعقد في گروزني.");
    fh_recognised_list expected = recognise(room, room->analyser, text);
    assert_true(expected.count >= 2);
    static const fh_stemmer others[] = {FH_STEMMER_LIGHT10, FH_STEMMER_NONE};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        fh_analyser *analyser = fh_analyser_new(others[i]);
        fh_recognised_list found = recognise(room, analyser, text);
        fh_analyser_free(analyser);
        assert_same_names(found, expected);
    }
}

/* A finder that has forgotten as many words as it remembers, beside one that knows none. */
static void what_is_remembered_changes_nothing(void **state) {
    const test_room *room = *state;
    fh_buf words = {0};
    for (unsigned i = 0; i < 50000; i++) {
        for (unsigned n = i; n; n /= 26) fh_buf_add_code_point(&words, 0x0628 + n % 26 % 18);
        fh_buf_add_char(&words, ' ');
    }
    recognise(room, room->analyser, fh_buf_str(&words));
    fh_buf_free(&words);
    fh_str text =
        FH_STR("وقال وزير الخارجية سيرغي لافروف إن المؤتمر سيعقد في گروزني، وذكر لافروف حركة فجر الشرق.");
    test_room fresh = *room;
    fresh.finder = fh_name_finder_new(fh_recogniser_builtin());
    fh_recognised_list expected = recognise(&fresh, room->analyser, text);
    fh_recognised_list found = recognise(room, room->analyser, text);
    fh_name_finder_free(fresh.finder);
    assert_true(expected.count >= 2);
    assert_same_names(found, expected);
}

static void a_text_without_words_has_no_names(void **state) {
    const test_room *room = *state;
    assert_int_equal(recognise(room, room->analyser, FH_STR("")).count, 0);
    assert_int_equal(recognise(room, room->analyser, FH_STR(" \n.،؟!«»")).count, 0);
    assert_int_equal(recognise(room, room->analyser, FH_STR("12 3.5 2024")).count, 0);
    assert_int_equal(recognise(room, room->analyser, FH_STR("http://example.com/محمد @حسن")).count, 0);
    assert_int_equal(recognise(room, room->analyser, FH_STR("\xFF\xFE\xD8")).count, 0);
}

/* One sentence of a hundred thousand words, and a word of as many letters. */
static void a_text_of_any_length_is_read(void **state) {
    const test_room *room = *state;
    fh_buf text = {0};
    for (size_t i = 0; i < 20000; i++) fh_buf_add(&text, FH_STR("قال الرئيس محمود الخالدي أمس "));
    size_t found = recognise(room, room->analyser, fh_buf_str(&text)).count;
    fh_buf_clear(&text);
    for (size_t i = 0; i < 100000; i++) fh_buf_add(&text, FH_STR("و"));
    recognise(room, room->analyser, fh_buf_str(&text));
    fh_buf_free(&text);
    assert_true(found >= 20000);
}

static void check_order(fh_recognised_list names, fh_str text, fh_tokens tokens) {
    uint32_t end = 0;
    for (size_t i = 0; i < names.count; i++) {
        const fh_recognised *name = &names.items[i];
        assert_true(name->count > 0 && name->first + name->count <= tokens.count);
        assert_true(name->start >= end && name->start < name->end && name->end <= text.len);
        assert_int_equal(name->start, tokens.items[name->first].start);
        assert_int_equal(name->end, tokens.items[name->first + name->count - 1].end);
        assert_in_range(name->type, FH_ENTITY_PERSON, FH_ENTITY_ORGANISATION);
        end = name->end;
    }
}

/* Pieces of names and noise, in an order that a linear congruential generator gives. */
static void names_stand_in_order_and_never_overlap(void **state) {
    static const char *const pieces[] = {"الرئيس ",
                                         "محمد ",
                                         "بن ",
                                         "عبد ",
                                         "الله ",
                                         "ﷺ",
                                         "شركة ",
                                         "النور ",
                                         "للطيران ",
                                         "في ",
                                         "مدينة ",
                                         "صور ",
                                         "_",
                                         "#فلاديمير_",
                                         "وقال ",
                                         "\n",
                                         ". ",
                                         "«القاعدة» ",
                                         "@Google ",
                                         "،",
                                         "Putin ",
                                         "2034 ",
                                         "http://a.ru/x ",
                                         "\xFF",
                                         "ـ",
                                         "😀",
                                         "(د ب أ) ",
                                         "الـ ",
                                         "كريملن ",
                                         "علي-",
                                         "ا",
                                         "وزير ",
                                         "خارجية ",
                                         "سوريا ",
                                         "المغربي "};
    const test_room *room = *state;
    uint32_t seed = 1;
    for (size_t round = 0; round < 2000; round++) {
        fh_buf text = {0};
        for (size_t i = 0; i < 16; i++) {
            seed = seed * 1664525u + 1013904223u;
            fh_buf_add(&text, fh_str_from(pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]));
        }
        fh_str bytes = fh_buf_str(&text);
        fh_tokens tokens = fh_analyse(room->analyser, bytes, room->arena);
        fh_mentions known = fh_entities_find_nested(fh_gazetteer_builtin(), bytes, tokens, room->arena);
        check_order(fh_recognise(room->finder, bytes, tokens, known, room->arena), bytes, tokens);
        fh_buf_free(&text);
        fh_arena_reset(room->arena);
    }
}

/* ---- Who is meant ---- */

/* The mentions of a title and a body, "id@text" each, with bars between. */
static fh_str named(const test_room *room, const char *title, const char *body) {
    fh_named_text parts[2] = {{.text = fh_str_from(title)}, {.text = fh_str_from(body)}};
    fh_mentions found[2];
    fh_str all = FH_STR("");
    for (size_t i = 0; i < 2; i++) parts[i].tokens = fh_analyse(room->analyser, parts[i].text, room->arena);
    fh_entities_find_parts(fh_gazetteer_builtin(), room->finder, parts, 2, room->arena, found);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < found[i].count; j++) {
            const fh_mention *m = &found[i].items[j];
            all = fh_arena_format(room->arena, "%.*s%s%s@%.*s", FH_STR_ARG(all), all.len ? " | " : "",
                                  m->entity->id, FH_STR_ARG(fh_str_slice(parts[i].text, m->start, m->end)));
        }
    }
    return all;
}

static void an_unlisted_name_gets_an_id_of_its_words(void **state) {
    assert_str_equal(named(*state, "", "قال الرئيس فيكتور كاليمانوف إن العمل مستمر."),
                     FH_STR("person:فيكتور_كاليمانوف@فيكتور كاليمانوف"));
}

static void a_surname_alone_is_the_person_of_the_whole_name(void **state) {
    fh_str found = named(*state, "كاليمانوف: العمل مستمر",
                         "قال الرئيس فيكتور كاليمانوف إن العمل مستمر. وأضاف كاليمانوف أن النتائج جيدة.");
    assert_str_equal(found,
                     FH_STR("person:فيكتور_كاليمانوف@كاليمانوف | person:فيكتور_كاليمانوف@فيكتور كاليمانوف | "
                            "person:فيكتور_كاليمانوف@كاليمانوف"));
}

static void a_listed_name_stands(void **state) {
    assert_str_equal(named(*state, "", "التقى الرئيس الروسي فلاديمير بوتين نظيره."),
                     FH_STR("country-ru@الروسي | vladimir-putin@فلاديمير بوتين"));
}

static void a_name_spelled_nearly_as_a_listed_one_is_that(void **state) {
    fh_str found = named(*state, "", "قال رئيس قيرغيزستان صادير جاباروفف إن العمل مستمر.");
    assert_true(fh_str_find(found, FH_STR("sadyr-japarov@"), 0) != SIZE_MAX);
}

static void another_first_name_is_another_person(void **state) {
    fh_str found = named(*state, "", "قالت لورا بوش إن العمل مستمر.");
    assert_str_equal(found, FH_STR("person:لورا_بوش@لورا بوش"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_announces_a_person),
        cmocka_unit_test(a_foreign_name_is_a_person_too),
        cmocka_unit_test(a_town_that_no_list_has_is_a_place),
        cmocka_unit_test(the_head_of_an_organisation_belongs_to_its_name),
        cmocka_unit_test(common_words_are_no_names),
        cmocka_unit_test(a_person_known_from_one_sentence_is_known_in_the_next),
        cmocka_unit_test(every_stemmer_gives_the_same_names),
        cmocka_unit_test(what_is_remembered_changes_nothing),
        cmocka_unit_test(a_text_without_words_has_no_names),
        cmocka_unit_test(a_text_of_any_length_is_read),
        cmocka_unit_test(names_stand_in_order_and_never_overlap),
        cmocka_unit_test(an_unlisted_name_gets_an_id_of_its_words),
        cmocka_unit_test(a_surname_alone_is_the_person_of_the_whole_name),
        cmocka_unit_test(a_listed_name_stands),
        cmocka_unit_test(a_name_spelled_nearly_as_a_listed_one_is_that),
        cmocka_unit_test(another_first_name_is_another_person),
    };
    if (!fh_recogniser_builtin()) {
        print_message("1..0 # SKIP built without the recogniser\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
