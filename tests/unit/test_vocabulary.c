/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vocabulary grows as pieces are met twice, and a code that was given once means the same for ever. */
#include "tests/unit/chance.h"
#include "tests/unit/test_pages.h"

#include "base/memory.h"
#include <stdlib.h>

enum {
    FREQUENT = 1000, /* times: of the shortest codes */
    COMMON = 40,     /* of the next ones */
    USUAL = 4,
    FORM = 40, /* bytes of the forms that are made here */
    SHORTEST = 80 - FH_CODE_SIGNS,
};

typedef struct made {
    kept pages;
    fh_vocabulary *vocabulary;
    fh_coiner *coiner;
    fh_error err;
} made;

static void open_again(made *m) {
    fh_coiner_free(m->coiner);
    fh_vocabulary_free(m->vocabulary);
    m->vocabulary = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_coiner_new(m->vocabulary, &m->coiner, &m->err), FH_OK);
}

static int set_up(void **state) {
    made *m = fh_alloc_zeroed(1, sizeof *m);
    open_again(m);
    *state = m;
    return 0;
}

static int tear_down(void **state) {
    made *m = *state;
    fh_coiner_free(m->coiner);
    fh_coiner_free(NULL);
    fh_vocabulary_free(m->vocabulary);
    fh_vocabulary_free(NULL);
    free_kept(&m->pages);
    free(m);
    return 0;
}

/* The form of a word of its own. */
static fh_str form_of(uint32_t number, char room[FORM]) {
    fh_buf form = {0};
    int len = snprintf(room, FORM, "كلمة%u", number);
    fh_found found = {1, {room, (size_t)len}};
    fh_piece piece = {{room, (size_t)len}, true, &found, 1};
    char folded[FORM];
    found.word = (fh_str){folded, (size_t)snprintf(folded, FORM, "كلمه%u", number)};
    fh_form_make(&piece, &form);
    assert_in_range(form.len, 1, FORM);
    memcpy(room, form.ptr, form.len);
    fh_str made_form = {room, form.len};
    fh_buf_free(&form);
    return made_form;
}

/* Its code after so many times more. */
static uint32_t meet(made *m, uint32_t number, unsigned times) {
    char room[FORM];
    uint32_t code = 0;
    fh_str form = form_of(number, room);
    for (unsigned i = 0; i < times; i++) code = fh_coiner_meet(m->coiner, form);
    return code;
}

static void assert_means(made *m, uint32_t code, uint32_t number) {
    char room[FORM];
    fh_str form;
    assert_int_equal(fh_vocabulary_form(m->vocabulary, code, &form, &m->err), FH_OK);
    assert_true(fh_str_equal(form, form_of(number, room)));
}

/* ---- Giving codes ---- */

static void the_second_time_there_is_a_code(void **state) {
    made *m = *state;
    assert_int_equal(meet(m, 1, 1), 0);
    assert_int_equal(meet(m, 2, 1), 0);
    uint32_t code = meet(m, 1, 1);
    assert_int_equal(fh_code_tier_of(code), 3);
    assert_means(m, code, 1);
    assert_int_equal(meet(m, 1, 1), code);
    assert_int_not_equal(meet(m, 2, 1), code);
}

static void the_frequent_get_shorter_codes_and_the_old_ones_stay(void **state) {
    made *m = *state;
    static const struct { unsigned times, tier; } steps[] = {{2, 3}, {USUAL, 2}, {COMMON, 1}, {FREQUENT, 0}};
    uint32_t codes[4];
    unsigned met = 0;
    for (size_t i = 0; i < 4; i++) {
        if (i > 0) assert_int_equal(meet(m, 1, steps[i].times - 1 - met), codes[i - 1]);
        if (i > 0) met = steps[i].times - 1;
        codes[i] = meet(m, 1, steps[i].times - met);
        met = steps[i].times;
        assert_int_equal(fh_code_tier_of(codes[i]), steps[i].tier);
        assert_means(m, codes[i], 1);
    }
    assert_int_equal(codes[3], FH_CODE_SIGNS);
    for (size_t i = 0; i < 4; i++) assert_means(m, codes[i], 1);
    assert_int_equal(meet(m, 1, 5), codes[3]);
}

/* What was met is noted by a bit of its hash; of words that are alike, hardly two share one. */
static void the_first_time_there_is_hardly_ever_a_code(void **state) {
    made *m = *state;
    unsigned coded = 0;
    for (uint32_t i = 0; i < 20000; i++) coded += meet(m, i, 1) != 0;
    assert_in_range(coded, 0, 60); /* by chance, 24 */
}

