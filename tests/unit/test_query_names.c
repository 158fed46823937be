/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities in searches: names that an index adds, ids that mean one entity, spellings no list has, and what
 * of all that is shown. */
#include "tests/unit/test_query_archive.h"

#include "query/latin.h"
#include "query/nearest.h"
#include "query/surface.h"

static const fh_article news[] = {
    {.id = TEXT("one"),
     .title = TEXT("توكايف يزور موسكو"),
     .source = TEXT("الرصيف"),
     .body = TEXT("وصل الرئيس توكايف إلى موسكو صباحا.")},
    {.id = TEXT("two"),
     .title = TEXT("توكاييف يزور موسكو"),
     .source = TEXT("المدار"),
     .body = TEXT("وصل الرئيس توكاييف إلى موسكو صباحا، وعاد بتوكاييف وفد كبير.")},
    {.id = TEXT("coach"), .title = TEXT("مدرب جديد"), .body = TEXT("قال خالد الدوسري إن الفريق جاهز.")},
    {.id = TEXT("city"), .title = TEXT("معرض"), .body = TEXT("افتتح المعرض في بيشكيك عاصمة قرغيزستان.")},
    {.id = TEXT("nisba"),
     .title = TEXT("شحنة"),
     .body = TEXT("وصلت السفينة الغانية ثم سفينة من غانا، والغانية أكبر.")},
    {.id = TEXT("putin"), .title = TEXT("قمة"), .body = TEXT("التقى فلاديمير بوتين نظيره.")},
};

/* Names that the index adds: a person, another id of a listed one, and a new spelling. */
static const char added[] = "zahra-club\torganisation\t\tZahra Club\tنادي الزهراء\tفريق الجبل\n"
                            "old-putin\t=\tvladimir-putin\n";

/* Puts an article that an indexer with other names has indexed: `id` is named by the word at `name`. */
static void put_named(archive *a, fh_article article, const char *id, const char *name) {
    const fh_gazetteer *names = fh_gazetteer_builtin();
    fh_index_tools tools = {.analyser = a->analyser, .names = {.all = names, .listed = names}};
    fh_document document = fh_index_document(&tools, &article, a->arena);
    fh_posting *postings = FH_ARENA_ARRAY(a->arena, fh_posting, document.posting_count + 1);
    fh_value *values = FH_ARENA_ARRAY(a->arena, fh_value, document.value_count + 1);
    fh_entity_mark *marks = FH_ARENA_ARRAY(a->arena, fh_entity_mark, article.entity_count + 1);
    memcpy(postings, document.postings, document.posting_count * sizeof *postings);
    memcpy(values, document.values, document.value_count * sizeof *values);
    if (article.entity_count) memcpy(marks, article.entities, article.entity_count * sizeof *marks);
    size_t start = fh_str_find(article.body, fh_str_from(name), 0);
    marks[article.entity_count++] =
        (fh_entity_mark){fh_str_from(id), FH_PART_BODY, (uint32_t)start, (uint32_t)(start + strlen(name))};
    postings[document.posting_count++] =
        (fh_posting){.field = FH_FIELD_ENTITY, .weight = 1, .word = fh_str_from(id)};
    size_t at = 0;
    while (at < document.value_count && values[at].slot != FH_SLOT_ENTITIES) at++;
    if (at == document.value_count) values[document.value_count++] = (fh_value){.slot = FH_SLOT_ENTITIES};
    values[at].bytes = fh_arena_format(a->arena, "%.*s%s%c", FH_STR_ARG(values[at].bytes), id, FH_VALUE_END);
    article.entities = marks;
    document.article = &article;
    document.postings = postings;
    document.values = values;
    check_ok(a, fh_store_put(a->writing, &document, &a->err));
}

static void keep_names(archive *a, const char *list) {
    fh_gazetteer *layer;
    fh_buf packed = {0};
    check_ok(a, fh_gazetteer_parse(fh_str_from(list), "names", fh_gazetteer_builtin(), &layer, &a->err));
    fh_gazetteer_pack(layer, &packed);
    check_ok(a, fh_store_set_meta(a->writing, FH_META_NAMES, fh_buf_str(&packed), &a->err));
    fh_buf_free(&packed);
    fh_gazetteer_free(layer);
}

