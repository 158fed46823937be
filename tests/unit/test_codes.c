/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes come back from half bytes, the low ones from few, and what is cut off is told and never read. */
#include "tests/unit/chance.h"
#include "tests/unit/test.h"

#include "store/text/codes.h"
#include <stdlib.h>

/* Reads of memory of its own, so that a byte too many is seen. */
static fh_str exactly(const fh_buf *bytes, size_t len) {
    char *own = malloc(len ? len : 1);
    assert_non_null(own);
    memcpy(own, fh_buf_str(bytes).ptr, len);
    return (fh_str){own, len};
}

static size_t halves(const fh_code_writer *to) {
    return 2 * to->out->len - to->half;
}

/* ---- Codes ---- */

static void tiers_follow_each_other(void **state) {
    (void)state;
    uint32_t next = 0;
    for (unsigned i = 0; i < FH_CODE_TIERS; i++) {
        assert_int_equal(fh_code_tiers[i].first, next);
        next += fh_code_tiers[i].count;
    }
    assert_int_equal(next, FH_CODES);
}

static void assert_comes_back(uint32_t code, unsigned tier, bool shifted) {
    fh_buf bytes = {0};
    fh_code_writer to = {.out = &bytes};
    assert_int_equal(fh_code_tier_of(code), tier);
    if (shifted) fh_codes_put_number(&to, 0);
    fh_codes_put(&to, code);
    assert_int_equal(halves(&to), fh_code_tiers[tier].halves + shifted);
    fh_str own = exactly(&bytes, bytes.len);
    fh_code_reader from = fh_codes_over(own);
    if (shifted) assert_int_equal(fh_codes_take_number(&from), 0);
    assert_int_equal(fh_codes_take(&from), code);
    assert_true(fh_codes_at_end(&from));
    free((char *)own.ptr);
    fh_buf_free(&bytes);
}

static void the_first_and_the_last_code_of_each_tier_come_back(void **state) {
    (void)state;
    for (unsigned tier = 0; tier < FH_CODE_TIERS; tier++) {
        const fh_code_tier *of = &fh_code_tiers[tier];
        uint32_t codes[] = {of->first, of->first + 1, of->first + of->count / 2, of->first + of->count - 1};
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
            for (int shifted = 0; shifted < 2; shifted++) assert_comes_back(codes[i], tier, shifted);
    }
}

/* The half bytes of a code tell where it ends: no sign is read as a part of another. */
static void all_codes_come_back_one_behind_the_other(void **state) {
    (void)state;
    fh_buf bytes = {0};
    fh_code_writer to = {.out = &bytes};
    for (uint32_t code = 0; code < FH_CODES; code++) fh_codes_put(&to, code);
    fh_str own = exactly(&bytes, bytes.len);
    fh_code_reader from = fh_codes_over(own);
    for (uint32_t code = 0; code < FH_CODES; code++)
        if (fh_codes_take(&from) != code) fail_msg("code %u does not come back", code);
    assert_true(fh_codes_at_end(&from));
    free((char *)own.ptr);
    fh_buf_free(&bytes);
}

/* ---- Numbers and bytes ---- */

static void numbers_of_any_length_come_back(void **state) {
    (void)state;
    for (unsigned bits = 0; bits <= 64; bits++) {
        uint64_t top = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
        uint64_t numbers[] = {top, top / 2 + 1, top - top / 3};
        fh_buf bytes = {0};
        fh_code_writer to = {.out = &bytes};
        for (size_t i = 0; i < 3; i++) fh_codes_put_number(&to, numbers[i]);
        fh_code_reader from = fh_codes_over(fh_buf_str(&bytes));
        for (size_t i = 0; i < 3; i++) assert_true(fh_codes_take_number(&from) == numbers[i]);
        assert_true(fh_codes_at_end(&from));
        fh_buf_free(&bytes);
    }
}

static void a_number_up_to_seven_takes_half_a_byte(void **state) {
    (void)state;
    fh_buf bytes = {0};
    fh_code_writer to = {.out = &bytes};
    fh_codes_put_number(&to, 7);
    assert_int_equal(halves(&to), 1);
    fh_codes_put_number(&to, 8);
    assert_int_equal(halves(&to), 3);
    fh_buf_free(&bytes);
}

static void bytes_come_back_from_whole_and_from_half_places(void **state) {
    (void)state;
    char all[256];
    for (int i = 0; i < 256; i++) all[i] = (char)i;
    for (int shifted = 0; shifted < 2; shifted++) {
        fh_buf bytes = {0}, back = {0};
        fh_code_writer to = {.out = &bytes};
        if (shifted) fh_codes_put_number(&to, 5);
        fh_codes_put_bytes(&to, (fh_str){all, sizeof all});
        fh_codes_put_bytes(&to, FH_STR(""));
        fh_codes_put(&to, 1000);
        fh_code_reader from = fh_codes_over(fh_buf_str(&bytes));
        if (shifted) assert_int_equal(fh_codes_take_number(&from), 5);
        fh_codes_take_bytes(&from, sizeof all, &back);
        fh_codes_take_bytes(&from, 0, &back);
        assert_int_equal(back.len, sizeof all);
        assert_memory_equal(back.ptr, all, sizeof all);
        assert_int_equal(fh_codes_take(&from), 1000);
        assert_true(fh_codes_at_end(&from));
        fh_buf_free(&bytes);
        fh_buf_free(&back);
    }
}

