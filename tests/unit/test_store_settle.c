/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A takedown: what was deleted is nowhere any more, not in the vocabulary either. */
#include "tests/unit/test_store.h"

#include "store/text/narrow.h"
#include "store/xapian.h"

enum { ARTICLES = 1300, SECRET_EVERY = 5 };

static const char SECRET[] = "قال الشاهد السري الذي لا يجوز ذكر اسمه إن القضية طويت";
static const char COMMON[] = "وأعلنت الحكومة في بيان صدر مساء أمس أن الأعمال تسير كما خطط لها";

static bool is_secret(unsigned i) {
    return i % SECRET_EVERY == 0;
}

static const char *id_of(fixture *made, unsigned i) {
    return fh_arena_format(made->arena, "%u", i).ptr;
}

static const char *body_of(fixture *made, unsigned i) {
    return fh_arena_format(made->arena, "%s رقم %u %s", is_secret(i) ? SECRET : COMMON, i * 7919,
                           i % 2 ? "اقتصاد وسوق ومال" : "رياضة وملعب وفريق")
        .ptr;
}

static void make_archive_by(fixture *made, fh_writing how) {
    open_writable(made);
    fh_store_write_by(made->store, &how);
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++) put_text(made, id_of(made, i), "خبر", body_of(made, i));
    commit(made);
}

static void make_archive(fixture *made) {
    make_archive_by(made, (fh_writing){.by = FH_WRITE_BY_LIBRARY});
}

static void delete_secrets(fixture *made) {
    bool found;
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++)
        if (is_secret(i))
            assert_ok(made, fh_store_delete(made->store, fh_str_from(id_of(made, i)), &found, &made->err));
    commit(made);
}

/* Only the secret has these. */
static const char *const SECRET_WORDS[] = {"الشاهد", "السري", "يجوز", "القضية", "طويت"};

enum { SECRETS = sizeof SECRET_WORDS / sizeof *SECRET_WORDS };

static void read_files(fixture *made, fh_buf *all) {
    shell(made, "cat db/* >all");
    char path[128], block[4096];
    snprintf(path, sizeof path, "%s/all", made->home);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;) fh_buf_add(all, (fh_str){block, len});
    fclose(file);
}

static bool holds(const fh_buf *all, fh_str bytes) {
    return fh_str_find(fh_buf_str(all), bytes, 0) != SIZE_MAX;
}

/* Does it stand there as terms and texts have it, in UTF-8, or in UTF-16 of either order? */
static bool is_in(const fh_buf *all, fh_str word) {
    fh_buf little = {0}, big = {0};
    char narrow[64];
    uint32_t c;
    for (size_t at = 0; at < word.len;) {
        at += fh_utf8_next(word, at, &c);
        char low = (char)(c & 0xff), high = (char)(c >> 8);
        fh_buf_add(&little, (fh_str){(char[]){low, high}, 2});
        fh_buf_add(&big, (fh_str){(char[]){high, low}, 2});
    }
    bool found = holds(all, word) || holds(all, (fh_str){narrow, fh_narrow(word, narrow)}) ||
                 holds(all, fh_buf_str(&little)) || holds(all, fh_buf_str(&big));
    fh_buf_free(&little);
    fh_buf_free(&big);
    return found;
}

/* How many of the words that only the secret has stand in any file of the index. */
static size_t words_left(fixture *made) {
    size_t left = 0;
    fh_buf all = {0};
    read_files(made, &all);
    for (size_t i = 0; i < SECRETS; i++) left += is_in(&all, fh_str_from(SECRET_WORDS[i]));
    fh_buf_free(&all);
    return left;
}

static void assert_rest(fixture *made) {
    fh_store_stats stats;
    fh_article article;
    open_readable(made);
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    assert_int_equal(stats.articles, ARTICLES - ARTICLES / SECRET_EVERY);
    for (unsigned i = 0; i < ARTICLES; i++) {
        if (is_secret(i)) continue;
        assert_ok(made, fh_store_article(made->store, fh_str_from(id_of(made, i)), made->arena, &article,
                                         &made->err));
        assert_text(article.body, body_of(made, i));
    }
    close_store(made);
}

/* A page of the vocabulary with this number, as it is kept. */
static fh_str page_of(fixture *made, const char *vocabulary, const char *page) {
    fh_str bytes;
    const char *key = fh_arena_format(made->arena, "fihris.words.%s.%s", vocabulary, page).ptr;
    assert_ok(made, fh_store_get_meta(made->store, key, made->arena, &bytes, &made->err));
    return bytes;
}

static fh_str number_of_vocabulary(fixture *made) {
    fh_str number;
    assert_ok(made, fh_store_get_meta(made->store, "fihris.vocabulary", made->arena, &number, &made->err));
    return number;
}

/* Words that stood in a fifth of the articles are in the second tier. */
static void the_vocabulary_is_made_anew_from_what_is_left(void **state) {
    fixture *made = *state;
    make_archive(made);
    fh_str before = page_of(made, "0", "0001");
    fh_buf page = {0};
    fh_buf_add(&page, before);
    assert_true(is_in(&page, fh_str_from(SECRET_WORDS[0]))); /* or there is nothing here to show */
    assert_int_equal(number_of_vocabulary(made).len, 0);
    delete_secrets(made);
    assert_ok(made, fh_store_settle(made->store, &made->err));
    assert_text(number_of_vocabulary(made), "1");
    assert_int_equal(page_of(made, "0", "0001").len, 0);
    assert_true(page_of(made, "1", "0000").len > 0);
    fh_buf_free(&page);
}

