/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user's lexicon: what its file may say, and what becomes of its words; and that remembered stems are those
 * that are worked out. */
#include "base/buf.h"
#include "base/memory.h"
#include "stemmer/stemmer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* Loads a lexicon of these bytes; its path begins with /tmp. */
static fh_status load(fh_str text, fh_lexicon **out, fh_error *err) {
    char path[] = "/tmp/fihris-lexicon-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.ptr, text.len), text.len);
    close(file);
    fh_status status = fh_lexicon_load(path, out, err);
    unlink(path);
    return status;
}

static void assert_stem(const fh_lexicon *lexicon, const char *word, const char *expected) {
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_analyser_use(analyser, lexicon);
    fh_str stem = fh_analyser_stem(analyser, fh_fold_word(FH_STEMMER_LIGHT, fh_str_from(word), arena), arena);
    assert_string_equal(stem.ptr, expected);
    fh_tokens tokens = fh_analyse(analyser, fh_str_from(word), arena);
    assert_int_equal(tokens.count, 1);
    assert_true(fh_str_equal(tokens.items[0].stem, stem));
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

static void a_word_of_the_user_keeps_its_letters(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    assert_int_equal(load(FH_STR("# ours\n\nلوكسيان\n"), &lexicon, &err), FH_OK);
    assert_stem(NULL, "لوكسيان", "لوكسي");
    assert_stem(lexicon, "لوكسيان", "لوكسيان");
    assert_stem(lexicon, "وبلوكسيان", "لوكسيان");
    assert_stem(lexicon, "ولوكسيان", "لوكسيان");
    assert_stem(lexicon, "اللوكسيانيين", "لوكسياني");
    fh_lexicon_free(lexicon);
}

static void forms_of_the_user_meet_their_word(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    fh_str text = FH_STR("شلقوم\tشلاقيم | شلاقمة # a plural\nوزير\tمعالي\n");
    assert_int_equal(load(text, &lexicon, &err), FH_OK);
    assert_stem(lexicon, "والشلاقيم", "شلقوم");
    assert_stem(lexicon, "شلاقمة", "شلقوم");
    assert_stem(lexicon, "معالي", "وزير"); /* a word of ours brings its stem */
    fh_lexicon_free(lexicon);
}

static void the_user_goes_before_our_own_words(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    assert_stem(NULL, "مدارس", "مدرسه");
    assert_int_equal(load(FH_STR("مدارس\n"), &lexicon, &err), FH_OK);
    assert_stem(lexicon, "المدارس", "مدارس");
    fh_lexicon_free(lexicon);
}

static void an_empty_lexicon_changes_nothing(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    assert_int_equal(load(FH_STR("# nothing\n"), &lexicon, &err), FH_OK);
    assert_stem(lexicon, "وبالقاهرة", "قاهره");
    fh_lexicon_free(lexicon);
    fh_lexicon_free(NULL);
}

static void a_bad_line_is_named(void **state) {
    (void)state;
    static const struct bad_file {
        fh_str text;
        const char *where;
    } files[] = {
        {FH_STR("كتاب\tكتب\nأحمد شوقي\n"), ":2"},
        {FH_STR("كتاب\tكتب|Kitab\n"), ":1"},
        {FH_STR("\tكتب\n"), ":1"},
        {FH_STR("كتاب\tكتب\tكتب\tكتب\tكتب\tكتب\tكتب\tكتب\tكتب\n"), ":1"},
        {FH_STR("\n\nاستقسطنطينبوليسيتها\n"), ":3"},
        {FH_STR("\xFF\xFE\n"), ":1"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        fh_error err;
        fh_lexicon *untouched = NULL;
        assert_int_equal(load(files[i].text, &untouched, &err), FH_ERR_INPUT);
        assert_null(untouched);
        assert_true(fh_str_ends(fh_str_from(err.where), fh_str_from(files[i].where)));
    }
}

static void a_missing_file_is_named(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    assert_int_equal(fh_lexicon_load("/nowhere/words.tsv", &lexicon, &err), FH_ERR_NOT_FOUND);
    assert_string_equal(err.where, "/nowhere/words.tsv");
}

static void too_many_words_are_refused(void **state) {
    (void)state;
    static const char *const letters[] = {"ب", "ج", "د", "ر", "س", "ع", "ق", "ح", "ط", "ص"};
    fh_buf text = {0};
    for (size_t number = 100000; number < 170000; number++) {
        for (size_t rest = number; rest > 0; rest /= 10) fh_buf_add(&text, fh_str_from(letters[rest % 10]));
        fh_buf_add_char(&text, '\n');
    }
    fh_error err;
    fh_lexicon *lexicon;
    assert_int_equal(load(fh_buf_str(&text), &lexicon, &err), FH_ERR_LIMIT);
    fh_buf_free(&text);
}

/* A random word of letters that mean something to the stemmer. */
static size_t random_word(uint32_t *random, char *out) {
    static const char *const letters[] = {"ا", "ل", "و", "ف", "ب", "ك", "س", "ي", "ت", "ن",
                                          "ه", "م", "ة", "ى", "ء", "ئ", "ع", "ر", "د", "ق"};
    size_t len = 0;
    *random = *random * 1664525u + 1013904223u;
    for (size_t count = 1 + (*random >> 16) % 22; count > 0; count--) {
        *random = *random * 1664525u + 1013904223u;
        fh_str letter = fh_str_from(letters[(*random >> 16) % (sizeof letters / sizeof *letters)]);
        memcpy(out + len, letter.ptr, letter.len);
        len += letter.len;
    }
    return len;
}

/* One analyser remembers; fh_stem_folded never does. */
static void remembered_stems_are_those_worked_out(void **state) {
    (void)state;
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    uint32_t random = 20240504;
    for (int round = 0; round < 200000; round++) {
        char bytes[64];
        fh_str word = {bytes, random_word(&random, bytes)};
        fh_token token;
        fh_arena_reset(arena);
        fh_str stem = fh_stem_folded(FH_STEMMER_LIGHT, fh_fold_word(FH_STEMMER_LIGHT, word, arena), arena);
        assert_true(stem.len > 0);
        for (int twice = 0; twice < 2; twice++) {
            fh_analyser_start(analyser, word);
            assert_true(fh_analyser_next(analyser, &token));
            assert_true(fh_str_equal(token.stem, stem));
            assert_int_equal(token.stop, fh_is_stop_word(token.folded));
        }
    }
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

static void another_lexicon_is_not_mixed_with_what_was_remembered(void **state) {
    (void)state;
    fh_error err;
    fh_lexicon *lexicon;
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    assert_int_equal(load(FH_STR("مدارس\n"), &lexicon, &err), FH_OK);
    for (int round = 0; round < 4; round++) {
        fh_analyser_use(analyser, round % 2 ? lexicon : NULL);
        fh_str stem = fh_analyse(analyser, FH_STR("المدارس"), arena).items[0].stem;
        assert_true(fh_str_equal(stem, round % 2 ? FH_STR("مدارس") : FH_STR("مدرسه")));
    }
    fh_analyser_free(analyser);
    fh_lexicon_free(lexicon);
    fh_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_of_the_user_keeps_its_letters),
        cmocka_unit_test(forms_of_the_user_meet_their_word),
        cmocka_unit_test(the_user_goes_before_our_own_words),
        cmocka_unit_test(an_empty_lexicon_changes_nothing),
        cmocka_unit_test(a_bad_line_is_named),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(too_many_words_are_refused),
        cmocka_unit_test(remembered_stems_are_those_worked_out),
        cmocka_unit_test(another_lexicon_is_not_mixed_with_what_was_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