static int open_news(void **state) {
    static archive a;
    start_archive(&a);
    for (size_t i = 0; i < sizeof news / sizeof *news; i++) {
        if (fh_str_equal(news[i].id, FH_STR("coach"))) {
            put_named(&a, news[i], "person:خالد_الدوسري", "خالد الدوسري");
        } else {
            put_article(&a, news[i]);
        }
    }
    put_named(&a,
              (fh_article){.id = TEXT("old"), .title = TEXT("زعيم"), .body = TEXT("عاد القيصر إلى قصره.")},
              "old-putin", "القيصر");
    put_named(
        &a,
        (fh_article){.id = TEXT("both"), .title = TEXT("زعيم"), .body = TEXT("القيصر هو فلاديمير بوتين.")},
        "old-putin", "القيصر");
    put_named(
        &a,
        (fh_article){.id = TEXT("press"), .title = TEXT("بيان"), .body = TEXT("أعلنت وهيئةُ النشر موعدها.")},
        "organisation:هيءه_النشر", "وهيئةُ النشر");
    put_article(&a, (fh_article){.id = TEXT("club"),
                                 .title = TEXT("فوز"),
                                 .body = TEXT("فاز نادي الزهراء أمس، وفرح فريق الجبل.")});
    keep_names(&a, added);
    finish_archive(&a);
    *state = &a;
    return 0;
}

static const fh_answer_facet *count_by(archive *a, const char *query, const char *name, fh_answer *answer) {
    const fh_facet_wanted wanted[] = {{facet(name), 10}};
    *answer = ask_with(a, (fh_search){.query = fh_str_from(query), .facets = wanted, .facet_count = 1});
    return &answer->facets[0];
}

/* ---- The names of an index ---- */

static void names_that_an_index_adds_are_marked_in_articles_from_before(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "نادي الزهراء");
    assert_str_equal(ids_of(a, &answer), FH_STR("club"));
    assert_str_equal(shown(a, &answer.hits[0].snippet), FH_STR("فاز {نادي الزهراء} أمس، وفرح {فريق الجبل}."));
    assert_int_equal(answer.named_count, 1);
    assert_string_equal(answer.named[0].entity->id, "zahra-club");
}

static void damaged_names_are_refused(void **state) {
    (void)state;
    archive a;
    start_archive(&a);
    check_ok(&a, fh_store_set_meta(a.writing, FH_META_NAMES, FH_STR("nothing of the kind"), &a.err));
    end_writing(&a);
    const char *dirs[] = {a.dir};
    check_ok(&a, fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &a.store, &a.err));
    assert_int_equal(fh_names_open(a.store, fh_gazetteer_builtin(), &a.names, &a.err), FH_ERR_CORRUPT);
    assert_null(a.names);
    close_archive(&a);
}

static void of_two_indexes_the_first_has_the_say(void **state) {
    (void)state;
    archive indexes[2];
    static const char *const lists[] = {"club-a\torganisation\t\tA\tنادي القمة\t\n",
                                        "club-b\torganisation\t\tB\tنادي القمة\tنادي السفح\n"};
    for (int i = 0; i < 2; i++) {
        start_archive(&indexes[i]);
        keep_names(&indexes[i], lists[i]);
        end_writing(&indexes[i]);
    }
    archive *a = &indexes[0];
    const char *dirs[] = {indexes[0].dir, indexes[1].dir};
    check_ok(a, fh_store_open(dirs, 2, FH_ANALYSER_VERSION, &a->store, &a->err));
    check_ok(a, fh_names_open(a->store, fh_gazetteer_builtin(), &a->names, &a->err));
    check_ok(a, fh_searcher_new(a->store, fh_names_gazetteer(a->names), &a->searcher, &a->err));
    fh_answer answer = ask(a, "نادي القمة");
    assert_int_equal(answer.named_count, 1);
    assert_string_equal(answer.named[0].entity->id, "club-a");
    answer = ask(a, "نادي السفح");
    assert_int_equal(answer.named_count, 1);
    assert_string_equal(answer.named[0].entity->id, "club-b");
    close_archive(&indexes[0]);
    close_archive(&indexes[1]);
}

/* ---- Ids ---- */

static void an_entity_is_found_and_marked_by_every_id_that_means_it(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "entity:vladimir-putin");
    assert_int_equal(answer.total, 3);
    answer = ask(a, "entity:old-putin قصره");
    assert_str_equal(ids_of(a, &answer), FH_STR("old"));
    assert_str_equal(shown(a, &answer.hits[0].snippet), FH_STR("عاد {القيصر} إلى [قصره]."));
    assert_str_equal(answer.hits[0].snippet.items[1].entity, FH_STR("vladimir-putin"));
}

