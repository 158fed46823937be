/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not an index, what is somebody else's, what is locked, broken or killed: each says what it is and
 * what to do. */
#include "tests/unit/test_store.h"

#include "store/glass/block.h"
#include "store/place.h"
#include "store/xapian.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { ENDLESS = 100000, PATIENCE = 20 };

static fh_status try_reading(fixture *made, const char *dir) {
    fh_store *store = NULL;
    fh_status status = fh_store_open(&dir, 1, ANALYSER, &store, &made->err);
    if (status != FH_OK) assert_null(store);
    fh_store_close(store);
    return status;
}

static fh_status try_writing(fixture *made, const char *dir, const fh_store_identity *identity) {
    fh_store *store = NULL;
    fh_status status = fh_store_open_writable(dir, identity, &store, &made->err);
    if (status != FH_OK) assert_null(store);
    fh_store_close(store);
    return status;
}

static void make_index(fixture *made, unsigned articles) {
    open_writable(made);
    begin(made);
    for (unsigned i = 0; i < articles; i++) {
        char id[16], body[128];
        snprintf(id, sizeof id, "%u", i);
        snprintf(body, sizeof body, "مصر القاهرة اقتصاد%u سوق%u", i, i % 17);
        put_text(made, id, "عنوان", body);
    }
    commit(made);
    close_store(made);
}

/* ---- Not an index ---- */

static void where_nothing_is_one_is_told_to_make_it(void **state) {
    fixture *made = *state;
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
    assert_says(made->err.what, "there is no index at ");
    assert_says(made->err.what, made->dir);
    assert_says(made->err.hint, "make one: fihris-index --db ");
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_NOT_FOUND);
    shell(made, "mkdir db"); /* an empty directory is nothing too */
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
    assert_int_equal(try_writing(made, made->dir, &IDENTITY), FH_OK);
    assert_int_equal(try_reading(made, made->dir), FH_OK);
}

static void who_makes_an_index_is_alone_with_it(void **state) {
    fixture *made = *state;
    int claim;
    assert_ok(made, fh_place_claim(made->dir, &claim, &made->err));
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_LOCKED);
    assert_says(made->err.hint, "another program is writing it");
    assert_int_equal(close(claim), 0);
    assert_int_equal(try_writing(made, made->dir, &IDENTITY), FH_OK);
}

static void a_directory_of_other_files_is_left_alone(void **state) {
    fixture *made = *state;
    shell(made, "mkdir db && echo mine > db/letter.txt");
    assert_status(made, try_reading(made, made->dir), FH_ERR_VERSION);
    assert_says(made->err.what, "other files");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_VERSION);
    shell(made, "test \"$(ls db)\" = letter.txt");
}

static void a_file_is_no_index(void **state) {
    fixture *made = *state;
    shell(made, "echo '{}' > db");
    assert_status(made, try_reading(made, made->dir), FH_ERR_VERSION);
    assert_says(made->err.what, "is a file");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_VERSION);
}

static void a_missing_parent_is_named(void **state) {
    fixture *made = *state;
    strcat(made->dir, "/deep/er");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_IO);
    assert_says(made->err.where, made->dir);
    assert_says(made->err.what, "No such file or directory");
}

static void no_index_at_all_is_a_mistake_of_use(void **state) {
    fixture *made = *state;
    fh_store *store;
    assert_status(made, fh_store_open(NULL, 0, ANALYSER, &store, &made->err), FH_ERR_USAGE);
}

/* ---- Somebody else's ---- */

static void set_meta(fixture *made, const char *key, const char *value) {
    fh_xapian *db;
    assert_ok(made, fh_xapian_open_writable(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_begin(db, &made->err));
    assert_ok(made, fh_xapian_set_meta(db, fh_str_from(key), fh_str_from(value), &made->err));
    assert_ok(made, fh_xapian_commit(db, &made->err));
    fh_xapian_close(db);
}

static void a_database_that_fihris_did_not_make_is_refused(void **state) {
    fixture *made = *state;
    make_index(made, 3);
    set_meta(made, "fihris.schema", "");
    assert_status(made, try_reading(made, made->dir), FH_ERR_VERSION);
    assert_says(made->err.what, "fihris did not make");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_VERSION);
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_VERSION);
}

