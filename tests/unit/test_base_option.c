/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines, and what is written from a table of options. */
#include "tests/unit/test.h"

#include "base/option.h"

enum { FORMAT = 1, LIMIT, QUIET, SAVE, DB };

static const fh_option options[] = {
    {FORMAT, 'f', "format", "NAME", "text|json|trec", "how hits are written"},
    {LIMIT, 'n', "limit", "N", NULL, "how many hits"},
    {QUIET, 'q', "quiet", NULL, NULL, "say nothing [not even 'that': this]"},
    {SAVE, 0, "save", "FILE", "(file)", "write hits there"},
    {DB, 0, "db", "DIR", "(dir)", "the index"},
    FH_COMMON_OPTIONS,
};
static const fh_program program = {.name = "try",
                                   .summary = "try options",
                                   .synopsis = "[OPTION…] WORD",
                                   .options = options,
                                   .notes = "Note.\n"};

/* Reads one command line into "3 1=json 0=word", or the error's text. */
static const char *read_line(const char **line, int count) {
    static fh_buf text;
    fh_args args = fh_args_start(&program, count, (char **)line);
    fh_error err = {0};
    fh_status status;
    int id;
    const char *value;
    fh_buf_clear(&text);
    while ((status = fh_args_next(&args, &id, &value, &err)) == FH_OK)
        fh_buf_printf(&text, value ? "%s%d=%s" : "%s%d", text.len ? " " : "", id, value);
    if (status != FH_END) fh_error_text(&err, "try", &text);
    return text.ptr ? text.ptr : "";
}

#define assert_reads(expected, ...)                                                                          \
    do {                                                                                                     \
        const char *line[] = {"try", __VA_ARGS__};                                                           \
        assert_string_equal(read_line(line, (int)(sizeof line / sizeof *line)), expected);                   \
    } while (0)

static void long_options_take_values_apart_or_after_an_equals_sign(void **state) {
    (void)state;
    assert_reads("1=json 2=5", "--format", "json", "--limit=5");
    assert_reads("2=", "--limit=");
    assert_reads("2=--quiet", "--limit", "--quiet");
}

static void short_options_cluster_and_the_last_may_take_a_value(void **state) {
    (void)state;
    assert_reads("3 2=5", "-qn5");
    assert_reads("3 2=5 3", "-qn", "5", "-q");
    assert_reads("3 3 3", "-qq", "-q");
}

static void arguments_and_options_may_mix(void **state) {
    (void)state;
    assert_reads("0=مصر 3 0=ليبيا", "مصر", "-q", "ليبيا");
}

static void a_dash_is_an_argument(void **state) {
    (void)state;
    assert_reads("0=-", "-");
    assert_reads("0=", "");
}

static void a_dash_before_no_ascii_letter_begins_a_part_of_a_query(void **state) {
    (void)state;
    assert_reads("0=مصر 0=-ليبيا", "مصر", "-ليبيا");
    assert_reads("0=-\"سوق المال\"", "-\"سوق المال\"");
    assert_reads("0=-2024", "-2024");
}

static void after_two_dashes_all_are_arguments(void **state) {
    (void)state;
    assert_reads("3 0=--quiet 0=-q 0=--", "-q", "--", "--quiet", "-q", "--");
}

static void an_unknown_option_names_the_nearest(void **state) {
    (void)state;
    assert_reads("try: there is no option --fromat\nhint: did you mean --format?\n", "--fromat", "json");
    assert_reads("try: there is no option --limits\nhint: did you mean --limit?\n", "--limits=3");
}

static void an_unknown_option_with_no_near_one_points_to_help(void **state) {
    (void)state;
    assert_reads("try: there is no option --colour\nhint: try --help lists the options\n", "--colour");
    assert_reads("try: there is no option -x\nhint: try --help lists the options\n", "-x");
    assert_reads("3try: there is no option -x\nhint: try --help lists the options\n", "-qx");
    assert_reads("try: there is no option --xy\nhint: try --help lists the options\n", "--xy");
}

