/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles that come a few at a time: which runs their terms are in, and when these are taken in. */
#include "tests/unit/chance.h"
#include "tests/unit/test_store.h"

#include "store/few.h"
#include "store/glass/pack.h"

enum { FIRST = 300, MUCH_LONGER = 2 };

/* ---- The fact ---- */

static fh_fresh runs_of(const uint32_t *lasts, size_t count, uint32_t before) {
    fh_fresh fresh = {.count = count};
    for (size_t i = 0; i < count; i++)
        fresh.runs[i] = (struct fh_fresh_run){(i ? lasts[i - 1] : before) + 1, lasts[i]};
    return fresh;
}

static void runs_are_told_as_they_were_kept(void **state) {
    (void)state;
    static const uint32_t lasts[] = {1000, 1001, 70000, UINT32_MAX - 1};
    for (size_t count = 0; count <= 4; count++) {
        fh_buf fact = {0};
        fh_fresh kept = runs_of(lasts, count, 7), told;
        fh_fresh_put(&kept, &fact);
        assert_true(fh_fresh_take(fh_buf_str(&fact), &told));
        assert_int_equal(told.count, count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(told.runs[i].first, kept.runs[i].first);
            assert_int_equal(told.runs[i].last, kept.runs[i].last);
        }
        assert_int_equal(fh_fresh_documents(&told), count ? lasts[count - 1] - 7 : 0);
        fh_buf_free(&fact);
    }
}

static void what_cannot_tell_of_runs_is_damaged(void **state) {
    (void)state;
    static const fh_str damaged[] = {
        {"\x80", 1},                                  /* a number without an end */
        {"\x07\x00", 2},                              /* a run of nothing */
        {"\x07\x01\x80", 3},                          /* the same behind a whole one */
        {"\xff\xff\xff\xff\x1f\x01", 6},              /* one before it */
        {"\xfe\xff\xff\xff\x0f\x01", 6},              /* a document too high */
        {"\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1", 18}, /* too many runs */
    };
    fh_fresh told;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++)
        assert_false(fh_fresh_take(damaged[i], &told));
}

/* ---- Runs ---- */

static void put_some(fixture *made, fh_writing_by by, uint32_t from, uint32_t to) {
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = by});
    begin(made);
    for (uint32_t i = from; i < to; i++)
        put_text(made, fh_arena_format(made->arena, "%u", i).ptr, "عنوان",
                 fh_arena_format(made->arena, "نص %u كل%u", i, i % 10).ptr);
    commit(made);
    close_store(made);
}

static fh_fresh runs_in(fixture *made) {
    fh_xapian *db;
    fh_fresh fresh;
    assert_ok(made, fh_xapian_open(made->dir, &db, &made->err));
    assert_ok(made, fh_fresh_read(db, made->dir, &fresh, &made->err));
    fh_xapian_close(db);
    return fresh;
}

static uint32_t count_of(fixture *made, const char *text) {
    open_readable(made);
    fh_find find = plain_find(word(made, text));
    fh_results found = run(made, &find);
    close_store(made);
    return (uint32_t)found.total;
}

static void small_runs_are_put_together(void **state) {
    fixture *made = *state;
    uint64_t seed = 3;
    uint32_t end = FIRST;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    for (int turn = 0; turn < 30; turn++) {
        uint32_t some = 1 + (turn % 10 == 9 ? 60 : below(&seed, 4));
        put_some(made, FH_WRITE_A_FEW, end, end + some);
        end += some;
        fh_fresh fresh = runs_in(made);
        assert_in_range(fresh.count, 1, 8);
        assert_int_equal(fresh.runs[0].first, FIRST + 1);
        assert_int_equal(fresh.runs[fresh.count - 1].last, end);
        for (size_t i = 1; i < fresh.count; i++) {
            const struct fh_fresh_run *before = &fresh.runs[i - 1], *run = before + 1;
            assert_int_equal(run->first, before->last + 1);
            assert_true(before->last - before->first + 1 > MUCH_LONGER * (run->last - run->first + 1));
        }
        assert_int_equal(count_of(made, "نص"), end);
        assert_int_equal(count_of(made, "كل3"), (end + 6) / 10);
        assert_int_equal(count_of(made, fh_arena_format(made->arena, "%u", end - 1).ptr), 1);
    }
}

static void xapians_writer_goes_on_with_runs(void **state) {
    fixture *made = *state;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    put_some(made, FH_WRITE_BY_LIBRARY, FIRST, FIRST + 5);
    assert_int_equal(runs_in(made).count, 0);
    put_some(made, FH_WRITE_A_FEW, FIRST + 5, FIRST + 6);
    put_some(made, FH_WRITE_BY_LIBRARY, FIRST + 6, FIRST + 9);
    fh_fresh fresh = runs_in(made);
    assert_int_equal(fh_fresh_documents(&fresh), 4);
    assert_int_equal(count_of(made, "نص"), FIRST + 9);
}

