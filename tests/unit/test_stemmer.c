/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens as the rest of the house relies on them: positions, spans, limits, any bytes, any thread. */
#include "tests/unit/test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "stemmer/stemmer.h"

#include <pthread.h>
#include <stdlib.h>

#define TEXT_MAX 512
#define MANY (1u << 20)

static const fh_stemmer stemmers[] = {FH_STEMMER_LIGHT, FH_STEMMER_LIGHT10, FH_STEMMER_NONE};
#define STEMMERS (sizeof stemmers / sizeof *stemmers)

static bool on_code_point(fh_str text, size_t at) {
    if (at == 0 || at == text.len) return true;
    size_t from = at > 3 ? at - 3 : 0;
    uint32_t c;
    while (from < at && ((uint8_t)text.ptr[from] & 0xC0) == 0x80) from++;
    while (from < at) from += fh_utf8_next(text, from, &c);
    return from == at;
}

/* What holds for the tokens of any text whatever. */
static size_t check_tokens(fh_stemmer stemmer, fh_str text) {
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_token token;
    size_t count = 0, start = 0, whole_end = 0;
    uint32_t position = 0;
    bool whole = false;
    fh_analyser_start(analyser, text);
    while (fh_analyser_next(analyser, &token)) {
        assert_true(token.start < token.end && token.end <= text.len);
        assert_true(token.start >= start);
        assert_true(on_code_point(text, token.start) && on_code_point(text, token.end));
        assert_int_equal(token.position, position + 1);
        assert_true(token.folded.len > 0 && token.stem.len > 0);
        assert_true(fh_utf8_invalid(token.folded) == SIZE_MAX && fh_utf8_invalid(token.stem) == SIZE_MAX);
        assert_true(fh_utf8_count(token.folded) <= FH_MAX_WORD);
        if (whole) assert_true(token.end <= whole_end);
        if (token.whole) whole_end = token.end;
        if (!token.whole) position = token.position;
        whole = token.whole;
        start = token.start;
        count++;
    }
    assert_false(whole);
    assert_false(fh_analyser_next(analyser, &token));
    fh_analyser_free(analyser);
    return count;
}

static void check_all(fh_str text) {
    for (size_t i = 0; i < STEMMERS; i++) check_tokens(stemmers[i], text);
}

static void names_of_stemmers_are_read_back(void **state) {
    (void)state;
    for (size_t i = 0; i < STEMMERS; i++) {
        fh_stemmer stemmer;
        assert_true(fh_stemmer_parse(fh_str_from(fh_stemmer_name(stemmers[i])), &stemmer));
        assert_int_equal(stemmer, stemmers[i]);
    }
    fh_stemmer untouched = FH_STEMMER_NONE;
    assert_false(fh_stemmer_parse(FH_STR("lucene"), &untouched));
    assert_int_equal(untouched, FH_STEMMER_NONE);
}

static void nothing_gives_no_tokens(void **state) {
    (void)state;
    assert_int_equal(check_tokens(FH_STEMMER_LIGHT, FH_STR("")), 0);
    assert_int_equal(check_tokens(FH_STEMMER_LIGHT, FH_STR(" \n.,\xE2\x80\x8F")), 0);
    assert_int_equal(check_tokens(FH_STEMMER_LIGHT, ((fh_str){NULL, 0})), 0);
}