static void a_missing_or_unwanted_value_is_named(void **state) {
    (void)state;
    assert_reads("try: --limit wants a value: --limit N\n", "--limit");
    assert_reads("try: --limit wants a value: --limit N\n", "-n");
    assert_reads("try: --quiet takes no value\n", "--quiet=yes");
}

static void a_choice_is_one_of_its_list(void **state) {
    (void)state;
    assert_reads("1=trec", "-f", "trec");
    assert_reads("try: --format takes text|json|trec, not \"xml\"\n", "--format=xml");
    assert_reads("try: --format takes text|json|trec, not \"tex\"\n", "--format=tex");
    assert_reads("try: --format takes text|json|trec, not \"text|json\"\n", "--format=text|json");
    assert_reads("try: --format takes text|json|trec, not \"\"\n", "--format=");
}

static void numbers_are_whole_and_within_bounds(void **state) {
    (void)state;
    fh_error err;
    long number = 77;
    assert_int_equal(fh_option_number("limit", "100", 1, 100, &number, &err), FH_OK);
    assert_int_equal(number, 100);
    static const char *const wrong[] = {"101", "0", "-5", "1x", "", "9999999999999999999999", "1.5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(fh_option_number("limit", wrong[i], 1, 100, &number, &err), FH_ERR_USAGE);
    assert_int_equal(number, 100);
    assert_string_equal(err.what, "--limit takes a whole number from 1 to 100, not \"1.5\"");
}

static fh_buf answer(int id, const char *value) {
    fh_buf out = {0};
    assert_true(fh_program_answer(&program, id, value, &out));
    return out;
}

static void help_lists_every_option_but_the_hidden_one(void **state) {
    (void)state;
    fh_buf help = answer(FH_OPTION_HELP, NULL);
    assert_non_null(strstr(help.ptr, "Usage: try [OPTION…] WORD\n"));
    assert_non_null(strstr(help.ptr, "  -f, --format NAME"));
    assert_non_null(strstr(help.ptr, "how hits are written (text|json|trec)\n"));
    assert_non_null(strstr(help.ptr, "      --save FILE"));
    assert_non_null(strstr(help.ptr, "\nNote.\n"));
    assert_null(strstr(help.ptr, "--print"));
    fh_buf_free(&help);
}

static void version_names_program_and_version(void **state) {
    (void)state;
    fh_buf version = answer(FH_OPTION_VERSION, NULL);
    assert_int_equal(strncmp(version.ptr, "try ", 4), 0);
    assert_int_equal(version.ptr[version.len - 1], '\n');
    fh_buf_free(&version);
}

static void every_kind_of_print_names_every_option(void **state) {
    (void)state;
    static const char *const kinds[] = {"man", "bash", "zsh", "fish"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        fh_buf text = answer(FH_OPTION_PRINT, kinds[k]);
        for (const fh_option *o = options; o->name; o++) assert_true(!strstr(text.ptr, o->name) == !o->help);
        fh_buf_free(&text);
    }
}

static void another_option_is_left_to_the_program(void **state) {
    (void)state;
    fh_buf out = {0};
    assert_false(fh_program_answer(&program, LIMIT, "5", &out));
    assert_int_equal(out.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_options_take_values_apart_or_after_an_equals_sign),
        cmocka_unit_test(short_options_cluster_and_the_last_may_take_a_value),
        cmocka_unit_test(arguments_and_options_may_mix),
        cmocka_unit_test(a_dash_is_an_argument),
        cmocka_unit_test(a_dash_before_no_ascii_letter_begins_a_part_of_a_query),
        cmocka_unit_test(after_two_dashes_all_are_arguments),
        cmocka_unit_test(an_unknown_option_names_the_nearest),
        cmocka_unit_test(an_unknown_option_with_no_near_one_points_to_help),
        cmocka_unit_test(a_missing_or_unwanted_value_is_named),
        cmocka_unit_test(a_choice_is_one_of_its_list),
        cmocka_unit_test(numbers_are_whole_and_within_bounds),
        cmocka_unit_test(help_lists_every_option_but_the_hidden_one),
        cmocka_unit_test(version_names_program_and_version),
        cmocka_unit_test(every_kind_of_print_names_every_option),
        cmocka_unit_test(another_option_is_left_to_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
