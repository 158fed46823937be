/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stored text: small, whole again, and never anything but an error when it is damaged. */
#include "tests/unit/test.h"

#include "base/buf.h"
#include "store/dictionary.h"
#include "store/record.h"
#include <stdlib.h>
#include <zlib.h>

static fh_codec *codec;
static fh_error err;

static int make_codec(void **state) {
    (void)state;
    return fh_codec_new(&codec, &err) == FH_OK ? 0 : -1;
}

static int free_codec(void **state) {
    (void)state;
    fh_codec_free(codec);
    fh_codec_free(NULL);
    return 0;
}

/* ---- A text as news has it: sentences of phrases, names and figures in an order that a fixed generator
 * picks ---- */

static const char *const PHRASES[] = {
    "أعلن المتحدث باسم وزارة الخارجية، اليوم الثلاثاء، أن",
    "وأضاف في تصريحات صحفية أن",
    "وقال رئيس الوزراء",
    "خلال مؤتمر صحفي مشترك مع نظيره",
    "ارتفعت أسعار النفط في التعاملات الآسيوية",
    "بنسبة",
    "في المئة مقارنة بالعام الماضي",
    "من جهة أخرى،",
    "أكد الرئيس المصري",
    "على أهمية تعزيز التعاون بين البلدين",
    "في مختلف المجالات",
    "وأشار إلى أن الحكومة",
    "تعمل على تنفيذ خطة جديدة",
    "لدعم الاقتصاد الوطني",
    "وفاز الفريق على ضيفه",
    "بهدفين مقابل هدف واحد",
    "في المباراة التي أقيمت بينهما",
    "ضمن منافسات الدوري",
    "وبحسب وكالة الأنباء،",
    "توقعت هيئة الأرصاد الجوية",
    "هطول أمطار متفرقة",
    "على مناطق واسعة من البلاد",
    "وذكرت مصادر مطلعة",
    "أن المفاوضات ستستأنف الأسبوع المقبل",
    "فيما طالبت منظمات دولية",
    "بوقف فوري لإطلاق النار",
};
static const char *const LETTERS[] = {"ا", "ب", "ت", "ج", "ح", "د", "ر", "س", "ع", "ف",
                                      "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ة", "ش"};

static uint32_t pick(uint32_t *random, uint32_t below) {
    *random = *random * 1664525u + 1013904223u; /* Knuth and Lewis's generator */
    return (*random >> 16) % below;
}

static void add_article(fh_buf *out, uint32_t seed) {
    uint32_t random = seed * 2654435761u;
    for (unsigned sentence = 0; sentence < 25; sentence++) {
        fh_buf_printf(out, "%s ", PHRASES[pick(&random, sizeof PHRASES / sizeof *PHRASES)]);
        for (unsigned word = 0; word < 9; word++) { /* words that no other article need have */
            for (unsigned n = 3 + pick(&random, 4); n > 0; n--)
                fh_buf_printf(out, "%s", LETTERS[pick(&random, 20)]);
            fh_buf_add_char(out, ' ');
        }
        fh_buf_printf(out, "%s %u.\n", PHRASES[pick(&random, sizeof PHRASES / sizeof *PHRASES)],
                      pick(&random, 5000));
    }
}

/* ---- SCSU ---- */

static void assert_scsu_round_trip(fh_str text) {
    fh_buf scsu = {0};
    assert_int_equal(fh_codec_to_scsu(codec, text, &scsu, &err), FH_OK);
    char *back = malloc(text.len + 1);
    assert_int_equal(fh_codec_from_scsu(codec, fh_buf_str(&scsu), back, text.len, &err), FH_OK);
    assert_memory_equal(back, text.ptr, text.len);
    free(back);
    fh_buf_free(&scsu);
}

static void an_arabic_letter_takes_one_byte_in_scsu(void **state) {
    (void)state;
    fh_buf scsu = {0};
    fh_str text = FH_STR("الجزيرة تنشر الأخبار كل يوم");
    assert_int_equal(fh_codec_to_scsu(codec, text, &scsu, &err), FH_OK);
    assert_true(scsu.len <= fh_utf8_count(text) + 1); /* and one to choose the Arabic window */
    fh_buf_free(&scsu);
}

static void any_code_points_come_back_from_scsu(void **state) {
    (void)state;
    uint32_t random = 7;
    assert_scsu_round_trip(FH_STR(""));
    for (unsigned round = 0; round < 300; round++) {
        fh_buf text = {0};
        for (unsigned n = pick(&random, 200); n > 0; n--) {
            static const uint32_t limits[] = {0x20, 0x80, 0x700, 0x3000, 0xD800, 0x10000};
            uint32_t limit = limits[pick(&random, 6)];
            uint32_t c = limit == 0x10000 ? 0xE000 + pick(&random, 0x2000) : pick(&random, limit);
            fh_buf_add_code_point(&text, pick(&random, 9) == 0 ? 0x10000 + pick(&random, 0xFFFF) : c);
        }
        assert_scsu_round_trip(fh_buf_str(&text));
        fh_buf_free(&text);
    }
}

