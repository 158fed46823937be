/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article comes back from its record with all that it had, and a damaged one is never anything but an
 * error. */
#include "tests/unit/test_pages.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/memory.h"
#include "store/text/marks.h"
#include "store/text/record_layout.h"
#include <stdlib.h>

static fh_error err;
static fh_arena *arena;
static kept pages;
static fh_vocabulary *vocabulary;
static fh_coiner *coiner;
static fh_placing placing;
static fh_buf room;

static int make(void **state) {
    (void)state;
    arena = fh_arena_new();
    vocabulary = fh_vocabulary_new(read_kept, &pages);
    return fh_coiner_new(vocabulary, &coiner, &err) == FH_OK ? 0 : -1;
}

static int unmake(void **state) {
    (void)state;
    fh_placing_free(&placing);
    fh_placing_free(&placing); /* leaves it empty */
    fh_buf_free(&room);
    fh_coiner_free(coiner);
    fh_vocabulary_free(vocabulary);
    free_kept(&pages);
    fh_arena_free(arena);
    return 0;
}

/* ---- An article with everything ---- */

static const char BODY[] = "أعلن المتحدث باسم الوزارة، اليوم الثلاثاء، أن أسعار النفط ارتفعت.\n"
                           "وأضاف  أن «الأسعار» بلغت ٨٠ دولارا… \xf0\x9f\x9b\xa2 OPEC";

static fh_entity_mark marks[] = {
    {FH_STR("country-eg"), FH_PART_TITLE, 0, 6},
    {FH_STR("country-eg"), FH_PART_TITLE, 0, 6},
    {FH_STR("org-opec"), FH_PART_BODY, 0, 0}, /* its end is set below */
};
static fh_str keywords[] = {FH_STR("مصر"), FH_STR("أسعار النفط"), FH_STR("")};
static fh_str related[] = {FH_STR("عنوان مقال آخر، طويل بعض الشيء، في صفحة أخرى من الموقع نفسه"),
                           FH_STR("خبر")};

static fh_article whole_article(void) {
    fh_article article = {
        .id = FH_STR("a/1"),
        .url = FH_STR("https://example.org/news/2024/05/04/oil-prices.html"),
        .title = FH_STR("مصر اليوم"),
        .source = FH_STR("النهر"),
        .wire = FH_STR("وكالة الأنباء"),
        .author = FH_STR("هدى"),
        .section = FH_STR("اقتصاد"),
        .language = FH_STR("ar"),
        .parent = FH_STR("https://example.org/"),
        .dateline = FH_STR("القاهرة"),
        .edition = FH_STR("2024-05-04T09:30:00Z 2"),
        .embargo = FH_STR("2024-05-04T10:00:00Z"),
        .format = FH_STR("html"),
        .body = fh_str_from(BODY),
        .keywords = {keywords, 3},
        .related = {related, 2},
        .published =
            {.year = 2024, .month = 5, .day = 4, .has_time = true, .hour = 9, .minute = 30, .zone = 180},
        .title_from_lead = true,
        .entities = marks,
        .entity_count = 3,
    };
    marks[2].start = (uint32_t)fh_str_find(article.body, FH_STR("OPEC"), 0);
    marks[2].end = marks[2].start + 4;
    return article;
}

static fh_status pack(const fh_article *article, fh_buf *out) {
    fh_document document = {.article = article};
    fh_buf_clear(out);
    return fh_record_pack(&document, coiner, fh_vocabulary_number(vocabulary), &placing, out, &err);
}

/* From bytes of their own, so that one too many is seen; what comes back lives in the arena. */
static fh_status unpack(fh_str bytes, fh_article *out) {
    fh_record record;
    char *own = malloc(bytes.len ? bytes.len : 1);
    assert_non_null(own);
    memcpy(own, bytes.ptr, bytes.len);
    fh_status status = fh_record_read((fh_str){own, bytes.len}, &record, &err);
    if (status == FH_OK) status = fh_record_article(&record, vocabulary, &room, arena, out, &err);
    free(own);
    return status;
}

static void assert_strings(fh_strs found, fh_strs expected) {
    assert_int_equal(found.count, expected.count);
    for (size_t i = 0; i < found.count; i++) assert_str_equal(found.items[i], expected.items[i]);
}

