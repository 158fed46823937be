/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Format 1 of a record:
 *
 *   number  length of the id, then the id as it is: a list of ids never inflates anything
 *   number  length of the packed positions (positions.h), then those
 *   byte    1, the format
 *   number  which dictionary of the index it was packed with, 0 for none
 *   number  length of the plain bytes, then their CRC-32, lowest byte first
 *   rest    the plain bytes, deflated
 *
 * The plain bytes are numbers, the lengths of all texts and the marks (marks.h) among them, then all texts
 * one after another as one run of SCSU. A number is written in groups of seven bits, the lowest first, with
 * the high bit set on all but the last. */
#include "store/record.h"
#include "base/utf8.h"
#include "store/marks.h"
#include "store/positions.h"
#include <zlib.h>

enum { FORMAT = 1 };

/* Texts that an article has one of, in their order in a record. */
static const size_t TEXTS[] = {
    offsetof(fh_article, url),      offsetof(fh_article, source),  offsetof(fh_article, wire),
    offsetof(fh_article, author),   offsetof(fh_article, section), offsetof(fh_article, language),
    offsetof(fh_article, parent),   offsetof(fh_article, title),   offsetof(fh_article, body),
    offsetof(fh_article, dateline), offsetof(fh_article, edition), offsetof(fh_article, embargo),
    offsetof(fh_article, format),
};
enum { TEXT_COUNT = sizeof TEXTS / sizeof *TEXTS };

enum { HAS_TIME = 1, GUESSED = 2, HAS_ZONE = 4, TITLE_FROM_LEAD = 8 };

static fh_str *text_of(fh_article *article, size_t i) {
    return (fh_str *)((char *)article + TEXTS[i]);
}

/* ---- Writing ---- */

static void add_number(fh_buf *out, uint64_t number) {
    for (; number >= 0x80; number >>= 7) fh_buf_add_char(out, (char)(number | 0x80));
    fh_buf_add_char(out, (char)number);
}

static void add_text(fh_buf *numbers, fh_buf *text, fh_str string) {
    add_number(numbers, string.len);
    fh_buf_add(text, string);
}

static void add_texts(fh_buf *numbers, fh_buf *text, fh_strs strings) {
    add_number(numbers, strings.count);
    for (size_t i = 0; i < strings.count; i++) add_text(numbers, text, strings.items[i]);
}

/* Around UTC to a number that is never negative. */
static uint64_t fold_sign(int value) {
    return value < 0 ? (uint64_t)-value * 2 - 1 : (uint64_t)value * 2;
}

static int unfold_sign(uint64_t number) {
    return number & 1 ? -(int)(number / 2) - 1 : (int)(number / 2);
}

static void add_facts(fh_buf *out, const fh_article *article) {
    const fh_date *date = &article->published;
    bool zoned = date->has_time && date->zone != FH_NO_ZONE;
    add_number(out, (date->has_time ? HAS_TIME : 0u) | (date->guessed ? GUESSED : 0u) |
                        (zoned ? HAS_ZONE : 0u) | (article->title_from_lead ? TITLE_FROM_LEAD : 0u));
    add_number(out, fold_sign(date->year));
    add_number(out, date->month);
    add_number(out, date->day);
    if (!date->has_time) return;
    add_number(out, date->hour);
    add_number(out, date->minute);
    add_number(out, date->second);
    if (zoned) add_number(out, fold_sign(date->zone));
}

static void add_marks(fh_buf *numbers, const fh_article *article, fh_str listed) {
    fh_buf marks = {0};
    fh_marks_pack(article, listed, &marks);
    add_number(numbers, marks.len);
    fh_buf_add(numbers, fh_buf_str(&marks));
    fh_buf_free(&marks);
}

static size_t text_bytes(const fh_article *article) {
    size_t bytes = 0;
    for (size_t i = 0; i < TEXT_COUNT; i++) bytes += text_of((fh_article *)article, i)->len;
    for (size_t i = 0; i < article->keywords.count; i++) bytes += article->keywords.items[i].len;
    for (size_t i = 0; i < article->related.count; i++) bytes += article->related.items[i].len;
    for (size_t i = 0; i < article->entity_count; i++) bytes += article->entities[i].entity.len;
    return bytes;
}

