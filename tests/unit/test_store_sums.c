/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of blocks: what they cover, and that damage never gets a good one. */
#include "tests/unit/test_store.h"

#include "store/glass/block.h"
#include "store/glass/sums.h"
#include "store/glass/version.h"
#include "store/xapian.h"
#include <time.h>

enum {
    PAST_HEAD = 300, /* a byte of a block */
    REVISION = 32,   /* where the main file says which commit it is of */
};

static void write_some(fixture *made, unsigned from, unsigned to) {
    open_writable(made);
    begin(made);
    for (unsigned i = from; i < to; i++) {
        char id[16], body[128];
        snprintf(id, sizeof id, "%u", i);
        snprintf(body, sizeof body, "مصر القاهرة اقتصاد%u سوق%u", i, i % 17);
        put_text(made, id, "عنوان", body);
    }
    commit(made);
    close_store(made);
}

/* In a block that the newest commit needs. */
static long in_root(fixture *made, fh_glass_table table) {
    fh_glass_version version;
    assert_ok(made, fh_glass_version_read(made->dir, &version, &made->err));
    return (long)version.tables[table].root * FH_GLASS_BLOCK + PAST_HEAD;
}

static fh_status demand(fixture *made) {
    return fh_sums_demand(made->dir, &made->err);
}

static void every_table_is_covered_when_a_run_has_ended(void **state) {
    fixture *made = *state;
    static const fh_glass_table tables[] = {FH_GLASS_POSTLIST, FH_GLASS_DOCDATA};
    write_some(made, 0, 300);
    assert_ok(made, demand(made));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        long at = in_root(made, tables[i]);
        flip_in_file(made, fh_glass_file(tables[i]), at);
        assert_status(made, demand(made), FH_ERR_CORRUPT);
        assert_says(made->err.where, fh_glass_file(tables[i]));
        assert_says(made->err.what,
                    fh_arena_format(made->arena, "the first at byte %ld", at - PAST_HEAD).ptr);
        assert_says(made->err.hint, "build it anew");
        flip_in_file(made, fh_glass_file(tables[i]), at);
    }
    assert_ok(made, demand(made));
}

static void damage_never_gets_a_good_sum(void **state) {
    fixture *made = *state;
    write_some(made, 0, 300);
    flip_in_file(made, "docdata.glass", PAST_HEAD);
    assert_ok(made, fh_sums_renew(made->dir, &made->err));
    assert_status(made, demand(made), FH_ERR_CORRUPT);
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_CORRUPT);
    flip_in_file(made, "docdata.glass", PAST_HEAD);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_ok(made, demand(made));
}

static void neither_writer_changes_a_damaged_index(void **state) {
    fixture *made = *state;
    static const fh_writing_by writers[] = {FH_WRITE_BY_LIBRARY, FH_WRITE_IN_BULK};
    paper page;
    bool found;
    write_some(made, 0, 300);
    flip_in_file(made, "postlist.glass", in_root(made, FH_GLASS_POSTLIST));
    shell(made, "cp -r db before");
    write_paper(&page, "new", "عنوان", "مصر");
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        open_writable(made);
        fh_store_write_by(made->store, &(fh_writing){.by = writers[i]});
        begin(made);
        assert_status(made, fh_store_put(made->store, &page.document, &made->err), FH_ERR_CORRUPT);
        assert_says(made->err.where, "postlist.glass");
        assert_says(made->err.hint, "build it anew");
        assert_status(made, fh_store_delete(made->store, FH_STR("7"), &found, &made->err), FH_ERR_CORRUPT);
        assert_status(made, fh_store_set_meta(made->store, "key", FH_STR("value"), &made->err),
                      FH_ERR_CORRUPT);
        close_store(made);
        shell(made, "cmp db/postlist.glass before/postlist.glass && cmp db/iamglass before/iamglass");
    }
}

static void what_is_foreseen_is_waited_for_before_a_change(void **state) {
    fixture *made = *state;
    paper page;
    write_some(made, 0, 300);
    write_paper(&page, "new", "عنوان", "مصر");
    for (unsigned turn = 0; turn < 2; turn++) {
        bool damaged = turn > 0;
        if (damaged) flip_in_file(made, "postlist.glass", in_root(made, FH_GLASS_POSTLIST));
        open_writable(made);
        begin(made);
        fh_store_foresee(made->store);
        fh_store_foresee(made->store);
        fh_status status = fh_store_put(made->store, &page.document, &made->err);
        assert_int_equal(status, damaged ? FH_ERR_CORRUPT : FH_OK);
        if (!damaged) commit(made);
        close_store(made);
    }
    assert_says(made->err.where, "postlist.glass");
}

static void what_is_foreseen_need_not_come(void **state) {
    fixture *made = *state;
    write_some(made, 0, 300);
    shell(made, "cp -r db before");
    open_writable(made);
    begin(made);
    fh_store_foresee(made->store);
    commit(made);
    fh_store_foresee(made->store);
    close_store(made);
    shell(made, "cmp db/postlist.glass before/postlist.glass && cmp db/docdata.glass before/docdata.glass");
    assert_ok(made, demand(made));
}

static void many_damaged_blocks_take_no_longer_than_few(void **state) {
    fixture *made = *state;
    struct stat facts;
    write_some(made, 0, 6000);
    assert_int_equal(stat(fh_arena_format(made->arena, "%s/postlist.glass", made->dir).ptr, &facts), 0);
    const long block = 8192, count = facts.st_size / block;
    assert_true(count > 100);
    for (long i = 0; i < count; i++) flip_in_file(made, "postlist.glass", i * block + PAST_HEAD);
    time_t before = time(NULL);
    assert_status(made, demand(made), FH_ERR_CORRUPT);
    assert_true(time(NULL) - before < 3);
    assert_says(made->err.what, fh_arena_format(made->arena, "%ld of %ld blocks", count, count).ptr);
}

