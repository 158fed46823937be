/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that are added at run time: what a list may say, what it changes, and how it survives as bytes. */
#include "base/buf.h"
#include "base/limits.h"
#include "entities/entities.h"
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct test_room {
    fh_arena *arena;
    fh_analyser *analyser;
    const fh_gazetteer *base;
    fh_gazetteer *layer;
    fh_error err;
} test_room;

static int set_up(void **state) {
    static test_room shared;
    shared = (test_room){.arena = fh_arena_new(),
                         .analyser = fh_analyser_new(FH_STEMMER_LIGHT),
                         .base = fh_gazetteer_builtin()};
    *state = &shared;
    return 0;
}

static int tear_down(void **state) {
    test_room *room = *state;
    fh_gazetteer_free(room->layer);
    fh_analyser_free(room->analyser);
    fh_arena_free(room->arena);
    return 0;
}

static fh_status parse(test_room *room, const char *text) {
    fh_gazetteer_free(room->layer);
    room->layer = NULL;
    return fh_gazetteer_parse(fh_str_from(text), "names.tsv", room->base, &room->layer, &room->err);
}

static void parse_good(test_room *room, const char *text) {
    if (parse(room, text)) fail_msg("%s: %s", room->err.where, room->err.what);
}

/* The mentions in a text as `id@surface` between `|`. */
static const char *found_by(const test_room *room, const fh_gazetteer *gazetteer, const char *text) {
    fh_str whole = fh_str_from(text);
    fh_tokens tokens = fh_analyse(room->analyser, whole, room->arena);
    fh_mentions mentions = fh_entities_find(gazetteer, whole, tokens, room->arena);
    fh_str line = FH_STR("");
    for (size_t i = 0; i < mentions.count; i++) {
        fh_str surface = fh_str_slice(whole, mentions.items[i].start, mentions.items[i].end);
        line = fh_arena_format(room->arena, "%.*s%s%s@%.*s", FH_STR_ARG(line), i ? "|" : "",
                               mentions.items[i].entity->id, FH_STR_ARG(surface));
    }
    return line.len ? line.ptr : "-";
}

static const char *found(const test_room *room, const char *text) {
    return found_by(room, room->layer, text);
}

/* ---- What is added ---- */

static void a_new_name_is_found_beside_the_old_ones(void **state) {
    test_room *room = *state;
    parse_good(room, "# names of our town\n"
                     "saad-alnimr\tperson\t\tSaad al-Nimr\tسعد النمر\tسعد بن خالد النمر|?النمر\n");
    assert_string_equal(found(room, "زار سعد النمر موسكو ثم قال النمر"),
                        "saad-alnimr@سعد النمر|city-moscow@موسكو|saad-alnimr@النمر");
    assert_string_equal(found(room, "قال النمر في موسكو"), "city-moscow@موسكو");
    assert_int_equal(fh_gazetteer_count(room->layer), fh_gazetteer_count(room->base) + 1);
    const fh_entity *entity = fh_gazetteer_find(room->layer, FH_STR("saad-alnimr"));
    assert_ptr_equal(fh_gazetteer_at(room->layer, fh_gazetteer_count(room->base)), entity);
    assert_string_equal(entity->label, "سعد النمر");
    assert_null(fh_gazetteer_find(room->base, FH_STR("saad-alnimr")));
}

static void a_known_id_gets_more_spellings_and_stays_the_same_entity(void **state) {
    test_room *room = *state;
    parse_good(room, "vladimir-putin\t\t\t\t\tبوطين|قيصر {روسيا,الروس}");
    const fh_entity *putin = fh_gazetteer_find(room->base, FH_STR("vladimir-putin"));
    fh_str text = FH_STR("بوطين وبوتين وقيصر روسيا");
    fh_tokens tokens = fh_analyse(room->analyser, text, room->arena);
    fh_mentions mentions = fh_entities_find(room->layer, text, tokens, room->arena);
    assert_int_equal(mentions.count, 3);
    for (size_t i = 0; i < 3; i++) assert_ptr_equal(mentions.items[i].entity, putin);
    assert_int_equal(fh_gazetteer_count(room->layer), fh_gazetteer_count(room->base));
    assert_ptr_equal(fh_gazetteer_find(room->layer, FH_STR("vladimir-putin")), putin);
}