fh_status fh_record_flatten(fh_codec *codec, const fh_article *article, fh_str listed, fh_buf *plain,
                            fh_error *err) {
    if (text_bytes(article) > FH_MAX_RECORD) {
        return fh_fail(err, FH_ERR_LIMIT, NULL, "split it", "the article has more than %u bytes of text",
                       FH_MAX_RECORD);
    }
    for (size_t i = 0; i < article->entity_count; i++) {
        if (fh_mark_fits(article, &article->entities[i])) continue;
        return fh_fail(err, FH_ERR_INTERNAL, NULL, NULL, "the mark of an entity lies outside of the text");
    }
    fh_buf numbers = {0}, text = {0};
    add_facts(&numbers, article);
    for (size_t i = 0; i < TEXT_COUNT; i++) add_text(&numbers, &text, *text_of((fh_article *)article, i));
    add_texts(&numbers, &text, article->keywords);
    add_texts(&numbers, &text, article->related);
    add_marks(&numbers, article, listed);

    add_number(plain, numbers.len);
    add_number(plain, text.len);
    fh_buf_add(plain, fh_buf_str(&numbers));
    fh_status status = fh_codec_to_scsu(codec, fh_buf_str(&text), plain, err);
    fh_buf_free(&numbers);
    fh_buf_free(&text);
    return status;
}

static uint32_t sum_of(fh_str plain) {
    return (uint32_t)crc32(0, (const Bytef *)plain.ptr, (uInt)plain.len);
}

void fh_record_pack(fh_codec *codec, const fh_record_head *head, uint32_t dictionary, fh_str plain,
                    fh_buf *out) {
    add_number(out, head->id.len);
    fh_buf_add(out, head->id);
    add_number(out, head->positions.len);
    fh_buf_add(out, head->positions);
    fh_buf_add_char(out, FORMAT);
    add_number(out, dictionary);
    add_number(out, plain.len);
    uint32_t sum = sum_of(plain);
    for (unsigned i = 0; i < sizeof sum; i++) fh_buf_add_char(out, (char)(sum >> (8 * i)));
    fh_codec_deflate(codec, plain, out);
}

/* ---- Reading ---- */

/* Reads numbers; after one that is not there, all further ones are 0 and `bad` says so. */
typedef struct cursor {
    const unsigned char *at, *end;
    bool bad;
} cursor;

static uint64_t take_number(cursor *from) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && from->at < from->end; shift += 7) {
        unsigned char byte = *from->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    from->bad = true;
    return 0;
}

/* A number that may not be above `most`. */
static uint64_t take_at_most(cursor *from, uint64_t most) {
    uint64_t number = take_number(from);
    if (number <= most) return number;
    from->bad = true;
    return 0;
}

static fh_str take_bytes(cursor *from, size_t len) {
    fh_str bytes = {(const char *)from->at, len};
    from->at += len;
    return bytes;
}

static size_t left(const cursor *from) {
    return (size_t)(from->end - from->at);
}

/* A length, and as many bytes. */
static fh_str take_counted(cursor *from) {
    uint64_t len = take_number(from);
    if (len > left(from)) from->bad = true;
    return take_bytes(from, from->bad ? 0 : (size_t)len);
}

static cursor cursor_over(fh_str bytes) {
    const unsigned char *start = (const unsigned char *)bytes.ptr;
    return (cursor){start, start + bytes.len, false};
}

static fh_status damaged(const fh_record *record, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL,
                   "index the article again, or build the index anew from its source",
                   "the stored text of the article \"%.*s\" is damaged", FH_STR_ARG(record->id));
}

bool fh_record_positions(fh_str bytes, fh_str *out) {
    cursor from = cursor_over(bytes);
    take_counted(&from);
    *out = take_counted(&from);
    return !from.bad && fh_positions_are_whole(*out);
}

