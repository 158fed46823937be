/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was deleted or replaced is in nothing that is asked, though Xapian's tables have it until they are
 * written anew. */
#include "store/glass/version.h"
#include "tests/unit/test_store.h"

static const fh_writing LIBRARY = {.by = FH_WRITE_BY_LIBRARY};

static void put(fixture *made, const char *id, const char *body, const char *source) {
    paper page;
    write_paper(&page, id, "خبر", body);
    add_value(&page, FH_SLOT_SOURCE, source);
    add_value(&page, FH_SLOT_CONTENT, body);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static void delete (fixture *made, const char *id) {
    bool found = false;
    assert_ok(made, fh_store_delete(made->store, fh_str_from(id), &found, &made->err));
    assert_true(found);
}

/* Three articles, of which b is dead and c replaced. */
static void write_some(fixture *made) {
    open_writable(made);
    begin(made);
    put(made, "a", "نهر النيل", "first");
    put(made, "b", "نهر سري", "second");
    put(made, "c", "نهر قديم", "third");
    commit(made);
    begin(made);
    delete (made, "b");
    put(made, "c", "نهر جديد", "fourth");
    commit(made);
}

static uint32_t frequency(fixture *made, const char *text) {
    uint32_t articles;
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, fh_str_from(text), &articles, &made->err));
    return articles;
}

static bool visit_word(void *context, fh_str found, uint32_t articles) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%.*s%u ", FH_STR_ARG(to->text), FH_STR_ARG(found), articles);
    return true;
}

static bool visit_value(void *context, uint32_t document, fh_str value) {
    (void)document;
    return visit_id(context, value);
}

static void assert_living(fixture *made) {
    fh_store_stats stats;
    fh_article article;
    visited ids = {.arena = made->arena}, words = ids, values = ids;
    assert_string_equal(found_by(made, word(made, "نهر")), "a c ");
    assert_string_equal(found_by(made, node(made, FH_OP_ALL, 0, NULL)), "a c ");
    assert_string_equal(found_by(made, word(made, "قديم")), "");
    assert_string_equal(
        found_by(made, node(made, FH_OP_PHRASE, 2, word(made, "نهر"), word(made, "سري"), NULL)), "");
    fh_facet_request by_source = {.slot = FH_SLOT_SOURCE, .limit = 9};
    fh_find find = plain_find(word(made, "نهر"));
    find.facets = &by_source;
    find.facet_count = 1;
    fh_results results = run(made, &find);
    assert_int_equal(results.total, 2);
    assert_true(results.total_exact);
    assert_int_equal(results.facets[0].value_count, 2);
    assert_text(results.facets[0].values[0].value, "first");
    assert_text(results.facets[0].values[1].value, "fourth");
    assert_int_equal(frequency(made, "نهر"), 2);
    assert_int_equal(frequency(made, "سري"), 0);
    assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), visit_word, &words,
                                   &made->err));
    assert_text(words.text, "النيل1 جديد1 خبر2 نهر2 ");
    assert_ok(made, fh_store_ids(made->store, visit_id, &ids, &made->err));
    assert_text(ids.text, "a c ");
    assert_ok(made, fh_store_values(made->store, FH_SLOT_SOURCE, visit_value, &values, &made->err));
    assert_text(values.text, "first fourth ");
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    assert_int_equal(stats.articles, 2);
    assert_status(made, fh_store_article(made->store, FH_STR("b"), made->arena, &article, &made->err),
                  FH_ERR_NOT_FOUND);
    assert_ok(made, fh_store_article(made->store, FH_STR("c"), made->arena, &article, &made->err));
    assert_text(article.body, "نهر جديد");
}

static void the_dead_are_in_no_answer(void **state) {
    fixture *made = *state;
    write_some(made);
    assert_living(made); /* as the writer sees it */
    close_store(made);
    open_readable(made);
    assert_living(made);
}

