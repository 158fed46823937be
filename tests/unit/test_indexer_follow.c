/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a follower tells of, and when: the test does something in each batch, and looks at the next one. */
#include "tests/unit/test_indexer.h"

#include "indexer/follow.h"

#include <fcntl.h>

enum { MOST_STEPS = 8, WAIT_SECONDS = 20 };

typedef struct script script;
typedef void step(script *s, const fh_changes *changes);

struct script {
    reading *r;
    const char *folder;
    step *steps[MOST_STEPS]; /* of each batch; the last one is followed by NULL */
    size_t at;
    int open; /* a file that somebody goes on writing */
    bool locked;
    volatile bool stop;
};

static const char *in_folder(const script *s, const char *name) {
    return fh_arena_format(s->r->arena, "%s/./%s", s->folder, name).ptr;
}

static void write_in(const script *s, const char *name) {
    FILE *file = fopen(in_folder(s, name), "w");
    assert_non_null(file);
    fputs("text", file);
    fclose(file);
}

static void make_in(const script *s, const char *name) {
    assert_int_equal(mkdir(in_folder(s, name), 0700), 0);
}

static void assert_told(const script *s, const fh_changes *changes, const char *const *names, size_t count) {
    assert_false(changes->whole);
    assert_int_equal(changes->count, count);
    for (size_t i = 0; i < count; i++) assert_string_equal(changes->sources[i], in_folder(s, names[i]));
}

static fh_status play(void *context, const fh_changes *changes, fh_error *err) {
    script *s = context;
    (void)err;
    assert_true(s->at < MOST_STEPS && s->steps[s->at] != NULL);
    s->steps[s->at++](s, changes);
    if (s->locked) {
        s->locked = false;
        return FH_ERR_LOCKED;
    }
    if (!s->steps[s->at]) s->stop = true;
    return FH_OK;
}

static void follow(reading *r, step *const *steps) {
    script s = {.r = r, .folder = place(r, "news"), .open = -1};
    fh_error err;
    for (size_t i = 0; steps[i]; i++) s.steps[i] = steps[i];
    assert_int_equal(mkdir(s.folder, 0700), 0);
    fh_follow_options options = {&s.folder, 1, play, &s, &s.stop};
    alarm(WAIT_SECONDS); /* a batch that never comes ends the test */
    if (fh_follow(&options, &err) != FH_OK) fail_msg("%s: %s", err.where, err.what);
    alarm(0);
}

static void expect_whole(script *s, const fh_changes *changes) {
    assert_true(changes->whole);
    assert_int_equal(changes->count, 1);
    assert_string_equal(changes->sources[0], s->folder);
    write_in(s, "b");
    write_in(s, "a");
    write_in(s, "b");
    write_in(s, ".hidden");
    write_in(s, "_aside");
}

static void expect_files(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"a", "b"}, 2);
    assert_false(changes->gone);
}

static void each_file_is_told_once_and_what_is_set_aside_never(void **state) {
    follow(*state, (step *[]){expect_whole, expect_files, NULL});
}

static void make_folders(script *s, const fh_changes *changes) {
    (void)changes;
    make_in(s, "new");
    make_in(s, "new/deep");
    write_in(s, "new/deep/a");
}

static void expect_deep(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"new/deep/a"}, 1);
    write_in(s, "new/deep/b");
}

static void expect_deep_again(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"new/deep/b"}, 1);
}

static void new_folders_are_followed(void **state) {
    follow(*state, (step *[]){make_folders, expect_deep, expect_deep_again, NULL});
}

static void write_slowly(script *s, const fh_changes *changes) {
    (void)changes;
    s->open = open(in_folder(s, "slow"), O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(s->open, "half", 4), 4);
    write_in(s, "quick");
}

static void expect_quick(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"quick"}, 1);
    assert_int_equal(write(s->open, "whole", 5), 5);
    close(s->open);
}

static void expect_slow(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"slow"}, 1);
}

static void a_file_is_told_when_it_is_closed(void **state) {
    follow(*state, (step *[]){write_slowly, expect_quick, expect_slow, NULL});
}

static void move_in(script *s, const fh_changes *changes) {
    (void)changes;
    put_file(s->r, "outside", FH_STR("text"));
    assert_int_equal(rename(place(s->r, "outside"), in_folder(s, "moved")), 0);
    assert_int_equal(mkdir(place(s->r, "folder"), 0700), 0);
    put_file(s->r, "folder/a", FH_STR("text"));
    assert_int_equal(rename(place(s->r, "folder"), in_folder(s, "folder")), 0);
}

static void expect_moved(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"folder/a", "moved"}, 2);
    assert_int_equal(rename(in_folder(s, "folder"), place(s->r, "away")), 0);
}

static void expect_gone(script *s, const fh_changes *changes) {
    assert_true(changes->gone);
    assert_told(s, changes, NULL, 0);
    put_file(s->r, "away/b", FH_STR("text")); /* nobody's business any more */
    write_in(s, "last");
    unlink(in_folder(s, "moved"));
}

static void expect_last(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"last"}, 1);
    assert_true(changes->gone);
}

static void what_is_moved_in_is_told_and_what_is_moved_away_is_gone(void **state) {
    follow(*state, (step *[]){move_in, expect_moved, expect_gone, expect_last, NULL});
}

static void be_locked(script *s, const fh_changes *changes) {
    expect_files(s, changes);
    write_in(s, "c");
    s->locked = true;
}

static void expect_files_and_c(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"a", "b", "c"}, 3);
}

static void what_could_not_go_comes_again(void **state) {
    follow(*state, (step *[]){expect_whole, be_locked, expect_files_and_c, NULL});
}

static unsigned queue_length(void) {
    unsigned length = 0;
    FILE *file = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
    if (file && fscanf(file, "%u", &length) != 1) length = 0;
    if (file) fclose(file);
    return length;
}

/* More than the system keeps, and a folder among what is lost. */
static void flood(script *s, const fh_changes *changes) {
    (void)changes;
    const char *names[] = {in_folder(s, "odd"), in_folder(s, "even")};
    write_in(s, "odd");
    for (unsigned i = 0; i <= queue_length() / 2; i++) /* two events each */
        assert_int_equal(rename(names[i % 2], names[(i + 1) % 2]), 0);
    make_in(s, "lost");
}

static void expect_all_anew(script *s, const fh_changes *changes) {
    assert_true(changes->whole);
    write_in(s, "lost/found");
}

static void expect_found(script *s, const fh_changes *changes) {
    assert_told(s, changes, (const char *[]){"lost/found"}, 1);
}

static void after_a_flood_everything_is_looked_through(void **state) {
    unsigned length = queue_length();
    if (length == 0 || length > 100000) skip();
    follow(*state, (step *[]){flood, expect_all_anew, expect_found, NULL});
}

static void a_folder_that_is_not_there_cannot_be_followed(void **state) {
    reading *r = *state;
    const char *folder = place(r, "nowhere");
    fh_error err;
    volatile bool stop = false;
    fh_follow_options options = {&folder, 1, play, NULL, &stop};
    assert_int_equal(fh_follow(&options, &err), FH_ERR_IO);
    assert_non_null(strstr(err.where, "nowhere"));
    assert_true(err.hint[0] != '\0');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_file_is_told_once_and_what_is_set_aside_never, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(new_folders_are_followed, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_file_is_told_when_it_is_closed, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(what_is_moved_in_is_told_and_what_is_moved_away_is_gone, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(what_could_not_go_comes_again, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(after_a_flood_everything_is_looked_through, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_cannot_be_followed, make_reading,
                                        free_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
