/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases are found in the codes of a record where a look at the words themselves finds them. */
#include "tests/unit/chance.h"
#include "tests/unit/test_pages.h"

#include "base/arena.h"
#include "base/memory.h"
#include "store/text/phrase.h"
#include "store/text/record.h"
#include <stdlib.h>

enum { MOST_WORDS = 6, ROUNDS = 2500 };

static fh_arena *arena;
static fh_error err;
static kept pages;
static fh_vocabulary *vocabulary;
static fh_coiner *coiner;
static fh_placing placing;

static fh_str word_of(uint32_t number) {
    return fh_arena_format(arena, "كلمه%u", number);
}

/* ---- Documents ---- */

typedef struct text {
    fh_posting *postings;
    size_t count, capacity;
    fh_article article;
} text;

static fh_posting *add(text *to, fh_field field, uint32_t position, fh_str word) {
    assert_in_range(to->count, 0, to->capacity - 1);
    to->postings[to->count] = (fh_posting){.field = field, .position = position, .weight = 1, .word = word};
    return &to->postings[to->count++];
}

/* Where the next word stands: mostly behind the last, at times at the same place, or far off. */
static uint32_t next_position(uint64_t *seed, uint32_t position) {
    uint32_t kind = below(seed, 20);
    if (kind > 1) return position + 1;
    return kind == 1 || position == 0 ? position + 1 + below(seed, 1u << below(seed, 28)) : position;
}

/* Words at their bytes in title or body; some are searched in parts, some are found at no bytes. */
static uint32_t add_text(text *to, fh_part part, uint64_t *seed, uint32_t words, uint32_t different,
                         uint32_t position) {
    static const char *const BETWEEN[] = {" ", " ", " ", "، ", "", "\n", " بلا بحث فيه أبدا "};
    fh_buf bytes = {0};
    size_t first = to->count;
    uint32_t kind = below(seed, 8);
    for (uint32_t i = 0; i < words; i++) {
        fh_str word = word_of(below(seed, different));
        position = next_position(seed, position);
        if (i > 0) fh_buf_add(&bytes, fh_str_from(BETWEEN[below(seed, kind ? 3 : 7)]));
        fh_posting *posting = add(to, FH_FIELD_WORD, position, word);
        posting->part = (uint8_t)part;
        posting->start = (uint32_t)bytes.len;
        fh_buf_add(&bytes, below(seed, 8) ? word : FH_STR("غيرها"));
        posting->end = (uint32_t)bytes.len;
        if (below(seed, 8)) continue;
        to->postings[to->count] = *posting; /* one more in the same bytes */
        to->postings[to->count].word = word_of(below(seed, different));
        to->postings[to->count++].position = position = next_position(seed, position);
    }
    fh_str made = fh_arena_copy(arena, fh_buf_str(&bytes));
    if (part == FH_PART_TITLE)
        to->article.title = made;
    else
        to->article.body = made;
    if (kind == 1) /* nobody says where they stand */
        for (size_t i = first; i < to->count; i++) to->postings[i].start = to->postings[i].end = 0;
    if (kind == 2 && to->count > first)
        to->postings[first + below(seed, (uint32_t)(to->count - first))].end = 0;
    fh_buf_free(&bytes);
    return position;
}

/* The words of the title once more, all of them as they are, or not quite. */
static void add_title_field(text *to, uint64_t *seed, uint32_t different) {
    size_t title = to->count;
    uint32_t kind = below(seed, 8);
    for (size_t i = 0; i < title; i++) {
        fh_posting once = to->postings[i];
        if (kind == 0 && below(seed, 5) == 0) continue;
        add(to, FH_FIELD_TITLE, once.position,
            kind == 1 && i == 0 ? word_of(below(seed, different)) : once.word);
    }
}