static void a_whole_shares_the_position_of_its_first_part(void **state) {
    (void)state;
    static const uint32_t positions[] = {1, 2, 2, 3, 4};
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_tokens tokens = fh_analyse(analyser, FH_STR("قال #عاصي_الحلاني اليوم"), arena);
    assert_int_equal(tokens.count, 5);
    for (size_t i = 0; i < tokens.count; i++) {
        assert_int_equal(tokens.items[i].position, positions[i]);
        assert_int_equal(tokens.items[i].whole, i == 1);
    }
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

static void stop_words_are_marked_with_any_stemmer(void **state) {
    (void)state;
    for (size_t i = 0; i < STEMMERS; i++) {
        fh_arena *arena = fh_arena_new();
        fh_analyser *analyser = fh_analyser_new(stemmers[i]);
        fh_tokens tokens = fh_analyse(analyser, FH_STR("هؤلاء الوزراء على"), arena);
        assert_int_equal(tokens.count, 3);
        assert_true(tokens.items[0].stop && !tokens.items[1].stop && tokens.items[2].stop);
        fh_analyser_free(analyser);
        fh_arena_free(arena);
    }
}

static void a_word_alone_folds_and_stems_as_in_text(void **state) {
    (void)state;
    static const char *const words[] = {"وبالقاهرة", "مبادىء",       "بريئة", "COP28",
                                        "١٬٢٠٠",     "\xEF\xB7\xB2", "ڤيليب"};
    for (size_t i = 0; i < STEMMERS; i++) {
        fh_arena *arena = fh_arena_new();
        fh_analyser *analyser = fh_analyser_new(stemmers[i]);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            fh_tokens tokens = fh_analyse(analyser, fh_str_from(words[k]), arena);
            assert_int_equal(tokens.count, 1);
            if (tokens.items[0].kind == FH_TOKEN_NUMBER) continue;
            fh_str folded = fh_fold_word(stemmers[i], fh_str_from(words[k]), arena);
            assert_true(fh_str_equal(tokens.items[0].folded, folded));
            assert_true(fh_str_equal(tokens.items[0].stem, fh_stem_folded(stemmers[i], folded, arena)));
        }
        fh_analyser_free(analyser);
        fh_arena_free(arena);
    }
}

/* A text of `count` times the same bytes. */
static fh_str repeated(fh_str piece, size_t count) {
    char *text = fh_alloc(piece.len * count);
    for (size_t i = 0; i < count; i++) memcpy(text + i * piece.len, piece.ptr, piece.len);
    return (fh_str){text, piece.len * count};
}

static void a_huge_word_is_one_token_of_bounded_length(void **state) {
    (void)state;
    fh_str text = repeated(FH_STR("كتاب"), MANY);
    for (size_t i = 0; i < STEMMERS; i++) assert_int_equal(check_tokens(stemmers[i], text), 1);
    free((char *)text.ptr);
}

/* Whatever repeats must cost what its length says and no more. */
static void long_runs_are_read_in_one_go(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "\xD9\x8E", "\xCC\x81", "ـ",     "_",    "a_",           "#",
        "@",        "#a",       "a@",    "a.",   "1,",           "111,",
        "1.1",      "http://",  "www.a", "الـ ", "\xE2\x80\x8D", "👍\xE2\x80\x8D",
        "我",       "ภา",       "a'",    "%41",  "\xEF\xB7\xBA", "9"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        fh_str text = repeated(fh_str_from(pieces[i]), MANY / 16);
        check_tokens(FH_STEMMER_LIGHT, text);
        free((char *)text.ptr);
    }
}

static void a_million_marks_on_a_letter_are_one_token(void **state) {
    (void)state;
    fh_str text = repeated(FH_STR("\xD9\x8E"), MANY);
    memcpy((char *)text.ptr, "\xD8\xA8", 2);
    assert_int_equal(check_tokens(FH_STEMMER_LIGHT, text), 1);
    free((char *)text.ptr);
}

static void any_bytes_give_tokens_within_the_text(void **state) {
    (void)state;
    /* Random bytes alone never make a word: most come from what means something to the tokeniser. */
    static const char *const pieces[] = {"ال",
                                         "ـ",
                                         "و",
                                         "ب",
                                         "ء",
                                         "ى",
                                         "\xD9\x94",
                                         "\xD9\x8E",
                                         " ",
                                         "\n",
                                         "_",
                                         "#",
                                         "@",
                                         ".",
                                         ",",
                                         "1",
                                         "٢",
                                         "٫",
                                         "a",
                                         "S",
                                         "'",
                                         "’",
                                         "http://",
                                         "www.",
                                         "%41",
                                         "\xEF\xB7\xBA",
                                         "\xEF\xB7\xB2",
                                         "👍",
                                         "🏽",
                                         "\xE2\x80\x8D",
                                         "🇪",
                                         "我",
                                         "ภา",
                                         "\xE2\x80\x8F",
                                         "é",
                                         "-"};
    fh_arena *arena = fh_arena_new();
    uint32_t random = 20240504;
    char bytes[TEXT_MAX];
    for (int round = 0; round < 20000; round++) {
        size_t len = 0;
        while (len < TEXT_MAX - 16) {
            random = random * 1664525u + 1013904223u;
            uint32_t choice = random >> 16;
            if (choice % 8 == 0) {
                bytes[len++] = (char)(choice >> 3);
                continue;
            }
            fh_str piece = fh_str_from(pieces[choice / 8 % (sizeof pieces / sizeof *pieces)]);
            memcpy(bytes + len, piece.ptr, piece.len);
            len += piece.len;
            if (choice % 61 == 0) break;
        }
        fh_str text = {bytes, len};
        check_tokens(stemmers[round % 3], text);
        fh_arena_reset(arena);
        fh_str folded = fh_fold_word(stemmers[round % 3], text, arena);
        assert_true(fh_utf8_invalid(folded) == SIZE_MAX);
        assert_true(fh_stem_folded(stemmers[round % 3], folded, arena).len <= folded.len);
        fh_stem_folded(stemmers[round % 3], text,
                       arena); /* of what was never folded: any stem, but no harm */
    }
    fh_arena_free(arena);
}

