/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that nobody has listed: found by what stands around them, whole words, never overlapping; and whom
 * they mean beside the listed ones. */
#include "entities/entities.h"
#include "tests/unit/test.h"

typedef struct test_room {
    fh_arena *arena;
    fh_analyser *analyser;
} test_room;

static int set_up(void **state) {
    static test_room shared;
    shared = (test_room){fh_arena_new(), fh_analyser_new(FH_STEMMER_LIGHT)};
    *state = &shared;
    return 0;
}

static int tear_down(void **state) {
    test_room *room = *state;
    fh_analyser_free(room->analyser);
    fh_arena_free(room->arena);
    return 0;
}

static fh_recognised_list recognise(const test_room *room, fh_str text) {
    fh_tokens tokens = fh_analyse(room->analyser, text, room->arena);
    fh_mentions known = fh_entities_find(fh_gazetteer_builtin(), text, tokens, room->arena);
    return fh_recognise(fh_recogniser_builtin(), text, tokens, known, room->arena);
}

/* The mentions of a title and a body, "id@text" each, with bars between. */
static fh_str named(const test_room *room, const char *title, const char *body) {
    fh_named_text parts[2] = {{.text = fh_str_from(title)}, {.text = fh_str_from(body)}};
    fh_mentions found[2];
    fh_str all = FH_STR("");
    for (size_t i = 0; i < 2; i++) parts[i].tokens = fh_analyse(room->analyser, parts[i].text, room->arena);
    fh_entities_find_parts(fh_gazetteer_builtin(), fh_recogniser_builtin(), parts, 2, room->arena, found);
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < found[i].count; j++) {
            const fh_mention *m = &found[i].items[j];
            all = fh_arena_format(room->arena, "%.*s%s%s@%.*s", FH_STR_ARG(all), all.len ? " | " : "",
                                  m->entity->id, FH_STR_ARG(fh_str_slice(parts[i].text, m->start, m->end)));
        }
    }
    return all;
}

static void a_person_is_known_by_what_stands_before(void **state) {
    const test_room *room = *state;
    fh_str text = FH_STR("قال الرئيس فيكتور كاليمانوف إن العمل مستمر.");
    fh_recognised_list list = recognise(room, text);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].type, FH_ENTITY_PERSON);
    assert_str_equal(fh_str_slice(text, list.items[0].start, list.items[0].end), FH_STR("فيكتور كاليمانوف"));
    assert_int_equal(list.items[0].count, 2);
}

static void nothing_is_found_where_there_is_no_name(void **state) {
    const test_room *room = *state;
    assert_int_equal(recognise(room, FH_STR("")).count, 0);
    assert_int_equal(recognise(room, FH_STR("… !! 12 / 7")).count, 0);
    assert_int_equal(recognise(room, FH_STR("ارتفعت الأسعار في السوق بعد موجة جفاف طويلة")).count, 0);
}

static void names_are_whole_words_and_never_overlap(void **state) {
    const test_room *room = *state;
    fh_buf text = {0};
    for (int i = 0; i < 2000; i++)
        fh_buf_add(&text, FH_STR("وأضاف الوزير سمير كالوتشي أن شركة نوربتكس #فيكتور_كاليمانوف http://a.b/c "
                                 "ستعمل، في بلدة «تل زويرة»\n"));
    fh_str all = fh_buf_str(&text);
    fh_recognised_list list = recognise(room, all);
    assert_true(list.count > 2000);
    for (size_t i = 0; i < list.count; i++) {
        const fh_recognised *name = &list.items[i];
        assert_true(name->start < name->end && name->end <= all.len && name->count > 0);
        assert_true(i == 0 || list.items[i - 1].end <= name->start);
        assert_true(name->start == 0 || (unsigned char)all.ptr[name->start - 1] < 0x80 ||
                    (unsigned char)all.ptr[name->start] >= 0xC0);
    }
    fh_buf_free(&text);
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
        cmocka_unit_test(a_person_is_known_by_what_stands_before),
        cmocka_unit_test(nothing_is_found_where_there_is_no_name),
        cmocka_unit_test(names_are_whole_words_and_never_overlap),
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