static void the_longest_name_wins_whichever_layer_has_it(void **state) {
    test_room *room = *state;
    parse_good(room, "amman-club\torganisation\t\t\tنادي مدينة الدوحة\n"
                     "security\torganisation\t\t\tمجلس الأمن\tمجلس الأمن");
    assert_string_equal(found(room, "فاز نادي مدينة الدوحة في الدوحة"),
                        "amman-club@نادي مدينة الدوحة|city-doha@الدوحة");
    assert_string_equal(found(room, "مجلس الأمن الدولي"), found_by(room, room->base, "مجلس الأمن الدولي"));
}

static void of_one_length_the_added_name_counts(void **state) {
    test_room *room = *state;
    parse_good(room, "little-moscow\tplace\tEG\t\tقرية موسكو\tموسكو\n"
                     "accra-market\tplace\tEG\t\tسوق أكرا\t?أكرا");
    assert_string_equal(found(room, "في موسكو"), "little-moscow@موسكو");
    assert_string_equal(found(room, "وفي أكرا"), "-");
    assert_string_equal(found(room, "سوق أكرا ثم أكرا"), "accra-market@سوق أكرا|accra-market@أكرا");
}

static void a_spelling_may_be_taken_away(void **state) {
    test_room *room = *state;
    assert_string_equal(found_by(room, room->base, "قال بوتين"), "vladimir-putin@بوتين");
    parse_good(room, "vladimir-putin\t\t\t\t\t!بوتين\n-\t\t\t\t\tشارع موسكو");
    assert_string_equal(found(room, "قال بوتين وفلاديمير بوتين في شارع موسكو"),
                        "vladimir-putin@وفلاديمير بوتين");
}

static void a_shorter_name_is_seen_where_a_longer_one_was_taken_away(void **state) {
    test_room *room = *state;
    parse_good(room, "vladimir-putin\t\t\t\t\t!فلاديمير بوتين");
    assert_string_equal(found(room, "فلاديمير بوتين"), "vladimir-putin@بوتين");
}

static void a_row_without_an_id_gets_one_of_its_name(void **state) {
    test_room *room = *state;
    parse_good(room, "\tperson\t\t\tخالد الدوسري\n\torganisation\t\t\tمؤسسة الأمل\n");
    assert_string_equal(found(room, "خالد الدوسري من مؤسسة الأمل"),
                        "person:خالد_الدوسري@خالد الدوسري|organisation:مءسسه_الامل@مؤسسة الأمل");
}

static void a_nisba_says_that_it_is_one(void **state) {
    test_room *room = *state;
    parse_good(room, "atlantis\tplace\t\tAtlantis\tأطلنطيس\t~{ال,}أطلنطي{,ة,ون,ين}");
    fh_str text = FH_STR("الأطلنطيون في أطلنطيس");
    fh_mentions mentions =
        fh_entities_find(room->layer, text, fh_analyse(room->analyser, text, room->arena), room->arena);
    assert_int_equal(mentions.count, 2);
    assert_int_equal(mentions.items[0].form, FH_FORM_NISBA);
    assert_int_equal(mentions.items[1].form, FH_FORM_NAME);
}

/* ---- Other ids ---- */

