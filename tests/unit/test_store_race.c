/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An index is opened and read at any moment of somebody else's commits: never is it damaged then. */
#include "tests/unit/test_query_archive.h"

#include "store/place.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

/* One in some thousand openings meets a root that was just overwritten. */
enum {
    SECONDS = 3,
    ARTICLES = 400, /* enough that tables have more than one level */
    CHANGED = 20,   /* between two commits */
};

static void put_numbered(archive *a, unsigned number, unsigned version) {
    static const char *const words[] = {"سوق", "مال", "نهر", "جسر", "قمح", "سد", "مطر", "حر"};
    fh_buf body = {0};
    for (unsigned i = 0; i < 60; i++)
        fh_buf_printf(&body, "%s%u ", words[(number + i * version) % 8], number * i % 97 + version % 31);
    put_article(a, (fh_article){.id = fh_arena_format(a->arena, "n%u", number),
                                .title = fh_arena_format(a->arena, "خبر %u", number),
                                .body = fh_arena_copy(a->arena, fh_buf_str(&body))});
    fh_buf_free(&body);
}

/* Commits one change after another until it is killed. */
static void write_on(archive *a) {
    fh_store_write_by(a->writing, &(fh_writing){.by = FH_WRITE_BY_LIBRARY});
    for (unsigned version = 1;; version++) {
        check_ok(a, fh_store_begin(a->writing, &a->err));
        for (unsigned i = 0; i < CHANGED; i++) put_numbered(a, (version * 37 + i * 11) % ARTICLES, version);
        check_ok(a, fh_store_commit(a->writing, &a->err));
        fh_arena_reset(a->arena);
    }
}

static void an_index_opens_at_any_moment_of_a_commit(void **state) {
    (void)state;
    archive a;
    start_archive(&a);
    for (unsigned i = 0; i < ARTICLES; i++) put_numbered(&a, i, 0);
    check_ok(&a, fh_store_commit(a.writing, &a.err));
    pid_t writer = fork();
    if (writer == 0) write_on(&a);
    fh_arena *arena = fh_arena_new();
    const char *dirs[] = {a.dir};
    time_t end = time(NULL) + SECONDS;
    unsigned opened = 0, failed = 0;
    for (; time(NULL) < end; opened++) {
        fh_store *store = NULL;
        fh_article article;
        fh_str id = fh_arena_format(arena, "n%u", opened % ARTICLES);
        fh_status status = fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &a.err);
        if (status == FH_OK) status = fh_store_article(store, id, arena, &article, &a.err);
        if (status != FH_OK && failed++ < 5) print_error("%u: %s: %s\n", opened, a.err.where, a.err.what);
        fh_store_close(store);
        fh_arena_reset(arena);
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    assert_int_equal(failed, 0);
    assert_true(opened > 10);
    fh_arena_free(arena);
    fh_store_close(a.writing);
    fh_analyser_free(a.analyser);
    a.writing = NULL;
    fh_arena_free(a.arena);
    nftw(a.dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- One index after another ---- */

static void make_files(const char *dir) {
    static const char *const names[] = {"flintlock", "iamglass", "postlist.glass"};
    char path[96];
    if (mkdir(dir, 0777) != 0) _exit(1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        FILE *file = fopen(path, "w");
        if (!file || fputs(names[i], file) < 0 || fclose(file) != 0) _exit(1);
    }
}

/* As a merge does: the index that comes is whole, and the one that goes loses its files. */
static void replace_on(const char *dir) {
    char next[64];
    fh_error err;
    snprintf(next, sizeof next, "%s.next", dir);
    for (;;) {
        make_files(next);
        if (fh_place_exchange(next, dir, &err) != FH_OK || fh_place_remove(next, &err) != FH_OK) _exit(1);
    }
}

static void an_index_that_takes_the_place_of_another_is_whole(void **state) {
    (void)state;
    char home[] = "/tmp/fihris-test-XXXXXX", dir[48];
    fh_error err;
    fh_place place = FH_PLACE_INDEX;
    fh_status status = FH_OK;
    assert_non_null(mkdtemp(home));
    snprintf(dir, sizeof dir, "%s/db", home);
    make_files(dir);
    pid_t writer = fork();
    if (writer == 0) replace_on(dir);
    for (time_t end = time(NULL) + SECONDS; status == FH_OK && place == FH_PLACE_INDEX && time(NULL) < end;)
        status = fh_place_look(dir, &place, &err);
    assert_int_equal(waitpid(writer, NULL, WNOHANG), 0);
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    nftw(home, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    if (status != FH_OK) fail_msg("%s", err.what);
    assert_int_equal(place, FH_PLACE_INDEX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_opens_at_any_moment_of_a_commit),
        cmocka_unit_test(an_index_that_takes_the_place_of_another_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
