/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text comes back from its codes byte for byte, wherever its words stand. */
#include "tests/unit/chance.h"
#include "tests/unit/test_pages.h"

#include "base/arena.h"
#include "base/memory.h"
#include "store/text/texts.h"
#include <stdlib.h>

enum { ROUNDS = 3000, MOST_TEXTS = 6 };

static fh_arena *arena;
static fh_error err;

typedef struct made {
    kept pages;
    fh_vocabulary *vocabulary;
    fh_coiner *coiner;
    fh_buf codes;
    fh_text_writer to;
} made;

static void make(made *m) {
    *m = (made){0};
    m->vocabulary = fh_vocabulary_new(read_kept, &m->pages);
    assert_int_equal(fh_coiner_new(m->vocabulary, &m->coiner, &err), FH_OK);
    m->to = fh_text_writer_new(m->coiner, &m->codes);
}

static void unmake(made *m) {
    fh_text_writer_free(&m->to);
    fh_buf_free(&m->codes);
    fh_coiner_free(m->coiner);
    fh_vocabulary_free(m->vocabulary);
    free_kept(&m->pages);
}

static void begin_codes(made *m) {
    fh_buf_clear(&m->codes);
    m->to.codes.half = false;
}

/* Each text is passed and taken, from codes of their own, so that a byte too many is seen. */
static void assert_texts(const fh_buf *codes, fh_vocabulary *vocabulary, const fh_str *texts, size_t count) {
    char *own = malloc(codes->len ? codes->len : 1);
    assert_non_null(own);
    memcpy(own, fh_buf_str(codes).ptr, codes->len);
    fh_code_reader from = fh_codes_over((fh_str){own, codes->len}), past = from;
    for (size_t i = 0; i < count; i++) {
        fh_buf back = {0};
        assert_int_equal(fh_texts_take(&from, vocabulary, &back, &err), FH_OK);
        assert_str_equal(fh_buf_str(&back), texts[i]);
        assert_true(fh_texts_pass(&past));
        assert_int_equal(past.at, from.at);
        fh_buf_free(&back);
    }
    assert_true(fh_codes_at_end(&from));
    free(own);
}

/* ---- Texts and places at random ---- */

static const char *const WORDS[] = {
    "في",       "من",
    "القاهرة",  "أعلنت",
    "مُدَرِّسٌ",     "العـــراق",
    "٢٠٢٤",     "2024",
    "NATO",     "café",
    "كوفيد-19", "пресса",
    "新聞",     "\xf0\x9f\x98\x80",
    "a",        "ـ",
    "\xd9\x8b", "هذهكلمةطويلةجدايكتبهابعضهمبلافراغاتبينكلماتهاحتىتبلغستينحرفاوأكثرمنذلكبكثير",
};
static const char *const BETWEEN[] = {
    " ",    " ",
    " ",    " ",
    " ",    "",
    "  ",   "\n",
    "\n\n", "، ",
    ". ",   "»",
    " «",   "…",
    "\t",   "\xc2\xa0",
    " — ",  "!!! ??? !!! ???",
    "\r\n", "\xf0\x9f\x98\x80",
};

typedef struct text {
    fh_str bytes;
    fh_anchors words;
    uint32_t before, last; /* positions */
} text;

static void add_anchor(text *to, uint32_t start, uint32_t end, uint32_t position, fh_str word) {
    to->words.items = fh_grow(to->words.items, to->words.count, &to->words.capacity, sizeof *to->words.items);
    to->words.items[to->words.count++] = (fh_anchor){start, end, position, word};
}

/* A step to the next word: none, one, a few, or very many. */
static uint32_t step(uint64_t *seed) {
    uint32_t kind = below(seed, 20);
    return kind == 0 ? 0 : kind < 16 ? 1 : kind < 19 ? below(seed, 8) : below(seed, 1u << below(seed, 24));
}

/* Of some words all bytes are found, of others a beginning; in some there are more; some nobody looks for. */
static void find_words(text *to, uint32_t start, uint32_t end, uint64_t *seed) {
    fh_str word = fh_str_slice(to->bytes, start, end);
    uint32_t kind = below(seed, 12);
    if (kind == 0) return;
    to->last += step(seed);
    if (to->last == 0) to->last = 1;
    uint32_t to_end = kind == 1 ? start + (uint32_t)fh_utf8_cut(word, 1 + below(seed, 8)).len : end;
    if (to_end == start) to_end = end;
    add_anchor(to, start, to_end, to->last, below(seed, 4) ? word : FH_STR("غيرها"));
    if (kind == 2) add_anchor(to, start, to_end, to->last, FH_STR("معها"));
    for (unsigned more = kind == 3 ? 3 : 0; more > 0; more--) {
        to->last += step(seed);
        add_anchor(to, start, to_end, to->last, FH_STR("فيها"));
    }
}

