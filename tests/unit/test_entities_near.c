/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose name an unlisted spelling is taken for. */
#include "entities/gazetteer.h"
#include "tests/unit/test.h"

static int set_up(void **state) {
    *state = fh_arena_new();
    return 0;
}

static int tear_down(void **state) {
    fh_arena_free(*state);
    return 0;
}

static void check_near(fh_arena *arena, const char *name, const char *id) {
    fh_near_name found;
    bool is_near = fh_gazetteer_near(fh_gazetteer_builtin(), fh_str_from(name), arena, &found);
    assert_string_equal(is_near ? found.entity->id : "nobody", id);
}

static void a_spelling_of_a_listed_name_is_its_entity(void **state) {
    check_near(*state, "فلاديميير بووتين", "vladimir-putin");
    check_near(*state, "غوربتشوف", "mikhail-gorbachev");
    check_near(*state, "قيرقيزستان", "country-kg");
    check_near(*state, "كازاخسطان", "country-kz");
    check_near(*state, "انطونيو غوطيريس", "antonio-guterres");
    check_near(*state, "رجب طيب إردوجان", "recep-tayyip-erdogan");
}

static void the_listed_spelling_and_its_distance_are_told(void **state) {
    fh_near_name found;
    assert_true(fh_gazetteer_near(fh_gazetteer_builtin(), FH_STR("غوربتشوف"), *state, &found));
    assert_str_equal(found.spelling, FH_STR("غورباتشوف"));
    assert_true(found.distance == fh_spelling_distance(FH_STR("غوربتشوف"), found.spelling));
}

static void other_people_are_nobody_listed(void **state) {
    check_near(*state, "فلاديمير كوزنتسوف", "nobody");
    check_near(*state, "خالد الدوسري", "nobody");
    check_near(*state, "دبلوماسي", "nobody");
    check_near(*state, "روتر", "nobody");
}

static void a_word_of_a_full_name_is_nobody_alone(void **state) {
    check_near(*state, "فلاديمييير", "nobody");
    check_near(*state, "غوتيريس انطونيو", "nobody");
}

static void short_names_are_near_nothing(void **state) {
    check_near(*state, "دبى", "nobody");
    check_near(*state, "الهندا", "nobody");
    check_near(*state, "", "nobody");
    check_near(*state, "او", "nobody");
}

static void where_two_are_as_near_nobody_is_meant(void **state) {
    check_near(*state, "مونتسيرات", "nobody"); /* the town, and the island مونتسرات */
}

static fh_str words_of(const fh_gazetteer *gazetteer, const fh_name *name, fh_arena *arena) {
    fh_str all = fh_gazetteer_key(gazetteer, name, 0);
    for (size_t i = 1; i < name->count; i++) {
        fh_str word = fh_gazetteer_key(gazetteer, name, i);
        all = fh_arena_format(arena, "%.*s %.*s", FH_STR_ARG(all), FH_STR_ARG(word));
    }
    return all;
}

static void no_listed_name_is_near_another_entity(void **state) {
    const fh_gazetteer *gazetteer = fh_gazetteer_builtin();
    size_t found = 0;
    for (const fh_name *name = gazetteer->names; name->count; name++) {
        fh_near_name near;
        if (name->entity == FH_NO_ENTITY) continue;
        if (!fh_gazetteer_near(gazetteer, words_of(gazetteer, name, *state), *state, &near)) continue;
        assert_string_equal(near.entity->id, gazetteer->entities[name->entity].id);
        found++;
    }
    assert_true(found > 4000);
}

static void added_names_are_near_too_and_what_was_taken_is_not(void **state) {
    fh_gazetteer *added;
    fh_error err;
    fh_str text = FH_STR("gelendzhik\tplace\tRU\tGelendzhik\tغيلينجيك\n"
                         "mikhail-gorbachev\t\t\t\t\t!غورباتشوف|!جورباتشوف|!غورباتشيف\n");
    assert_int_equal(fh_gazetteer_parse(text, "added", fh_gazetteer_builtin(), &added, &err), FH_OK);
    fh_near_name found;
    assert_true(fh_gazetteer_near(added, FH_STR("جيلينجيك"), *state, &found));
    assert_string_equal(found.entity->id, "gelendzhik");
    assert_true(fh_gazetteer_near(added, FH_STR("قيرقيزستان"), *state, &found));
    assert_string_equal(found.entity->id, "country-kg");
    assert_false(fh_gazetteer_near(added, FH_STR("غوربتشوف"), *state, &found));
    fh_gazetteer_free(added);
}

static void check_remembered(fh_near_memory *memory, const fh_gazetteer *gazetteer, fh_str name,
                             fh_arena *arena) {
    fh_near_name expected;
    bool is_near = fh_gazetteer_near(gazetteer, name, arena, &expected);
    assert_ptr_equal(fh_near_memory_find(memory, gazetteer, name), is_near ? expected.entity : NULL);
}

/* Also where the memory is full, where a name is too long for it, and with another gazetteer between. */
static void a_remembered_name_is_as_near_as_before(void **state) {
    static const char *const names[] = {"غوربتشوف", "جيلينجيك", "خالد الدوسري", "",
                                        "فلاديميير فلاديميروفيتش بووتين رئيس روسيا الاتحادية السابق"};
    fh_gazetteer *added;
    fh_error err;
    fh_str text = FH_STR("gelendzhik\tplace\tRU\tGelendzhik\tغيلينجيك\n"
                         "mikhail-gorbachev\t\t\t\t\t!غورباتشوف|!جورباتشوف|!غورباتشيف\n");
    assert_int_equal(fh_gazetteer_parse(text, "added", fh_gazetteer_builtin(), &added, &err), FH_OK);
    fh_near_memory *memory = fh_near_memory_new();
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            check_remembered(memory, added, fh_str_from(names[i]), *state);
            check_remembered(memory, fh_gazetteer_builtin(), fh_str_from(names[i]), *state);
            check_remembered(memory, added, fh_str_from(names[i]), *state);
        }
        for (unsigned i = 0; i < 20000; i++)
            check_remembered(memory, added, fh_arena_format(*state, "قيرقيز %u", i), *state);
    }
    fh_near_memory_free(memory);
    fh_gazetteer_free(added);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spelling_of_a_listed_name_is_its_entity),
        cmocka_unit_test(the_listed_spelling_and_its_distance_are_told),
        cmocka_unit_test(other_people_are_nobody_listed),
        cmocka_unit_test(a_word_of_a_full_name_is_nobody_alone),
        cmocka_unit_test(short_names_are_near_nothing),
        cmocka_unit_test(where_two_are_as_near_nobody_is_meant),
        cmocka_unit_test(no_listed_name_is_near_another_entity),
        cmocka_unit_test(added_names_are_near_too_and_what_was_taken_is_not),
        cmocka_unit_test(a_remembered_name_is_as_near_as_before),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