static void ids_that_mean_one_entity_are_counted_as_one_once_an_article(void **state) {
    archive *a = *state;
    fh_answer answer;
    const fh_answer_facet *found = count_by(a, "entity:vladimir-putin", "entity", &answer);
    assert_int_equal(found->value_count, 1);
    assert_str_equal(found->values[0].value, FH_STR("vladimir-putin"));
    assert_str_equal(found->values[0].label, FH_STR("فلاديمير بوتين"));
    assert_int_equal(found->values[0].articles, 3);
    assert_string_equal(answer.hits[0].entities[0]->id, "vladimir-putin");
    assert_int_equal(answer.hits[0].entity_count, 1);
}

static void a_facet_of_a_type_counts_no_other(void **state) {
    archive *a = *state;
    fh_answer answer;
    const fh_answer_facet *found = count_by(a, "الرئيس", "person", &answer);
    assert_int_equal(found->value_count, 1);
    assert_str_equal(found->values[0].value, FH_STR("kassym-jomart-tokayev"));
    assert_int_equal(found->values[0].articles, 2);
    found = count_by(a, "الرئيس", "place", &answer);
    assert_int_equal(found->value_count, 1);
    assert_str_equal(found->values[0].value, FH_STR("city-moscow"));
    found = count_by(a, "الرئيس", "event", &answer);
    assert_int_equal(found->value_count, 0);
}

static void a_name_that_was_only_recognised_is_found_marked_and_labelled(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"entity:person:خالد_الدوسري", "entity:\"خالد الدوسري\"",
                                          "خالد الدوسري"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        fh_answer answer = ask(a, queries[i]);
        assert_str_equal(ids_of(a, &answer), FH_STR("coach"));
        assert_str_equal(shown(a, &answer.hits[0].snippet), FH_STR("قال {خالد الدوسري} إن الفريق جاهز."));
        assert_string_equal(answer.named[0].entity->label, "خالد الدوسري");
        assert_int_equal(answer.named[0].entity->type, FH_ENTITY_PERSON);
    }
    fh_answer answer;
    const fh_answer_facet *found = count_by(a, "الفريق", "person", &answer);
    assert_int_equal(found->value_count, 1);
    assert_str_equal(found->values[0].value, FH_STR("person:خالد_الدوسري"));
    assert_str_equal(found->values[0].label, FH_STR("خالد الدوسري"));
    assert_string_equal(answer.hits[0].entities[0]->label, "خالد الدوسري");
}

/* Its id has folded letters, which are not to be read. */
static void a_name_that_was_only_recognised_is_called_as_the_article_writes_it(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "بيان");
    assert_str_equal(ids_of(a, &answer), FH_STR("press"));
    assert_int_equal(answer.hits[0].entity_count, 1);
    assert_string_equal(answer.hits[0].entities[0]->id, "organisation:هيءه_النشر");
    assert_string_equal(answer.hits[0].entities[0]->label, "هيئةُ النشر");
    const fh_facet_wanted wanted[] = {{facet("organisation"), 10}};
    static const uint32_t limits[] = {1, 0, 0}; /* as a hit has it; where none is shown; once it was asked */
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        answer = ask_with(
            a, (fh_search){.query = FH_STR("بيان"), .limit = limits[i], .facets = wanted, .facet_count = 1});
        assert_int_equal(answer.facets[0].value_count, 1);
        assert_str_equal(answer.facets[0].values[0].label, FH_STR("هيئةُ النشر"));
    }
}

/* ---- Spellings ---- */

static void the_spelling_typed_comes_before_the_others(void **state) {
    assert_finds(*state, "توكايف موسكو", "one two");
    assert_finds(*state, "توكاييف موسكو", "two one");
}

static void a_latin_name_finds_the_arabic_one_however_it_is_transliterated(void **state) {
    archive *a = *state;
    static const char *const queries[] = {"Tokayev", "tokaev",        "TOKAYEW", "kassym-jomart tokayev",
                                          "tokajev", "entity:tokaiev"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        fh_answer answer = ask(a, queries[i]);
        if (answer.total != 2) print_error("%s\n", queries[i]);
        assert_int_equal(answer.total, 2);
    }
}