static void count_damage(void *context, const fh_error *damage) {
    assert_int_equal(damage->status, FH_ERR_CORRUPT);
    ++*(unsigned *)context;
}

/* As a power cut leaves what had not been committed. */
static void blocks_that_no_commit_uses_may_be_half_written(void **state) {
    fixture *made = *state;
    fh_glass_version version;
    unsigned unused = 0, used = 0;
    for (unsigned turn = 0; turn < 4; turn++) write_some(made, turn * 20, turn * 20 + 300);
    assert_ok(made, fh_glass_version_read(made->dir, &version, &made->err));
    const struct fh_table_version *table = &version.tables[FH_GLASS_POSTLIST];
    assert_true(table->free.there);
    for (uint32_t block = 0; block < table->blocks; block++) {
        unsigned told = 0;
        flip_in_file(made, "postlist.glass", (long)block * FH_GLASS_BLOCK + PAST_HEAD);
        fh_status status = demand(made);
        assert_true(status == FH_ERR_CORRUPT || (block != table->root && block != table->free.first));
        *(status == FH_OK ? &unused : &used) += 1;
        assert_ok(made, fh_sums_verify(made->dir, count_damage, &told, &made->err));
        assert_int_equal(told, 1);
        if (status == FH_ERR_CORRUPT)
            flip_in_file(made, "postlist.glass", (long)block * FH_GLASS_BLOCK + PAST_HEAD);
    }
    assert_true(unused > 0 && used > 2);
    shell(made, "xapian-check db >log 2>&1"); /* with all of the unused ones as they are now */
    write_some(made, 500, 600);
    assert_ok(made, demand(made));
    shell(made, "xapian-check db >log 2>&1");
}

static void sums_that_are_behind_hold_for_what_is_older(void **state) {
    fixture *made = *state;
    write_some(made, 0, 300);
    shell(made, "cp db/fihris.sums old");
    write_some(made, 300, 320);
    shell(made, "cp old db/fihris.sums"); /* as a kill before they were renewed leaves them */
    assert_ok(made, demand(made));
    assert_ok(made, fh_sums_glance(made->dir, &made->err));
    write_some(made, 320, 330);
    assert_ok(made, demand(made));
    flip_in_file(made, "docdata.glass", PAST_HEAD);
    assert_status(made, demand(made), FH_ERR_CORRUPT);
}

static void many_small_commits_leave_no_false_alarm(void **state) {
    fixture *made = *state;
    for (unsigned turn = 0; turn < 12; turn++) {
        bool found;
        write_some(made, turn * 20, turn * 20 + 30);
        open_writable(made);
        begin(made);
        assert_ok(made, fh_store_delete(made->store, fh_arena_format(made->arena, "%u", turn * 20 + 3),
                                        &found, &made->err));
        commit(made);
        close_store(made);
        assert_ok(made, demand(made));
    }
}

static void a_glance_knows_the_main_file_and_the_sizes(void **state) {
    fixture *made = *state;
    write_some(made, 0, 300);
    shell(made, "cp -r db whole && truncate -s -8192 db/docdata.glass");
    assert_status(made, fh_sums_glance(made->dir, &made->err), FH_ERR_CORRUPT);
    assert_says(made->err.what, "cut off");
    shell(made, "rm -r db && cp -r whole db");
    flip_in_file(made, "iamglass", 40);
    assert_status(made, fh_sums_glance(made->dir, &made->err), FH_ERR_CORRUPT);
    assert_says(made->err.what, "main file");
    shell(made, "rm -r db && cp -r whole db && rm db/fihris.sums"); /* made before there were any */
    assert_ok(made, fh_sums_glance(made->dir, &made->err));
    assert_ok(made, demand(made));
}

static void a_main_file_that_names_a_later_commit_is_told(void **state) {
    fixture *made = *state;
    fh_glass_version version;
    write_some(made, 0, 300);
    assert_ok(made, fh_glass_version_read(made->dir, &version, &made->err));
    assert_int_equal(version.revision & 4, 0);
    flip_in_file(made, "iamglass", REVISION); /* as if it were newer than the sums */
    assert_status(made, fh_sums_glance(made->dir, &made->err), FH_ERR_CORRUPT);
    assert_says(made->err.what, "main file");
    assert_says(made->err.hint, "build it anew");
    assert_status(made, demand(made), FH_ERR_CORRUPT);
    shell(made, "rm db/fihris.sums");
    assert_status(made, fh_glass_version_read(made->dir, &version, &made->err), FH_ERR_CORRUPT);
}

static void damaged_sums_are_told_from_a_damaged_index(void **state) {
    fixture *made = *state;
    write_some(made, 0, 30);
    flip_in_file(made, "fihris.sums", 90);
    assert_status(made, demand(made), FH_ERR_CORRUPT);
    assert_says(made->err.where, "fihris.sums");
    assert_says(made->err.hint, "remove this file");
    shell(made, "rm db/fihris.sums");
    write_some(made, 30, 40);
    shell(made, "test -s db/fihris.sums");
    assert_ok(made, demand(made));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_table_is_covered_when_a_run_has_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_never_gets_a_good_sum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(neither_writer_changes_a_damaged_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_foreseen_is_waited_for_before_a_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_foreseen_need_not_come, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_damaged_blocks_take_no_longer_than_few, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocks_that_no_commit_uses_may_be_half_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sums_that_are_behind_hold_for_what_is_older, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_small_commits_leave_no_false_alarm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_glance_knows_the_main_file_and_the_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_main_file_that_names_a_later_commit_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_sums_are_told_from_a_damaged_index, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
