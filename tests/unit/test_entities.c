/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rest of the house relies on: ids, whole words, order, any text.  What is found where is in
 * tests/golden/entities.tsv. */
#include "base/buf.h"
#include "entities/entities.h"
#include "tests/unit/test.h"

typedef struct test_room {
    fh_arena *arena;
    fh_analyser *analyser;
    const fh_gazetteer *gazetteer;
} test_room;

static int set_up(void **state) {
    static test_room shared;
    shared = (test_room){fh_arena_new(), fh_analyser_new(FH_STEMMER_LIGHT), fh_gazetteer_builtin()};
    *state = &shared;
    return 0;
}

static int tear_down(void **state) {
    test_room *room = *state;
    fh_analyser_free(room->analyser);
    fh_arena_free(room->arena);
    return 0;
}

static fh_mentions find(const test_room *room, fh_str text) {
    fh_tokens tokens = fh_analyse(room->analyser, text, room->arena);
    return fh_entities_find(room->gazetteer, text, tokens, room->arena);
}

static void places_within_names_are_mentions_too(void **state) {
    const test_room *room = *state;
    fh_str text = FH_STR("قمة منظمة شنغهاي للتعاون وجامعة الدول العربية في المملكة العربية السعودية");
    fh_tokens tokens = fh_analyse(room->analyser, text, room->arena);
    fh_mentions found = fh_entities_find_nested(room->gazetteer, text, tokens, room->arena);
    static const char *const expected[] = {"shanghai-cooperation-organisation", "city-shanghai",
                                           "arab-league", "country-sa"};
    assert_int_equal(found.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < found.count; i++) assert_string_equal(found.items[i].entity->id, expected[i]);
    assert_int_equal(found.items[1].first, 2);
    assert_int_equal(found.items[1].count, 1);
}

static void types_have_their_names(void **state) {
    (void)state;
    assert_string_equal(fh_entity_type_name(FH_ENTITY_PERSON), "person");
    assert_string_equal(fh_entity_type_name(FH_ENTITY_PLACE), "place");
    assert_string_equal(fh_entity_type_name(FH_ENTITY_ORGANISATION), "organisation");
    assert_string_equal(fh_entity_type_name(FH_ENTITY_EVENT), "event");
    assert_string_equal(fh_entity_type_name(FH_ENTITY_PRODUCT), "product");
}

static void every_entity_is_found_by_its_id(void **state) {
    const test_room *room = *state;
    size_t count = fh_gazetteer_count(room->gazetteer);
    assert_true(count > 1000);
    for (size_t i = 0; i < count; i++) {
        const fh_entity *entity = fh_gazetteer_at(room->gazetteer, i);
        assert_ptr_equal(fh_gazetteer_find(room->gazetteer, fh_str_from(entity->id)), entity);
    }
    assert_null(fh_gazetteer_find(room->gazetteer, FH_STR("")));
    assert_null(fh_gazetteer_find(room->gazetteer, FH_STR("vladimir-puti")));
    assert_null(fh_gazetteer_find(room->gazetteer, FH_STR("zzz")));
}

static void every_entity_is_well_formed(void **state) {
    const test_room *room = *state;
    for (size_t i = 0; i < fh_gazetteer_count(room->gazetteer); i++) {
        const fh_entity *entity = fh_gazetteer_at(room->gazetteer, i);
        size_t length = strlen(entity->id);
        assert_int_equal(strspn(entity->id, "abcdefghijklmnopqrstuvwxyz0123456789-"), length);
        assert_true(length > 0 && entity->label[0] && entity->latin[0]);
        assert_true(fh_utf8_invalid(fh_str_from(entity->label)) == SIZE_MAX);
        assert_in_range(entity->type, FH_ENTITY_PERSON, FH_ENTITY_PRODUCT);
        assert_true(strlen(entity->country) == (entity->country[0] ? 2 : 0));
        if (entity->country[0]) assert_int_equal(entity->type, FH_ENTITY_PLACE);
    }
}

/* A label may be an ordinary word; then it is not found alone, but never as something else. */
static void a_label_names_no_other_entity(void **state) {
    const test_room *room = *state;
    size_t found = 0, count = fh_gazetteer_count(room->gazetteer);
    for (size_t i = 0; i < count; i++) {
        const fh_entity *entity = fh_gazetteer_at(room->gazetteer, i);
        fh_str label = fh_str_from(entity->label);
        fh_mentions mentions = find(room, label);
        bool is_whole = mentions.count == 1 && mentions.items[0].end - mentions.items[0].start == label.len;
        if (is_whole) assert_string_equal(mentions.items[0].entity->id, entity->id);
        found += is_whole;
        fh_arena_reset(room->arena);
    }
    assert_true(found * 100 > count * 90);
}

static void countries_and_cities_come_from_icu(void **state) {
    const test_room *room = *state;
    const fh_entity *japan = fh_gazetteer_find(room->gazetteer, FH_STR("country-jp"));
    const fh_entity *nairobi = fh_gazetteer_find(room->gazetteer, FH_STR("city-nairobi"));
    assert_non_null(japan);
    assert_string_equal(japan->latin, "Japan");
    assert_string_equal(japan->country, "JP");
    assert_str_equal(fh_str_from(japan->label), FH_STR("اليابان"));
    assert_non_null(nairobi);
    assert_string_equal(nairobi->country, "KE");
    assert_int_equal(nairobi->type, FH_ENTITY_PLACE);
}

