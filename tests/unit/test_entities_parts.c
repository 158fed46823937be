/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of a whole article: what its parts tell about each other. */
#include "entities/entities.h"
#include "tests/unit/test.h"

typedef struct test_room {
    fh_arena *arena;
    fh_analyser *analyser;
    fh_gazetteer *gazetteer;
} test_room;

static const char people[] = "ramos-horta\tperson\t\tJosé Ramos-Horta\tخوسيه راموس هورتا\n"
                             "one\tperson\t\t\tماريا غونزاغا\ntwo\tperson\t\t\tلويس غونزاغا\n"
                             "happy\tperson\t\t\tطلال السعيداني\n"
                             "short\tperson\t\t\tكمال دوغ\n";

static int set_up(void **state) {
    static test_room shared;
    fh_error err;
    shared = (test_room){fh_arena_new(), fh_analyser_new(FH_STEMMER_LIGHT), NULL};
    *state = &shared;
    return (int)fh_gazetteer_parse(FH_STR(people), "people", fh_gazetteer_builtin(), &shared.gazetteer, &err);
}

static int tear_down(void **state) {
    test_room *room = *state;
    fh_gazetteer_free(room->gazetteer);
    fh_analyser_free(room->analyser);
    fh_arena_free(room->arena);
    return 0;
}

/* What a title and a body name: `id@surface` between `|`, the body's behind //. */
static const char *found(const test_room *room, const char *title, const char *body) {
    fh_named_text parts[] = {{.text = fh_str_from(title)}, {.text = fh_str_from(body)}};
    for (size_t i = 0; i < 2; i++) parts[i].tokens = fh_analyse(room->analyser, parts[i].text, room->arena);
    fh_mentions mentions[2];
    fh_entities_find_parts(room->gazetteer, NULL, parts, 2, room->arena, mentions);
    fh_str line = FH_STR("");
    for (size_t part = 0; part < 2; part++) {
        if (part) line = fh_arena_format(room->arena, "%.*s//", FH_STR_ARG(line));
        for (size_t i = 0; i < mentions[part].count; i++) {
            const fh_mention *mention = &mentions[part].items[i];
            fh_str surface = fh_str_slice(parts[part].text, mention->start, mention->end);
            line = fh_arena_format(room->arena, "%.*s%s%s@%.*s", FH_STR_ARG(line), i ? "|" : "",
                                   mention->entity->id, FH_STR_ARG(surface));
        }
    }
    return line.ptr;
}

static void a_weak_name_is_known_by_what_the_other_part_names(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "عمان تستضيف القمة", "قال وزير في سلطنة عمان"),
                        "country-om@عمان//country-om@سلطنة عمان");
    assert_string_equal(found(room, "عمان تستضيف القمة", "قال وزير"), "//");
}

static void places_within_names_stand_behind_them(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "", "قمة منظمة شنغهاي للتعاون"),
                        "//shanghai-cooperation-organisation@منظمة شنغهاي للتعاون|city-shanghai@شنغهاي");
}

static void a_surname_alone_is_who_was_named_in_full_before(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "", "التقى خوسيه راموس هورتا وفدا. وأكد هورتا وقال لهورتا"),
                        "//ramos-horta@خوسيه راموس هورتا|ramos-horta@هورتا|ramos-horta@لهورتا");
    assert_string_equal(found(room, "", "قال هورتا ثم جاء خوسيه راموس هورتا"),
                        "//ramos-horta@خوسيه راموس هورتا");
    assert_string_equal(
        found(room, "هورتا في موسكو", "زار خوسيه راموس هورتا موسكو"),
        "ramos-horta@هورتا|city-moscow@موسكو//ramos-horta@خوسيه راموس هورتا|city-moscow@موسكو");
}

static void a_surname_in_another_name_is_not_theirs(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "", "خوسيه راموس هورتا، ثم محمد هورتا وطالب بن صقر هورتا"),
                        "//ramos-horta@خوسيه راموس هورتا");
}

static void a_surname_of_two_people_is_nobodys(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "", "لويس غونزاغا وماريا غونزاغا، وقال غونزاغا"),
                        "//two@لويس غونزاغا|one@وماريا غونزاغا");
}

static void a_short_or_common_word_is_no_surname(void **state) {
    const test_room *room = *state;
    assert_string_equal(found(room, "", "كمال دوغ ثم دوغ"), "//short@كمال دوغ");
    assert_string_equal(found(room, "", "طلال السعيداني، في اليوم السعيداني، وقال السعيداني"),
                        "//happy@طلال السعيداني|happy@السعيداني");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_weak_name_is_known_by_what_the_other_part_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_within_names_stand_behind_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_surname_alone_is_who_was_named_in_full_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_surname_in_another_name_is_not_theirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_surname_of_two_people_is_nobodys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_short_or_common_word_is_no_surname, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