static text random_text(uint64_t *seed, uint32_t position) {
    fh_buf bytes = {0};
    uint32_t count = below(seed, 30), *places = FH_ARENA_ARRAY(arena, uint32_t, 2 * count + 1);
    text made_text = {.before = position, .last = position};
    for (uint32_t i = 0; i < count; i++) {
        fh_buf_add(&bytes, fh_str_from(BETWEEN[below(seed, sizeof BETWEEN / sizeof *BETWEEN)]));
        places[2 * i] = (uint32_t)bytes.len;
        fh_buf_add(&bytes, fh_str_from(WORDS[below(seed, sizeof WORDS / sizeof *WORDS)]));
        places[2 * i + 1] = (uint32_t)bytes.len;
    }
    fh_buf_add(&bytes, fh_str_from(BETWEEN[below(seed, sizeof BETWEEN / sizeof *BETWEEN)]));
    made_text.bytes = fh_arena_copy(arena, fh_buf_str(&bytes));
    bool searched = true;
    for (uint32_t i = 0; i < count; i++) {
        if (below(seed, 15) == 0) searched = !searched;
        if (searched) find_words(&made_text, places[2 * i], places[2 * i + 1], seed);
    }
    fh_buf_free(&bytes);
    return made_text;
}

static void put(made *m, const text *in) {
    uint32_t position = in->before;
    fh_texts_put_placed(&m->to, in->bytes, &in->words, &position);
    assert_int_equal(position, in->last);
}

static void put_otherwise(made *m, fh_str bytes, uint32_t how) {
    if (how == 0) fh_texts_put_plain(&m->to, bytes);
    if (how == 1) fh_texts_put_name(&m->to, bytes);
    if (how == 2) fh_texts_put_address(&m->to, bytes);
}

static void texts_come_back_wherever_their_words_stand(void **state) {
    (void)state;
    uint64_t seed = 51;
    made m;
    make(&m);
    for (size_t round = 0; round < ROUNDS; round++) {
        text texts[MOST_TEXTS];
        fh_str bytes[MOST_TEXTS];
        begin_codes(&m);
        for (size_t i = 0; i < MOST_TEXTS; i++) {
            texts[i] = random_text(&seed, below(&seed, 3) * 100);
            bytes[i] = texts[i].bytes;
            if (i % 2)
                put(&m, &texts[i]);
            else
                put_otherwise(&m, bytes[i], below(&seed, 3));
        }
        assert_texts(&m.codes, m.vocabulary, bytes, MOST_TEXTS);
        for (size_t i = 0; i < MOST_TEXTS; i++) free(texts[i].words.items);
        fh_arena_reset(arena);
    }
    unmake(&m);
}

static void without_a_coiner_all_is_written_out(void **state) {
    (void)state;
    uint64_t seed = 52;
    fh_buf codes = {0};
    fh_text_writer to = fh_text_writer_new(NULL, &codes);
    text one = random_text(&seed, 0);
    uint32_t position = 0;
    fh_texts_put_placed(&to, one.bytes, &one.words, &position);
    fh_texts_put_placed(&to, one.bytes, &one.words, &position);
    assert_texts(&codes, NULL, (fh_str[]){one.bytes, one.bytes}, 2);
    free(one.words.items);
    fh_text_writer_free(&to);
    fh_buf_free(&codes);
}

