/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed positions say the same as a look at the words themselves. */
#include "base/arena.h"
#include "store/positions.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_WORDS = 6, ROUNDS = 3000 };

static fh_position_packer *packer;
static fh_arena *arena;

static uint64_t next_random(uint64_t *seed) { /* splitmix64: Steele, Lea and Flood, 2014 */
    uint64_t z = *seed += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *seed, uint32_t end) {
    return (uint32_t)(next_random(seed) % end);
}

static fh_str word_of(uint32_t number) {
    return fh_arena_format(arena, "كلمة%u", number);
}

typedef struct text {
    fh_posting *postings;
    size_t count;
} text;

/* Words at random positions of two fields, some of them at the same one, some far off. */
static text random_text(uint64_t *seed, uint32_t words, uint32_t vocabulary) {
    text made = {FH_ARENA_ARRAY(arena, fh_posting, words), words};
    uint32_t position = 0;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t kind = below(seed, 20);
        if (kind > 1) {
            position++;
        } else if (kind == 1 || position == 0) {
            position += 1 + below(seed, 1u << below(seed, 28));
        }
        made.postings[i] = (fh_posting){.field = below(seed, 4) ? FH_FIELD_WORD : FH_FIELD_TITLE,
                                        .position = position,
                                        .weight = 1,
                                        .word = word_of(below(seed, vocabulary))};
    }
    return made;
}

/* ---- What is meant ---- */

static bool is_at(const text *in, fh_field field, fh_str word, uint32_t position) {
    for (size_t i = 0; i < in->count; i++) {
        const fh_posting *at = &in->postings[i];
        if (at->field == field && at->position == position && fh_str_equal(at->word, word)) return true;
    }
    return false;
}

/* May the words from `i` on stand behind `after`, below `end`? */
static bool in_order(const text *in, fh_field field, const fh_str *words, size_t count, size_t i,
                     uint64_t after, uint64_t end) {
    if (i == count) return true;
    for (size_t at = 0; at < in->count; at++) {
        uint32_t position = in->postings[at].position;
        if (position <= after || position >= end || !is_at(in, field, words[i], position)) continue;
        if (in_order(in, field, words, count, i + 1, position, end)) return true;
    }
    return false;
}

/* The same in any order, each word at a place of its own. */
static bool close_by(const text *in, fh_field field, const fh_str *words, size_t count, uint32_t from,
                     uint32_t window) {
    for (size_t i = 0; i < count; i++) {
        size_t wanted = 0, there = 0;
        for (size_t j = 0; j < count; j++) wanted += fh_str_equal(words[i], words[j]);
        for (size_t at = 0; at < in->count; at++) {
            const fh_posting *posting = &in->postings[at];
            there += posting->field == field && fh_str_equal(posting->word, words[i]) &&
                     posting->position >= from && posting->position - from < window;
        }
        if (there < wanted) return false;
    }
    return true;
}

static bool should_match(const text *in, const fh_phrase *phrase, const fh_str *words) {
    for (size_t at = 0; at < in->count; at++) {
        uint32_t first = in->postings[at].position;
        if (phrase->ordered) {
            if (is_at(in, phrase->field, words[0], first) &&
                in_order(in, phrase->field, words, phrase->count, 1, first, (uint64_t)first + phrase->window))
                return true;
        } else if (close_by(in, phrase->field, words, phrase->count, first, phrase->window)) {
            return true;
        }
    }
    return false;
}

/* ---- Tests ---- */

static fh_str pack(const text *in, fh_buf *out) {
    fh_buf_clear(out);
    fh_positions_pack(packer, in->postings, in->count, out);
    return fh_buf_str(out);
}

static bool has_all(const text *in, fh_field field, const fh_str *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t at = 0; at < in->count && !found; at++)
            found = in->postings[at].field == field && fh_str_equal(in->postings[at].word, words[i]);
        if (!found) return false;
    }
    return true;
}