fh_status fh_record_read(fh_str bytes, fh_record *out, fh_error *err) {
    /* Deflate makes at best one byte of 1,032, so a greater length is a lie that nobody should reserve memory
     * for. */
    enum { DEFLATE_BEST = 1032 };
    fh_record record = {0};
    cursor from = cursor_over(bytes);
    record.id = take_counted(&from);
    record.positions = take_counted(&from);
    if (take_number(&from) != FORMAT) from.bad = true;
    record.dictionary = (uint32_t)take_at_most(&from, UINT32_MAX);
    record.plain_len = (size_t)take_at_most(&from, 4 * (uint64_t)FH_MAX_RECORD);
    if (left(&from) < sizeof record.sum) from.bad = true;
    for (unsigned i = 0; i < sizeof record.sum && !from.bad; i++)
        record.sum |= (uint32_t)*from.at++ << (8 * i);
    record.packed = take_bytes(&from, left(&from));
    if (from.bad || record.plain_len / DEFLATE_BEST > record.packed.len) return damaged(&record, err);
    *out = record;
    return FH_OK;
}

fh_status fh_record_inflate(fh_codec *codec, const fh_record *record, fh_str dictionary, fh_buf *plain,
                            fh_error *err) {
    fh_buf_clear(plain);
    fh_buf_reserve(plain, record->plain_len);
    fh_status status =
        fh_codec_inflate(codec, dictionary, record->packed, plain->ptr, record->plain_len, err);
    plain->len = record->plain_len;
    plain->ptr[plain->len] = '\0';
    bool whole = status == FH_OK && sum_of(fh_buf_str(plain)) == record->sum;
    if (!whole || !fh_positions_are_whole(record->positions)) return damaged(record, err);
    return FH_OK;
}

static fh_str take_text(cursor *numbers, cursor *text) {
    fh_str rest = {(const char *)text->at, left(text)};
    size_t len = (size_t)take_at_most(numbers, rest.len);
    if (!fh_utf8_is_edge(rest, len)) numbers->bad = true;
    return take_bytes(text, len);
}

/* Every item has at least one byte of numbers, which bounds the memory that a count can ask for. */
static size_t take_count(cursor *numbers) {
    return (size_t)take_at_most(numbers, left(numbers));
}

static fh_strs take_texts(cursor *numbers, cursor *text, fh_arena *arena) {
    fh_strs strings = {.count = take_count(numbers)};
    strings.items = FH_ARENA_ARRAY(arena, fh_str, strings.count);
    for (size_t i = 0; i < strings.count; i++) strings.items[i] = take_text(numbers, text);
    return strings;
}

static void take_facts(cursor *numbers, fh_article *out) {
    fh_date *date = &out->published;
    uint64_t flags = take_number(numbers);
    out->title_from_lead = flags & TITLE_FROM_LEAD;
    date->has_time = flags & HAS_TIME;
    date->guessed = flags & GUESSED;
    date->year = (int16_t)unfold_sign(take_at_most(numbers, UINT16_MAX));
    date->month = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->day = (uint8_t)take_at_most(numbers, UINT8_MAX);
    if (!date->has_time) return;
    date->hour = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->minute = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->second = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->zone = FH_NO_ZONE;
    if (flags & HAS_ZONE) date->zone = (int16_t)unfold_sign(take_at_most(numbers, UINT16_MAX));
}

fh_status fh_record_article(fh_codec *codec, const fh_record *record, fh_str plain, fh_arena *arena,
                            fh_article *out, fh_error *err) {
    cursor from = cursor_over(plain);
    size_t number_len = (size_t)take_number(&from);
    size_t text_len = (size_t)take_at_most(&from, FH_MAX_RECORD);
    if (from.bad || number_len > left(&from)) return damaged(record, err);
    cursor numbers = cursor_over(take_bytes(&from, number_len));

    char *bytes = fh_arena_take(arena, text_len + 1);
    bytes[text_len] = '\0';
    fh_str scsu = take_bytes(&from, left(&from));
    if (fh_codec_from_scsu(codec, scsu, bytes, text_len, err) != FH_OK) return damaged(record, err);
    cursor text = cursor_over((fh_str){bytes, text_len});

    fh_article article = {.id = fh_arena_copy(arena, record->id)};
    take_facts(&numbers, &article);
    for (size_t i = 0; i < TEXT_COUNT; i++) *text_of(&article, i) = take_text(&numbers, &text);
    article.keywords = take_texts(&numbers, &text, arena);
    article.related = take_texts(&numbers, &text, arena);
    fh_str marks = take_counted(&numbers);
    if (!fh_marks_unpack(marks, record->entities, arena, &article)) numbers.bad = true;
    if (numbers.bad || left(&numbers) != 0 || left(&text) != 0) return damaged(record, err);
    *out = article;
    return FH_OK;
}