static void what_is_not_utf8_is_refused(void **state) {
    (void)state;
    fh_buf scsu = {0};
    assert_int_equal(fh_codec_to_scsu(codec, FH_STR("\xd8"), &scsu, &err), FH_ERR_INPUT);
    assert_int_equal(fh_codec_to_scsu(codec, FH_STR("\xed\xa0\x80"), &scsu, &err),
                     FH_ERR_INPUT); /* a surrogate */
    fh_buf_free(&scsu);
}

static void scsu_of_another_length_is_damage(void **state) {
    (void)state;
    char out[64];
    fh_buf scsu = {0};
    fh_str text = FH_STR("مصر");
    assert_int_equal(fh_codec_to_scsu(codec, text, &scsu, &err), FH_OK);
    assert_int_equal(fh_codec_from_scsu(codec, fh_buf_str(&scsu), out, text.len - 2, &err), FH_ERR_CORRUPT);
    assert_int_equal(fh_codec_from_scsu(codec, fh_buf_str(&scsu), out, text.len + 2, &err), FH_ERR_CORRUPT);
    assert_int_equal(fh_codec_from_scsu(codec, FH_STR("\x0e"), out, 4, &err),
                     FH_ERR_CORRUPT); /* a quote of nothing */
    fh_buf_free(&scsu);
}

/* ---- Deflate ---- */

static void input_that_is_cut_fails_at_once(void **state) {
    (void)state;
    fh_buf text = {0}, packed = {0};
    add_article(&text, 1);
    char *back = malloc(text.len);
    fh_codec_prime(codec, FH_STR(""));
    fh_codec_deflate(codec, fh_buf_str(&text), &packed);
    fh_str whole = fh_buf_str(&packed);
    assert_int_equal(fh_codec_inflate(codec, FH_STR(""), whole, back, text.len, &err), FH_OK);
    assert_memory_equal(back, text.ptr, text.len);
    for (size_t len = 0; len < whole.len; len += 7) {
        fh_str cut = fh_str_slice(whole, 0, len);
        assert_int_equal(fh_codec_inflate(codec, FH_STR(""), cut, back, text.len, &err), FH_ERR_CORRUPT);
    }
    assert_int_equal(fh_codec_inflate(codec, FH_STR(""), whole, back, text.len - 1, &err), FH_ERR_CORRUPT);
    free(back);
    fh_buf_free(&text);
    fh_buf_free(&packed);
}

static void a_primed_codec_packs_each_text_alone(void **state) {
    (void)state;
    fh_str dictionary = FH_STR("أعلن المتحدث باسم وزارة الخارجية"),
           text = FH_STR("أعلن المتحدث باسم وزارة الداخلية");
    fh_buf first = {0}, second = {0}, bare = {0};
    char back[128];
    fh_codec_prime(codec, dictionary);
    fh_codec_deflate(codec, text, &first);
    fh_codec_deflate(codec, text, &second);
    assert_str_equal(fh_buf_str(&first), fh_buf_str(&second));
    assert_int_equal(fh_codec_inflate(codec, dictionary, fh_buf_str(&second), back, text.len, &err), FH_OK);
    assert_memory_equal(back, text.ptr, text.len);
    fh_codec_prime(codec, FH_STR(""));
    fh_codec_deflate(codec, text, &bare);
    assert_true(first.len < bare.len);
    fh_buf_free(&first);
    fh_buf_free(&second);
    fh_buf_free(&bare);
}

/* ---- Records ---- */

static fh_status unpack(fh_str bytes, fh_str dictionary, fh_arena *arena, fh_article *out) {
    fh_record record;
    fh_buf plain = {0};
    fh_status status = fh_record_read(bytes, &record, &err);
    if (status == FH_OK) status = fh_record_inflate(codec, &record, dictionary, &plain, &err);
    if (status == FH_OK) status = fh_record_article(codec, &record, fh_buf_str(&plain), arena, out, &err);
    fh_buf_free(&plain);
    return status;
}