static void phrases_are_found_where_their_words_stand_so(void **state) {
    (void)state;
    uint64_t seed = 31;
    size_t asked = 0, matched = 0;
    fh_buf packed = {0};
    for (size_t round = 0; round < ROUNDS; round++) {
        fh_str words[MOST_WORDS];
        fh_phrase_word room[MOST_WORDS];
        text in = random_text(&seed, 1 + below(&seed, 60), 1 + below(&seed, 30));
        pack(&in, &packed);
        assert_true(fh_positions_are_whole(fh_buf_str(&packed)));
        for (size_t i = 0; i < 20; i++) {
            fh_phrase phrase = {.field = below(&seed, 4) ? FH_FIELD_WORD : FH_FIELD_TITLE,
                                .ordered = below(&seed, 2),
                                .count = 2 + below(&seed, MOST_WORDS - 2),
                                .words = room};
            phrase.window = (uint32_t)phrase.count + (below(&seed, 2) ? below(&seed, 12) : 0);
            uint32_t start = below(&seed, (uint32_t)in.count);
            for (size_t j = 0; j < phrase.count; j++) {
                words[j] = in.postings[(start + j + below(&seed, 5) / 4) % in.count].word;
                room[j].hash = fh_position_word(words[j]);
            }
            if (!has_all(&in, phrase.field, words, phrase.count)) continue;
            bool wanted = should_match(&in, &phrase, words);
            assert_int_equal(fh_positions_match(fh_buf_str(&packed), &phrase), wanted);
            asked++;
            matched += wanted;
        }
        fh_arena_reset(arena);
    }
    assert_true(matched > asked / 8 && matched < asked - asked / 8); /* there was something to tell apart */
    fh_buf_free(&packed);
}

static void an_article_takes_less_than_two_bytes_a_word(void **state) {
    (void)state;
    enum { WORDS = 300, VOCABULARY = 200 };
    uint64_t seed = 32;
    fh_buf packed = {0};
    text in = {FH_ARENA_ARRAY(arena, fh_posting, WORDS), WORDS};
    for (uint32_t i = 0; i < WORDS; i++)
        in.postings[i] = (fh_posting){FH_FIELD_WORD, i + 1, 1, word_of(below(&seed, VOCABULARY))};
    assert_in_range(pack(&in, &packed).len, WORDS, 2 * WORDS);
    fh_buf_free(&packed);
}

static void very_many_words_are_told_apart(void **state) {
    (void)state;
    enum { WORDS = 200000 };
    fh_buf packed = {0};
    text in = {FH_ARENA_ARRAY(arena, fh_posting, WORDS), WORDS};
    for (uint32_t i = 0; i < WORDS; i++) in.postings[i] = (fh_posting){FH_FIELD_WORD, i + 1, 1, word_of(i)};
    pack(&in, &packed);
    for (uint32_t i = 0; i + 1 < WORDS; i += 997) {
        fh_phrase_word words[] = {{.hash = fh_position_word(word_of(i))},
                                  {.hash = fh_position_word(word_of(i + 1))}};
        fh_phrase phrase = {FH_FIELD_WORD, true, 2, 2, words};
        assert_true(fh_positions_match(fh_buf_str(&packed), &phrase));
        words[1].hash = fh_position_word(word_of(i ? i - 1 : WORDS - 1));
        assert_false(fh_positions_match(fh_buf_str(&packed), &phrase));
    }
    fh_buf_free(&packed);
}

static void what_has_no_position_takes_nothing(void **state) {
    (void)state;
    fh_buf packed = {0};
    fh_posting posting = {FH_FIELD_STEM, 0, 1, FH_STR("كلمة")};
    assert_int_equal(pack(&(text){&posting, 1}, &packed).len, 0);
    assert_int_equal(pack(&(text){&posting, 0}, &packed).len, 0);
    fh_buf_free(&packed);
}

static void damage_is_seen_and_does_no_harm(void **state) {
    (void)state;
    uint64_t seed = 33;
    fh_buf packed = {0};
    text in = random_text(&seed, 50, 20);
    fh_phrase_word words[] = {{.hash = fh_position_word(in.postings[0].word)},
                              {.hash = fh_position_word(in.postings[1].word)}};
    fh_phrase phrase = {FH_FIELD_WORD, true, 2, 2, words};
    pack(&in, &packed);
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
        assert_false(fh_positions_are_whole(fh_buf_str(&packed)));
        fh_positions_match(fh_buf_str(&packed), &phrase);
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < packed.len; len++) {
        char *cut = malloc(len + 1); /* of its own, so that a byte too many is seen */
        assert_non_null(cut);
        memcpy(cut, packed.ptr, len);
        assert_true(len == 0 || !fh_positions_are_whole((fh_str){cut, len}));
        fh_positions_match((fh_str){cut, len}, &phrase);
        free(cut);
    }
    fh_buf_free(&packed);
}

static int make(void **state) {
    (void)state;
    packer = fh_position_packer_new();
    arena = fh_arena_new();
    return 0;
}

static int unmake(void **state) {
    (void)state;
    fh_position_packer_free(packer);
    fh_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_found_where_their_words_stand_so),
        cmocka_unit_test(an_article_takes_less_than_two_bytes_a_word),
        cmocka_unit_test(very_many_words_are_told_apart),
        cmocka_unit_test(what_has_no_position_takes_nothing),
        cmocka_unit_test(damage_is_seen_and_does_no_harm),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
