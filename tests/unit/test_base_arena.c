/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arena, and the growing array of base/memory.h. */
#include "tests/unit/test.h"

#include "base/arena.h"
#include "base/memory.h"

#include <stdalign.h>
#include <stdlib.h>

static int make_arena(void **state) {
    *state = fh_arena_new();
    return 0;
}

static int free_arena(void **state) {
    fh_arena_free(*state);
    return 0;
}

static void what_is_taken_is_aligned_for_any_type(void **state) {
    for (size_t bytes = 0; bytes < 100; bytes++)
        assert_int_equal((uintptr_t)fh_arena_take(*state, bytes) % alignof(max_align_t), 0);
}

static void pieces_do_not_overlap(void **state) {
    enum { PIECES = 2000 };
    char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++) {
        pieces[i] = fh_arena_take(*state, (size_t)i);
        memset(pieces[i], i % 251, (size_t)i);
    }
    for (int i = 1; i < PIECES; i++) {
        assert_int_equal((unsigned char)pieces[i][0], i % 251);
        assert_int_equal((unsigned char)pieces[i][i - 1], i % 251);
    }
}

static void a_piece_may_be_larger_than_a_block(void **state) {
    size_t bytes = 5u << 20;
    char *big = fh_arena_take(*state, bytes);
    big[0] = big[bytes - 1] = 'x';
    char *zeroed = fh_arena_take_zeroed(*state, bytes);
    assert_int_equal(zeroed[0] | zeroed[bytes / 2] | zeroed[bytes - 1], 0);
}

static void reset_keeps_the_arena_usable(void **state) {
    for (int round = 0; round < 3; round++) {
        fh_arena_take(*state, 3u << 20);
        fh_str text = fh_arena_copy(*state, FH_STR("خبر"));
        assert_str_equal(text, FH_STR("خبر"));
        fh_arena_reset(*state);
    }
}

static void copies_end_in_a_zero_byte(void **state) {
    fh_str text = fh_arena_copy(*state, fh_str_slice(FH_STR("abcdef"), 1, 3));
    assert_string_equal(text.ptr, "bc");
    assert_string_equal(fh_arena_copy(*state, (fh_str){NULL, 0}).ptr, "");
}

static void format_is_printf(void **state) {
    fh_str text = fh_arena_format(*state, "%s-%d", "خبر", 7);
    assert_str_equal(text, FH_STR("خبر-7"));
    assert_int_equal(text.ptr[text.len], 0);
}

static void free_takes_null(void **state) {
    (void)state;
    fh_arena_free(NULL);
}

static void a_growing_array_doubles(void **state) {
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (size_t count = 0; count < 1000; count++) {
        items = fh_grow(items, count, &capacity, sizeof *items);
        assert_true(capacity > count);
        items[count] = (int)count;
    }
    assert_int_equal(capacity, 1024);
    assert_int_equal(items[999], 999);
    free(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_taken_is_aligned_for_any_type, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(pieces_do_not_overlap, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_piece_may_be_larger_than_a_block, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(reset_keeps_the_arena_usable, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(copies_end_in_a_zero_byte, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(format_is_printf, make_arena, free_arena),
        cmocka_unit_test(free_takes_null),
        cmocka_unit_test(a_growing_array_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