static void make_record(fh_buf *out, fh_buf *body) {
    fh_strs keywords = {(fh_str[]){FH_STR("مصر"), FH_STR("نفط")}, 2};
    fh_entity_mark mark = {FH_STR("country-eg"), FH_PART_TITLE, 0, 6};
    add_article(body, 3);
    fh_article article = {.id = FH_STR("a/1"),
                          .title = FH_STR("مصر اليوم"),
                          .body = fh_buf_str(body),
                          .keywords = keywords,
                          .entities = &mark,
                          .entity_count = 1};
    fh_buf plain = {0};
    fh_codec_prime(codec, FH_STR(""));
    assert_int_equal(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err), FH_OK);
    fh_record_head head = {article.id, FH_STR("")};
    fh_record_pack(codec, &head, 0, fh_buf_str(&plain), out);
    fh_buf_free(&plain);
}

static void a_damaged_record_is_an_error_or_the_same_article(void **state) {
    (void)state;
    fh_buf packed = {0}, body = {0};
    fh_arena *arena = fh_arena_new();
    fh_article article;
    size_t same = 0;
    make_record(&packed, &body);
    assert_int_equal(unpack(fh_buf_str(&packed), FH_STR(""), arena, &article), FH_OK);
    assert_str_equal(article.body, fh_buf_str(&body));
    for (size_t at = 4; at < packed.len; at++) { /* behind the id, which may be anything */
        if (at == 6) continue;                   /* the number of the dictionary, which the store looks up */
        packed.ptr[at] ^= 0x10;
        fh_status status = unpack(fh_buf_str(&packed), FH_STR(""), arena, &article);
        if (status == FH_OK) { /* a distance that leads to the same words elsewhere */
            assert_str_equal(article.body, fh_buf_str(&body));
            same++;
        } else {
            assert_int_equal(status, FH_ERR_CORRUPT);
            assert_non_null(strstr(err.what, "a/1"));
        }
        packed.ptr[at] ^= 0x10;
    }
    assert_in_range(same, 0, packed.len / 500);
    for (size_t len = 0; len < packed.len; len++) {
        fh_str cut = {packed.ptr, len};
        assert_int_equal(unpack(cut, FH_STR(""), arena, &article), FH_ERR_CORRUPT);
    }
    fh_arena_free(arena);
    fh_buf_free(&packed);
    fh_buf_free(&body);
}

static void a_length_that_deflate_cannot_reach_reserves_nothing(void **state) {
    (void)state;
    fh_record record;
    /* id "a", no positions, format 1, no dictionary, a plain length of 16 MiB, a sum, and three bytes of
     * stream */
    fh_str lie = FH_STR("\x01"
                        "a\x00\x01\x00\x80\x80\x80\x08"
                        "sumsxyz");
    assert_int_equal(fh_record_read(lie, &record, &err), FH_ERR_CORRUPT);
}

/* The inner layout is checked too, so that a sum that happens to be right cannot lead astray. */
static void inner_numbers_are_checked(void **state) {
    (void)state;
    fh_buf packed = {0}, body = {0}, plain = {0};
    fh_arena *arena = fh_arena_new();
    fh_record record;
    fh_article article;
    make_record(&packed, &body);
    assert_int_equal(fh_record_read(fh_buf_str(&packed), &record, &err), FH_OK);
    assert_int_equal(fh_record_inflate(codec, &record, FH_STR(""), &plain, &err), FH_OK);
    for (size_t at = 0; at < 60; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            char kept = plain.ptr[at];
            plain.ptr[at] = (char)byte;
            fh_status status = fh_record_article(codec, &record, fh_buf_str(&plain), arena, &article, &err);
            assert_true(status == FH_OK || status == FH_ERR_CORRUPT);
            plain.ptr[at] = kept;
            fh_arena_reset(arena);
        }
    }
    fh_arena_free(arena);
    fh_buf_free(&packed);
    fh_buf_free(&body);
    fh_buf_free(&plain);
}

/* ---- The ratio ---- */

typedef struct sizes {
    size_t plain, zlib, scsu, dictionary;
} sizes;

static size_t zlib_size(fh_str text) {
    uLongf size = compressBound(text.len);
    Bytef *out = malloc(size);
    assert_int_equal(compress2(out, &size, (const Bytef *)text.ptr, text.len, 6), Z_OK);
    free(out);
    return size;
}

static size_t record_size(fh_str text, fh_sample *sample) {
    fh_article article = {.id = FH_STR("x"), .body = text};
    fh_buf plain = {0}, packed = {0};
    assert_int_equal(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err), FH_OK);
    fh_record_head head = {article.id, FH_STR("")};
    fh_record_pack(codec, &head, 0, fh_buf_str(&plain), &packed);
    if (sample) fh_sample_add(sample, fh_buf_str(&plain));
    size_t size = packed.len;
    fh_buf_free(&plain);
    fh_buf_free(&packed);
    return size;
}

