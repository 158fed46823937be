/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check finds: each thing that does not belong together is named, and nothing else. */
#include "tests/unit/test_store.h"

#include "store/xapian.h"

enum { MOST_SAID = 8 };

typedef struct said {
    char where[MOST_SAID][512], what[MOST_SAID][512];
    size_t count;
} said;

static void listen(void *context, const fh_error *damage) {
    said *s = context;
    assert_true(s->count < MOST_SAID);
    assert_true(damage->hint[0] != '\0');
    snprintf(s->where[s->count], sizeof s->where[0], "%s", damage->where);
    snprintf(s->what[s->count++], sizeof s->what[0], "%s", damage->what);
}

static said check(fixture *made, uint64_t articles) {
    said heard = {.count = 0};
    fh_checked checked;
    assert_ok(made, fh_store_check(made->dir, ANALYSER, listen, &heard, &checked, &made->err));
    assert_int_equal(checked.damages, heard.count);
    assert_int_equal(checked.articles, articles);
    return heard;
}

/* An article of one entity and one keyword, and its slots; `source` is what the slot says. */
static void put_whole(fixture *made, const char *id, const char *source, const char *entities) {
    static fh_str keywords[] = {{"k", 1}};
    static fh_entity_mark marks[] = {{.entity = {"place-x", 7}, .part = FH_PART_BODY, .start = 0, .end = 3}};
    paper page;
    write_paper(&page, id, "title", "body of it");
    page.article.source = FH_STR("paper");
    page.article.published = (fh_date){.year = 2024, .month = 5, .day = 4};
    page.article.keywords = (fh_strs){keywords, 1};
    page.article.entities = marks;
    page.article.entity_count = 1;
    add_value(&page, FH_SLOT_SOURCE, source);
    add_value(&page, FH_SLOT_PUBLISHED, "20240504");
    add_value(&page, FH_SLOT_MONTH, "2024-05");
    add_value(&page, FH_SLOT_KEYWORDS, "k\x1f");
    add_value(&page, FH_SLOT_ENTITIES, entities);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static void what_belongs_together_is_whole(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "paper", "other\x1fplace-x\x1f");
    commit(made);
    assert_int_equal(check(made, 2).count, 0);
}

static void a_slot_that_says_something_else_is_named(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "another", "place-x\x1f");
    commit(made);
    said heard = check(made, 2);
    assert_int_equal(heard.count, 1);
    assert_string_equal(heard.where[0], "b");
    assert_says(heard.what[0], "outlet");
}

static void a_mark_without_its_slot_is_named(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-xy\x1f");
    commit(made);
    said heard = check(made, 1);
    assert_int_equal(heard.count, 1);
    assert_says(heard.what[0], "place-x");
}

/* Puts the data of article `from` where that of `to` was. */
static void copy_data(fixture *made, const char *from, const char *to) {
    fh_xapian *db;
    fh_str data;
    uint32_t number;
    assert_ok(made, fh_xapian_open_writable(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_lookup(db, fh_str_from(from), &number, &made->err));
    assert_ok(made, fh_xapian_data(db, number, made->arena, &data, &made->err));
    assert_ok(made, fh_xapian_lookup(db, fh_str_from(to), &number, &made->err));
    assert_ok(made, fh_xapian_begin(db, &made->err));
    assert_ok(made, fh_xapian_set_data(db, number, data, &made->err));
    assert_ok(made, fh_xapian_commit(db, &made->err));
    fh_xapian_close(db);
}

static void an_id_that_is_another_article_s_is_named(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "paper", "place-x\x1f");
    commit(made);
    close_store(made);
    copy_data(made, "a", "b");
    said heard = check(made, 2);
    assert_int_equal(heard.count, 2); /* the id is the first one's, and not in the second one's list */
    assert_string_equal(heard.where[0], "a");
    assert_says(heard.what[0], "another article");
}

static void text_that_cannot_be_read_is_named_and_the_rest_is_checked(void **state) {
    fixture *made = *state;
    fh_xapian *db;
    fh_str data;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "another", "place-x\x1f");
    commit(made);
    close_store(made);
    assert_ok(made, fh_xapian_open_writable(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_data(db, 1, made->arena, &data, &made->err));
    ((char *)data.ptr)[data.len - 1] ^= 1;
    assert_ok(made, fh_xapian_begin(db, &made->err));
    assert_ok(made, fh_xapian_set_data(db, 1, data, &made->err));
    assert_ok(made, fh_xapian_commit(db, &made->err));
    fh_xapian_close(db);
    said heard = check(made, 2);
    assert_int_equal(heard.count, 2);
    assert_says(heard.what[0], "damaged");
    assert_string_equal(heard.where[1], "b");
}

static void where_nothing_is_it_cannot_be_told(void **state) {
    fixture *made = *state;
    said heard = {.count = 0};
    fh_checked checked;
    assert_status(made, fh_store_check(made->dir, ANALYSER, listen, &heard, &checked, &made->err),
                  FH_ERR_NOT_FOUND);
    assert_int_equal(heard.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_belongs_together_is_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slot_that_says_something_else_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_without_its_slot_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_id_that_is_another_article_s_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_that_cannot_be_read_is_named_and_the_rest_is_checked, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_is_it_cannot_be_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