/* ---- Any of them, and cut ---- */

enum { CODE, NUMBER, BYTES, KINDS, ITEMS = 60 };

static void put_some(fh_code_writer *to, uint64_t seed) {
    for (size_t i = 0; i < ITEMS; i++) {
        uint64_t random = next_random(&seed);
        char bytes[8];
        memcpy(bytes, &random, sizeof bytes);
        if (i % KINDS == CODE) fh_codes_put(to, (uint32_t)(random >> random % 13 & 0xfffff));
        if (i % KINDS == NUMBER) fh_codes_put_number(to, random >> random % 64);
        if (i % KINDS == BYTES) fh_codes_put_bytes(to, (fh_str){bytes, random % sizeof bytes});
    }
}

/* False: from here on something is not there. */
static bool take_next(fh_code_reader *from, size_t i, uint64_t random) {
    fh_buf back = {0};
    char bytes[8];
    memcpy(bytes, &random, sizeof bytes);
    bool same = true;
    if (i % KINDS == CODE) same = fh_codes_take(from) == (random >> random % 13 & 0xfffff);
    if (i % KINDS == NUMBER) same = fh_codes_take_number(from) == random >> random % 64;
    if (i % KINDS == BYTES) {
        fh_codes_take_bytes(from, random % sizeof bytes, &back);
        same = fh_str_equal(fh_buf_str(&back), (fh_str){bytes, random % sizeof bytes});
    }
    fh_buf_free(&back);
    if (!from->bad) assert_true(same);
    return !from->bad;
}

static void what_is_cut_off_is_told_and_all_before_it_comes_back(void **state) {
    (void)state;
    fh_buf bytes = {0};
    fh_code_writer to = {.out = &bytes};
    put_some(&to, 17);
    for (size_t len = 0; len <= bytes.len; len++) {
        uint64_t seed = 17;
        size_t taken = 0;
        fh_str own = exactly(&bytes, len);
        fh_code_reader from = fh_codes_over(own);
        while (taken < ITEMS && take_next(&from, taken, next_random(&seed))) taken++;
        assert_int_equal(taken == ITEMS, len == bytes.len);
        assert_int_equal(fh_codes_at_end(&from), len == bytes.len);
        free((char *)own.ptr);
    }
    fh_buf_free(&bytes);
}

static void behind_the_end_all_is_nothing(void **state) {
    (void)state;
    fh_buf back = {0};
    fh_code_reader from = fh_codes_over(FH_STR(""));
    assert_true(fh_codes_at_end(&from));
    assert_int_equal(fh_codes_take(&from), 0);
    assert_true(from.bad);
    assert_false(fh_codes_at_end(&from));
    assert_int_equal(fh_codes_take_number(&from), 0);
    fh_codes_take_bytes(&from, 1, &back);
    assert_int_equal(back.len, 0);
    fh_buf_free(&back);
}

static void no_count_of_bytes_is_believed(void **state) {
    (void)state;
    static const size_t counts[] = {4, SIZE_MAX / 2, SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 2, SIZE_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        fh_buf back = {0};
        fh_code_reader from = fh_codes_over(FH_STR("abc"));
        fh_codes_take_bytes(&from, counts[i], &back);
        assert_true(from.bad);
        assert_int_equal(back.len, 0);
        assert_int_equal(fh_codes_take(&from), 0);
    }
}

static void a_number_without_end_is_bad(void **state) {
    (void)state;
    fh_code_reader from = fh_codes_over(FH_STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
    assert_int_equal(fh_codes_take_number(&from), 0);
    assert_true(from.bad);
}

static void half_a_byte_that_is_left_is_the_end_and_a_whole_one_is_not(void **state) {
    (void)state;
    fh_buf bytes = {0};
    fh_code_writer to = {.out = &bytes};
    fh_codes_put(&to, 80); /* three half bytes */
    fh_code_reader from = fh_codes_over(fh_buf_str(&bytes));
    assert_false(fh_codes_at_end(&from));
    fh_codes_take(&from);
    assert_true(fh_codes_at_end(&from));
    fh_buf_add_char(&bytes, '\0');
    from = fh_codes_over(fh_buf_str(&bytes));
    fh_codes_take(&from);
    assert_false(fh_codes_at_end(&from));
    fh_buf_free(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_follow_each_other),
        cmocka_unit_test(the_first_and_the_last_code_of_each_tier_come_back),
        cmocka_unit_test(all_codes_come_back_one_behind_the_other),
        cmocka_unit_test(numbers_of_any_length_come_back),
        cmocka_unit_test(a_number_up_to_seven_takes_half_a_byte),
        cmocka_unit_test(bytes_come_back_from_whole_and_from_half_places),
        cmocka_unit_test(what_is_cut_off_is_told_and_all_before_it_comes_back),
        cmocka_unit_test(behind_the_end_all_is_nothing),
        cmocka_unit_test(no_count_of_bytes_is_believed),
        cmocka_unit_test(a_number_without_end_is_bad),
        cmocka_unit_test(half_a_byte_that_is_left_is_the_end_and_a_whole_one_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
