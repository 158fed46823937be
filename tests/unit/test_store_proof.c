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

/* An article with something to be shown, sorted, counted and told apart by. */
static void put_one(fixture *made, unsigned i) {
    paper page;
    fh_str id = fh_arena_format(made->arena, "%u", i);
    fh_str entity = fh_arena_format(made->arena, "place:city-%u", i * 31 % 200);
    fh_str body = fh_arena_format(made->arena, "مصر القاهرة اقتصاد%u سوق%u", i, i % 17);
    write_paper(&page, id.ptr, "عنوان", body.ptr);
    fh_entity_mark mark = {.entity = entity, .part = FH_PART_TITLE, .start = 0, .end = 2};
    page.article.entities = &mark;
    page.article.entity_count = 1;
    add_value(&page, FH_SLOT_CONTENT, body.ptr);
    add_value(&page, FH_SLOT_ENTITIES, fh_arena_format(made->arena, "%s\x1f", entity.ptr).ptr);
    add_value(&page, FH_SLOT_PUBLISHED, fh_arena_format(made->arena, "2024%04u", i * 37 % 400).ptr);
    add_value(&page, FH_SLOT_STORY, fh_arena_format(made->arena, "story %u %0200u", i / 2, i / 2).ptr);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static void write_some(fixture *made, fh_writing_by by, unsigned from, unsigned to) {
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = by});
    begin(made);
    for (unsigned i = from; i < to; i++) put_one(made, i);
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

static fh_str add_article(fixture *made, fh_str told, const fh_article *article) {
    fh_str entity = article->entity_count ? article->entities[0].entity : FH_STR("");
    return fh_arena_format(made->arena, "%.*s%.*s(%.*s) ", FH_STR_ARG(told), FH_STR_ARG(article->id),
                           FH_STR_ARG(entity));
}

static fh_status find_by(fixture *made, const fh_find *wanted, fh_str *told) {
    fh_results found;
    fh_status status = fh_store_find(made->store, wanted, made->arena, &found, &made->err);
    if (status != FH_OK) return status;
    *told = fh_arena_format(made->arena, "%llu: ", (unsigned long long)found.total);
    for (size_t i = 0; i < found.hit_count; i++) *told = add_article(made, *told, &found.hits[i].article);
    for (size_t i = 0; i < found.facet_count; i++)
        for (size_t j = 0; j < found.facets[i].value_count; j++)
            *told = fh_arena_format(made->arena, "%.*s%.*s ", FH_STR_ARG(*told),
                                    FH_STR_ARG(found.facets[i].values[j].value));
    return FH_OK;
}

static fh_status find(fixture *made, fh_query *query, fh_str *told) {
    fh_find wanted = plain_find(query);
    return find_by(made, &wanted, told);
}

static fh_status ask_for_the_newest(fixture *made, fh_str *told) {
    fh_find wanted = plain_find(word(made, "سوق3"));
    wanted.sort = FH_SORT_NEWEST;
    wanted.limit = 5;
    return find_by(made, &wanted, told);
}

static fh_status ask_for_stories(fixture *made, fh_str *told) {
    fh_find wanted = plain_find(word(made, "مصر"));
    wanted.collapse = true;
    wanted.limit = 4;
    return find_by(made, &wanted, told);
}

static fh_status ask_for_facets(fixture *made, fh_str *told) {
    fh_facet_request facet = {.slot = FH_SLOT_ENTITIES, .limit = 100};
    fh_find wanted = plain_find(word(made, "سوق3"));
    wanted.facets = &facet;
    wanted.facet_count = 1;
    wanted.limit = 0;
    return find_by(made, &wanted, told);
}

static fh_status ask_for_an_article(fixture *made, fh_str *told) {
    fh_article article;
    fh_status status = fh_store_shown_article(made->store, FH_STR("123"), made->arena, &article, &made->err);
    if (status == FH_OK) *told = add_article(made, FH_STR(""), &article);
    return status;
}

static fh_status ask_for_statistics(fixture *made, fh_str *told) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(made->store, &stats, &made->err);
    *told = fh_arena_format(made->arena, "%llu", (unsigned long long)stats.articles);
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

static question *const questions[] = {ask_for_a_word,     ask_for_a_beginning, ask_for_a_phrase,
                                      ask_how_many,       ask_for_words,       ask_for_metadata,
                                      ask_for_the_newest, ask_for_stories,     ask_for_facets,
                                      ask_for_an_article, ask_for_statistics};
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
    assert_true(ask_of_damaged(made, RECORDS, ask_for_an_article) > 0);
}

static void the_file_and_the_place_are_named(void **state) {
    fixture *made = *state;
    fh_str told;
    write_some(made, FH_WRITE_IN_BULK, 0, ARTICLES);
    open_readable(made);
    for (long block = 0; block < blocks_of(made, POSTINGS); block++)
        flip_in_file(made, POSTINGS, block * FH_GLASS_BLOCK + ITEMS);
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
    fh_str told, again;
    make_index(made);
    for (size_t i = 0; i < QUESTIONS; i++) {
        open_readable(made);
        for (unsigned turn = 0; turn < 4; turn++)
            write_some(&writer, FH_WRITE_BY_LIBRARY, 40 * turn, 40 * (turn + 1) + 10);
        assert_ok(made, questions[i](made, &told));
        close_store(made);
        assert_ok(made, ask(made, questions[i], &again));
        assert_str_equal(told, again);
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