static void another_id_means_the_same_entity(void **state) {
    test_room *room = *state;
    parse_good(room, "person:خالد_الدوسري\t=\tkhalid-aldosari\n"
                     "khalid-aldosari\tperson\t\t\tخالد الدوسري\n"
                     "the-czar\t=\tvladimir-putin\n");
    const fh_entity *khalid = fh_gazetteer_find(room->layer, FH_STR("person:خالد_الدوسري"));
    assert_string_equal(khalid->id, "khalid-aldosari");
    fh_strs ids = fh_entity_ids(room->layer, khalid, room->arena);
    assert_int_equal(ids.count, 2);
    assert_str_equal(ids.items[0], FH_STR("khalid-aldosari"));
    assert_str_equal(ids.items[1], FH_STR("person:خالد_الدوسري"));
    assert_ptr_equal(fh_gazetteer_find(room->layer, FH_STR("the-czar")),
                     fh_gazetteer_find(room->base, FH_STR("vladimir-putin")));
}

static void an_entity_of_the_base_may_become_another(void **state) {
    test_room *room = *state;
    parse_good(room, "dmitry-medvedev\t=\tvladimir-putin\n");
    assert_string_equal(found(room, "ميدفيديف"), "vladimir-putin@ميدفيديف");
    const fh_entity *putin = fh_gazetteer_find(room->layer, FH_STR("dmitry-medvedev"));
    assert_string_equal(putin->id, "vladimir-putin");
    fh_strs spellings = fh_entity_spellings(room->layer, putin, room->arena);
    bool has_other = false;
    for (size_t i = 0; i < spellings.count; i++)
        has_other |= fh_str_equal(spellings.items[i], FH_STR("ميدفيديف"));
    assert_true(has_other);
}

static void spellings_are_those_of_all_layers_each_once(void **state) {
    test_room *room = *state;
    parse_good(room, "joseph-stalin\t\t\t\t\tستالين|إستالين|!Stalin");
    const fh_entity *stalin = fh_gazetteer_find(room->layer, FH_STR("joseph-stalin"));
    static const char *const expected[] = {"استالين", "ستالين", "joseph stalin", "جوزيف ستالين"};
    fh_strs spellings = fh_entity_spellings(room->layer, stalin, room->arena);
    assert_int_equal(spellings.count, 4);
    for (size_t i = 0; i < 4; i++) assert_str_equal(spellings.items[i], fh_str_from(expected[i]));
}

/* ---- JSON ---- */

static void json_says_the_same(void **state) {
    static const char *const texts[] = {
        "[{\"id\": \"saad\", \"type\": \"person\", \"label\": \"سعد النمر\", \"spellings\": [\"سعد "
        "{نمر,النمر}\"]},\n"
        " {\"id\": \"vladimir-putin\", \"spellings\": [\"!بوتين\"]}, {\"id\": \"sd\", \"same_as\": "
        "\"saad\"}]",
        "{\"id\": \"saad\", \"type\": \"person\", \"label\": \"سعد النمر\", \"spellings\": [\"سعد "
        "{نمر,النمر}\"]}\n"
        "{\"id\": \"vladimir-putin\", \"spellings\": [\"!بوتين\"]}\n{\"id\": \"sd\", \"same_as\": "
        "\"saad\"}\n",
    };
    test_room *room = *state;
    for (size_t i = 0; i < 2; i++) {
        parse_good(room, texts[i]);
        assert_string_equal(found(room, "سعد نمر وسعد النمر وبوتين"), "saad@سعد نمر|saad@وسعد النمر");
        assert_string_equal(fh_gazetteer_find(room->layer, FH_STR("sd"))->id, "saad");
    }
}

/* ---- What is wrong is named ---- */

