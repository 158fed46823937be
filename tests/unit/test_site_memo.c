/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server remembers while somebody types. */
#include "site/memo.h"
#include "tests/unit/test.h"

#include <stdio.h>

static void what_was_put_is_found_and_nothing_else(void **state) {
    (void)state;
    fh_memo *memo = fh_memo_new();
    assert_null(fh_memo_find(memo, FH_STR("كتاب")).ptr);
    fh_memo_put(memo, FH_STR("كتاب"), FH_STR("كِتاب"));
    fh_memo_put(memo, FH_STR("empty"), (fh_str){0});
    assert_str_equal(fh_memo_find(memo, FH_STR("كتاب")), FH_STR("كِتاب"));
    assert_non_null(fh_memo_find(memo, FH_STR("empty")).ptr);
    assert_int_equal(fh_memo_find(memo, FH_STR("empty")).len, 0);
    assert_null(fh_memo_find(memo, FH_STR("كتا")).ptr);
    fh_memo_put(memo, FH_STR("كتاب"), FH_STR("other"));
    assert_str_equal(fh_memo_find(memo, FH_STR("كتاب")), FH_STR("other"));
    fh_memo_free(memo);
}

static void the_latest_of_many_is_always_there(void **state) {
    (void)state;
    fh_memo *memo = fh_memo_new();
    for (int i = 0; i < 10000; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", i);
        fh_memo_put(memo, fh_str_from(key), fh_str_from(key));
        assert_str_equal(fh_memo_find(memo, fh_str_from(key)), fh_str_from(key));
    }
    fh_memo_free(memo);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_found_and_nothing_else),
        cmocka_unit_test(the_latest_of_many_is_always_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
