/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers come from is held against its sums when it is read. */
#include "store/glass/block.h"
#include "store/glass/sums.h"
#include "store/handle.h"
#include "tests/unit/test_store.h"

enum {
    ARTICLES = 400,
    PART = 150,           /* by the library's writer */
    ITEMS = 8000,         /* where a block that is not empty has items */
    SUM_OF_A_BLOCK = 100, /* a byte of the file of sums behind its head */
};

static const char POSTINGS[] = "postlist.glass", RECORDS[] = "docdata.glass";

static void write_some(fixture *made, fh_writing_by by, unsigned from, unsigned to) {
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = by});
    begin(made);
    for (unsigned i = from; i < to; i++) {
        fh_str id = fh_arena_format(made->arena, "%u", i);
        fh_str body = fh_arena_format(made->arena, "مصر القاهرة اقتصاد%u سوق%u", i, i % 17);
        put_text(made, id.ptr, "عنوان", body.ptr);
    }
    commit(made);
    close_store(made);
}

static void make_index(fixture *made) {
    write_some(made, FH_WRITE_IN_BULK, 0, ARTICLES - PART);
    write_some(made, FH_WRITE_BY_LIBRARY, ARTICLES - PART, ARTICLES);
}

static long blocks_of(fixture *made, const char *name) {
    struct stat facts;
    assert_int_equal(stat(fh_arena_format(made->arena, "%s/%s", made->dir, name).ptr, &facts), 0);
    return (long)(facts.st_size / FH_GLASS_BLOCK);
}

/* ---- Questions ---- */

/* Each puts what it was told into the arena. */
typedef fh_status question(fixture *made, fh_str *told);

static fh_status find(fixture *made, fh_query *query, fh_str *told) {
    fh_results found;
    fh_find wanted = plain_find(query);
    fh_status status = fh_store_find(made->store, &wanted, made->arena, &found, &made->err);
    if (status == FH_OK)
        *told =
            fh_arena_format(made->arena, "%llu: %s", (unsigned long long)found.total, ids_of(made, &found));
    return status;
}

static fh_status ask_for_a_word(fixture *made, fh_str *told) {
    return find(made, word(made, "سوق3"), told);
}

static fh_status ask_for_a_beginning(fixture *made, fh_str *told) {
    return find(made, leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "اقتصاد3"), told);
}

static fh_status ask_for_a_phrase(fixture *made, fh_str *told) {
    fh_query *phrase = node(made, FH_OP_PHRASE, 2, word(made, "القاهرة"), word(made, "اقتصاد77"), NULL);
    return find(made, phrase, told);
}

static fh_status ask_how_many(fixture *made, fh_str *told) {
    uint32_t articles = 0;
    fh_status status = fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR("مصر"), &articles, &made->err);
    *told = fh_arena_format(made->arena, "%u", articles);
    return status;
}

static bool add_word(void *context, fh_str word, uint32_t articles) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%.*s %u ", FH_STR_ARG(to->text), FH_STR_ARG(word), articles);
    return true;
}

static fh_status ask_for_words(fixture *made, fh_str *told) {
    visited words = {.arena = made->arena, .text = FH_STR("")};
    fh_status status =
        fh_store_words(made->store, FH_FIELD_WORD, FH_STR("سوق"), FH_STR(""), add_word, &words, &made->err);
    *told = words.text;
    return status;
}

static fh_status ask_for_metadata(fixture *made, fh_str *told) {
    fh_strs values = {0};
    fh_status status = fh_store_get_each_meta(made->store, FH_META_STEMMER, made->arena, &values, &made->err);
    *told = values.count ? values.items[0] : FH_STR("");
    return status;
}

static question *const questions[] = {ask_for_a_word, ask_for_a_beginning, ask_for_a_phrase,
                                      ask_how_many,   ask_for_words,       ask_for_metadata};
enum { QUESTIONS = sizeof questions / sizeof *questions };

/* Opens the index for each question, so that it is read anew. */
static fh_status ask(fixture *made, question *of, fh_str *told) {
    const char *dir = made->dir;
    fh_status status = fh_store_open(&dir, 1, ANALYSER, &made->store, &made->err);
    if (status == FH_OK) status = of(made, told);
    close_store(made);
    return status;
}

/* ---- What must hold ---- */

