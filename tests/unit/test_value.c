/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values come back as they were; ids of entities take few bytes in between. */
#include "store/value.h"

#include "tests/unit/test.h"

static void assert_kept(fh_str value, size_t bytes) {
    fh_buf kept = {0}, back = {0};
    fh_str packed = fh_value_pack(FH_SLOT_ENTITIES, value, &kept);
    assert_int_equal(packed.len, bytes);
    assert_str_equal(fh_value_unpack(FH_SLOT_ENTITIES, packed, &back), value);
    fh_buf_free(&kept);
    fh_buf_free(&back);
}

static void ids_take_a_byte_a_letter_and_one_for_their_type(void **state) {
    (void)state;
    assert_kept(FH_STR("person:خالد_الدوسري\x1f"), 1 + 12 + 1);
    assert_kept(FH_STR("organisation:مجلس\x1f"
                       "country-eg\x1fplace:x\x1f"),
                1 + 4 + 1 + 11 + 3);
}

static void any_id_comes_back(void **state) {
    (void)state;
    assert_kept(FH_STR(""), 0);
    assert_kept(FH_STR("\x1f"), 1);
    assert_kept(FH_STR("city-cairo"), 10); /* without its end */
    assert_kept(FH_STR("person:\x1fpersona:x\x1f"), 1 + 1 + 10);
    assert_kept(FH_STR("\x01\x1f\x04"
                       "a\x1f\x05\x1f"),
                3 + 4 + 2);
    assert_kept(FH_STR("person:\x02"), 2);
    assert_kept(FH_STR("世\xd9\xbeé"), 7);
}

static void other_values_are_as_they_are(void **state) {
    (void)state;
    fh_buf room = {0};
    const fh_str value = FH_STR("person:خالد");
    assert_ptr_equal(fh_value_pack(FH_SLOT_AUTHOR, value, &room).ptr, value.ptr);
    assert_ptr_equal(fh_value_unpack(FH_SLOT_AUTHOR, value, &room).ptr, value.ptr);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_take_a_byte_a_letter_and_one_for_their_type),
        cmocka_unit_test(any_id_comes_back),
        cmocka_unit_test(other_values_are_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