static void what_was_cancelled_leaves_nothing(void **state) {
    fixture *made = *state;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_A_FEW});
    begin(made);
    put_text(made, "cancelled", "عنوان", "ملغى");
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    begin(made);
    put_text(made, "kept", "عنوان", "باق");
    commit(made);
    close_store(made);
    fh_fresh fresh = runs_in(made);
    assert_int_equal(fh_fresh_documents(&fresh), 1);
    assert_int_equal(count_of(made, "ملغى"), 0);
    assert_int_equal(count_of(made, "باق"), 1);
}

static void overwrite_fact(fixture *made, size_t number, fh_str value) {
    fh_xapian *db;
    fh_facts facts;
    assert_ok(made, fh_xapian_open_writable(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_facts_of(db, FH_STR(FH_META_FRESH), made->arena, &facts, &made->err));
    assert_true(number < facts.count);
    assert_ok(made, fh_xapian_begin(db, &made->err));
    assert_ok(made, fh_xapian_set_meta(db, facts.items[number].key, value, &made->err));
    assert_ok(made, fh_xapian_commit(db, &made->err));
    fh_xapian_close(db);
    shell(made, "rm -f db/fihris.sums"); /* they would tell */
}

/* ---- Taking in ---- */

static void what_is_fresh_counts_among_those_that_are_worth_a_merge(void **state) {
    fixture *made = *state;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    put_some(made, FH_WRITE_BY_SIZE, FIRST, FIRST + 150);
    assert_int_equal(runs_in(made).count, 1);
    put_some(made, FH_WRITE_BY_SIZE, FIRST + 150, FIRST + 300);
    assert_int_equal(runs_in(made).count, 0);
    assert_int_equal(count_of(made, "نص"), FIRST + 300);
    put_some(made, FH_WRITE_BY_SIZE, FIRST + 300, FIRST + 301);
    assert_int_equal(runs_in(made).count, 1);
}

static uint64_t pages_in(fixture *made) {
    fh_xapian *db;
    fh_facts facts;
    assert_ok(made, fh_xapian_open(made->dir, &db, &made->err));
    assert_ok(made, fh_xapian_facts_of(db, FH_STR(FH_META_FRESH), made->arena, &facts, &made->err));
    fh_xapian_close(db);
    return facts.count;
}

static void compaction_takes_in_what_is_fresh(void **state) {
    fixture *made = *state;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    put_some(made, FH_WRITE_A_FEW, FIRST - 20, FIRST + 100); /* some are dead then */
    assert_true(pages_in(made) > 1);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_int_equal(pages_in(made), 0);
    assert_int_equal(count_of(made, "نص"), FIRST + 100);
    assert_int_equal(count_of(made, "كل9"), (FIRST + 100) / 10);
}

static void a_page_that_is_cut_off_is_not_taken_in(void **state) {
    fixture *made = *state;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    put_some(made, FH_WRITE_A_FEW, FIRST, FIRST + 40);
    overwrite_fact(made, 1, FH_STR("\0\x01z"));
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_CORRUPT);
    assert_says(made->err.where, made->dir);
}

/* ---- Damage ---- */

static void damaged_runs_are_named(void **state) {
    fixture *made = *state;
    const char *dir = made->dir;
    put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
    put_some(made, FH_WRITE_A_FEW, FIRST, FIRST + 40);
    overwrite_fact(made, 0, FH_STR("\x07\x80"));
    assert_status(made, fh_store_open_writable(made->dir, &IDENTITY, &made->store, &made->err),
                  FH_ERR_CORRUPT);
    assert_says(made->err.where, made->dir);
    assert_says(made->err.what, "newest words");
    assert_status(made, fh_store_open(&dir, 1, ANALYSER, &made->store, &made->err), FH_ERR_CORRUPT);
}

static void a_damaged_page_is_not_put_together_with_others(void **state) {
    static const fh_str damaged[] = {
        {"\0\x01z", 3},                     /* cut off */
        {"\0\x01z\x01\x00\x01", 6},         /* told, as nothing fresh is */
        {"\0\x01z\x01\x07\x80", 6},         /* a number without an end */
        {"\0\x01z\x02\x07\x03\x01\x00", 8}, /* fewer bytes than are told */
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        fixture *made = *state;
        shell(made, "rm -rf db");
        put_some(made, FH_WRITE_IN_BULK, 0, FIRST);
        put_some(made, FH_WRITE_A_FEW, FIRST, FIRST + 40);
        overwrite_fact(made, 1, damaged[i]);
        open_writable(made);
        fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_A_FEW});
        begin(made);
        for (uint32_t more = 0; more < 30; more++)
            put_text(made, fh_arena_format(made->arena, "more%u", more).ptr, "عنوان", "نص");
        assert_status(made, fh_store_commit(made->store, &made->err), FH_ERR_CORRUPT);
        assert_says(made->err.where, made->dir);
        close_store(made);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_told_as_they_were_kept),
        cmocka_unit_test(what_cannot_tell_of_runs_is_damaged),
        cmocka_unit_test_setup_teardown(small_runs_are_put_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(xapians_writer_goes_on_with_runs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_cancelled_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_fresh_counts_among_those_that_are_worth_a_merge, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(compaction_takes_in_what_is_fresh, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_that_is_cut_off_is_not_taken_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_runs_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_page_is_not_put_together_with_others, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