static fh_str unsettled(fixture *made) {
    fh_str flag;
    assert_ok(made, fh_store_get_meta(made->store, "fihris.unsettled", made->arena, &flag, &made->err));
    return flag;
}

static void assert_settling_removes_secrets(fixture *made) {
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_int_equal(words_left(made), SECRETS); /* or there is nothing here to show */
    open_writable(made);
    assert_ok(made, fh_store_settle(made->store, &made->err));
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_int_equal(words_left(made), 0);
}

static void what_was_deleted_is_in_no_vocabulary_and_no_file(void **state) {
    fixture *made = *state;
    make_archive(made);
    delete_secrets(made);
    assert_settling_removes_secrets(made);
    assert_rest(made);
}

static void of_an_older_version_nothing_is_left_either(void **state) {
    fixture *made = *state;
    make_archive(made);
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++)
        if (is_secret(i)) put_text(made, id_of(made, i), "خبر", COMMON);
    commit(made);
    assert_settling_removes_secrets(made);
}

static void that_something_was_written_is_noted_until_it_is_settled(void **state) {
    fixture *made = *state;
    bool found;
    open_writable(made);
    begin(made);
    put_text(made, "a", "خبر", SECRET);
    commit(made);
    begin(made);
    assert_ok(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err));
    commit(made);
    assert_text(unsettled(made), "1");
    assert_ok(made, fh_store_settle(made->store, &made->err));
    assert_int_equal(unsettled(made).len, 0);
}

/* By the bulk writer, which has met all words when it puts the index together. */
static void a_new_index_is_settled_at_once(void **state) {
    fixture *made = *state;
    make_archive(made);
    assert_ok(made, fh_store_settle(made->store, &made->err));
    close_store(made);
    shell(made, "mv db later");
    make_archive_by(made, (fh_writing){.by = FH_WRITE_IN_BULK});
    assert_text(number_of_vocabulary(made), "1");
    assert_int_equal(unsettled(made).len, 0);
    assert_int_equal(page_of(made, "0", "0000").len, 0);
    close_store(made);
    shell(made, "cmp later/docdata.glass db/docdata.glass");
}

static void one_that_had_an_article_again_is_settled_later(void **state) {
    fixture *made = *state;
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_IN_BULK});
    begin(made);
    put_text(made, "a", "خبر", SECRET);
    put_text(made, "a", "خبر", COMMON);
    commit(made);
    assert_text(number_of_vocabulary(made), "1");
    assert_text(unsettled(made), "1");
    assert_ok(made, fh_store_settle(made->store, &made->err));
    assert_text(number_of_vocabulary(made), "2");
    assert_int_equal(unsettled(made).len, 0);
}

/* Codes that are there already mean the same for ever. */
static void what_is_added_in_bulk_has_the_codes_that_are_there(void **state) {
    fixture *made = *state;
    make_archive_by(made, (fh_writing){.by = FH_WRITE_IN_BULK});
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++)
        put_text(made, fh_arena_format(made->arena, "more %u", i).ptr, "خبر", body_of(made, i));
    commit(made);
    assert_text(number_of_vocabulary(made), "1");
    close_store(made);
    fh_article article;
    open_readable(made);
    for (unsigned i = 0; i < ARTICLES; i += 7) {
        fh_str id = fh_arena_format(made->arena, "more %u", i);
        assert_ok(made, fh_store_article(made->store, id, made->arena, &article, &made->err));
        assert_text(article.body, body_of(made, i));
    }
}

static void what_is_settled_is_left_alone(void **state) {
    fixture *made = *state;
    make_archive(made);
    assert_int_equal(number_of_vocabulary(made).len, 0);
    for (int i = 0; i < 2; i++) {
        assert_ok(made, fh_store_settle(made->store, &made->err));
        assert_text(number_of_vocabulary(made), "1");
    }
}

/* Words that came one by one have got longer codes than those that come first when all are known. */
static void settled_texts_take_less(void **state) {
    fixture *made = *state;
    make_archive(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "stat -c %s db/docdata.glass >before");
    open_writable(made);
    assert_ok(made, fh_store_settle(made->store, &made->err));
    close_store(made);
    shell(made, "test $(stat -c %s db/docdata.glass) -lt $(cat before)");
}

static void writing_goes_on_afterwards(void **state) {
    fixture *made = *state;
    fh_article article;
    make_archive(made);
    delete_secrets(made);
    assert_ok(made, fh_store_settle(made->store, &made->err));
    begin(made);
    put_text(made, "later", "خبر", COMMON);
    commit(made);
    close_store(made);
    open_readable(made);
    assert_ok(made, fh_store_article(made->store, FH_STR("later"), made->arena, &article, &made->err));
    assert_text(article.body, COMMON);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_vocabulary_is_made_anew_from_what_is_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_deleted_is_in_no_vocabulary_and_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_an_older_version_nothing_is_left_either, set_up, tear_down),
        cmocka_unit_test_setup_teardown(that_something_was_written_is_noted_until_it_is_settled, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_new_index_is_settled_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_had_an_article_again_is_settled_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_added_in_bulk_has_the_codes_that_are_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_settled_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settled_texts_take_less, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writing_goes_on_afterwards, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