static void recoded_the_texts_are_the_same(void **state) {
    (void)state;
    enum { TEXTS = 60 };
    uint64_t seed = 53;
    made m, other;
    fh_str bytes[TEXTS];
    make(&m);
    for (size_t i = 0; i < TEXTS; i++) {
        text one = random_text(&seed, 0);
        bytes[i] = one.bytes;
        put(&m, &one);
        free(one.words.items);
    }
    make(&other);
    fh_code_reader from = fh_codes_over(fh_buf_str(&m.codes));
    assert_int_equal(fh_texts_recode(&from, m.vocabulary, NULL, &other.to, &err), FH_OK);
    assert_texts(&other.codes, other.vocabulary, bytes, TEXTS);

    fh_vocabulary *settled = fh_vocabulary_new(read_kept, &other.pages);
    fh_buf short_codes = {0};
    fh_text_writer to = fh_text_writer_new(other.coiner, &short_codes);
    assert_int_equal(fh_coiner_settle(other.coiner, settled, &err), FH_OK);
    from = fh_codes_over(fh_buf_str(&m.codes));
    assert_int_equal(fh_texts_recode(&from, m.vocabulary, NULL, &to, &err), FH_OK);
    assert_texts(&short_codes, settled, bytes, TEXTS);
    assert_true(short_codes.len < m.codes.len);

    uint32_t *translated = malloc(FH_CODES * sizeof *translated);
    fh_buf same_codes = {0};
    fh_text_writer again = fh_text_writer_new(other.coiner, &same_codes);
    assert_int_equal(fh_coiner_translate(other.coiner, m.vocabulary, translated, &err), FH_OK);
    from = fh_codes_over(fh_buf_str(&m.codes));
    assert_int_equal(fh_texts_recode(&from, m.vocabulary, translated, &again, &err), FH_OK);
    assert_true(fh_str_equal(fh_buf_str(&same_codes), fh_buf_str(&short_codes)));
    free(translated);
    fh_text_writer_free(&again);
    fh_buf_free(&same_codes);
    fh_text_writer_free(&to);
    fh_buf_free(&short_codes);
    fh_vocabulary_free(settled);
    unmake(&other);
    unmake(&m);
}

/* ---- What it takes ---- */

/* Words between spaces, found where they stand. */
static text sentence_of(const char *bytes) {
    text of = {.bytes = fh_str_from(bytes)};
    for (size_t at = 0; at < of.bytes.len;) {
        size_t end = fh_str_find(of.bytes, FH_STR(" "), at);
        if (end == SIZE_MAX) end = of.bytes.len;
        add_anchor(&of, (uint32_t)at, (uint32_t)end, ++of.last, fh_str_slice(of.bytes, at, end));
        at = end + 1;
    }
    return of;
}

static size_t put_sentence(made *m, const char *bytes) {
    text of = sentence_of(bytes);
    begin_codes(m);
    put(m, &of);
    assert_texts(&m->codes, m->vocabulary, &of.bytes, 1);
    free(of.words.items);
    return m->codes.len;
}

static void of_a_single_space_nothing_is_written(void **state) {
    (void)state;
    made m;
    make(&m);
    for (unsigned i = 0; i < 3; i++) put_sentence(&m, "قال زيد");
    assert_int_equal(put_sentence(&m, "قال"), 3);     /* a code of four half bytes, and the end */
    assert_int_equal(put_sentence(&m, "قال زيد"), 5); /* two such codes */
    assert_true(put_sentence(&m, "قال  زيد") > 5);
    unmake(&m);
}

static void a_word_that_is_known_takes_two_bytes_at_most_and_a_half(void **state) {
    (void)state;
    static const char SENTENCE[] =
        "وأعلنت الحكومة في بيان صدر مساء أمس أن الأعمال تسير كما خطط لها وأن العام المقبل يشهد افتتاح الجسر";
    made m;
    make(&m);
    text of = sentence_of(SENTENCE);
    size_t words = of.words.count;
    free(of.words.items);
    for (unsigned i = 0; i < 2; i++) put_sentence(&m, SENTENCE);
    assert_in_range(put_sentence(&m, SENTENCE), 1, (5 * words + 3) / 2);
    for (unsigned i = 0; i < 40; i++) put_sentence(&m, SENTENCE);
    assert_in_range(put_sentence(&m, SENTENCE), 1, (3 * words + 3) / 2);
    for (unsigned i = 0; i < 1000; i++) put_sentence(&m, SENTENCE);
    assert_int_equal(put_sentence(&m, SENTENCE), words + 1); /* a byte each, and the end */
    unmake(&m);
}

static void a_name_that_comes_again_is_one_code(void **state) {
    (void)state;
    made m;
    make(&m);
    for (unsigned i = 0; i < 3; i++) {
        begin_codes(&m);
        fh_texts_put_name(&m.to, FH_STR("وكالة الأنباء السعودية"));
        fh_texts_put_address(&m.to, FH_STR("https://example.org/news/2024/"));
    }
    assert_int_equal(m.codes.len, 7); /* twice five half bytes, and two for the end of each */
    unmake(&m);
}

/* ---- Damage ---- */