static void assert_article(const fh_article *found, const fh_article *expected) {
    assert_str_equal(found->id, expected->id);
    assert_str_equal(found->title, expected->title);
    assert_str_equal(found->body, expected->body);
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++)
        assert_str_equal(*fh_record_text((fh_article *)found, i), *fh_record_text((fh_article *)expected, i));
    assert_strings(found->keywords, expected->keywords);
    assert_strings(found->related, expected->related);
    assert_int_equal(found->title_from_lead, expected->title_from_lead);
    assert_int_equal(found->entity_count, expected->entity_count);
    for (size_t i = 0; i < found->entity_count; i++) {
        assert_str_equal(found->entities[i].entity, expected->entities[i].entity);
        assert_int_equal(found->entities[i].part, expected->entities[i].part);
        assert_int_equal(found->entities[i].start, expected->entities[i].start);
        assert_int_equal(found->entities[i].end, expected->entities[i].end);
    }
    const fh_date *a = &found->published, *b = &expected->published;
    assert_int_equal(a->year, b->year);
    assert_int_equal(a->month, b->month);
    assert_int_equal(a->day, b->day);
    assert_int_equal(a->guessed, b->guessed);
    assert_int_equal(a->has_time, b->has_time);
    if (!b->has_time) return;
    assert_int_equal(a->hour, b->hour);
    assert_int_equal(a->minute, b->minute);
    assert_int_equal(a->second, b->second);
    assert_int_equal(a->zone, b->zone);
}

static void assert_comes_back(const fh_article *article) {
    fh_buf packed = {0};
    fh_article back;
    assert_int_equal(pack(article, &packed), FH_OK);
    assert_int_equal(unpack(fh_buf_str(&packed), &back), FH_OK);
    assert_article(&back, article);
    fh_buf_free(&packed);
}

static void an_article_comes_back_with_all_it_had(void **state) {
    (void)state;
    fh_article article = whole_article();
    for (unsigned i = 0; i < 50; i++) assert_comes_back(&article); /* literal first, then in shorter codes */
}

static void an_article_of_nothing_but_an_id_comes_back(void **state) {
    (void)state;
    assert_comes_back(&(fh_article){.id = FH_STR("a")});
}

/* A text more or less moves no other. */
static void any_text_may_be_missing(void **state) {
    (void)state;
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++) {
        fh_article article = whole_article(), bare = {.id = FH_STR("a")};
        *fh_record_text(&bare, i) = *fh_record_text(&article, i);
        *fh_record_text(&article, i) = FH_STR("");
        assert_comes_back(&article);
        assert_comes_back(&bare);
    }
}