static void mistakes_are_named_with_their_line(void **state) {
    static const struct {
        const char *text, *where, *what;
    } cases[] = {
        {"a\tperson\t\t\tاسم\nB\tperson\t\t\tاسم آخر", "names.tsv:2", "not an id: B"},
        {"a\tman\t\t\tاسم", "names.tsv:1", "no such type"},
        {"a\tperson\t\t\tاسم\na\tperson\t\t\tاسم آخر", "names.tsv:2", "given twice"},
        {"a\tperson\t\t\t\tاسم", "names.tsv:1", "has no name"},
        {"a\tplace\tEgypt\t\tاسم", "names.tsv:1", "not a country"},
        {"a\tplace\t\t\tاسم\tاسم\tزائد", "names.tsv:1", "more than six columns"},
        {"a\tperson\t\t\tاسم\tا{ب", "names.tsv:1", "bracket is not closed"},
        {"a\tperson\t\t\tاسم\t. .", "names.tsv:1", "no text can be found"},
        {"a\tperson\t\t\tسعد\nb\tperson\t\t\tسعد", "names.tsv:", "spelling of another entity"},
        {"-\t\t\t\t\t?سعد", "names.tsv:1", "names none"},
        {"a\t=\tnobody", "names.tsv:1", "no entity has the id nobody"},
        {"a\t=\ta", "names.tsv:1", "cannot be another id"},
        {"a\t=\tvladimir-putin\na\t=\tdonald-trump", "names.tsv:", "another line too"},
        {"\n\xFF", "names.tsv:2", "not UTF-8"},
        {"[{\"id\": \"a\",\n \"type\": 1}]", "names.tsv:1", "\"type\" is not known, or no string"},
        {"\n[{\"id\": \"country-ru\"},\n 5]", "names.tsv:3", "not JSON"},
        {"{\"id\": \"a\"}\n{\"id\" \"b\"}", "names.tsv:", "no such type"},
        {"[{\"id\": \"country-ru\"}\n,{\"spellings\" 5}]", "names.tsv:2", "not JSON"},
        {"[{\"id\": \"country-ru\", \"spellings\": \"x\"}]", "names.tsv:1", "no array of strings"},
    };
    test_room *room = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (parse(room, cases[i].text) != FH_ERR_INPUT) fail_msg("case %zu is taken", i);
        if (!strstr(room->err.where, cases[i].where) || !strstr(room->err.what, cases[i].what))
            fail_msg("case %zu: %s: %s", i, room->err.where, room->err.what);
        assert_true(room->err.hint[0]);
        assert_null(room->layer);
    }
}

static void what_is_too_much_is_refused(void **state) {
    test_room *room = *state;
    fh_buf text = {0};
    fh_buf_add(&text, FH_STR("a\tperson\t\t\tسعد\t"));
    for (size_t i = 0; i < 13; i++) fh_buf_add(&text, FH_STR("{ب,ت}"));
    assert_int_equal(parse(room, text.ptr), FH_ERR_LIMIT);
    fh_buf_clear(&text);
    fh_buf_add(&text, FH_STR("a\tperson\t\t\tسعد\t"));
    for (size_t i = 0; i < 1001; i++) fh_buf_add_char(&text, 'x');
    assert_int_equal(parse(room, text.ptr), FH_ERR_LIMIT);
    for (size_t i = 0; i < 1u << 16; i++) fh_buf_add_char(&text, '|');
    assert_int_equal(parse(room, text.ptr), FH_ERR_LIMIT);
    fh_buf_clear(&text);
    for (size_t i = 0; i <= FH_MAX_GAZETTEER; i++) fh_buf_add_char(&text, '\n');
    assert_int_equal(parse(room, text.ptr), FH_ERR_LIMIT);
    fh_buf_free(&text);
}

static void an_empty_list_adds_nothing(void **state) {
    test_room *room = *state;
    parse_good(room, " \n# only a comment\n");
    assert_int_equal(fh_gazetteer_count(room->layer), fh_gazetteer_count(room->base));
    assert_string_equal(found(room, "موسكو"), "city-moscow@موسكو");
}