static void they_are_in_no_answer_of_several_indexes(void **state) {
    fixture *made = *state;
    write_some(made);
    close_store(made);
    shell(made, "mv db one");
    open_writable(made);
    begin(made);
    put(made, "x", "بحر", "fifth");
    put(made, "y", "بحر", "fifth");
    put(made, "z", "نهر", "fifth");
    commit(made);
    close_store(made);
    const char *dirs[] = {fh_arena_format(made->arena, "%s/one", made->home).ptr, made->dir};
    assert_ok(made, fh_store_open(dirs, 2, ANALYSER, &made->store, &made->err));
    visited ids = {.arena = made->arena};
    assert_string_equal(found_by(made, word(made, "قديم")), "");
    assert_string_equal(found_by(made, word(made, "بحر")), "x y ");
    assert_int_equal(frequency(made, "نهر"), 3);
    assert_ok(made, fh_store_ids(made->store, visit_id, &ids, &made->err));
    assert_text(ids.text, "a x y z c ");
}

static void compaction_leaves_them_out_of_the_files(void **state) {
    fixture *made = *state;
    fh_glass_version version;
    write_some(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_ok(made, fh_glass_version_read(made->dir, &version, &made->err));
    assert_int_equal(version.last, 2);
    shell(made, "xapian-check db >/dev/null");
    open_readable(made);
    assert_living(made);
}

static void cancel_brings_them_back_to_life(void **state) {
    fixture *made = *state;
    fh_article article;
    write_some(made);
    begin(made);
    delete (made, "a");
    put(made, "c", "بحر", "sixth");
    assert_status(made, fh_store_article(made->store, FH_STR("a"), made->arena, &article, &made->err),
                  FH_ERR_NOT_FOUND);
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    assert_living(made);
}

static void what_comes_in_bulk_replaces_the_living_alone(void **state) {
    fixture *made = *state;
    write_some(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_IN_BULK});
    begin(made);
    put(made, "a", "بحر", "first");
    put(made, "b", "بحر", "first");
    put(made, "a", "نهر النيل", "first");
    delete (made, "b");
    commit(made);
    visited ids = {.arena = made->arena};
    assert_ok(made, fh_store_ids(made->store, visit_id, &ids, &made->err));
    assert_text(ids.text, "c a ");
    assert_string_equal(found_by(made, word(made, "بحر")), "");
}

static void very_many_dead_are_swept_away(void **state) {
    fixture *made = *state;
    enum { ARTICLES = 300, ROUNDS = 3 };
    fh_glass_version version;
    open_writable(made);
    fh_store_write_by(made->store, &LIBRARY);
    for (unsigned round = 0; round < ROUNDS; round++) {
        begin(made);
        for (unsigned i = 0; i < ARTICLES; i++)
            put(made, fh_arena_format(made->arena, "n%u", i).ptr, "نهر النيل", "first");
        commit(made);
    }
    assert_ok(made, fh_glass_version_read(made->dir, &version, &made->err));
    assert_int_equal(version.last, ARTICLES);
    assert_int_equal(frequency(made, "النيل"), ARTICLES);
    begin(made);
    put(made, "n0", "بحر", "first");
    commit(made);
    assert_int_equal(frequency(made, "النيل"), ARTICLES - 1);
}

static void numbers_of_the_dead_that_are_damaged_are_damage(void **state) {
    fixture *made = *state;
    const char *dir = made->dir;
    open_writable(made);
    begin(made);
    put(made, "a", "نهر", "first");
    assert_ok(made, fh_store_set_meta(made->store, FH_META_DEAD, FH_STR("\xff\xff\xff\xff\xff"), &made->err));
    commit(made);
    close_store(made);
    assert_status(made, fh_store_open(&dir, 1, ANALYSER, &made->store, &made->err), FH_ERR_CORRUPT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_dead_are_in_no_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(they_are_in_no_answer_of_several_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(compaction_leaves_them_out_of_the_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cancel_brings_them_back_to_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_comes_in_bulk_replaces_the_living_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(very_many_dead_are_swept_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_of_the_dead_that_are_damaged_are_damage, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
