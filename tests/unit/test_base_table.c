/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of items by their hash. */
#include "tests/unit/test.h"

#include "base/table.h"

typedef struct item {
    uint64_t hash;
    uint32_t value;
} item;

enum { FIRST = 4, MANY = 1000 };

/* Hashes that all look for their place at the same end of the table. */
static uint64_t nth(uint32_t i) {
    return (uint64_t)(i + 1) << 32;
}

static void what_is_not_there_is_not_found(void **state) {
    (void)state;
    fh_table table = fh_table_new(sizeof(item), FIRST);
    assert_null(fh_table_find(&table, nth(0)));
    fh_table_put(&table, nth(0));
    assert_non_null(fh_table_find(&table, nth(0)));
    assert_null(fh_table_find(&table, nth(1)));
    fh_table_free(&table);
}

static void what_is_added_is_zeroed_once(void **state) {
    (void)state;
    fh_table table = fh_table_new(sizeof(item), FIRST);
    item *added = fh_table_put(&table, nth(7));
    assert_int_equal(added->hash, nth(7));
    assert_int_equal(added->value, 0);
    added->value = 5;
    assert_ptr_equal(fh_table_put(&table, nth(7)), added);
    assert_int_equal(added->value, 5);
    assert_int_equal(table.count, 1);
    fh_table_free(&table);
}

static void a_table_grows_and_keeps_what_it_has(void **state) {
    (void)state;
    fh_table table = fh_table_new(sizeof(item), FIRST);
    for (uint32_t i = 0; i < MANY; i++) {
        item *added = fh_table_put(&table, nth(i));
        added->value = i;
    }
    assert_int_equal(table.count, MANY);
    assert_true(table.places >= 2 * MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        const item *found = fh_table_find(&table, nth(i));
        assert_non_null(found);
        assert_int_equal(found->value, i);
    }
    assert_null(fh_table_find(&table, nth(MANY)));
    fh_table_free(&table);
}

static void a_table_says_when_one_more_makes_it_larger(void **state) {
    (void)state;
    fh_table table = fh_table_new(sizeof(item), FIRST);
    fh_table_put(&table, nth(0));
    assert_false(fh_table_is_full(&table));
    fh_table_put(&table, nth(1));
    assert_true(fh_table_is_full(&table));
    assert_int_equal(table.places, FIRST);
    fh_table_put(&table, nth(2));
    assert_int_equal(table.places, 2 * FIRST);
    fh_table_free(&table);
}

static void a_table_that_may_not_grow_takes_more_all_the_same(void **state) {
    (void)state;
    fh_table table = fh_table_new(sizeof(item), FIRST);
    table.most = 2 * FIRST;
    for (uint32_t i = 0; i < 2 * FIRST - 1; i++) fh_table_put(&table, nth(i));
    assert_int_equal(table.places, 2 * FIRST);
    for (uint32_t i = 0; i < 2 * FIRST - 1; i++) assert_non_null(fh_table_find(&table, nth(i)));
    assert_null(fh_table_find(&table, nth(2 * FIRST)));
    fh_table_free(&table);
}

static void a_hash_is_never_nobodys(void **state) {
    (void)state;
    assert_int_equal(fh_table_key(0), 1);
    assert_int_equal(fh_table_key(9), 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(what_is_added_is_zeroed_once),
        cmocka_unit_test(a_table_grows_and_keeps_what_it_has),
        cmocka_unit_test(a_table_says_when_one_more_makes_it_larger),
        cmocka_unit_test(a_table_that_may_not_grow_takes_more_all_the_same),
        cmocka_unit_test(a_hash_is_never_nobodys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