/* Words of a few hundred, the frequent ones again and again, also within what is met at once. */
static void forms_met_at_once_have_the_codes_of_forms_met_one_by_one(void **state) {
    enum { ROUNDS = 5000, WORDS = 400 };
    made *m = *state, one_by_one = {0};
    open_again(&one_by_one);
    uint64_t seed = 1;
    for (size_t round = 0; round < ROUNDS; round++) {
        char rooms[FH_MET_AT_ONCE][FORM];
        fh_str forms[FH_MET_AT_ONCE];
        uint32_t codes[FH_MET_AT_ONCE];
        size_t count = below(&seed, FH_MET_AT_ONCE + 1);
        for (size_t i = 0; i < count; i++)
            forms[i] = form_of(below(&seed, 1 + below(&seed, WORDS)), rooms[i]);
        fh_coiner_meet_all(m->coiner, forms, count, codes);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(codes[i], fh_coiner_meet(one_by_one.coiner, forms[i]));
    }
    fh_coiner_free(one_by_one.coiner);
    fh_vocabulary_free(one_by_one.vocabulary);
    free_kept(&one_by_one.pages);
}

static void a_form_that_is_too_long_is_never_coded(void **state) {
    made *m = *state;
    char text[100];
    memset(text, 'a', sizeof text);
    for (size_t len = 50; len < sizeof text; len++) {
        fh_buf form = {0};
        fh_form_make(&(fh_piece){.text = {text, len}}, &form);
        fh_coiner_meet(m->coiner, fh_buf_str(&form));
        uint32_t code = fh_coiner_meet(m->coiner, fh_buf_str(&form));
        assert_int_equal(code != 0, form.len <= FH_FORM_MOST);
        fh_buf_free(&form);
    }
}

static void what_no_longer_fits_a_tier_gets_a_code_of_the_next(void **state) {
    made *m = *state;
    for (uint32_t i = 0; i < SHORTEST; i++) assert_int_equal(meet(m, i, FREQUENT), FH_CODE_SIGNS + i);
    for (uint32_t i = SHORTEST; i < 1024; i++) /* the others had one of these codes too */
        assert_int_equal(fh_code_tier_of(meet(m, i, FREQUENT)), 1);
    for (uint32_t i = 1024; i < 1034; i++) assert_int_equal(fh_code_tier_of(meet(m, i, FREQUENT)), 2);
    for (uint32_t i = 0; i < SHORTEST; i++) assert_means(m, FH_CODE_SIGNS + i, i);
}

/* More than the longest but one of the tiers has. */
static void many_forms_keep_codes_of_their_own(void **state) {
    made *m = *state;
    const fh_code_tier *tier = &fh_code_tiers[3];
    uint32_t many = tier->count + 3000, coded = 0, beyond = 0;
    uint32_t *codes = fh_alloc_zeroed(many, sizeof *codes);
    for (uint32_t i = 0; i < many; i++) {
        codes[i] = meet(m, i, 2);
        coded += codes[i] != 0;
        beyond += codes[i] >= tier->first + tier->count;
    }
    assert_int_equal(coded, many);
    assert_int_equal(beyond, 3000);
    for (uint32_t i = 0; i < many; i += 37) assert_means(m, codes[i], i);
    keep_all(&m->pages, m->vocabulary);
    open_again(m);
    for (uint32_t i = 0; i < many; i += 37) {
        assert_means(m, codes[i], i);
        assert_int_equal(meet(m, i, 1), codes[i]);
    }
    assert_true(fh_coiner_bytes(m->coiner) > (size_t)many * 20);
    free(codes);
}

/* ---- Keeping ---- */

static void pages_that_were_kept_are_read_by_another(void **state) {
    made *m = *state;
    enum { FORMS = 3000 };
    static uint32_t codes[FORMS];
    for (uint32_t i = 0; i < FORMS; i++) codes[i] = meet(m, i, i % 50 ? 3 : COMMON);
    keep_all(&m->pages, m->vocabulary);
    open_again(m);
    for (uint32_t i = 0; i < FORMS; i++) assert_means(m, codes[i], i);
}