static void a_list_is_read_from_a_file(void **state) {
    test_room *room = *state;
    char path[] = "/tmp/fihris-names-XXXXXX";
    int descriptor = mkstemp(path);
    const char *text = "saad\tperson\t\t\tسعد النمر\n";
    assert_int_equal(write(descriptor, text, strlen(text)), (int)strlen(text));
    close(descriptor);
    assert_int_equal(fh_gazetteer_load(path, room->base, &room->layer, &room->err), FH_OK);
    assert_string_equal(found(room, "سعد النمر"), "saad@سعد النمر");
    unlink(path);
    fh_gazetteer *none = NULL;
    assert_int_equal(fh_gazetteer_load(path, room->base, &none, &room->err), FH_ERR_NOT_FOUND);
    assert_null(none);
}

/* ---- Bytes ---- */

static const char all_kinds[] = "saad\tperson\t\tSaad\tسعد النمر\t=سعدٌ النمر|?النمر|سعد {ال,}نمر\n"
                                "atlantis\tplace\tEG\t\tأطلنطيس\t~أطلنطي\n"
                                "vladimir-putin\t\t\t\t\t!بوتين|بوطين\n"
                                "-\t\t\t\t\tشارع موسكو\n"
                                "dmitry-medvedev\t=\tsaad\nsd\t=\tsaad\n";
static const char all_text[] = "قال سعد النمر وبوتين وبوطين وميدفيديف والنمر وأطلنطيس في شارع موسكو بموسكو";

static fh_buf pack(const test_room *room) {
    fh_buf packed = {0};
    fh_gazetteer_pack(room->layer, &packed);
    return packed;
}

static void packed_names_are_the_same_names(void **state) {
    test_room *room = *state;
    parse_good(room, all_kinds);
    fh_buf packed = pack(room), again = {0};
    fh_gazetteer *copy = NULL;
    assert_int_equal(fh_gazetteer_unpack(fh_buf_str(&packed), "it", room->base, &copy, &room->err), FH_OK);
    assert_string_equal(found_by(room, copy, all_text), found(room, all_text));
    assert_true(fh_gazetteer_hash(copy) == fh_gazetteer_hash(room->layer));
    assert_true(fh_gazetteer_hash(copy) != fh_gazetteer_hash(room->base));
    fh_gazetteer_pack(copy, &again);
    assert_str_equal(fh_buf_str(&again), fh_buf_str(&packed));
    fh_gazetteer_free(copy);
    fh_buf_free(&packed);
    fh_buf_free(&again);
}

static void layers_lie_upon_layers(void **state) {
    test_room *room = *state;
    parse_good(room, all_kinds);
    fh_gazetteer *upper = NULL;
    fh_str text =
        FH_STR("saad\t\t\t\t\t!سعد النمر|أبو خالد\nhala\tperson\t\t\tهالة\natlantis\t=\tcountry-eg");
    assert_int_equal(fh_gazetteer_parse(text, "upper", room->layer, &upper, &room->err), FH_OK);
    assert_string_equal(
        found_by(room, upper, "أبو خالد وسعد نمر وسعد النمر وهالة وأطلنطيس وميدفيديف"),
        "saad@أبو خالد|saad@وسعد نمر|saad@النمر|hala@وهالة|country-eg@وأطلنطيس|saad@وميدفيديف");
    assert_int_equal(fh_gazetteer_count(upper), fh_gazetteer_count(room->base) + 3);
    fh_gazetteer_free(upper);
}

/* What was packed upon one base is opened upon another, which has some of its entities. */
static void packed_names_find_their_entities_in_another_base(void **state) {
    test_room *room = *state;
    fh_gazetteer *other = NULL, *moved = NULL;
    assert_int_equal(fh_gazetteer_parse(FH_STR("saad\tperson\t\t\tسعود النمر\naaa\tplace\t\t\tآآآ"), "other",
                                        room->base, &other, &room->err),
                     FH_OK);
    parse_good(room, all_kinds);
    fh_buf packed = pack(room);
    assert_int_equal(fh_gazetteer_unpack(fh_buf_str(&packed), "it", other, &moved, &room->err), FH_OK);
    assert_string_equal(found_by(room, moved, all_text), found(room, all_text));
    assert_ptr_equal(fh_gazetteer_find(moved, FH_STR("saad")), fh_gazetteer_find(other, FH_STR("saad")));
    assert_string_equal(found_by(room, moved, "سعود النمر"), "saad@سعود النمر");
    assert_int_equal(fh_gazetteer_count(moved), fh_gazetteer_count(other) + 1);
    fh_gazetteer_free(moved);
    fh_buf_free(&packed);
    fh_gazetteer_free(other);
}