static void an_index_cut_short_while_it_was_made_is_made_again(void **state) {
    fixture *made = *state;
    fh_xapian *db;
    assert_ok(made, fh_xapian_make(made->dir, &db, &made->err));
    fh_xapian_close(db);
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
    shell(made, "rm db/iamglass && truncate -s 0 db/*.glass && touch db/v.tmp"); /* still earlier */
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
    make_index(made, 1);
    assert_int_equal(try_reading(made, made->dir), FH_OK);
}

static void an_index_that_is_gone_is_not_opened_as_a_new_one(void **state) {
    fixture *made = *state;
    fh_xapian *db;
    assert_status(made, fh_xapian_open_writable(made->dir, &db, &made->err), FH_ERR_NOT_FOUND);
    assert_int_not_equal(access(made->dir, F_OK), 0);
}

static void a_newer_schema_asks_for_the_newer_program(void **state) {
    fixture *made = *state;
    make_index(made, 1);
    set_meta(made, "fihris.schema", "99");
    assert_status(made, try_reading(made, made->dir), FH_ERR_VERSION);
    assert_says(made->err.what, "version 99 of the schema");
    assert_says(made->err.hint, "newer fihris");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_VERSION);
}

static void another_analyser_asks_for_a_new_index(void **state) {
    fixture *made = *state;
    make_index(made, 1);
    set_meta(made, "fihris.analyser", "6");
    assert_status(made, try_reading(made, made->dir), FH_ERR_VERSION);
    assert_says(made->err.what, "version 6 of the analyser");
    assert_says(made->err.what, "version 7");
    assert_says(made->err.hint, "build it anew");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_VERSION);
}

static void another_stemmer_is_told_by_name(void **state) {
    fixture *made = *state;
    const fh_store_identity light10 = {.analyser_version = ANALYSER, .stemmer = "light10"};
    make_index(made, 1);
    assert_status(made, try_writing(made, made->dir, &light10), FH_ERR_USAGE);
    assert_says(made->err.what, "light, not light10");

    char first[96];
    const char *dirs[] = {first, made->dir};
    memcpy(first, made->dir, sizeof first);
    snprintf(made->dir, sizeof made->dir, "%s/two", made->home);
    assert_int_equal(try_writing(made, made->dir, &light10), FH_OK);
    assert_status(made, fh_store_open(dirs, 2, ANALYSER, &made->store, &made->err), FH_ERR_USAGE);
    assert_says(made->err.what, first);
    assert_says(made->err.what, "light10");
}

/* ---- Locked, killed ---- */

static void a_second_writer_is_told_to_wait(void **state) {
    fixture *made = *state;
    open_writable(made);
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_LOCKED);
    assert_says(made->err.hint, "another program is writing");
    pid_t child = fork();
    if (child == 0) _exit(try_writing(made, made->dir, &IDENTITY) == FH_ERR_LOCKED ? 0 : 1);
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(try_reading(made, made->dir), FH_OK);
}

/* Commits ten articles, begins ten more, and dies at once. */
static void write_and_die(fixture *made) {
    open_writable(made);
    for (unsigned i = 0; i < 20; i++) {
        char id[16];
        snprintf(id, sizeof id, "%u", i);
        if (i % 10 == 0) begin(made);
        put_text(made, id, "", "word");
        if (i == 9) commit(made);
    }
    raise(SIGKILL);
}

static void what_was_committed_survives_a_kill(void **state) {
    fixture *made = *state;
    fh_store_stats stats;
    pid_t child = fork();
    if (child == 0) write_and_die(made);
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    open_writable(made); /* nor is the lock left behind */
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    assert_int_equal(stats.articles, 10);
    assert_string_equal(found_by(made, leaf(made, FH_OP_TERM, FH_FIELD_ID, "9")), "9 ");
}

/* A disk with no room, as a limit on the size of files shows it. */
static int write_without_room(fixture *made) {
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){64 << 10, 64 << 10});
    open_writable(made);
    begin(made);
    fh_status status = FH_OK;
    for (unsigned i = 0; i < 2000 && status == FH_OK; i++) {
        paper page;
        char id[16], body[64];
        snprintf(id, sizeof id, "n%u", i);
        snprintf(body, sizeof body, "one%u two%u three%u four%u", i, i * 3, i * 5, i * 7);
        write_paper(&page, id, "", body);
        status = fh_store_put(made->store, &page.document, &made->err);
    }
    if (status == FH_OK) status = fh_store_commit(made->store, &made->err);
    fh_store_close(made->store);
    return status == FH_ERR_IO && strstr(made->err.what, "File too large") ? 0 : 1;
}

