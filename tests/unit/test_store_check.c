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

/* Puts the data of the first article where those of all others were. */
static fh_status repeat_first(void *context, fh_str data, fh_buf *out, fh_error *err) {
    (void)err;
    fh_buf *first = context;
    if (first->len == 0) fh_buf_add(first, data);
    fh_buf_add(out, fh_buf_str(first));
    return FH_OK;
}

static void an_id_that_is_another_article_s_is_named(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "paper", "place-x\x1f");
    commit(made);
    close_store(made);
    fh_buf first = {0};
    change_data(made, repeat_first, &first);
    fh_buf_free(&first);
    said heard = check(made, 2);
    assert_int_equal(heard.count, 1);
    assert_string_equal(heard.where[0], "a");
    assert_says(heard.what[0], "another article");
}

static fh_status break_first(void *context, fh_str data, fh_buf *out, fh_error *err) {
    (void)err;
    fh_buf_add(out, data);
    if ((*(size_t *)context)++ == 0) out->ptr[data.len - 1] ^= 1;
    return FH_OK;
}

static void text_that_cannot_be_read_is_named_and_the_rest_is_checked(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "another", "place-x\x1f");
    commit(made);
    close_store(made);
    size_t seen = 0;
    change_data(made, break_first, &seen);
    said heard = check(made, 2);
    assert_int_equal(heard.count, 2);
    assert_says(heard.what[0], "damaged");
    assert_string_equal(heard.where[1], "b");
}

/* Cuts the last byte off a page of fresh terms, in tables that are whole for Xapian and for the sums. */
static void cut_fresh_page(fixture *made) {
    fh_xapian *db;
    fh_facts pages;
    fh_arena *arena = fh_arena_new();
    assert_ok(made, fh_xapian_open_writable(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_begin(db, &made->err));
    assert_ok(made, fh_xapian_facts_of(db, FH_STR("fihris.fresh.A"), arena, &pages, &made->err));
    assert_true(pages.count > 0);
    fh_fact page = pages.items[0];
    page.value.len--;
    assert_ok(made, fh_xapian_set_meta(db, page.key, page.value, &made->err));
    assert_ok(made, fh_xapian_commit(db, &made->err));
    fh_xapian_close(db);
    fh_arena_free(arena);
}

static void a_list_that_is_damaged_is_told(void **state) {
    fixture *made = *state;
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_A_FEW});
    begin(made);
    put_whole(made, "a", "paper", "place-x\x1f");
    put_whole(made, "b", "paper", "place-x\x1f");
    commit(made);
    close_store(made);
    assert_int_equal(check(made, 2).count, 0);
    cut_fresh_page(made);
    said heard = check(made, 2);
    assert_int_equal(heard.count, 1);
    assert_says(heard.what[0], "lists");
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
        cmocka_unit_test_setup_teardown(a_list_that_is_damaged_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_is_it_cannot_be_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
