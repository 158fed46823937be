/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A takedown: what was deleted is nowhere any more, not in the dictionary that it helped to learn either. */
#include "tests/unit/test_store.h"

#include "store/codec.h"
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

static void make_archive(fixture *made) {
    open_writable(made);
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++) put_text(made, id_of(made, i), "خبر", body_of(made, i));
    commit(made);
}

static void delete_secrets(fixture *made) {
    bool found;
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++)
        if (is_secret(i))
            assert_ok(made, fh_store_delete(made->store, fh_str_from(id_of(made, i)), &found, &made->err));
    commit(made);
}

/* Does a part of the secret, as it is packed, stand in any file of the index? */
static bool is_in_files(fixture *made) {
    fh_codec *codec;
    fh_buf scsu = {0};
    assert_ok(made, fh_codec_new(&codec, &made->err));
    assert_ok(made, fh_codec_to_scsu(codec, FH_STR("الشاهد السري"), &scsu, &made->err));
    shell(made, "cat db/* >all");
    char path[128];
    snprintf(path, sizeof path, "%s/all", made->home);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    fh_buf all = {0};
    char block[4096];
    for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;) fh_buf_add(&all, (fh_str){block, len});
    fclose(file);
    fh_str needle = fh_str_slice(fh_buf_str(&scsu), 2, scsu.len); /* behind what chooses the alphabet */
    bool found = fh_str_find(fh_buf_str(&all), needle, 0) != SIZE_MAX;
    fh_buf_free(&all);
    fh_buf_free(&scsu);
    fh_codec_free(codec);
    return found;
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

static void what_was_deleted_is_in_no_dictionary_and_no_file(void **state) {
    fixture *made = *state;
    make_archive(made);
    delete_secrets(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, &made->err));
    assert_true(is_in_files(made)); /* or there is nothing here to show */
    open_writable(made);
    assert_ok(made, fh_store_forget(made->store, &made->err));
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, &made->err));
    assert_false(is_in_files(made));
    assert_rest(made);
}

static void of_an_older_version_nothing_is_left_either(void **state) {
    fixture *made = *state;
    make_archive(made);
    begin(made);
    for (unsigned i = 0; i < ARTICLES; i++)
        if (is_secret(i)) put_text(made, id_of(made, i), "خبر", COMMON);
    commit(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, &made->err));
    assert_true(is_in_files(made)); /* or there is nothing here to show */
    open_writable(made);
    assert_ok(made, fh_store_forget(made->store, &made->err));
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, &made->err));
    assert_false(is_in_files(made));
}

/* A dictionary that is learned later must not come from what was deleted meanwhile. */
static void what_is_deleted_before_a_dictionary_is_learned_is_forgotten(void **state) {
    fixture *made = *state;
    bool found;
    fh_str flag;
    open_writable(made);
    begin(made);
    put_text(made, "a", "خبر", SECRET);
    commit(made);
    begin(made);
    assert_ok(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err));
    commit(made);
    assert_ok(made, fh_store_get_meta(made->store, "fihris.deleted", made->arena, &flag, &made->err));
    assert_text(flag, "1");
    assert_ok(made, fh_store_forget(made->store, &made->err));
    assert_ok(made, fh_store_get_meta(made->store, "fihris.deleted", made->arena, &flag, &made->err));
    assert_int_equal(flag.len, 0);
}

static void where_nothing_was_deleted_nothing_is_done(void **state) {
    fixture *made = *state;
    fh_str before, after;
    make_archive(made);
    assert_ok(made, fh_store_get_meta(made->store, "fihris.dictionary.1", made->arena, &before, &made->err));
    assert_true(before.len > 0);
    assert_ok(made, fh_store_forget(made->store, &made->err));
    assert_ok(made, fh_store_get_meta(made->store, "fihris.dictionary.1", made->arena, &after, &made->err));
    assert_true(fh_str_equal(before, after));
}

static void writing_goes_on_afterwards(void **state) {
    fixture *made = *state;
    fh_article article;
    make_archive(made);
    delete_secrets(made);
    assert_ok(made, fh_store_forget(made->store, &made->err));
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
        cmocka_unit_test_setup_teardown(what_was_deleted_is_in_no_dictionary_and_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_an_older_version_nothing_is_left_either, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_deleted_before_a_dictionary_is_learned_is_forgotten, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_was_deleted_nothing_is_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writing_goes_on_afterwards, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
