/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an archive teaches: names that enough articles agree on, however they spell them. */
#include "tests/unit/test_store.h"

#include "indexer/learn.h"
#include "indexer/learned.h"
#include "indexer/name_book.h"

/* Articles that were recognised to name `entity`, and have `keyword`; either may be NULL. */
static void put_articles(fixture *made, const char *entity, const char *keyword, int count) {
    static int number;
    for (int i = 0; i < count; i++) {
        paper page;
        char id[16];
        snprintf(id, sizeof id, "a%d", number++);
        write_paper(&page, id, "عنوان", "نص");
        const struct {
            fh_field field;
            const char *word;
        } terms[] = {{FH_FIELD_ENTITY, entity}, {FH_FIELD_KEYWORD, keyword}};
        for (size_t j = 0; j < 2; j++)
            if (terms[j].word)
                page.postings[page.document.posting_count++] =
                    (fh_posting){.field = terms[j].field, .weight = 1, .word = fh_str_from(terms[j].word)};
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
}

static fh_learned_list learn_by(fixture *made, const fh_learned_list *before, const fh_decisions *decisions,
                                int jobs) {
    fh_learned_list list;
    fh_learning from = {fh_gazetteer_builtin(), decisions, before, jobs};
    assert_ok(made, fh_learn(made->store, &from, made->arena, &list, &made->err));
    return list;
}

static fh_learned_list learn_after(fixture *made, const fh_learned_list *before,
                                   const fh_decisions *decisions) {
    return learn_by(made, before, decisions, 1);
}

static fh_learned_list learn(fixture *made) {
    static const fh_learned_list nothing;
    static const fh_decisions none;
    return learn_after(made, &nothing, &none);
}

static fh_str written(fixture *made, const fh_learned_list *list) {
    fh_buf text = {0};
    fh_learned_write(list, &text);
    fh_str copy = fh_arena_copy(made->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

/* Indexes what `put` puts, and learns. */
#define INDEXED(made, put)                                                                                   \
    do {                                                                                                     \
        open_writable(made);                                                                                 \
        begin(made);                                                                                         \
        put;                                                                                                 \
        commit(made);                                                                                        \
    } while (0)

static void a_name_is_learned_once_enough_articles_have_it(void **state) {
    fixture *made = *state;
    INDEXED(made, {
        put_articles(made, "person:خالد_المثال", NULL, 3);
        put_articles(made, "person:سالم_المثال", NULL, 2);
    });
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 1);
    assert_text(list.items[0].id, "person:خالد_المثال");
    assert_int_equal(list.items[0].type, FH_ENTITY_PERSON);
    assert_int_equal(list.items[0].in_texts, 3);
    assert_text(list.items[0].spellings.items[0], "خالد المثال");
}

static void a_keyword_makes_one_article_enough(void **state) {
    fixture *made = *state;
    INDEXED(made, {
        put_articles(made, "person:سالم_المثال", "سالم المثال", 1);
        put_articles(made, NULL, "سالم المثال", 1);
        put_articles(made, NULL, "كره القدم", 9);
    });
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 1);
    assert_text(list.items[0].id, "person:سالم_المثال");
    assert_int_equal(list.items[0].in_keywords, 2);
}

static void articles_must_agree_on_what_it_is(void **state) {
    fixture *made = *state;
    INDEXED(made, {
        put_articles(made, "person:نادي_المثال", NULL, 3);
        put_articles(made, "organisation:نادي_المثال", NULL, 3);
        put_articles(made, "person:شركه_المثال", NULL, 1);
        put_articles(made, "organisation:شركه_المثال", NULL, 4);
        put_articles(made, "person:قريه_المثال", NULL, 1);
        put_articles(made, "place:قريه_المثال", NULL, 2);
    });
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 2);
    assert_text(list.items[0].id, "organisation:شركه_المثال");
    assert_int_equal(list.items[0].ids.count, 2);
    assert_text(list.items[1].id, "place:قريه_المثال");
    assert_int_equal(list.items[1].in_texts, 3);
}