static void a_mention_says_which_tokens_it_covers(void **state) {
    const test_room *room = *state;
    fh_str text = FH_STR("قال الرئيس الروسي فلاديمير بوتين في موسكو");
    fh_mentions mentions = find(room, text);
    assert_int_equal(mentions.count, 3);
    assert_int_equal(mentions.items[0].form, FH_FORM_NISBA);
    assert_int_equal(mentions.items[1].form, FH_FORM_NAME);
    assert_int_equal(mentions.items[1].first, 3);
    assert_int_equal(mentions.items[1].count, 2);
    assert_str_equal(fh_str_slice(text, mentions.items[1].start, mentions.items[1].end),
                     FH_STR("فلاديمير بوتين"));
    assert_int_equal(mentions.items[2].first, 6);
    assert_int_equal(mentions.items[2].count, 1);
}

static void a_hashtag_is_covered_by_its_words(void **state) {
    const test_room *room = *state;
    fh_mentions mentions = find(room, FH_STR("#فلاديمير_بوتين"));
    assert_int_equal(mentions.count, 1);
    assert_int_equal(mentions.items[0].first, 1);
    assert_int_equal(mentions.items[0].count, 2);
}

static void no_text_has_no_mentions(void **state) {
    const test_room *room = *state;
    assert_int_equal(find(room, FH_STR("")).count, 0);
    assert_int_equal(find(room, FH_STR(" \n.")).count, 0);
    fh_mentions mentions = fh_entities_find(room->gazetteer, FH_STR(""), (fh_tokens){0}, room->arena);
    assert_int_equal(mentions.count, 0);
}

static void check_order(fh_mentions mentions, fh_str text, fh_tokens tokens) {
    uint32_t end = 0;
    for (size_t i = 0; i < mentions.count; i++) {
        const fh_mention *mention = &mentions.items[i];
        assert_true(mention->count > 0 && mention->first + mention->count <= tokens.count);
        assert_true(mention->start >= end && mention->start < mention->end && mention->end <= text.len);
        assert_int_equal(mention->start, tokens.items[mention->first].start);
        assert_int_equal(mention->end, tokens.items[mention->first + mention->count - 1].end);
        end = mention->end;
    }
}

/* Pieces that make names, halves of names and noise, in an order that a linear congruential generator gives.
 */
static void mentions_stand_in_order_and_never_overlap(void **state) {
    static const char *const pieces[] = {
        "كوريا ",   "الشمالية ", "مجلس ",      "الأمن ",     "الدولي ",  "للأمم ",
        "المتحدة ", "بوتين",     "_",          "#فلاديمير_", "كيم ",     "جونغ ",
        "أون ",     ". ",        "«القاعدة» ", "تنظيم ",     "@Google ", "http://putin.ru/x ",
        "\n",       "و",         "لل",         "عمان ",      "الأردن ",  "كأس ",
        "العالم ",  "2034 ",     "\xFF",       "ـ"};
    const test_room *room = *state;
    uint32_t seed = 1;
    for (size_t round = 0; round < 2000; round++) {
        fh_buf text = {0};
        for (size_t i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            fh_buf_add(&text, fh_str_from(pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]));
        }
        fh_tokens tokens = fh_analyse(room->analyser, fh_buf_str(&text), room->arena);
        fh_mentions mentions = fh_entities_find(room->gazetteer, fh_buf_str(&text), tokens, room->arena);
        check_order(mentions, fh_buf_str(&text), tokens);
        fh_buf_free(&text);
        fh_arena_reset(room->arena);
    }
}

static void a_text_of_names_alone_keeps_them_all(void **state) {
    const test_room *room = *state;
    fh_buf text = {0};
    for (size_t i = 0; i < 1000; i++) fh_buf_add(&text, FH_STR("روسيا والصين، "));
    assert_int_equal(find(room, fh_buf_str(&text)).count, 2000);
    fh_buf_free(&text);
}

static void a_word_of_any_length_is_taken(void **state) {
    const test_room *room = *state;
    fh_buf text = {0};
    for (size_t i = 0; i < 10000; i++) fh_buf_add(&text, FH_STR("و"));
    fh_buf_add(&text, FH_STR(" موسكو"));
    assert_int_equal(find(room, fh_buf_str(&text)).count, 1);
    fh_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(types_have_their_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_entity_is_found_by_its_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_entity_is_well_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_label_names_no_other_entity, set_up, tear_down),
        cmocka_unit_test_setup_teardown(countries_and_cities_come_from_icu, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mention_says_which_tokens_it_covers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hashtag_is_covered_by_its_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_text_has_no_mentions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mentions_stand_in_order_and_never_overlap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_within_names_are_mentions_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_of_names_alone_keeps_them_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_word_of_any_length_is_taken, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