/* Sizes of the second half of the articles, with a dictionary learned from the first. */
static sizes measure(const fh_str *articles, size_t count) {
    sizes all = {0};
    fh_sample sample = {0};
    fh_buf dictionary = {0};
    fh_codec_prime(codec, FH_STR(""));
    for (size_t i = 0; i < count; i++) {
        size_t size = record_size(articles[i], i < count / 2 ? &sample : NULL);
        if (i < count / 2) continue;
        all.plain += articles[i].len;
        all.zlib += zlib_size(articles[i]);
        all.scsu += size;
    }
    fh_dictionary_learn(&sample, &dictionary);
    assert_true(dictionary.len <= FH_DICTIONARY_MAX);
    fh_codec_prime(codec, fh_buf_str(&dictionary));
    for (size_t i = count / 2; i < count; i++) all.dictionary += record_size(articles[i], NULL);
    fh_sample_free(&sample);
    fh_buf_free(&dictionary);
    return all;
}

static void marks_and_texts_end_between_code_points(void **state) {
    (void)state;
    fh_entity_mark mark = {FH_STR("country-eg"), FH_PART_BODY, 0, 3};
    fh_article article = {.id = FH_STR("a"), .body = FH_STR("مصر"), .entities = &mark, .entity_count = 1};
    fh_buf plain = {0};
    assert_int_equal(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err), FH_ERR_INTERNAL);
    mark.end = 4;
    assert_int_equal(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err), FH_OK);
    fh_buf_free(&plain);
}

static void an_entity_named_far_apart_comes_back(void **state) {
    (void)state;
    enum { MARKS = 5000 };
    static fh_entity_mark marks[MARKS];
    static char ids[MARKS][8];
    fh_article article = {.id = FH_STR("a"), .body = FH_STR("x"), .entities = marks, .entity_count = MARKS},
               back;
    for (int i = 0; i < MARKS; i++) {
        snprintf(ids[i], sizeof ids[i], "e%d", i % 3000);
        marks[i] = (fh_entity_mark){fh_str_from(ids[i]), FH_PART_BODY, 0, 1};
    }
    fh_buf plain = {0};
    fh_arena *arena = fh_arena_new();
    assert_int_equal(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err), FH_OK);
    assert_int_equal(fh_record_article(codec, &(fh_record){0}, fh_buf_str(&plain), arena, &back, &err),
                     FH_OK);
    for (int i = 0; i < MARKS; i++) assert_str_equal(back.entities[i].entity, marks[i].entity);
    fh_arena_free(arena);
    fh_buf_free(&plain);
}

static void news_take_less_than_four_fifths_of_zlib_and_less_again_with_a_dictionary(void **state) {
    (void)state;
    enum { COUNT = 200 };
    fh_buf texts[COUNT] = {0};
    fh_str articles[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        add_article(&texts[i], i + 1);
        articles[i] = fh_buf_str(&texts[i]);
    }
    sizes all = measure(articles, COUNT);
    assert_true(all.scsu * 10 <= all.zlib * 8);
    assert_true(all.dictionary * 100 <= all.scsu * 95);
    for (size_t i = 0; i < COUNT; i++) fh_buf_free(&texts[i]);
}

static void a_sample_that_is_too_small_gives_no_dictionary(void **state) {
    (void)state;
    fh_sample sample = {0};
    fh_buf dictionary = {0};
    fh_dictionary_learn(&sample, &dictionary);
    assert_int_equal(dictionary.len, 0);
    fh_sample_add(&sample, FH_STR("قصير"));
    fh_dictionary_learn(&sample, &dictionary);
    assert_int_equal(dictionary.len, 0);
    fh_sample_free(&sample);
    fh_buf_free(&dictionary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arabic_letter_takes_one_byte_in_scsu),
        cmocka_unit_test(any_code_points_come_back_from_scsu),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(scsu_of_another_length_is_damage),
        cmocka_unit_test(input_that_is_cut_fails_at_once),
        cmocka_unit_test(a_primed_codec_packs_each_text_alone),
        cmocka_unit_test(a_damaged_record_is_an_error_or_the_same_article),
        cmocka_unit_test(a_length_that_deflate_cannot_reach_reserves_nothing),
        cmocka_unit_test(inner_numbers_are_checked),
        cmocka_unit_test(marks_and_texts_end_between_code_points),
        cmocka_unit_test(an_entity_named_far_apart_comes_back),
        cmocka_unit_test(news_take_less_than_four_fifths_of_zlib_and_less_again_with_a_dictionary),
        cmocka_unit_test(a_sample_that_is_too_small_gives_no_dictionary),
    };
    return cmocka_run_group_tests(tests, make_codec, free_codec);
}