static void a_word_that_is_seldom_a_name_is_none(void **state) {
    fixture *made = *state;
    INDEXED(made, {
        for (int i = 0; i < 20; i++) {
            char id[16];
            snprintf(id, sizeof id, "w%d", i);
            put_text(made, id, "قال", "زاهر");
        }
        put_articles(made, "person:زاهر", NULL, 5);
        put_articles(made, "person:توكمانوف", NULL, 5);
    });
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 1);
    assert_text(list.items[0].id, "person:توكمانوف");
}

static void spellings_of_one_name_are_one(void **state) {
    fixture *made = *state;
    INDEXED(made, {
        put_articles(made, "person:يفغيني_مكسيموفسكي", NULL, 4);
        put_articles(made, "person:يفجيني_مكسيموفسكي", NULL, 3);
        put_articles(made, "person:سالم_المثال", NULL, 3);
    });
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 2);
    assert_text(list.items[0].id, "person:يفغيني_مكسيموفسكي");
    assert_int_equal(list.items[0].spellings.count, 2);
    assert_int_equal(list.items[0].in_texts, 7);
    assert_non_null(fh_learned_find(&list, FH_STR("person:يفجيني_مكسيموفسكي")));
}

static void a_name_keeps_its_id(void **state) {
    fixture *made = *state;
    static const fh_decisions none;
    INDEXED(made, {
        put_articles(made, "person:يفغيني_مكسيموفسكي", NULL, 4);
        put_articles(made, "person:يفجيني_مكسيموفسكي", NULL, 3);
    });
    fh_learned_list before = learn(made);
    begin(made);
    put_articles(made, "person:يفجيني_مكسيموفسكي", NULL, 3);
    commit(made);
    fh_learned_list after = learn_after(made, &before, &none);
    assert_int_equal(after.count, 1);
    assert_text(after.items[0].id, "person:يفغيني_مكسيموفسكي");
    assert_int_equal(after.items[0].in_texts, 10);
}

static void what_was_rejected_is_not_learned(void **state) {
    fixture *made = *state;
    static const fh_learned_list nothing;
    fh_decision no = {FH_STR("person:خالد_المثال"), FH_STR("")};
    fh_decisions decisions = {&no, 1};
    INDEXED(made, put_articles(made, "person:خالد_المثال", NULL, 9));
    assert_int_equal(learn_after(made, &nothing, &decisions).count, 0);
}

static void what_is_listed_by_now_is_the_lists(void **state) {
    fixture *made = *state;
    INDEXED(made, put_articles(made, "person:فلاديمير_بوتين", NULL, 3));
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, 1);
    assert_text(list.items[0].id, "vladimir-putin");
    assert_text(list.items[0].ids.items[0], "person:فلاديمير_بوتين");
}

/* ---- In several threads ---- */