static void only_pages_that_were_added_to_are_kept(void **state) {
    made *m = *state;
    enum { FORMS = 3000, PAGES = FORMS / FH_PAGE_FORMS + 1 };
    for (uint32_t i = 0; i < FORMS; i++) meet(m, i, 2);
    keep_all(&m->pages, m->vocabulary);
    assert_int_equal(m->pages.count, PAGES);
    for (size_t i = 0; i < PAGES; i++) fh_buf_clear(&m->pages.pages[i].bytes);
    meet(m, 5000, 2);
    keep_all(&m->pages, m->vocabulary);
    for (size_t i = 0; i < PAGES; i++) assert_int_equal(m->pages.pages[i].bytes.len > 0, i == PAGES - 1);
}

static void what_was_kept_goes_on_growing(void **state) {
    made *m = *state;
    uint32_t first = meet(m, 1, 2), frequent = meet(m, 2, FREQUENT);
    keep_all(&m->pages, m->vocabulary);
    open_again(m);
    assert_means(m, first, 1);
    assert_int_equal(meet(m, 1, 1), first);
    assert_int_equal(meet(m, 2, 1), frequent); /* the shortest of its codes */
    uint32_t second = meet(m, 3, 2);
    assert_int_not_equal(second, first);
    keep_all(&m->pages, m->vocabulary);
    open_again(m);
    assert_means(m, first, 1);
    assert_means(m, frequent, 2);
    assert_means(m, second, 3);
}

static void a_page_that_grew_is_read_anew(void **state) {
    made *m = *state;
    fh_str form;
    uint32_t first = meet(m, 1, 2);
    keep_all(&m->pages, m->vocabulary);
    fh_vocabulary *reader = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_vocabulary_form(reader, first, &form, &m->err), FH_OK);
    uint32_t second = meet(m, 2, 2);
    assert_int_equal(fh_vocabulary_form(reader, second, &form, &m->err), FH_ERR_CORRUPT);
    keep_all(&m->pages, m->vocabulary);
    assert_int_equal(fh_vocabulary_form(reader, second, &form, &m->err), FH_OK);
    assert_int_equal(fh_vocabulary_form(reader, first, &form, &m->err), FH_OK);
    size_t read = m->pages.read; /* and then no more */
    assert_int_equal(fh_vocabulary_form(reader, second, &form, &m->err), FH_OK);
    assert_int_equal(m->pages.read, read);
    fh_vocabulary_free(reader);
}

static void what_was_not_kept_is_forgotten(void **state) {
    made *m = *state;
    fh_str form;
    uint32_t first = meet(m, 1, 2);
    keep_all(&m->pages, m->vocabulary);
    uint32_t second = meet(m, 2, 2);
    fh_coiner_free(m->coiner);
    m->coiner = NULL;
    fh_vocabulary_reset(m->vocabulary);
    assert_int_equal(fh_vocabulary_bytes(m->vocabulary), 0);
    assert_means(m, first, 1);
    assert_int_equal(fh_vocabulary_form(m->vocabulary, second, &form, &m->err), FH_ERR_CORRUPT);
}

static void another_number_is_another_vocabulary(void **state) {
    made *m = *state;
    fh_str form;
    uint32_t code = meet(m, 1, 2);
    keep_all(&m->pages, m->vocabulary);
    fh_vocabulary *reader = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_OK);
    assert_int_equal(fh_vocabulary_select(reader, 7, &m->err), FH_OK);
    assert_int_equal(fh_vocabulary_number(reader), 7);
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_ERR_CORRUPT);
    assert_int_equal(fh_vocabulary_select(reader, 0, &m->err), FH_OK);
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_OK);
    fh_vocabulary_free(reader);
}

/* A damaged record of another number must not take away what was given and not kept. */
static void one_that_is_added_to_stays_the_same(void **state) {
    made *m = *state;
    uint32_t code = meet(m, 1, 2);
    assert_int_equal(fh_vocabulary_select(m->vocabulary, 7, &m->err), FH_ERR_CORRUPT);
    assert_int_equal(fh_vocabulary_select(m->vocabulary, 0, &m->err), FH_OK);
    assert_means(m, code, 1);
    assert_int_not_equal(meet(m, 2, 2), 0);
}

static void what_cannot_be_kept_is_kept_the_next_time(void **state) {
    made *m = *state;
    uint32_t code = meet(m, 1, 2);
    m->pages.status = FH_ERR_IO;
    assert_int_equal(fh_vocabulary_keep(m->vocabulary, keep_one, &m->pages, &m->err), FH_ERR_IO);
    m->pages.status = FH_OK;
    keep_all(&m->pages, m->vocabulary);
    open_again(m);
    assert_means(m, code, 1);
}