static void text_cut_anywhere_gives_tokens(void **state) {
    (void)state;
    fh_str text =
        FH_STR("وجاء في الـ كريملِن 1,200.5 👍🏽 ﷺ https://www.example.com/كتاب "
               "a_b@example.com "
               "#عاصي_الحلاني 北京");
    for (size_t len = 0; len <= text.len; len++) {
        /* A copy of just these bytes, so that a sanitizer sees a read beyond them. */
        char *copy = fh_alloc(len + 1);
        memcpy(copy, text.ptr, len);
        copy = fh_realloc(copy, len > 0 ? len : 1);
        check_all((fh_str){copy, len});
        free(copy);
    }
}

/* The text, or NULL where its tokens are not what they should be. */
static void *analyse_in_thread(void *text) {
    for (size_t i = 0; i < STEMMERS; i++)
        if (check_tokens(stemmers[i], *(fh_str *)text) != 4) return NULL;
    return text;
}

static void threads_share_the_tables(void **state) {
    (void)state;
    fh_str text = FH_STR("وجاء في بيان Erdoğan");
    pthread_t threads[8];
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, analyse_in_thread, &text), 0);
    for (size_t i = 0; i < 8; i++) {
        void *done;
        assert_int_equal(pthread_join(threads[i], &done), 0);
        assert_ptr_equal(done, &text);
    }
}

static void closers_take_null(void **state) {
    (void)state;
    fh_analyser_free(NULL);
}

/* Of a word with this code point before three letters: what a query folds and stems must meet what was
 * indexed. */
static void check_folded(fh_stemmer stemmer, fh_analyser *analyser, uint32_t c, fh_arena *a) {
    fh_buf word = {0};
    fh_buf_add_code_point(&word, c);
    fh_buf_add(&word, FH_STR("كتة"));
    fh_tokens tokens = fh_analyse(analyser, fh_buf_str(&word), a);
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        if (token->kind != FH_TOKEN_ARABIC) continue;
        assert_str_equal(fh_fold_word(stemmer, token->folded, a), token->folded);
        assert_str_equal(fh_analyser_stem(analyser, token->folded, a), token->stem);
    }
    fh_arena_reset(a);
    fh_buf_free(&word);
}

static void what_is_folded_stays_and_has_one_stem(void **state) {
    (void)state;
    fh_arena *a = fh_arena_new();
    for (fh_stemmer stemmer = FH_STEMMER_LIGHT; stemmer <= FH_STEMMER_NONE; stemmer++) {
        fh_analyser *analyser = fh_analyser_new(stemmer);
        for (uint32_t c = ' '; c < 0x20000; c++)
            if (c < 0xD800 || c > 0xDFFF) check_folded(stemmer, analyser, c, a);
        fh_analyser_free(analyser);
    }
    fh_arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_folded_stays_and_has_one_stem),
        cmocka_unit_test(threads_share_the_tables),
        cmocka_unit_test(names_of_stemmers_are_read_back),
        cmocka_unit_test(nothing_gives_no_tokens),
        cmocka_unit_test(a_whole_shares_the_position_of_its_first_part),
        cmocka_unit_test(stop_words_are_marked_with_any_stemmer),
        cmocka_unit_test(a_word_alone_folds_and_stems_as_in_text),
        cmocka_unit_test(a_huge_word_is_one_token_of_bounded_length),
        cmocka_unit_test(long_runs_are_read_in_one_go),
        cmocka_unit_test(a_million_marks_on_a_letter_are_one_token),
        cmocka_unit_test(any_bytes_give_tokens_within_the_text),
        cmocka_unit_test(text_cut_anywhere_gives_tokens),
        cmocka_unit_test(closers_take_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