/* Names of two words, each a letter three times: nobody's, and none is spelled like another. */
static const char *const letters[] = {"ب", "ج", "د", "ر", "ز", "س", "ش", "ص", "ط", "ع",
                                      "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "خ", "ح"};
enum { LETTERS = sizeof letters / sizeof *letters, MANY_NAMES = LETTERS * LETTERS };

/* An article that writes the name with a vowel, as no list does. */
static void put_voweled(fixture *made, int number, const char *first, const char *second) {
    static const char SAID[] = "قال ";
    fh_str id =
        fh_arena_format(made->arena, "person:%s%s%s_%s%s%s", first, first, first, second, second, second);
    fh_str title = fh_arena_format(made->arena, "%s%s\u064E%s%s %s%s%s", SAID, first, first, first, second,
                                   second, second);
    for (int copy = 0; copy < 3; copy++) {
        paper page;
        fh_str key = fh_arena_format(made->arena, "n%d-%d", number, copy);
        write_paper(&page, key.ptr, title.ptr, "نص");
        fh_entity_mark mark = {
            .entity = id, .part = FH_PART_TITLE, .start = sizeof SAID - 1, .end = (uint32_t)title.len};
        page.article.entities = &mark;
        page.article.entity_count = 1;
        page.postings[page.document.posting_count++] =
            (fh_posting){.field = FH_FIELD_ENTITY, .weight = 1, .word = id};
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
}

static void put_many(fixture *made) {
    for (int i = 0; i < MANY_NAMES; i++) put_voweled(made, i, letters[i / LETTERS], letters[i % LETTERS]);
}

static void any_number_of_threads_learns_the_same(void **state) {
    static const fh_learned_list nothing;
    static const fh_decisions none;
    fixture *made = *state;
    INDEXED(made, put_many(made));
    fh_learned_list alone = learn_by(made, &nothing, &none, 1), together = learn_by(made, &nothing, &none, 3);
    assert_int_equal(alone.count, MANY_NAMES);
    assert_text(alone.items[0].label, "ب\u064Eبب ببب");
    assert_str_equal(written(made, &together), written(made, &alone));
}

/* ---- As text ---- */

static void a_list_comes_back_as_it_was_written(void **state) {
    fixture *made = *state;
    fh_learned_list back;
    INDEXED(made, {
        put_articles(made, "person:يفغيني_مكسيموفسكي", "يفغيني مكسيموفسكي", 4);
        put_articles(made, "person:يفجيني_مكسيموفسكي", NULL, 3);
    });
    fh_learned_list list = learn(made);
    fh_str text = written(made, &list);
    assert_ok(made, fh_learned_read(text, made->arena, &back, &made->err));
    assert_str_equal(written(made, &back), text);
    assert_status(made, fh_learned_read(FH_STR("a\tb\n"), made->arena, &back, &made->err), FH_ERR_CORRUPT);
}

static void rows_are_a_gazetteer(void **state) {
    fixture *made = *state;
    fh_decision made_up[] = {{FH_STR("person:سليم_المثال"), FH_STR("vladimir-putin")},
                             {FH_STR("person:رامي_المثال"), FH_STR("person:سليم_المثال")},
                             {FH_STR("place:لا_شيء"), FH_STR("")}};
    fh_decisions decisions = {made_up, 3};
    fh_buf rows = {0};
    fh_gazetteer *names;
    INDEXED(made, put_articles(made, "person:خالد_المثال", NULL, 4));
    fh_learned_list list = learn(made);
    fh_learned_rows(&list, &decisions, &rows);
    assert_ok(made,
              fh_gazetteer_parse(fh_buf_str(&rows), "rows", fh_gazetteer_builtin(), &names, &made->err));
    assert_string_equal(fh_gazetteer_find(names, FH_STR("person:خالد_المثال"))->label, "خالد المثال");
    assert_string_equal(fh_gazetteer_find(names, FH_STR("person:سليم_المثال"))->id, "vladimir-putin");
    assert_string_equal(fh_gazetteer_find(names, FH_STR("person:رامي_المثال"))->id, "vladimir-putin");
    fh_gazetteer_free(names);
    fh_buf_free(&rows);
}

static void rows_are_as_many_as_fit(void **state) {
    fixture *made = *state;
    fh_decision made_up[] = {{FH_STR("place:لا_شيء"), FH_STR("")}};
    fh_decisions decisions = {made_up, 1};
    fh_buf rows = {0};
    INDEXED(made, {
        put_articles(made, "person:خالد_المثال", NULL, 4);
        put_articles(made, "person:يفجيني_مكسيموفسكي", NULL, 3);
    });
    fh_learned_list list = learn(made);
    fh_learned_rows(&list, &decisions, &rows);
    assert_int_equal(fh_learned_fitting(&list, &decisions, rows.len), 2);
    assert_int_equal(fh_learned_fitting(&list, &decisions, rows.len - 1), 1);
    assert_int_equal(fh_learned_fitting(&list, &decisions, 0), 0);
    fh_buf_free(&rows);
}

/* So many letters that hardly two are alike. */
static fh_str name_of_chance(fixture *made, uint32_t *dice) {
    fh_buf name = {0};
    fh_buf_add(&name, FH_STR("person:"));
    for (int i = 0; i < 16; i++) {
        *dice = *dice * 1664525 + 1013904223;
        if (i == 8) fh_buf_add_char(&name, '_');
        fh_buf_add(&name, fh_str_from(letters[(*dice >> 16) % LETTERS]));
    }
    fh_str kept = fh_arena_copy(made->arena, fh_buf_str(&name));
    fh_buf_free(&name);
    return kept;
}

/* `count` names in three articles, and one in four. */
static void put_many_names(fixture *made, size_t count) {
    fh_posting *all = FH_ARENA_ARRAY(made->arena, fh_posting, count);
    uint32_t dice = 1;
    for (size_t i = 0; i < count; i++)
        all[i] = (fh_posting){.field = FH_FIELD_ENTITY, .weight = 1, .word = name_of_chance(made, &dice)};
    for (int i = 0; i < 3; i++) {
        paper page;
        char id[16];
        snprintf(id, sizeof id, "m%d", i);
        write_paper(&page, id, "عنوان", "نص");
        page.document.postings = all;
        page.document.posting_count = count;
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
    put_articles(made, "person:خالد_المثال", NULL, 4);
}

static void of_too_many_names_the_most_frequent_are_learned(void **state) {
    fixture *made = *state;
    INDEXED(made, put_many_names(made, FH_MOST_LEARNED + FH_MOST_LEARNED / 10));
    fh_learned_list list = learn(made);
    assert_int_equal(list.count, FH_MOST_LEARNED);
    assert_text(list.items[0].id, "person:خالد_المثال");
}

static bool is_due(fixture *made) {
    bool due;
    assert_ok(made, fh_learning_is_due(made->store, &due, &made->err));
    return due;
}

static void note_changes(fixture *made, uint64_t changed) {
    begin(made);
    assert_ok(made, fh_learning_note(made->store, changed, &made->err));
    commit(made);
}

static void a_few_changes_of_many_articles_wait(void **state) {
    fixture *made = *state;
    INDEXED(made, put_articles(made, "person:خالد_المثال", NULL, 300));
    assert_false(is_due(made));
    note_changes(made, 2);
    assert_false(is_due(made));
    note_changes(made, 0);
    assert_false(is_due(made));
    note_changes(made, 1); /* with those before, a hundredth */
    assert_true(is_due(made));
    begin(made);
    assert_ok(made, fh_learning_done(made->store, &made->err));
    commit(made);
    assert_false(is_due(made));
}

/* The ids of what the names of the index find in a text. */
static void assert_recalled(fixture *made, const char *text, const char *id) {
    fh_name_book book = {0};
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    assert_ok(made, fh_name_book_recall(made->store, &book, &made->err));
    fh_tokens tokens = fh_analyse(analyser, fh_str_from(text), made->arena);
    fh_mentions found = fh_entities_find(fh_name_book_all(&book), fh_str_from(text), tokens, made->arena);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].entity->id, id);
    fh_analyser_free(analyser);
    fh_name_book_free(&book);
}

static void put_packed(fixture *made, fh_str packed) {
    begin(made);
    assert_ok(made, fh_store_set_meta(made->store, FH_META_LEARNED, packed, &made->err));
    commit(made);
}

static void names_are_recalled_as_they_were_packed_or_from_their_rows(void **state) {
    fixture *made = *state;
    INDEXED(made, put_articles(made, "person:خالد_المثال", NULL, 3));
    fh_name_book book = {0}, other = {0};
    assert_ok(made, fh_name_book_recall(made->store, &book, &made->err));
    assert_ok(made, fh_name_book_learn(made->store, &book, 1, &made->err));
    assert_recalled(made, "قال خالد المثال أمس", "person:خالد_المثال");
    put_packed(made, FH_STR("of another making"));
    assert_recalled(made, "قال خالد المثال أمس", "person:خالد_المثال");

    fh_buf packed = {0};
    fh_str row = FH_STR("salem\tperson\t\t\tسالم المثال\n");
    assert_ok(made, fh_gazetteer_parse(row, "rows", fh_gazetteer_builtin(), &other.all, &made->err));
    fh_gazetteer_pack(other.all, &packed);
    put_packed(made, fh_buf_str(&packed));
    assert_recalled(made, "قال سالم المثال أمس", "salem");
    fh_buf_free(&packed);
    fh_name_book_free(&other);
    fh_name_book_free(&book);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_is_learned_once_enough_articles_have_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_keyword_makes_one_article_enough, set_up, tear_down),
        cmocka_unit_test_setup_teardown(articles_must_agree_on_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_word_that_is_seldom_a_name_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(spellings_of_one_name_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_keeps_its_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_rejected_is_not_learned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_listed_by_now_is_the_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_number_of_threads_learns_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_comes_back_as_it_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_a_gazetteer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_as_many_as_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_recalled_as_they_were_packed_or_from_their_rows, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_few_changes_of_many_articles_wait, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_too_many_names_the_most_frequent_are_learned, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