/* A bit of each block in turn; how many were told. */
static unsigned ask_of_damaged(fixture *made, const char *table, question *of) {
    fh_str right, told;
    unsigned refused = 0;
    assert_ok(made, ask(made, of, &right));
    for (long block = 0; block < blocks_of(made, table); block++) {
        flip_in_file(made, table, block * FH_GLASS_BLOCK + ITEMS);
        fh_status status = ask(made, of, &told);
        if (status == FH_OK) {
            assert_string_equal(told.ptr, right.ptr);
        } else {
            assert_int_equal(status, FH_ERR_CORRUPT);
            refused++;
        }
        flip_in_file(made, table, block * FH_GLASS_BLOCK + ITEMS);
    }
    assert_ok(made, ask(made, of, &told));
    assert_string_equal(told.ptr, right.ptr);
    return refused;
}

static void no_answer_comes_from_a_damaged_block(void **state) {
    fixture *made = *state;
    make_index(made);
    for (size_t i = 0; i < QUESTIONS; i++) assert_true(ask_of_damaged(made, POSTINGS, questions[i]) > 0);
    assert_true(ask_of_damaged(made, RECORDS, ask_for_a_word) > 0);
    assert_true(ask_of_damaged(made, RECORDS, ask_for_a_phrase) > 0);
}

static void the_file_and_the_place_are_named(void **state) {
    fixture *made = *state;
    fh_str told;
    write_some(made, FH_WRITE_IN_BULK, 0, ARTICLES);
    for (long block = 0; block < blocks_of(made, POSTINGS); block++)
        flip_in_file(made, POSTINGS, block * FH_GLASS_BLOCK + ITEMS);
    open_readable(made);
    assert_status(made, ask_for_a_word(made, &told), FH_ERR_CORRUPT);
    assert_says(made->err.where, POSTINGS);
    assert_says(made->err.what, "at byte ");
    assert_says(made->err.hint, "build it anew");
    assert_says(made->err.hint, "--check");
    assert_status(made, ask_for_a_word(made, &told), FH_ERR_CORRUPT); /* and it stays so */
}

static void sums_that_are_behind_leave_what_is_newer(void **state) {
    fixture *made = *state;
    fh_str told;
    write_some(made, FH_WRITE_IN_BULK, 0, ARTICLES - PART);
    shell(made, "cp db/fihris.sums old");
    write_some(made, FH_WRITE_BY_LIBRARY, ARTICLES - PART, ARTICLES);
    shell(made, "cp old db/fihris.sums"); /* as a kill before they were renewed leaves them */
    for (size_t i = 0; i < QUESTIONS; i++) assert_ok(made, ask(made, questions[i], &told));
    assert_true(ask_of_damaged(made, RECORDS, ask_for_a_word) > 0);
}

static void without_sums_all_is_taken_as_it_is(void **state) {
    fixture *made = *state;
    fh_str told;
    make_index(made);
    shell(made, "rm db/fihris.sums");
    for (size_t i = 0; i < QUESTIONS; i++) assert_ok(made, ask(made, questions[i], &told));
}

static void damaged_sums_are_not_taken_for_a_damaged_table(void **state) {
    fixture *made = *state;
    fh_str told;
    make_index(made);
    for (long block = 0; block < blocks_of(made, POSTINGS); block++)
        flip_in_file(made, FH_SUMS_FILE, SUM_OF_A_BLOCK + 4 * block);
    assert_status(made, ask(made, ask_for_a_word, &told), FH_ERR_CORRUPT);
    assert_says(made->err.where, FH_SUMS_FILE);
    assert_says(made->err.hint, "remove this file");
    shell(made, "truncate -s -3 db/" FH_SUMS_FILE);
    assert_status(made, ask(made, ask_for_a_word, &told), FH_ERR_CORRUPT);
    assert_says(made->err.where, FH_SUMS_FILE);
}

/* The reader has not entered most of the blocks when they are written over. */
static void what_a_later_commit_writes_over_is_no_damage(void **state) {
    fixture *made = *state, writer = *made;
    fh_str told;
    make_index(made);
    for (size_t i = 0; i < QUESTIONS; i++) {
        open_readable(made);
        assert_non_null(fh_store_matchers(made->store));
        for (unsigned turn = 0; turn < 4; turn++)
            write_some(&writer, FH_WRITE_BY_LIBRARY, 40 * turn, 40 * (turn + 1) + 10);
        fh_status status = questions[i](made, &told);
        if (status != FH_OK) assert_status(made, status, FH_ERR_IO); /* Xapian's "changes faster" */
        assert_false(fh_store_still_newest(made->store));
        close_store(made);
        assert_ok(made, ask(made, questions[i], &told));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_answer_comes_from_a_damaged_block, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_file_and_the_place_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sums_that_are_behind_leave_what_is_newer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_sums_all_is_taken_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_sums_are_not_taken_for_a_damaged_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_later_commit_writes_over_is_no_damage, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
