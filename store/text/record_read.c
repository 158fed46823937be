/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading records. */
#include "base/limits.h"
#include "base/utf8.h"
#include "store/glass/pack.h"
#include "store/text/marks.h"
#include "store/text/record_layout.h"
#include "store/text/texts.h"

/* A number that may not be above `most`; where it is, it leaves nothing either. */
static uint64_t take_at_most(fh_str *from, uint64_t most) {
    uint64_t number = fh_glass_take_uint(from);
    if (number <= most) return number;
    *from = (fh_str){0};
    return 0;
}

fh_status fh_record_damaged(const fh_record *record, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL,
                   "index the article again, or build the index anew from its source",
                   "the stored text of the article \"%.*s\" is damaged", FH_STR_ARG(record->id));
}

static bool read_fields(fh_str numbers, fh_record *out) {
    fh_str fields = fh_glass_take_string(&numbers);
    if (!numbers.ptr || fields.len > FH_FIELDS) return false;
    out->fields[0] = out->fields[1] = FH_FIELD_WORD;
    out->placed = FH_TEXTS_PLACED;
    for (size_t i = 0; i < fields.len; i++) out->fields[out->placed++] = (unsigned char)fields.ptr[i];
    out->facts = numbers;
    out->title_field = fh_glass_take_uint(&numbers) & FH_TITLE_FIELD;
    return true;
}

fh_status fh_record_read(fh_str bytes, fh_record *out, fh_error *err) {
    fh_record record = {0};
    bool whole = bytes.len >= FH_CRC_BYTES;
    if (whole) {
        uint32_t sum = fh_crc_take(bytes.ptr);
        bytes = fh_str_slice(bytes, FH_CRC_BYTES, bytes.len);
        whole = fh_crc(bytes) == sum;
        record.id = fh_glass_take_string(&bytes);
    }
    if (!whole || fh_glass_take_uint(&bytes) != FH_RECORD_FORMAT) return fh_record_damaged(&record, err);
    record.vocabulary = (uint32_t)take_at_most(&bytes, UINT32_MAX);
    record.codes = bytes;
    record.numbers = fh_glass_take_string(&record.codes);
    if (!record.codes.ptr || !read_fields(record.numbers, &record)) return fh_record_damaged(&record, err);
    *out = record;
    return FH_OK;
}

/* ---- The article ---- */

/* Reads the texts of an article one after another; after one that is damaged, all are empty. */
typedef struct reader {
    fh_str numbers;
    bool damaged; /* a text or a mark */
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
    if (text.len > FH_MAX_RECORD || fh_utf8_invalid(text) != SIZE_MAX) from->damaged = true;
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

static void take_facts(fh_str *numbers, fh_article *out) {
    fh_date *date = &out->published;
    uint64_t flags = fh_glass_take_uint(numbers);
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
        if (!fh_texts_pass(&from->codes)) from->damaged = true;
    take_facts(&from->numbers, &article);
    uint64_t there = take_at_most(&from->numbers, (UINT64_C(1) << FH_RECORD_TEXTS) - 1);
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++)
        *fh_record_text(&article, i) = there >> i & 1 ? take_text(from) : FH_STR("");
    article.keywords = take_texts(from, take_count(from));
    article.related = take_texts(from, take_count(from));
    fh_str marks = fh_glass_take_string(&from->numbers);
    if (!fh_marks_unpack(marks, record->entities, from->arena, &article)) from->damaged = true;
    return article;
}

fh_status fh_record_article(const fh_record *record, fh_vocabulary *vocabulary, fh_buf *text, fh_arena *arena,
                            fh_article *out, fh_error *err) {
    reader from = {.numbers = record->facts,
                   .codes = fh_codes_over(record->codes),
                   .vocabulary = vocabulary,
                   .text = text,
                   .arena = arena,
                   .err = err};
    fh_article article = take_article(&from, record);
    bool whole = !from.damaged && from.numbers.ptr && from.numbers.len == 0 && fh_codes_at_end(&from.codes);
    if (from.status != FH_OK && from.status != FH_ERR_CORRUPT) return from.status;
    if (from.status != FH_OK || !whole) return fh_record_damaged(record, err);
    *out = article;
    return FH_OK;
}
