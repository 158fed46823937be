/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading records. */
#include "base/utf8.h"
#include "store/marks.h"
#include "store/record_layout.h"
#include "store/texts.h"

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

fh_status fh_record_damaged(const fh_record *record, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL,
                   "index the article again, or build the index anew from its source",
                   "the stored text of the article \"%.*s\" is damaged", FH_STR_ARG(record->id));
}

static void read_fields(cursor *numbers, fh_record *out) {
    fh_str fields = take_counted(numbers);
    if (fields.len > FH_FIELDS) numbers->bad = true;
    out->fields[0] = out->fields[1] = FH_FIELD_WORD;
    out->placed = FH_TEXTS_PLACED;
    for (size_t i = 0; i < fields.len && !numbers->bad; i++)
        out->fields[out->placed++] = (unsigned char)fields.ptr[i];
    cursor facts = *numbers;
    out->title_field = take_number(&facts) & FH_TITLE_FIELD;
    out->facts = (fh_str){(const char *)numbers->at, left(numbers)};
}

fh_status fh_record_read(fh_str bytes, fh_record *out, fh_error *err) {
    fh_record record = {0};
    cursor from = cursor_over(bytes);
    uint32_t sum = 0;
    if (left(&from) < FH_RECORD_SUM) from.bad = true;
    for (unsigned i = 0; i < FH_RECORD_SUM && !from.bad; i++) sum |= (uint32_t)*from.at++ << (8 * i);
    bool whole = fh_record_sum((fh_str){(const char *)from.at, left(&from)}) == sum;
    record.id = take_counted(&from);
    if (take_number(&from) != FH_RECORD_FORMAT) from.bad = true;
    record.vocabulary = (uint32_t)take_at_most(&from, UINT32_MAX);
    record.numbers = take_counted(&from);
    record.codes = take_bytes(&from, left(&from));
    cursor numbers = cursor_over(record.numbers);
    if (!from.bad) read_fields(&numbers, &record);
    if (!whole || from.bad || numbers.bad) return fh_record_damaged(&record, err);
    *out = record;
    return FH_OK;
}

/* ---- The article ---- */

/* Reads the texts of an article one after another; after one that is damaged, all are empty. */
typedef struct reader {
    cursor numbers;
    fh_code_reader codes;
    fh_vocabulary *vocabulary;
    fh_buf *text;
    fh_arena *arena;
    fh_status status;
    fh_error *err;
} reader;

static fh_str take_text(reader *from) {
    fh_buf_clear(from->text);
    if (from->status == FH_OK)
        from->status = fh_texts_take(&from->codes, from->vocabulary, from->text, from->err);
    fh_str text = fh_buf_str(from->text);
    if (text.len > FH_MAX_RECORD || fh_utf8_invalid(text) != SIZE_MAX) from->numbers.bad = true;
    return fh_arena_copy(from->arena, from->status == FH_OK ? fh_buf_str(from->text) : FH_STR(""));
}

/* Of texts, each of which has codes: a damaged count can ask for no more memory. */
static size_t take_count(reader *from) {
    return (size_t)take_at_most(&from->numbers, from->codes.end);
}

static fh_strs take_texts(reader *from, size_t count) {
    fh_strs strings = {FH_ARENA_ARRAY(from->arena, fh_str, count), count};
    for (size_t i = 0; i < count; i++) strings.items[i] = take_text(from);
    return strings;
}

static int unfold_sign(uint64_t number) {
    return number & 1 ? -(int)(number / 2) - 1 : (int)(number / 2);
}

static void take_facts(cursor *numbers, fh_article *out) {
    fh_date *date = &out->published;
    uint64_t flags = take_number(numbers);
    out->title_from_lead = flags & FH_TITLE_FROM_LEAD;
    date->has_time = flags & FH_HAS_TIME;
    date->guessed = flags & FH_GUESSED;
    date->year = (int16_t)unfold_sign(take_at_most(numbers, UINT16_MAX));
    date->month = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->day = (uint8_t)take_at_most(numbers, UINT8_MAX);
    if (!date->has_time) return;
    date->hour = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->minute = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->second = (uint8_t)take_at_most(numbers, UINT8_MAX);
    date->zone = FH_NO_ZONE;
    if (flags & FH_HAS_ZONE) date->zone = (int16_t)unfold_sign(take_at_most(numbers, UINT16_MAX));
}

static fh_article take_article(reader *from, const fh_record *record) {
    fh_article article = {.id = fh_arena_copy(from->arena, record->id)};
    article.title = take_text(from);
    article.body = take_text(from);
    for (size_t i = FH_TEXTS_PLACED; i < record->placed; i++)
        if (!fh_texts_pass(&from->codes)) from->numbers.bad = true;
    take_facts(&from->numbers, &article);
    uint64_t there = take_at_most(&from->numbers, (UINT64_C(1) << FH_RECORD_TEXTS) - 1);
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++)
        *fh_record_text(&article, i) = there >> i & 1 ? take_text(from) : FH_STR("");
    article.keywords = take_texts(from, take_count(from));
    article.related = take_texts(from, take_count(from));
    fh_str marks = take_counted(&from->numbers);
    if (!fh_marks_unpack(marks, record->entities, from->arena, &article)) from->numbers.bad = true;
    return article;
}

fh_status fh_record_article(const fh_record *record, fh_vocabulary *vocabulary, fh_buf *text, fh_arena *arena,
                            fh_article *out, fh_error *err) {
    reader from = {.numbers = cursor_over(record->facts),
                   .codes = fh_codes_over(record->codes),
                   .vocabulary = vocabulary,
                   .text = text,
                   .arena = arena,
                   .err = err};
    fh_article article = take_article(&from, record);
    bool whole = !from.numbers.bad && left(&from.numbers) == 0 && fh_codes_at_end(&from.codes);
    if (from.status != FH_OK && from.status != FH_ERR_CORRUPT) return from.status;
    if (from.status != FH_OK || !whole) return fh_record_damaged(record, err);
    *out = article;
    return FH_OK;
}
