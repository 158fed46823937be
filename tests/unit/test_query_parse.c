/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The query language: what the golden table tests/golden/query.txt cannot say in a row. */
#include "tests/unit/test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "query/query.h"

/* `count` copies of a text. */
static fh_buf repeat(const char *text, size_t count) {
    fh_buf all = {0};
    for (size_t i = 0; i < count; i++) fh_buf_add(&all, fh_str_from(text));
    return all;
}

static fh_status parse(fh_str text, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_node *tree;
    fh_status status = fh_query_parse(text, arena, &tree, err);
    fh_arena_free(arena);
    return status;
}

static void expect(fh_buf text, fh_status expected) {
    fh_error err = {0};
    assert_int_equal(parse(fh_buf_str(&text), &err), expected);
    if (expected) {
        assert_true(err.what[0] != '\0');
        assert_true(err.hint[0] != '\0');
    }
    fh_buf_free(&text);
}

static void a_query_of_100000_characters_is_refused(void **state) {
    (void)state;
    expect(repeat("م", 100000), FH_ERR_LIMIT);
    expect(repeat("\"", 100000), FH_ERR_LIMIT);
    expect(repeat("(", 100000), FH_ERR_LIMIT);
}

static void too_many_words_are_refused(void **state) {
    (void)state;
    expect(repeat("مصر ", FH_MAX_QUERY_TERMS), FH_OK);
    expect(repeat("مصر ", FH_MAX_QUERY_TERMS + 1), FH_ERR_LIMIT);
    expect(repeat("مصر/", FH_MAX_QUERY_TERMS + 1), FH_ERR_LIMIT);
    expect(repeat("date:2023 ", FH_MAX_QUERY_TERMS + 1), FH_ERR_LIMIT);
}

static void too_deep_groups_are_refused(void **state) {
    (void)state;
    expect(repeat("(", 4000), FH_ERR_LIMIT);
    expect(repeat("NOT ", 3000), FH_ERR_USAGE);
    fh_buf deep = repeat("(", FH_MAX_QUERY_DEPTH);
    fh_buf_printf(&deep, "مصر");
    expect(deep, FH_ERR_LIMIT);
}

static void a_long_error_names_only_the_last_words(void **state) {
    (void)state;
    fh_error err;
    fh_buf text = repeat("مصر ", 200);
    fh_buf_printf(&text, "(ليبيا");
    assert_int_equal(parse(fh_buf_str(&text), &err), FH_ERR_USAGE);
    assert_true(strlen(err.what) < 200);
    assert_true(fh_utf8_invalid(fh_str_from(err.what)) == SIZE_MAX);
    assert_string_equal(err.where, "character 801");
    fh_buf_free(&text);
}

static void an_error_holds_nothing_that_a_terminal_obeys(void **state) {
    (void)state;
    fh_error err;
    assert_int_equal(parse(FH_STR("\x1b[31mمصر\x07\xe2\x80\xae \"ليبيا"), &err), FH_ERR_USAGE);
    assert_null(strpbrk(err.what, "\x1b\x07"));
    assert_null(strstr(err.what, "\xe2\x80\xae"));
}

static void what_is_not_utf8_is_refused_by_place(void **state) {
    (void)state;
    fh_error err;
    assert_int_equal(parse(FH_STR("مصر \xff ليبيا"), &err), FH_ERR_USAGE);
    assert_string_equal(err.where, "character 5");
}

static void a_zero_byte_is_a_space(void **state) {
    (void)state;
    fh_arena *arena = fh_arena_new();
    fh_node *tree;
    fh_error err;
    fh_buf text = {0};
    assert_int_equal(fh_query_parse(FH_STR("مصر\0ليبيا"), arena, &tree, &err), FH_OK);
    fh_node_text(tree, &text);
    assert_str_equal(fh_buf_str(&text), FH_STR("(and مصر ليبيا)"));
    fh_buf_free(&text);
    fh_arena_free(arena);
}

static void a_failed_parse_leaves_the_tree_alone(void **state) {
    (void)state;
    fh_arena *arena = fh_arena_new();
    fh_node mine, *tree = &mine;
    fh_error err;
    assert_int_equal(fh_query_parse(FH_STR("(مصر"), arena, &tree, &err), FH_ERR_USAGE);
    assert_ptr_equal(tree, &mine);
    fh_arena_free(arena);
}

/* No string of these pieces may crash the parser, and every tree can be printed. */
static void random_pieces_never_break_it(void **state) {
    (void)state;
    static const char *const pieces[] = {"مصر", " ",  "\"",     "«",      "»",      "(",  ")",   "-",  "+",
                                         "!",   "*",  "title:", "date:",  "2023",   "..", "AND", "OR", "NOT",
                                         "و",   "أو", "ليس",    "\u0640", "\u200f", "#",  ":",   "،",  "—"};
    uint32_t seed = 20240504;
    for (int round = 0; round < 20000; round++) {
        fh_buf text = {0}, shown = {0};
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525 + 1013904223;
            fh_buf_add(&text, fh_str_from(pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)]));
        }
        fh_arena *arena = fh_arena_new();
        fh_node *tree;
        fh_error err = {0};
        if (fh_query_parse(fh_buf_str(&text), arena, &tree, &err) == FH_OK) {
            fh_node_text(tree, &shown);
            assert_true(shown.len > 0);
        } else {
            assert_true(err.what[0] && err.where[0]);
        }
        fh_arena_free(arena);
        fh_buf_free(&text);
        fh_buf_free(&shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_of_100000_characters_is_refused),
        cmocka_unit_test(too_many_words_are_refused),
        cmocka_unit_test(too_deep_groups_are_refused),
        cmocka_unit_test(a_long_error_names_only_the_last_words),
        cmocka_unit_test(an_error_holds_nothing_that_a_terminal_obeys),
        cmocka_unit_test(what_is_not_utf8_is_refused_by_place),
        cmocka_unit_test(a_zero_byte_is_a_space),
        cmocka_unit_test(a_failed_parse_leaves_the_tree_alone),
        cmocka_unit_test(random_pieces_never_break_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