static void a_disk_without_room_loses_nothing_committed(void **state) {
    fixture *made = *state;
    make_index(made, 10);
    pid_t child = fork();
    if (child == 0) _exit(write_without_room(made));
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    open_readable(made);
    assert_string_equal(found_by(made, leaf(made, FH_OP_TERM, FH_FIELD_ID, "9")), "9 ");
    assert_string_equal(found_by(made, leaf(made, FH_OP_TERM, FH_FIELD_ID, "n0")), "");
}

/* ---- Broken ---- */

static void a_lost_main_file_is_not_overwritten(void **state) {
    fixture *made = *state;
    make_index(made, 3);
    shell(made, "rm db/iamglass");
    assert_status(made, try_reading(made, made->dir), FH_ERR_CORRUPT);
    assert_says(made->err.what, "has lost its file iamglass");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_CORRUPT);
}

static void a_cut_main_file_is_damage(void **state) {
    fixture *made = *state;
    make_index(made, 3);
    shell(made, "truncate -s 20 db/iamglass");
    assert_status(made, try_reading(made, made->dir), FH_ERR_CORRUPT);
    assert_true(made->err.hint[0] != '\0');
    shell(made, "truncate -s 0 db/iamglass");
    assert_status(made, try_reading(made, made->dir), FH_ERR_CORRUPT);
}

/* Reads all there is; the first error that it meets. */
static fh_status read_all(fixture *made) {
    const char *dir = made->dir;
    fh_store *store;
    fh_results results;
    fh_find find = plain_find(node(made, FH_OP_PHRASE, 2, word(made, "مصر"), word(made, "القاهرة"), NULL));
    fh_status status = fh_store_open(&dir, 1, ANALYSER, &store, &made->err);
    if (status != FH_OK) return status;
    status = fh_store_find(store, &find, made->arena, &results, &made->err);
    fh_store_close(store);
    return status;
}

static void a_cut_table_is_damage(void **state) {
    fixture *made = *state;
    static const char *const tables[] = {"postlist", "docdata"};
    make_index(made, 300);
    assert_int_equal(read_all(made), FH_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        shell(made,
              fh_arena_format(made->arena, "cp -r db whole && truncate -s 8000 db/%s.glass", tables[i]).ptr);
        assert_status(made, read_all(made), FH_ERR_CORRUPT);
        assert_says(made->err.where, made->dir);
        assert_says(made->err.what, "damaged");
        assert_says(made->err.hint, "build it anew");
        shell(made, "rm -r db && mv whole db");
    }
}

typedef struct flipped {
    size_t at, seen;
} flipped;

static fh_status flip_first(void *context, fh_str data, fh_buf *out, fh_error *err) {
    (void)err;
    flipped *what = context;
    fh_buf_add(out, data);
    if (what->seen++ == 0) out->ptr[what->at % data.len] ^= 0x41;
    return FH_OK;
}

/* Changes one byte of what is stored of the first article. */
static void flip(fixture *made, size_t at) {
    change_data(made, flip_first, &(flipped){.at = at});
}

/* Only of the stored text: Xapian's own tables have no sums, and it believes much of what stands in them. */
static void a_flipped_byte_of_the_text_is_damage(void **state) {
    fixture *made = *state;
    make_index(made, 3);
    for (size_t at = 2; at < 40; at += 3) { /* behind the id */
        flip(made, at);
        assert_status(made, read_all(made), FH_ERR_CORRUPT);
        assert_says(made->err.where, made->dir);
        assert_true(made->err.hint[0] != '\0');
        flip(made, at);
    }
    assert_int_equal(read_all(made), FH_OK);
}

/* ---- Compaction that was interrupted ---- */

static void an_index_left_aside_is_pointed_at(void **state) {
    fixture *made = *state;
    make_index(made, 1);
    shell(made, "mv db db.aside");
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
    assert_says(made->err.hint, "mv ");
    assert_says(made->err.hint, "db.aside");
    assert_status(made, try_writing(made, made->dir, &IDENTITY), FH_ERR_NOT_FOUND); /* nor is another made */
    assert_says(made->err.hint, "mv ");
    shell(made, "mv db.aside db");
    assert_int_equal(try_writing(made, made->dir, &IDENTITY), FH_OK);
}