static void what_is_no_packed_gazetteer_is_refused(void **state) {
    test_room *room = *state;
    fh_gazetteer *none = NULL;
    parse_good(room, all_kinds);
    fh_buf packed = pack(room);
    fh_str bytes = fh_buf_str(&packed);
    assert_int_equal(fh_gazetteer_unpack(FH_STR(""), "it", room->base, &none, &room->err), FH_ERR_CORRUPT);
    assert_int_equal(fh_gazetteer_unpack(FH_STR("something else"), "it", room->base, &none, &room->err),
                     FH_ERR_CORRUPT);
    for (size_t length = 8; length < bytes.len; length += 7)
        assert_int_equal(
            fh_gazetteer_unpack(fh_str_slice(bytes, 0, length), "it", room->base, &none, &room->err),
            FH_ERR_CORRUPT);
    packed.ptr[4]++;
    assert_int_equal(fh_gazetteer_unpack(bytes, "it", room->base, &none, &room->err), FH_ERR_VERSION);
    assert_null(none);
    fh_buf_free(&packed);
}

static void use_all(test_room *room, fh_gazetteer *damaged) {
    found_by(room, damaged, all_text);
    for (size_t i = fh_gazetteer_count(room->base); i < fh_gazetteer_count(damaged); i++) {
        const fh_entity *entity = fh_gazetteer_at(damaged, i);
        assert_in_range(entity->type, FH_ENTITY_PERSON, FH_ENTITY_PRODUCT);
        fh_entity_ids(damaged, entity, room->arena);
        fh_entity_spellings(damaged, entity, room->arena);
    }
    fh_gazetteer_free(damaged);
    fh_arena_reset(room->arena);
}

/* Damage is either seen, or finds other names; it never reaches beyond the bytes. */
static void damaged_bytes_never_do_harm(void **state) {
    test_room *room = *state;
    parse_good(room, all_kinds);
    fh_buf packed = pack(room);
    size_t refused = 0, flips = 0;
    for (size_t at = 8; at < packed.len; at += at < 1600 ? 1 : 13) {
        char flip = (char)(1 << at % 8);
        fh_gazetteer *damaged = NULL;
        packed.ptr[at] ^= flip;
        fh_status status = fh_gazetteer_unpack(fh_buf_str(&packed), "it", room->base, &damaged, &room->err);
        flips++;
        refused += status == FH_ERR_CORRUPT;
        if (status == FH_OK) use_all(room, damaged);
        packed.ptr[at] ^= flip;
    }
    assert_true(refused > 100 && refused < flips);
    fh_buf_free(&packed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_name_is_found_beside_the_old_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_known_id_gets_more_spellings_and_stays_the_same_entity, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_longest_name_wins_whichever_layer_has_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_one_length_the_added_name_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_spelling_may_be_taken_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_shorter_name_is_seen_where_a_longer_one_was_taken_away, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_row_without_an_id_gets_one_of_its_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_nisba_says_that_it_is_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_id_means_the_same_entity, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_entity_of_the_base_may_become_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spellings_are_those_of_all_layers_each_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_says_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mistakes_are_named_with_their_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_too_much_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_list_adds_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_is_read_from_a_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(packed_names_are_the_same_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(layers_lie_upon_layers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(packed_names_find_their_entities_in_another_base, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_packed_gazetteer_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_bytes_never_do_harm, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