static void an_error_of_reading_is_handed_on(void **state) {
    made *m = *state;
    fh_str form;
    fh_coiner *coiner = NULL;
    uint32_t code = meet(m, 1, 2);
    keep_all(&m->pages, m->vocabulary);
    fh_vocabulary *reader = fh_vocabulary_new(read_kept, &m->pages);
    m->pages.status = FH_ERR_IO;
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_ERR_IO);
    assert_int_equal(fh_coiner_new(reader, &coiner, &m->err), FH_ERR_IO);
    assert_null(coiner);
    m->pages.status = FH_OK;
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_OK);
    fh_vocabulary_free(reader);
}

/* ---- Damage ---- */

static void a_damaged_page_is_told(void **state) {
    made *m = *state;
    fh_str form;
    uint64_t hash;
    uint32_t code = 0;
    for (uint32_t i = 0; i < 20; i++) code = meet(m, i, 2);
    keep_all(&m->pages, m->vocabulary);
    fh_buf *bytes = &m->pages.pages[0].bytes;
    fh_vocabulary *reader = fh_vocabulary_new(read_kept, &m->pages);
    for (size_t bit = 0; bit < bytes->len * 8; bit++) {
        bytes->ptr[bit / 8] ^= (char)(1 << bit % 8);
        fh_vocabulary_reset(reader);
        assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_ERR_CORRUPT);
        assert_int_equal(fh_vocabulary_hash(reader, code, &hash, &m->err), FH_ERR_CORRUPT);
        assert_non_null(strstr(m->err.what, "vocabulary"));
        bytes->ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    size_t whole = bytes->len;
    for (bytes->len = 0; bytes->len < whole; bytes->len++) {
        fh_vocabulary_reset(reader);
        assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_ERR_CORRUPT);
    }
    fh_vocabulary_reset(reader);
    assert_int_equal(fh_vocabulary_form(reader, code, &form, &m->err), FH_OK);
    fh_vocabulary_free(reader);
}

/* Or a form would have the code of another. */
static void a_page_with_more_forms_than_codes_is_damaged(void **state) {
    made *m = *state;
    fh_str form;
    fh_coiner *coiner = NULL;
    for (uint32_t i = 0; i <= SHORTEST; i++) meet(m, i, 2);
    keep_all(&m->pages, m->vocabulary);
    m->pages.pages[0].page = 0; /* as if they were of the first tier, which has one code less */
    fh_vocabulary *reader = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_vocabulary_form(reader, FH_CODE_SIGNS, &form, &m->err), FH_ERR_CORRUPT);
    assert_int_equal(fh_coiner_new(reader, &coiner, &m->err), FH_ERR_CORRUPT);
    fh_vocabulary_free(reader);
}

static void codes_that_mean_nothing_are_damage(void **state) {
    made *m = *state;
    fh_str form;
    uint64_t hash;
    uint32_t code = meet(m, 1, 2);
    uint32_t codes[] = {
        FH_CODE_END, FH_CODE_LITERAL, FH_CODE_SKIP, FH_CODE_SIGNS, 79,     80,     1103,
        1104,        17487,           code + 1,     code + 1024,   148559, 148560, FH_CODES - 1,
        FH_CODES,    UINT32_MAX};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(fh_vocabulary_form(m->vocabulary, codes[i], &form, &m->err), FH_ERR_CORRUPT);
        assert_int_equal(fh_vocabulary_hash(m->vocabulary, codes[i], &hash, &m->err), FH_ERR_CORRUPT);
    }
    assert_means(m, code, 1);
}

/* ---- What is found ---- */

static uint32_t code_of(made *m, const fh_piece *piece) {
    fh_buf form = {0};
    fh_form_make(piece, &form);
    fh_coiner_meet(m->coiner, fh_buf_str(&form));
    uint32_t code = fh_coiner_meet(m->coiner, fh_buf_str(&form));
    fh_buf_free(&form);
    assert_int_not_equal(code, 0);
    return code;
}