static void latin_names_are_near_by_sound_and_only_if_nobody_else_is(void **state) {
    archive *a = *state;
    static const struct {
        const char *typed, *id;
    } rows[] = {
        {"zelenskij", "volodymyr-zelensky"},
        {"volodimir zelenskiy", "volodymyr-zelensky"},
        {"lukashenka", "alexander-lukashenko"},
        {"kirghizstan", "country-kg"},
        {"puten", "vladimir-putin"},
        {"put", NULL},
        {"table", NULL},
        {"president", NULL},
        {"vladimir", NULL},
        {"election", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fh_near_name near = {0};
        fh_latin_near(fh_gazetteer_builtin(), fh_str_from(rows[i].typed), a->arena, &near);
        assert_string_equal(near.entity ? near.entity->id : "none", rows[i].id ? rows[i].id : "none");
    }
}

static void an_unseen_spelling_brings_the_entity_and_says_so(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "معرض قيرجيستان");
    assert_str_equal(ids_of(a, &answer), FH_STR("city"));
    assert_int_equal(answer.named_count, 1);
    assert_string_equal(answer.named[0].entity->id, "country-kg");
    assert_int_equal(answer.named[0].how, FH_NAMING_NEAR);
    assert_true(answer.named[0].distance > 0 && answer.named[0].distance <= fh_spelling_near);
    assert_true(answer.named[0].spelling.len > 0);
    assert_str_equal(answer.named[0].typed, FH_STR("قيرجيستان"));
    assert_int_equal(answer.suggestion.len, 0);
    assert_str_equal(shown(a, &answer.hits[0].snippet),
                     FH_STR("افتتح [المعرض] في بيشكيك عاصمة {قرغيزستان}."));
}

static void a_word_that_articles_have_is_no_misspelled_name(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "المعرض");
    assert_int_equal(answer.named_count, 0);
    answer = ask(a, "القيصر");
    assert_int_equal(answer.named_count, 0);
}

static void what_is_unwanted_or_insisted_on_is_no_misspelled_name(void **state) {
    archive *a = *state;
    assert_finds(a, "بيشكيك -قيرجيستان", "city");
    assert_finds(a, "بيشكيك -(قيرجيستان عاصمة)", "city");
    assert_finds(a, "بيشكيك +قيرجيستان", "");
    assert_finds(a, "بيشكيك -entity:قيرجيستان", "");
}

static void a_surname_that_is_listed_takes_its_misspelled_first_name_along(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "فلديمير بوتين");
    assert_int_equal(answer.named_count, 1);
    assert_str_equal(answer.named[0].typed, FH_STR("فلديمير بوتين"));
    assert_string_equal(answer.named[0].entity->id, "vladimir-putin");
    assert_int_equal(answer.total, 3);
    assert_false(answer.widened);
}

/* ---- Filters ---- */

static void a_filter_takes_ids_and_any_spelling_in_quotes_and_groups(void **state) {
    archive *a = *state;
    assert_finds(a, "entity:kassym-jomart-tokayev", "two one");
    assert_finds(a, "entity:\"قاسم جومارت توكايف\"", "two one");
    assert_finds(a, "entity:(country-kg OR person:خالد_الدوسري)", "city coach");
    assert_finds(a, "entity:city-moscow entity:توكايف -\"وفد كبير\"", "one");
    assert_finds(a, "entity:قيرجيستان", "city");
}

static void a_filter_that_names_nobody_says_so_with_the_nearest_names(void **state) {
    archive *a = *state;
    fh_answer answer = ask(a, "entity:putamin قمة");
    assert_int_equal(answer.unknown_count, 1);
    assert_str_equal(answer.unknown[0].typed, FH_STR("putamin"));
    assert_true(answer.unknown[0].nearest_count > 0);
    assert_string_equal(answer.unknown[0].nearest[0]->id, "vladimir-putin");
    answer = ask(a, "entity:بوتين");
    assert_int_equal(answer.unknown_count, 0);
}

/* ---- Explanations ---- */

static void an_explanation_says_which_spelling_matched_why(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("entity:توكايف وفد"), .explain = true});
    assert_str_equal(ids_of(a, &answer), FH_STR("two"));
    const fh_score_part *part = NULL;
    for (size_t i = 0; i < answer.hits[0].part_count; i++)
        if (answer.hits[0].parts[i].seen_count) part = &answer.hits[0].parts[i];
    assert_non_null(part);
    assert_int_equal(part->seen_count, 1);
    assert_str_equal(part->seen[0].text, FH_STR("توكاييف"));
    assert_int_equal(part->seen[0].times, 3);
    assert_int_equal(part->seen[0].how, FH_NAMING_LISTED);
}