static void damaged_codes_do_no_harm(void **state) {
    (void)state;
    uint64_t seed = 54;
    made m, other;
    make(&m);
    text one = random_text(&seed, 0);
    for (unsigned i = 0; i < 3; i++) {
        begin_codes(&m);
        put(&m, &one);
    }
    fh_texts_put_name(&m.to, FH_STR("اسم لم يره أحد من قبل"));
    for (size_t bit = 0; bit < m.codes.len * 8; bit++) {
        fh_buf back = {0};
        m.codes.ptr[bit / 8] ^= (char)(1 << bit % 8);
        fh_code_reader from = fh_codes_over(fh_buf_str(&m.codes)), past = from, all = from;
        while (fh_texts_take(&from, m.vocabulary, &back, &err) == FH_OK && !fh_codes_at_end(&from)) {
        }
        while (fh_texts_pass(&past) && !fh_codes_at_end(&past)) {
        }
        make(&other);
        fh_texts_recode(&all, m.vocabulary, NULL, &other.to, &err);
        unmake(&other);
        fh_buf_free(&back);
        m.codes.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    free(one.words.items);
    unmake(&m);
}

static void texts_that_are_cut_are_told(void **state) {
    (void)state;
    made m, other;
    make(&m);
    fh_texts_put_plain(&m.to, FH_STR("قال زيد إن عمرا لم يقل شيئا"));
    for (size_t len = 0; len < m.codes.len; len++) {
        char *own = malloc(len ? len : 1);
        fh_buf back = {0};
        assert_non_null(own);
        memcpy(own, m.codes.ptr, len);
        fh_code_reader from = fh_codes_over((fh_str){own, len}), past = from, all = from;
        assert_int_equal(fh_texts_take(&from, m.vocabulary, &back, &err), FH_ERR_CORRUPT);
        assert_false(fh_texts_pass(&past));
        make(&other);
        fh_texts_recode(&all, m.vocabulary, NULL, &other.to, &err); /* may end behind any piece */
        unmake(&other);
        fh_buf_free(&back);
        free(own);
    }
    unmake(&m);
}

/* A few bytes must not become more than an article may have. */
static void codes_that_swell_without_end_are_damage(void **state) {
    (void)state;
    enum { TIMES = 4 << 20 };
    made m;
    make(&m);
    fh_str many = FH_STR("00000000000000000000000000000000000000000000000000000000");
    for (unsigned i = 0; i < 1000; i++) {
        begin_codes(&m);
        fh_texts_put_name(&m.to, many);
    }
    assert_int_equal(m.codes.len, 2);
    fh_buf hostile = {0}, back = {0};
    for (unsigned i = 0; i < TIMES; i++) fh_buf_add_char(&hostile, m.codes.ptr[0]);
    fh_buf_add_char(&hostile, '\0');
    fh_code_reader from = fh_codes_over(fh_buf_str(&hostile));
    assert_int_equal(fh_texts_take(&from, m.vocabulary, &back, &err), FH_ERR_CORRUPT);
    assert_true(back.capacity < 4 * (size_t)(64 << 20));
    fh_buf_free(&hostile);
    fh_buf_free(&back);
    unmake(&m);
}

/* A literal that is no form must not come into the vocabulary, or all of its page is lost. */
static void a_literal_that_is_no_form_is_not_recoded(void **state) {
    (void)state;
    static const char *const FORMS[] = {"\x03", "\x0bxy"}; /* of a kind that there is not */
    for (size_t i = 0; i < 2; i++) {
        made m;
        fh_buf codes = {0};
        fh_code_writer to = {.out = &codes};
        make(&m);
        for (unsigned n = 0; n < 2; n++) {
            fh_codes_put(&to, FH_CODE_LITERAL);
            fh_codes_put_bytes(&to, fh_str_from(FORMS[i]));
        }
        fh_codes_put(&to, FH_CODE_END);
        fh_code_reader from = fh_codes_over(fh_buf_str(&codes));
        assert_int_equal(fh_texts_recode(&from, NULL, NULL, &m.to, &err), FH_ERR_CORRUPT);
        keep_all(&m.pages, m.vocabulary);
        assert_int_equal(m.pages.count, 0);
        fh_buf_free(&codes);
        unmake(&m);
    }
}

static int make_arena(void **state) {
    (void)state;
    arena = fh_arena_new();
    return 0;
}

static int free_arena(void **state) {
    (void)state;
    fh_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_back_wherever_their_words_stand),
        cmocka_unit_test(without_a_coiner_all_is_written_out),
        cmocka_unit_test(recoded_the_texts_are_the_same),
        cmocka_unit_test(of_a_single_space_nothing_is_written),
        cmocka_unit_test(a_word_that_is_known_takes_two_bytes_at_most_and_a_half),
        cmocka_unit_test(a_name_that_comes_again_is_one_code),
        cmocka_unit_test(damaged_codes_do_no_harm),
        cmocka_unit_test(texts_that_are_cut_are_told),
        cmocka_unit_test(codes_that_swell_without_end_are_damage),
        cmocka_unit_test(a_literal_that_is_no_form_is_not_recoded),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