static text random_text(uint64_t *seed, uint32_t words, uint32_t different) {
    text made = {.postings = FH_ARENA_ARRAY(arena, fh_posting, 8 * words + 8), .capacity = 8 * words + 8};
    made.article.id = FH_STR("a");
    uint32_t position = add_text(&made, FH_PART_TITLE, seed, below(seed, 8) % (words + 1), different, 0);
    if (below(seed, 3)) add_title_field(&made, seed, different);
    if (below(seed, 10)) position += 100; /* else it may go back, and is in no order */
    if (below(seed, 10) == 0) position = 0;
    position = add_text(&made, FH_PART_BODY, seed, words, different, position);
    for (uint32_t i = below(seed, 2) ? below(seed, 6) : 0; i > 0; i--) {
        position = next_position(seed, position);
        fh_field field = below(seed, 2) ? FH_FIELD_AUTHOR : below(seed, 2) ? FH_FIELD_WORD : FH_FIELD_TITLE;
        add(&made, field, below(seed, 9) ? position : 1, word_of(below(seed, different)));
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

/* ---- What is found ---- */

static void pack(const text *in, fh_buf *out) {
    fh_document document = {.article = &in->article, .postings = in->postings, .posting_count = in->count};
    fh_buf_clear(out);
    assert_int_equal(fh_record_pack(&document, coiner, 0, &placing, out, &err), FH_OK);
}

static bool match(const fh_buf *packed, fh_phrase *phrase) {
    fh_record record;
    bool found = false;
    assert_int_equal(fh_record_read(fh_buf_str(packed), &record, &err), FH_OK);
    assert_int_equal(fh_phrase_match(phrase, &record, vocabulary, &found, &err), FH_OK);
    return found;
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

/* Words that stand one after the other in one field, or nearly so. */
static fh_phrase random_phrase(const text *in, uint64_t *seed, fh_str *words, fh_phrase_word *room) {
    fh_phrase phrase = {.ordered = below(seed, 2), .count = 2 + below(seed, MOST_WORDS - 2), .words = room};
    uint32_t start = below(seed, (uint32_t)in->count);
    phrase.field = in->postings[start].field;
    phrase.window = (uint32_t)phrase.count + (below(seed, 2) ? below(seed, 12) : 0);
    for (size_t j = 0; j < phrase.count; j++) {
        words[j] = in->postings[(start + j + below(seed, 5) / 4) % in->count].word;
        room[j].hash = fh_phrase_hash(words[j]);
    }
    return phrase;
}

/* As often as the lists say that each word stands there: what is read ends where none of them comes any more.
 */
static void tell_times(const text *in, fh_phrase *phrase, const fh_str *words) {
    for (size_t i = 0; i < phrase->count; i++) {
        phrase->words[i].times = 0;
        for (size_t j = 0; j < in->count; j++)
            phrase->words[i].times +=
                in->postings[j].field == phrase->field && fh_str_equal(in->postings[j].word, words[i]);
    }
}

static void phrases_are_found_where_their_words_stand_so(void **state) {
    (void)state;
    uint64_t seed = 31;
    size_t asked = 0, matched = 0, loose = 0, placed = 0, same_title = 0;
    fh_buf packed = {0};
    for (size_t round = 0; round < ROUNDS; round++) {
        text in = random_text(&seed, 1 + below(&seed, 40), 1 + below(&seed, 30));
        pack(&in, &packed);
        loose += placing.loose_count > 0;
        placed += placing.title.count + placing.body.count > 0;
        same_title += placing.title_field;
        for (size_t i = 0; i < 20; i++) {
            fh_str words[MOST_WORDS];
            fh_phrase_word room[MOST_WORDS] = {0};
            fh_phrase phrase = random_phrase(&in, &seed, words, room);
            if (!has_all(&in, phrase.field, words, phrase.count)) continue;
            bool wanted = should_match(&in, &phrase, words);
            assert_int_equal(match(&packed, &phrase), wanted);
            tell_times(&in, &phrase, words);
            assert_int_equal(match(&packed, &phrase), wanted);
            asked++;
            matched += wanted;
        }
        fh_arena_reset(arena);
    }
    assert_true(matched > asked / 8 && matched < asked - asked / 8); /* there was something to tell apart */
    assert_in_range(loose, ROUNDS / 8, ROUNDS - ROUNDS / 8);
    assert_in_range(placed, ROUNDS / 8, ROUNDS - ROUNDS / 8);
    assert_in_range(same_title, ROUNDS / 20, ROUNDS - ROUNDS / 8);
    fh_buf_free(&packed);
}

/* The words of a text, each at its bytes and a space behind it. */
static text plain_text(uint32_t words) {
    text in = {.postings = FH_ARENA_ARRAY(arena, fh_posting, words), .capacity = words};
    fh_buf bytes = {0};
    for (uint32_t i = 0; i < words; i++) {
        fh_posting *posting = add(&in, FH_FIELD_WORD, i + 1, word_of(i));
        if (i > 0) fh_buf_add_char(&bytes, ' ');
        *posting = (fh_posting){.field = FH_FIELD_WORD,
                                .position = i + 1,
                                .weight = 1,
                                .word = posting->word,
                                .part = FH_PART_BODY,
                                .start = (uint32_t)bytes.len,
                                .end = (uint32_t)(bytes.len + posting->word.len)};
        fh_buf_add(&bytes, posting->word);
    }
    in.article = (fh_article){.id = FH_STR("a"), .body = fh_arena_copy(arena, fh_buf_str(&bytes))};
    fh_buf_free(&bytes);
    return in;
}

static void very_many_words_are_told_apart(void **state) {
    (void)state;
    enum { WORDS = 200000 };
    fh_buf packed = {0};
    text in = plain_text(WORDS);
    pack(&in, &packed);
    pack(&in, &packed); /* each has a code now */
    for (uint32_t i = 0; i + 1 < WORDS; i += 3001) {
        fh_phrase_word words[] = {{.hash = fh_phrase_hash(word_of(i))},
                                  {.hash = fh_phrase_hash(word_of(i + 1))}};
        fh_phrase phrase = {FH_FIELD_WORD, true, 2, 2, words};
        assert_true(match(&packed, &phrase));
        words[1].hash = fh_phrase_hash(word_of(i ? i - 1 : WORDS - 1));
        assert_false(match(&packed, &phrase));
    }
    fh_buf_free(&packed);
}

/* What an analyser makes of a word is found by that, though the text is spelled otherwise. */
static void a_word_is_found_as_it_was_folded(void **state) {
    (void)state;
    fh_str body = FH_STR("إلى مدينةِ العــراق");
    size_t first = fh_str_find(body, FH_STR(" "), 0), second = fh_str_find(body, FH_STR(" "), first + 1);
    fh_posting postings[] = {
        {FH_FIELD_WORD, 1, 1, FH_STR("الي"), 0, (uint32_t)first, FH_PART_BODY},
        {FH_FIELD_WORD, 2, 1, FH_STR("مدينه"), (uint32_t)first + 1, (uint32_t)second, FH_PART_BODY},
        {FH_FIELD_WORD, 3, 1, FH_STR("العراق"), (uint32_t)second + 1, (uint32_t)body.len, FH_PART_BODY},
    };
    text in = {postings, 3, 3, {.id = FH_STR("a"), .body = body}};
    fh_buf packed = {0};
    fh_phrase_word words[3] = {0};
    fh_phrase phrase = {FH_FIELD_WORD, true, 3, 3, words};
    for (unsigned round = 0; round < 2000; round++) {
        pack(&in, &packed);
        if (round % 97 > 3) continue;
        for (size_t i = 0; i < 3; i++) words[i].hash = fh_phrase_hash(postings[i].word);
        assert_true(match(&packed, &phrase));
        words[1].hash = fh_phrase_hash(FH_STR("مدينة"));
        assert_false(match(&packed, &phrase));
    }
    assert_int_equal(placing.loose_count, 0);
    fh_buf_free(&packed);
}

static void what_has_no_position_is_in_no_phrase(void **state) {
    (void)state;
    fh_buf with = {0}, without = {0};
    fh_posting posting = {.field = FH_FIELD_STEM, .weight = 1, .word = FH_STR("كلمة")};
    text in = {&posting, 1, 1, {.id = FH_STR("a")}};
    pack(&in, &with);
    in.count = 0;
    pack(&in, &without);
    assert_str_equal(fh_buf_str(&with), fh_buf_str(&without));
    fh_buf_free(&with);
    fh_buf_free(&without);
}

/* ---- Damage ---- */

/* Of bytes of their own, so that one too many is seen. */
static fh_status look(fh_str bytes, fh_phrase *phrase) {
    fh_record record;
    bool found;
    char *own = malloc(bytes.len ? bytes.len : 1);
    assert_non_null(own);
    memcpy(own, bytes.ptr, bytes.len);
    fh_status status = fh_record_read((fh_str){own, bytes.len}, &record, &err);
    if (status == FH_OK) fh_phrase_match(phrase, &record, vocabulary, &found, &err);
    free(own);
    return status;
}

static void damage_is_seen_and_does_no_harm(void **state) {
    (void)state;
    uint64_t seed = 33;
    fh_buf packed = {0};
    text in = random_text(&seed, 50, 20);
    fh_phrase_word words[] = {{.hash = fh_phrase_hash(FH_STR("a"))}, {.hash = fh_phrase_hash(word_of(0))}};
    fh_phrase phrase = {FH_FIELD_WORD, true, 2, 2, words};
    pack(&in, &packed);
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
        phrase.ordered = bit % 2;
        assert_int_equal(look(fh_buf_str(&packed), &phrase), FH_ERR_CORRUPT);
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < packed.len; len++)
        assert_int_equal(look(fh_str_slice(fh_buf_str(&packed), 0, len), &phrase), FH_ERR_CORRUPT);
    assert_int_equal(look(fh_buf_str(&packed), &phrase), FH_OK);
    fh_buf_free(&packed);
}

static int make(void **state) {
    (void)state;
    arena = fh_arena_new();
    vocabulary = fh_vocabulary_new(read_kept, &pages);
    return fh_coiner_new(vocabulary, &coiner, &err) == FH_OK ? 0 : -1;
}

static int unmake(void **state) {
    (void)state;
    fh_placing_free(&placing);
    fh_coiner_free(coiner);
    fh_vocabulary_free(vocabulary);
    free_kept(&pages);
    fh_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_found_where_their_words_stand_so),
        cmocka_unit_test(very_many_words_are_told_apart),
        cmocka_unit_test(a_word_is_found_as_it_was_folded),
        cmocka_unit_test(what_has_no_position_is_in_no_phrase),
        cmocka_unit_test(damage_is_seen_and_does_no_harm),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
