/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed marks are the marks that were there, in two or three bytes each, whatever they mark. */
#include "store/text/marks.h"
#include "tests/unit/chance.h"

#include "base/utf8.h"
#include "tests/unit/test.h"

enum { ROUNDS = 2000, MOST = 40 };

static fh_arena *arena;

static fh_str random_text(uint64_t *seed, uint32_t pieces) {
    static const char *const parts[] = {"الرياض", "و",  "بالقاهرة", " ",  " ", " ", "،", "؟ ",
                                        "«",      "» ", "\n",       "a1", "—", "-", "世"};
    fh_buf text = {0};
    for (uint32_t i = 0; i < pieces; i++)
        fh_buf_add(&text, fh_str_from(parts[below(seed, sizeof parts / sizeof *parts)]));
    fh_str kept = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return kept;
}

static uint32_t edge(uint64_t *seed, fh_str text, uint32_t from) {
    uint32_t at = from + below(seed, (uint32_t)text.len + 1 - from);
    while (!fh_utf8_is_edge(text, at)) at--;
    return at;
}

static fh_str id_of(uint32_t number) {
    return fh_arena_format(arena, "person:%u", number);
}

/* Of `ids` ids, those of even numbers are listed. */
static fh_str list_of(uint32_t ids) {
    fh_str listed = FH_STR("");
    for (uint32_t i = 0; i < ids; i += 2)
        listed = fh_arena_format(arena, "%.*s%.*s%c", FH_STR_ARG(listed), FH_STR_ARG(id_of(i)), FH_VALUE_END);
    return listed;
}

static void assert_same_marks(const fh_article *found, const fh_article *wanted) {
    assert_int_equal(found->entity_count, wanted->entity_count);
    for (size_t i = 0; i < wanted->entity_count; i++) {
        const fh_entity_mark *a = &found->entities[i], *b = &wanted->entities[i];
        assert_str_equal(a->entity, b->entity);
        assert_int_equal(a->part, b->part);
        assert_int_equal(a->start, b->start);
        assert_int_equal(a->end, b->end);
    }
}

static fh_article random_article(uint64_t *seed, uint32_t ids) {
    fh_article made = {.title = random_text(seed, below(seed, 10)),
                       .body = random_text(seed, below(seed, 300))};
    made.entity_count = below(seed, MOST);
    made.entities = FH_ARENA_ARRAY(arena, fh_entity_mark, made.entity_count + 1);
    uint32_t in_title = below(seed, 5), last = 0;
    for (uint32_t i = 0; i < made.entity_count; i++) {
        uint8_t part = i < in_title ? FH_PART_TITLE : FH_PART_BODY;
        fh_str text = part == FH_PART_TITLE ? made.title : made.body;
        if (last > text.len || below(seed, 8) == 0 || i == in_title) last = 0;
        uint32_t start = edge(seed, text, last);
        if (start < last) start = last;
        last = edge(seed, text, start);
        if (last < start) last = start;
        made.entities[i] = (fh_entity_mark){id_of(below(seed, ids)), part, start, last};
    }
    return made;
}

static void marks_come_back_as_they_were(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t ids = 1 + below(&seed, 30);
        fh_article made = random_article(&seed, ids), back = made;
        fh_str listed = list_of(ids);
        fh_buf packed = {0};
        fh_marks_pack(&made, listed, &packed);
        assert_true(fh_marks_unpack(fh_buf_str(&packed), listed, arena, &back));
        assert_same_marks(&back, &made);
        fh_buf_free(&packed);
        fh_arena_reset(arena);
    }
}

/* Where each word of the text is one. */
static fh_article every_word_marked(fh_str text) {
    fh_article made = {.body = text, .entities = FH_ARENA_ARRAY(arena, fh_entity_mark, text.len)};
    for (uint32_t at = 0; at < text.len;) {
        uint32_t end = at;
        while (end < text.len && text.ptr[end] != ' ') end++;
        made.entities[made.entity_count++] = (fh_entity_mark){id_of(0), FH_PART_BODY, at, end};
        at = end + 1;
    }
    return made;
}

static void a_listed_name_of_whole_words_takes_two_bytes(void **state) {
    (void)state;
    fh_article made = every_word_marked(FH_STR("زار الرئيس القاهرة وعاد إلى الرياض"));
    fh_buf packed = {0};
    fh_marks_pack(&made, list_of(1), &packed);
    assert_int_equal(packed.len, 2 + 2 * made.entity_count);
    fh_buf_free(&packed);
}

static void no_marks_are_no_bytes(void **state) {
    (void)state;
    const fh_article made = {.body = FH_STR("متن")};
    fh_article back = made;
    fh_buf packed = {0};
    fh_marks_pack(&made, list_of(4), &packed);
    assert_int_equal(packed.len, 0);
    assert_true(fh_marks_unpack(FH_STR(""), FH_STR(""), arena, &back));
    assert_int_equal(back.entity_count, 0);
}

/* Whatever bytes there are: what is taken for marks fits. */
static void damaged_marks_are_refused_or_fit(void **state) {
    (void)state;
    uint64_t seed = 7;
    unsigned refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
        fh_article made = random_article(&seed, 9);
        fh_str listed = list_of(below(&seed, 4));
        fh_buf packed = {0};
        fh_marks_pack(&made, list_of(9), &packed);
        for (uint32_t flips = below(&seed, 5); flips > 0 && packed.len > 0; flips--)
            packed.ptr[below(&seed, (uint32_t)packed.len)] ^= (char)(1 << below(&seed, 8));
        fh_str bytes = fh_str_slice(fh_buf_str(&packed), 0, below(&seed, (uint32_t)packed.len + 1));
        if (!fh_marks_unpack(bytes, listed, arena, &made))
            refused++;
        else
            for (size_t i = 0; i < made.entity_count; i++)
                assert_true(fh_mark_fits(&made, &made.entities[i]));
        fh_buf_free(&packed);
        fh_arena_reset(arena);
    }
    assert_true(refused > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_come_back_as_they_were),
        cmocka_unit_test(a_listed_name_of_whole_words_takes_two_bytes),
        cmocka_unit_test(no_marks_are_no_bytes),
        cmocka_unit_test(damaged_marks_are_refused_or_fit),
    };
    arena = fh_arena_new();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fh_arena_free(arena);
    return failed;
}