static void a_code_says_which_word_is_found(void **state) {
    made *m = *state;
    fh_found found[] = {{1, FH_STR("a")}, {1, FH_STR("b")}};
    const uint64_t a = fh_found_hash(FH_STR("a"));
    struct {
        fh_piece piece;
        uint64_t hash;
        uint8_t sign;
    } rows[] = {
        {{FH_STR("A"), true, found, 1}, a, (uint8_t)(FH_SIGN_WORD + a % (FH_SIGNS - FH_SIGN_WORD))},
        {{FH_STR("a-b"), true, found, 2}, FH_FOUND_LISTED, FH_SIGN_LISTED},
        {{FH_STR("a"), true, NULL, 0}, FH_FOUND_LISTED, FH_SIGN_LISTED},
        {{.text = FH_STR(", ")}, FH_FOUND_NONE, FH_SIGN_NONE},
    };
    const uint8_t *signs = fh_vocabulary_signs(m->vocabulary);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code = code_of(m, &rows[i].piece);
        assert_int_equal(signs[code], FH_SIGN_UNKNOWN);
        for (unsigned again = 0; again < 2; again++) {
            uint64_t hash = 0;
            assert_int_equal(fh_vocabulary_hash(m->vocabulary, code, &hash, &m->err), FH_OK);
            assert_true(hash == rows[i].hash);
            assert_int_equal(signs[code], rows[i].sign);
        }
    }
}

/* ---- Settling ---- */

static void settle(made *m, fh_vocabulary **into) {
    *into = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_vocabulary_select(*into, 1, &m->err), FH_OK);
    assert_int_equal(fh_coiner_settle(m->coiner, *into, &m->err), FH_OK);
}

static void settled_the_most_frequent_have_the_shortest_codes(void **state) {
    made *m = *state;
    fh_vocabulary *into;
    for (uint32_t i = 0; i < 2000; i++) meet(m, i, 2 + i / 10);
    meet(m, 5000, 1);
    settle(m, &into);
    for (uint32_t i = 0; i < 2000; i++) { /* ten by ten, from the last ones on */
        uint32_t code = meet(m, i, 1), from = (1999 - i) / 10 * 10;
        assert_in_range(code, FH_CODE_SIGNS + from, FH_CODE_SIGNS + from + 9);
    }
    assert_int_equal(meet(m, 5000, 5), 0); /* met once */
    assert_int_equal(meet(m, 5001, 5), 0); /* never */
    fh_vocabulary_free(into);
}

/* When the shortest tiers are full, what comes later is still counted. */
static void what_proves_frequent_late_has_a_short_code_when_settled(void **state) {
    made *m = *state;
    fh_vocabulary *into;
    for (uint32_t i = 0; i < SHORTEST; i++) meet(m, i, FREQUENT);
    for (unsigned round = 0; round < 3 * FREQUENT; round++) {
        meet(m, 5000, 1);
        meet(m, 6000, round % 2);
    }
    settle(m, &into);
    assert_int_equal(meet(m, 5000, 1), FH_CODE_SIGNS);
    assert_int_equal(meet(m, 6000, 1), FH_CODE_SIGNS + 1);
    fh_vocabulary_free(into);
}

static void settled_it_gives_the_same_codes_again(void **state) {
    made *m = *state;
    fh_vocabulary *into;
    uint32_t codes[100];
    for (uint32_t i = 0; i < 100; i++) meet(m, i, 2 + i % 7);
    settle(m, &into);
    for (uint32_t i = 0; i < 100; i++) codes[i] = meet(m, i, 1);
    for (uint32_t i = 0; i < 100; i++) assert_int_equal(meet(m, i, 2 * FREQUENT), codes[i]);
    keep_all(&m->pages, into);
    fh_vocabulary_free(m->vocabulary);
    fh_coiner_free(m->coiner);
    m->coiner = NULL;
    m->vocabulary = into;
    fh_vocabulary_reset(into);
    for (uint32_t i = 0; i < 100; i++) assert_means(m, codes[i], i);
}

static void nothing_that_was_met_settles_to_nothing(void **state) {
    made *m = *state;
    fh_vocabulary *into;
    settle(m, &into);
    keep_all(&m->pages, into);
    assert_int_equal(m->pages.count, 0);
    fh_vocabulary_free(into);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_time_there_is_a_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_frequent_get_shorter_codes_and_the_old_ones_stay, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_first_time_there_is_hardly_ever_a_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms_met_at_once_have_the_codes_of_forms_met_one_by_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_form_that_is_too_long_is_never_coded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_no_longer_fits_a_tier_gets_a_code_of_the_next, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(many_forms_keep_codes_of_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_that_were_kept_are_read_by_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_pages_that_were_added_to_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_kept_goes_on_growing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_that_grew_is_read_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_kept_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_number_is_another_vocabulary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_added_to_stays_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_kept_is_kept_the_next_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_error_of_reading_is_handed_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_page_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_with_more_forms_than_codes_is_damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_that_mean_nothing_are_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_code_says_which_word_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settled_the_most_frequent_have_the_shortest_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_proves_frequent_late_has_a_short_code_when_settled, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(settled_it_gives_the_same_codes_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_that_was_met_settles_to_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