static void all_dates_come_back(void **state) {
    (void)state;
    static const fh_date dates[] = {
        {.year = -32768, .month = 1, .day = 1},
        {.year = 32767, .month = 12, .day = 31, .guessed = true},
        {.year = -1, .has_time = true, .hour = 23, .minute = 59, .second = 60, .zone = FH_NO_ZONE},
        {.year = 2024, .month = 2, .day = 29, .has_time = true, .zone = -720},
        {.year = 2024, .month = 2, .day = 29, .has_time = true, .zone = 840},
        {.year = 2024, .month = 2, .day = 29, .has_time = true, .zone = 0},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_comes_back(&(fh_article){.id = FH_STR("a"), .published = dates[i]});
}

/* ---- Marks ---- */

static void marks_end_between_code_points_and_within_their_text(void **state) {
    (void)state;
    fh_entity_mark mark = {FH_STR("country-eg"), FH_PART_BODY, 0, 3};
    fh_article article = {.id = FH_STR("a"), .body = FH_STR("مصر"), .entities = &mark, .entity_count = 1};
    fh_buf packed = {0};
    assert_int_equal(pack(&article, &packed), FH_ERR_INTERNAL);
    assert_int_equal(packed.len, 0);
    mark.end = 8;
    assert_int_equal(pack(&article, &packed), FH_ERR_INTERNAL);
    mark.end = 4;
    mark.part = 7;
    assert_int_equal(pack(&article, &packed), FH_ERR_INTERNAL);
    mark.part = FH_PART_BODY;
    assert_comes_back(&article);
    fh_buf_free(&packed);
}

enum { MARKS = 5000 };

static fh_article article_of_marks(unsigned entities) {
    static fh_entity_mark many[MARKS];
    static char ids[MARKS][8];
    for (unsigned i = 0; i < MARKS; i++) {
        snprintf(ids[i], sizeof ids[i], "e%u", i % entities);
        many[i] = (fh_entity_mark){fh_str_from(ids[i]), FH_PART_BODY, 0, 1};
    }
    return (fh_article){.id = FH_STR("a"), .body = FH_STR("x"), .entities = many, .entity_count = MARKS};
}

static void an_entity_named_far_apart_comes_back(void **state) {
    (void)state;
    fh_article article = article_of_marks(3000);
    assert_comes_back(&article);
}

/* They take no codes but the first one's. */
static void many_marks_of_one_entity_come_back(void **state) {
    (void)state;
    fh_article article = article_of_marks(1);
    assert_comes_back(&article);
}

/* ---- What is refused ---- */

static void what_is_not_utf8_is_refused(void **state) {
    (void)state;
    fh_buf packed = {0};
    fh_str bad = FH_STR("\xed\xa0\x80"); /* half a surrogate pair */
    fh_entity_mark mark = {bad, FH_PART_BODY, 0, 0};
    const fh_article articles[] = {
        {.title = bad},          {.body = FH_STR("\xd9")}, {.author = bad},
        {.keywords = {&bad, 1}}, {.related = {&bad, 1}},   {.entities = &mark, .entity_count = 1},
    };
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        assert_int_equal(pack(&articles[i], &packed), FH_ERR_INPUT);
    fh_buf_free(&packed);
}

static void what_is_too_long_is_refused(void **state) {
    (void)state;
    fh_buf packed = {0}, body = {0};
    fh_buf_reserve(&body, FH_MAX_RECORD + 1);
    memset(body.ptr, 'x', FH_MAX_RECORD + 1);
    body.len = FH_MAX_RECORD + 1;
    fh_article article = {.id = FH_STR("a"), .body = fh_buf_str(&body)};
    assert_int_equal(pack(&article, &packed), FH_ERR_LIMIT);
    article.body.len /= 2;
    article.title = article.body;
    article.author = FH_STR("xx");
    assert_int_equal(pack(&article, &packed), FH_ERR_LIMIT);
    article.author = FH_STR("");
    article.title.len = 1;
    assert_comes_back(&article); /* one word of 32 MiB */
    fh_buf_free(&packed);
    fh_buf_free(&body);
}

/* ---- Damage ---- */

enum { HEAD = FH_CRC_BYTES + 4 }; /* before the format: the sum, and the id, "a/1", behind its length */

static void a_damaged_record_is_an_error(void **state) {
    (void)state;
    fh_buf packed = {0};
    fh_article article = whole_article(), back;
    assert_int_equal(pack(&article, &packed), FH_OK);
    for (size_t bit = HEAD * 8; bit < packed.len * 8; bit++) {
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(unpack(fh_buf_str(&packed), &back), FH_ERR_CORRUPT);
        assert_non_null(strstr(err.what, "a/1"));
        packed.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t len = 0; len < packed.len; len++)
        assert_int_equal(unpack(fh_str_slice(fh_buf_str(&packed), 0, len), &back), FH_ERR_CORRUPT);
    fh_buf_free(&packed);
}

/* The same, with a sum that is right: what is read is checked, too. */
static void seal(fh_buf *packed) {
    fh_str held = fh_str_slice(fh_buf_str(packed), FH_CRC_BYTES, packed->len);
    fh_crc_put(fh_crc(held), packed->ptr);
}

static void inner_numbers_are_checked(void **state) {
    (void)state;
    fh_buf packed = {0};
    fh_article article = whole_article(), back;
    size_t refused = 0, tried = 0;
    assert_int_equal(pack(&article, &packed), FH_OK);
    seal(&packed);
    assert_int_equal(unpack(fh_buf_str(&packed), &back), FH_OK);
    for (size_t at = HEAD; at < packed.len; at++) {
        char kept_byte = packed.ptr[at];
        for (unsigned byte = 0; byte < 256; byte += 5) {
            packed.ptr[at] = (char)byte;
            seal(&packed);
            fh_status status = unpack(fh_buf_str(&packed), &back);
            assert_true(status == FH_OK || status == FH_ERR_CORRUPT);
            refused += status != FH_OK;
            tried++;
            for (size_t i = 0; status == FH_OK && i < back.entity_count; i++)
                assert_true(fh_mark_fits(&back, &back.entities[i]));
            fh_arena_reset(arena);
        }
        packed.ptr[at] = kept_byte;
    }
    assert_true(refused > tried / 4 && refused < tried);
    fh_buf_free(&packed);
}

static void a_record_that_breaks_off_under_a_right_sum_is_damage(void **state) {
    (void)state;
    fh_buf packed = {0};
    fh_article article = whole_article(), back;
    assert_int_equal(pack(&article, &packed), FH_OK);
    for (packed.len--; packed.len >= HEAD; packed.len--) {
        seal(&packed);
        assert_int_equal(unpack(fh_buf_str(&packed), &back), FH_ERR_CORRUPT);
        fh_arena_reset(arena);
    }
    fh_buf_free(&packed);
}

/* Counts that no record of this length can have ask for no memory. */
static void counts_are_not_believed(void **state) {
    (void)state;
    static const char *const numbers[] = {
        "\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\x7f",                         /* keywords */
        "\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\x7f",                     /* related */
        "\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\x7f",                 /* marks */
        "\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\x01", /* marks */
    };
    static const size_t lengths[] = {11, 12, 13, 17};
    for (size_t i = 0; i < 4; i++) {
        fh_buf packed = {0};
        fh_article back;
        fh_buf_add(&packed, FH_STR("\x03"
                                   "a/1\x01\x00sums"));
        fh_buf_add_char(&packed, (char)lengths[i]);
        fh_buf_add(&packed, (fh_str){numbers[i], lengths[i]});
        fh_buf_add(&packed, FH_STR("\x00\x00\x00\x00"));
        seal(&packed);
        assert_int_equal(unpack(fh_buf_str(&packed), &back), FH_ERR_CORRUPT);
        fh_buf_free(&packed);
    }
}

static void another_format_is_not_read(void **state) {
    (void)state;
    fh_record record;
    assert_int_equal(fh_record_read(FH_STR("\x01"
                                           "a\x02\x00sums\x00"),
                                    &record, &err),
                     FH_ERR_CORRUPT);
}

/* ---- Recoding ---- */

static void recoded_an_article_is_the_same(void **state) {
    (void)state;
    fh_buf packed = {0}, again = {0};
    fh_record record, other;
    fh_article article = whole_article(), back;
    fh_coiner *second = NULL;
    fh_vocabulary *its = fh_vocabulary_new(read_kept, &pages);
    assert_int_equal(fh_vocabulary_select(its, 9, &err), FH_OK);
    assert_int_equal(fh_coiner_new(its, &second, &err), FH_OK);
    assert_int_equal(pack(&article, &packed), FH_OK);
    assert_int_equal(fh_record_read(fh_buf_str(&packed), &record, &err), FH_OK);
    for (unsigned i = 0; i < 3; i++) {
        fh_buf_clear(&again);
        fh_recoding how = {.from = vocabulary, .coiner = second, .to = 9};
        assert_int_equal(fh_record_recode(&record, &how, &again, &err), FH_OK);
        assert_int_equal(fh_record_read(fh_buf_str(&again), &other, &err), FH_OK);
        assert_int_equal(other.vocabulary, 9);
        assert_int_equal(fh_record_article(&other, its, &room, arena, &back, &err), FH_OK);
        assert_article(&back, &article);
    }
    fh_coiner_free(second);
    fh_vocabulary_free(its);
    fh_buf_free(&packed);
    fh_buf_free(&again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_comes_back_with_all_it_had),
        cmocka_unit_test(an_article_of_nothing_but_an_id_comes_back),
        cmocka_unit_test(any_text_may_be_missing),
        cmocka_unit_test(all_dates_come_back),
        cmocka_unit_test(marks_end_between_code_points_and_within_their_text),
        cmocka_unit_test(an_entity_named_far_apart_comes_back),
        cmocka_unit_test(many_marks_of_one_entity_come_back),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(what_is_too_long_is_refused),
        cmocka_unit_test(a_damaged_record_is_an_error),
        cmocka_unit_test(inner_numbers_are_checked),
        cmocka_unit_test(a_record_that_breaks_off_under_a_right_sum_is_damage),
        cmocka_unit_test(counts_are_not_believed),
        cmocka_unit_test(another_format_is_not_read),
        cmocka_unit_test(recoded_an_article_is_the_same),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