static void half_a_commit_does_not_keep_an_index_from_being_removed(void **state) {
    fixture *made = *state;
    make_index(made, 1);
    shell(made, "touch db/v.tmp");
    assert_ok(made, fh_place_remove(made->dir, &made->err));
    assert_status(made, try_reading(made, made->dir), FH_ERR_NOT_FOUND);
}

static void exchanging_what_is_not_there_changes_nothing(void **state) {
    fixture *made = *state;
    make_index(made, 1);
    const char *nowhere = fh_arena_format(made->arena, "%s/nowhere", made->home).ptr;
    assert_status(made, fh_place_exchange(nowhere, made->dir, &made->err), FH_ERR_IO);
    assert_int_equal(try_reading(made, made->dir), FH_OK);
}

/* ---- Tables out of order ---- */

/* Swaps two of the items of a block, if it is a leaf that has them.  False: there is no such block. */
static bool swap_items(fixture *made, long number, unsigned one, unsigned other) {
    unsigned char block[FH_GLASS_BLOCK], item[FH_BLOCK_ENTRY];
    FILE *file = fopen(fh_arena_format(made->arena, "%s/postlist.glass", made->dir).ptr, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, number * FH_GLASS_BLOCK, SEEK_SET), 0);
    bool there = fread(block, 1, sizeof block, file) == sizeof block;
    unsigned end =
        there ? (unsigned)block[FH_BLOCK_DIRECTORY_END] << 8 | block[FH_BLOCK_DIRECTORY_END + 1] : 0;
    unsigned left = FH_BLOCK_DIRECTORY + one * FH_BLOCK_ENTRY,
             right = FH_BLOCK_DIRECTORY + other * FH_BLOCK_ENTRY;
    if (there && block[FH_BLOCK_LEVEL] == 0 && left < end && right < end) {
        memcpy(item, block + left, sizeof item);
        memcpy(block + left, block + right, sizeof item);
        memcpy(block + right, item, sizeof item);
        assert_int_equal(fseek(file, number * FH_GLASS_BLOCK, SEEK_SET), 0);
        assert_int_equal(fwrite(block, 1, sizeof block, file), sizeof block);
    }
    assert_int_equal(fclose(file), 0);
    return there;
}

static bool count_visit(void *context, fh_str word, uint32_t articles) {
    (void)word;
    (void)articles;
    return ++*(unsigned *)context < ENDLESS;
}

static void walk_all(fixture *made, fh_field field) {
    unsigned visits = 0;
    open_readable(made);
    alarm(PATIENCE);
    fh_status status =
        fh_store_words(made->store, field, FH_STR(""), FH_STR(""), count_visit, &visits, &made->err);
    alarm(0);
    assert_true(status == FH_OK || status == FH_ERR_CORRUPT);
    assert_true(visits < ENDLESS);
    close_store(made);
}

/* Where a word stands behind what is no word, it is skipped to again and again. */
static void a_walk_through_words_out_of_order_ends(void **state) {
    fixture *made = *state;
    enum { MOST = 20 };
    make_index(made, 30);
    shell(made, "rm db/fihris.sums");
    for (unsigned left = 1; left < MOST; left++) {
        for (unsigned right = left + 1; right < MOST * 4; right++) {
            for (long block = 0; swap_items(made, block, left, right); block++) {
            }
            if (try_reading(made, made->dir) == FH_OK) walk_all(made, FH_FIELD_WORD);
            for (long block = 0; swap_items(made, block, left, right); block++) {
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_walk_through_words_out_of_order_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_is_one_is_told_to_make_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_makes_an_index_is_alone_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_directory_of_other_files_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_is_no_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_parent_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_index_at_all_is_a_mistake_of_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_database_that_fihris_did_not_make_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_cut_short_while_it_was_made_is_made_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_index_that_is_gone_is_not_opened_as_a_new_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_schema_asks_for_the_newer_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_analyser_asks_for_a_new_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_stemmer_is_told_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_writer_is_told_to_wait, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_committed_survives_a_kill, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_without_room_loses_nothing_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_main_file_is_not_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cut_main_file_is_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cut_table_is_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_flipped_byte_of_the_text_is_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_left_aside_is_pointed_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(half_a_commit_does_not_keep_an_index_from_being_removed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(exchanging_what_is_not_there_changes_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
