/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chains of numbered items by hash, and counting bits. */
#include "tests/unit/test.h"

#include "base/bits.h"
#include "base/chains.h"

enum { MANY = 5000 };

static uint64_t scattered(const void *owner, uint32_t item) {
    (void)owner;
    return (uint64_t)item * UINT64_C(0x9e3779b97f4a7c15) >> 20;
}

static uint64_t the_same(const void *owner, uint32_t item) {
    (void)owner;
    (void)item;
    return 7;
}

static bool is_there(const fh_chains *chains, uint64_t hash, uint32_t wanted, size_t *length) {
    bool found = false;
    *length = 0;
    for (uint32_t item = fh_chains_first(chains, hash); item != FH_CHAIN_END;
         item = fh_chains_next(chains, item)) {
        found |= item == wanted;
        ++*length;
    }
    return found;
}

static void an_empty_one_has_nothing(void **state) {
    (void)state;
    fh_chains chains = {0};
    assert_int_equal(fh_chains_first(&chains, 7), FH_CHAIN_END);
    assert_int_equal(fh_chains_bytes(&chains), 0);
    fh_chains_free(&chains);
}

static void each_item_is_found_however_many_there_are(void **state) {
    (void)state;
    fh_chains chains = {0};
    size_t length, longest = 0;
    for (uint32_t count = 1; count <= MANY; count++) {
        fh_chains_add(&chains, scattered, NULL);
        if (count > 100 && count % 97 != 0 && count != MANY) continue;
        for (uint32_t i = 0; i < count; i++) {
            assert_true(is_there(&chains, scattered(NULL, i), i, &length));
            if (length > longest) longest = length;
        }
    }
    assert_int_equal(chains.count, MANY);
    assert_in_range(longest, 2, 32);
    fh_chains_free(&chains);
}

static void items_of_one_hash_are_one_chain(void **state) {
    (void)state;
    fh_chains chains = {0};
    size_t length;
    for (uint32_t i = 0; i < MANY; i++) fh_chains_add(&chains, the_same, NULL);
    assert_true(is_there(&chains, 7, 0, &length));
    assert_int_equal(length, MANY);
    assert_false(is_there(&chains, 6, 0, &length));
    fh_chains_free(&chains);
}

static void what_is_expected_is_made_at_once_and_more_may_come(void **state) {
    (void)state;
    const size_t expected[] = {0, 1, 2, 3, 100, MANY / 3, 2 * MANY};
    size_t length;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        fh_chains chains = {0};
        fh_chains_expect(&chains, expected[i]);
        size_t heads = chains.head_count;
        assert_int_equal(heads, expected[i] / 2);
        for (uint32_t j = 0; j < MANY; j++) fh_chains_add(&chains, scattered, NULL);
        if (expected[i] >= MANY) assert_int_equal(chains.head_count, heads);
        for (uint32_t j = 0; j < MANY; j++) assert_true(is_there(&chains, scattered(NULL, j), j, &length));
        fh_chains_free(&chains);
    }
}

static void an_item_costs_six_bytes(void **state) {
    (void)state;
    fh_chains chains = {0};
    for (uint32_t i = 0; i < MANY; i++) fh_chains_add(&chains, scattered, NULL);
    assert_int_equal(fh_chains_bytes(&chains), MANY * 6);
    fh_chains_free(&chains);
}

static void bits_are_counted(void **state) {
    (void)state;
    assert_int_equal(fh_bits_count(0), 0);
    assert_int_equal(fh_bits_count(UINT64_MAX), 64);
    uint64_t word = 1;
    for (uint32_t i = 0; i < MANY; i++) {
        unsigned bits = 0;
        for (unsigned bit = 0; bit < 64; bit++) bits += word >> bit & 1;
        assert_int_equal(fh_bits_count(word), bits);
        word = word * UINT64_C(6364136223846793005) + 1442695040888963407;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_one_has_nothing),
        cmocka_unit_test(each_item_is_found_however_many_there_are),
        cmocka_unit_test(items_of_one_hash_are_one_chain),
        cmocka_unit_test(what_is_expected_is_made_at_once_and_more_may_come),
        cmocka_unit_test(an_item_costs_six_bytes),
        cmocka_unit_test(bits_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