static void adjectives_of_a_place_are_marked_and_explained_as_such(void **state) {
    archive *a = *state;
    fh_answer answer = ask_with(a, (fh_search){.query = FH_STR("entity:غانا"), .explain = true});
    assert_str_equal(ids_of(a, &answer), FH_STR("nisba"));
    assert_str_equal(shown(a, &answer.hits[0].snippet),
                     FH_STR("وصلت السفينة {الغانية} ثم سفينة من {غانا}، {والغانية} أكبر."));
    const fh_score_part *part = &answer.hits[0].parts[0];
    assert_int_equal(part->seen_count, 2);
    assert_str_equal(part->seen[0].text, FH_STR("الغانية"));
    assert_int_equal(part->seen[0].times, 2);
    assert_int_equal(part->seen[0].how, FH_NAMING_NISBA);
    assert_int_equal(part->seen[1].how, FH_NAMING_LISTED);
}

static void a_name_in_a_text_loses_its_clitics_and_vowels_and_keeps_its_letters(void **state) {
    archive *a = *state;
    static const struct {
        const char *id, *marked, *text;
        fh_naming how;
    } rows[] = {
        {"vladimir-putin", "بوتين", "بوتين", FH_NAMING_LISTED},
        {"vladimir-putin", "وبوتين", "بوتين", FH_NAMING_LISTED},
        {"vladimir-putin", "وَلِبوتِين", "بوتين", FH_NAMING_LISTED},
        {"vladimir-putin", "فلاديمير\nبوتين", "فلاديمير بوتين", FH_NAMING_LISTED},
        {"kremlin", "للكرملين", "الكرملين", FH_NAMING_LISTED},
        {"country-ly", "بليبيا", "ليبيا", FH_NAMING_LISTED},
        {"city-beirut", "بيروت", "بيروت", FH_NAMING_LISTED},
        {"vladimir-putin", "Putin", "Putin", FH_NAMING_LISTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const fh_entity *entity = fh_gazetteer_find(fh_gazetteer_builtin(), fh_str_from(rows[i].id));
        assert_non_null(entity);
        fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
        fh_surfaces surfaces = fh_surfaces_of(fh_gazetteer_builtin(), analyser, entity, a->arena);
        fh_spelling_seen seen = fh_surface_read(&surfaces, fh_str_from(rows[i].marked), a->arena);
        assert_str_equal(seen.text, fh_str_from(rows[i].text));
        assert_int_equal(seen.how, rows[i].how);
        fh_analyser_free(analyser);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_an_index_adds_are_marked_in_articles_from_before),
        cmocka_unit_test(damaged_names_are_refused),
        cmocka_unit_test(of_two_indexes_the_first_has_the_say),
        cmocka_unit_test(an_entity_is_found_and_marked_by_every_id_that_means_it),
        cmocka_unit_test(ids_that_mean_one_entity_are_counted_as_one_once_an_article),
        cmocka_unit_test(a_facet_of_a_type_counts_no_other),
        cmocka_unit_test(a_name_that_was_only_recognised_is_found_marked_and_labelled),
        cmocka_unit_test(a_name_that_was_only_recognised_is_called_as_the_article_writes_it),
        cmocka_unit_test(the_spelling_typed_comes_before_the_others),
        cmocka_unit_test(a_latin_name_finds_the_arabic_one_however_it_is_transliterated),
        cmocka_unit_test(latin_names_are_near_by_sound_and_only_if_nobody_else_is),
        cmocka_unit_test(an_unseen_spelling_brings_the_entity_and_says_so),
        cmocka_unit_test(a_word_that_articles_have_is_no_misspelled_name),
        cmocka_unit_test(what_is_unwanted_or_insisted_on_is_no_misspelled_name),
        cmocka_unit_test(a_surname_that_is_listed_takes_its_misspelled_first_name_along),
        cmocka_unit_test(a_filter_takes_ids_and_any_spelling_in_quotes_and_groups),
        cmocka_unit_test(a_filter_that_names_nobody_says_so_with_the_nearest_names),
        cmocka_unit_test(an_explanation_says_which_spelling_matched_why),
        cmocka_unit_test(adjectives_of_a_place_are_marked_and_explained_as_such),
        cmocka_unit_test(a_name_in_a_text_loses_its_clitics_and_vowels_and_keeps_its_letters),
    };
    return cmocka_run_group_tests(tests, open_news, close_for_all);
}
