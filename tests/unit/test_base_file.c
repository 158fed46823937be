/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: their bytes, their limit, and what is not there. */
#include "base/file.h"
#include "tests/unit/test.h"

#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/fihris-test-file-XXXXXX";

static int make_file(void **state) {
    (void)state;
    int file = mkstemp(path);
    return file >= 0 && write(file, "فهرس\n", 9) == 9 && close(file) == 0 ? 0 : -1;
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static void a_file_is_appended(void **state) {
    (void)state;
    fh_buf text = {0};
    fh_error err;
    fh_buf_add(&text, FH_STR("> "));
    assert_int_equal(fh_file_read(path, 9, &text, &err), FH_OK);
    assert_string_equal(text.ptr, "> فهرس\n");
    fh_buf_free(&text);
}

static void a_longer_file_than_the_limit_is_refused(void **state) {
    (void)state;
    fh_buf text = {0};
    fh_error err;
    assert_int_equal(fh_file_read(path, 8, &text, &err), FH_ERR_LIMIT);
    assert_string_equal(err.where, path);
    fh_buf_free(&text);
}

static void what_is_not_there_is_named(void **state) {
    (void)state;
    fh_buf text = {0};
    fh_error err;
    assert_int_equal(fh_file_read("/nowhere/at/all", 8, &text, &err), FH_ERR_NOT_FOUND);
    assert_string_equal(err.where, "/nowhere/at/all");
    assert_int_equal(fh_file_read("/", 8, &text, &err), FH_ERR_IO);
    fh_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_appended),
        cmocka_unit_test(a_longer_file_than_the_limit_is_refused),
        cmocka_unit_test(what_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
