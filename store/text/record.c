/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing records. */
#include "base/limits.h"
#include "base/utf8.h"
#include "store/glass/pack.h"
#include "store/text/marks.h"
#include "store/text/record_layout.h"
#include "store/text/texts.h"

static const size_t TEXTS[FH_RECORD_TEXTS] = {
    offsetof(fh_article, url),      offsetof(fh_article, parent),   offsetof(fh_article, source),
    offsetof(fh_article, wire),     offsetof(fh_article, author),   offsetof(fh_article, section),
    offsetof(fh_article, language), offsetof(fh_article, dateline), offsetof(fh_article, edition),
    offsetof(fh_article, embargo),  offsetof(fh_article, format),
};

fh_str *fh_record_text(fh_article *article, size_t n) {
    return (fh_str *)((char *)article + TEXTS[n]);
}

/* Around UTC to a number that is never negative. */
static uint64_t fold_sign(int value) {
    return value < 0 ? (uint64_t)-value * 2 - 1 : (uint64_t)value * 2;
}

static void add_facts(fh_buf *out, const fh_article *article, bool title_field) {
    const fh_date *date = &article->published;
    bool zoned = date->has_time && date->zone != FH_NO_ZONE;
    fh_glass_uint(out, (date->has_time ? FH_HAS_TIME : 0u) | (date->guessed ? FH_GUESSED : 0u) |
                           (zoned ? FH_HAS_ZONE : 0u) | (article->title_from_lead ? FH_TITLE_FROM_LEAD : 0u) |
                           (title_field ? FH_TITLE_FIELD : 0u));
    fh_glass_uint(out, fold_sign(date->year));
    fh_glass_uint(out, date->month);
    fh_glass_uint(out, date->day);
    if (!date->has_time) return;
    fh_glass_uint(out, date->hour);
    fh_glass_uint(out, date->minute);
    fh_glass_uint(out, date->second);
    if (zoned) fh_glass_uint(out, fold_sign(date->zone));
}

static fh_str listed_entities(const fh_document *document) {
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == FH_SLOT_ENTITIES) return document->values[i].bytes;
    return FH_STR("");
}

static void add_marks(fh_buf *numbers, const fh_document *document) {
    fh_buf marks = {0};
    fh_marks_pack(document->article, listed_entities(document), &marks);
    fh_glass_string(numbers, fh_buf_str(&marks));
    fh_buf_free(&marks);
}

/* Which texts there are, and those. */
static void add_texts(fh_buf *numbers, fh_text_writer *texts, const fh_article *article) {
    uint64_t there = 0;
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++) {
        fh_str text = *fh_record_text((fh_article *)article, i);
        if (text.len == 0) continue;
        there |= UINT64_C(1) << i;
        if (i < FH_RECORD_ADDRESSES)
            fh_texts_put_address(texts, text);
        else
            fh_texts_put_name(texts, text);
    }
    fh_glass_uint(numbers, there);
    fh_glass_uint(numbers, article->keywords.count);
    for (size_t i = 0; i < article->keywords.count; i++) fh_texts_put_name(texts, article->keywords.items[i]);
    fh_glass_uint(numbers, article->related.count);
    for (size_t i = 0; i < article->related.count; i++) fh_texts_put_plain(texts, article->related.items[i]);
}

/* The words without a text, and of which fields they are. */
static void add_loose(fh_buf *numbers, fh_text_writer *texts, const fh_placing *placing) {
    fh_buf fields = {0};
    size_t count = placing->loose_count;
    for (size_t from = 0, to; from < count; from = to) {
        fh_field field = placing->loose[from].field;
        for (to = from + 1; to < count && placing->loose[to].field == field;) to++;
        fh_buf_add_char(&fields, (char)field);
        fh_texts_put_loose(texts, placing->loose + from, to - from);
    }
    fh_glass_string(numbers, fh_buf_str(&fields));
    fh_buf_free(&fields);
}

/* ---- What can be written ---- */

typedef struct tally {
    size_t bytes;
    bool valid; /* UTF-8 */
} tally;

static void count_text(tally *all, fh_str text) {
    all->bytes += text.len;
    all->valid = all->valid && fh_utf8_invalid(text) == SIZE_MAX;
}

static tally count_texts(const fh_article *article) {
    tally all = {.valid = true};
    count_text(&all, article->title);
    count_text(&all, article->body);
    for (size_t i = 0; i < FH_RECORD_TEXTS; i++) count_text(&all, *fh_record_text((fh_article *)article, i));
    for (size_t i = 0; i < article->keywords.count; i++) count_text(&all, article->keywords.items[i]);
    for (size_t i = 0; i < article->related.count; i++) count_text(&all, article->related.items[i]);
    for (size_t i = 0; i < article->entity_count; i++) count_text(&all, article->entities[i].entity);
    return all;
}

static fh_status check(const fh_article *article, fh_error *err) {
    tally all = count_texts(article);
    if (all.bytes > FH_MAX_RECORD) {
        return fh_fail(err, FH_ERR_LIMIT, NULL, "split it", "the article has more than %u bytes of text",
                       FH_MAX_RECORD);
    }
    if (!all.valid) return fh_fail(err, FH_ERR_INPUT, NULL, "convert it to UTF-8", "the text is not UTF-8");
    for (size_t i = 0; i < article->entity_count; i++) {
        if (fh_mark_fits(article, &article->entities[i])) continue;
        return fh_fail(err, FH_ERR_INTERNAL, NULL, NULL, "the mark of an entity lies outside of the text");
    }
    return FH_OK;
}

static void add_record(fh_str id, uint32_t vocabulary, fh_str numbers, fh_str codes, fh_buf *out) {
    size_t start = out->len;
    fh_buf_add(out, (fh_str){(const char[FH_CRC_BYTES]){0}, FH_CRC_BYTES});
    fh_glass_string(out, id);
    fh_glass_uint(out, FH_RECORD_FORMAT);
    fh_glass_uint(out, vocabulary);
    fh_glass_string(out, numbers);
    fh_buf_add(out, codes);
    fh_crc_put(fh_crc(fh_str_slice(fh_buf_str(out), start + FH_CRC_BYTES, out->len)), out->ptr + start);
}

fh_status fh_record_pack(const fh_document *document, fh_coiner *coiner, uint32_t vocabulary,
                         fh_placing *placing, fh_buf *out, fh_error *err) {
    const fh_article *article = document->article;
    fh_status status = check(article, err);
    if (status != FH_OK) return status;
    fh_buf numbers = {0}, codes = {0};
    fh_text_writer texts = fh_text_writer_new(coiner, &codes);
    uint32_t position = 0;
    fh_placing_take(placing, document);
    fh_texts_put_placed(&texts, article->title, &placing->title, &position);
    fh_texts_put_placed(&texts, article->body, &placing->body, &position);
    add_loose(&numbers, &texts, placing);
    add_facts(&numbers, article, placing->title_field);
    add_texts(&numbers, &texts, article);
    add_marks(&numbers, document);
    add_record(article->id, vocabulary, fh_buf_str(&numbers), fh_buf_str(&codes), out);
    fh_text_writer_free(&texts);
    fh_buf_free(&numbers);
    fh_buf_free(&codes);
    return FH_OK;
}

fh_status fh_record_recode(const fh_record *record, const fh_recoding *how, fh_buf *out, fh_error *err) {
    fh_buf codes = {0};
    fh_text_writer texts = fh_text_writer_new(how->coiner, &codes);
    fh_code_reader from = fh_codes_over(record->codes);
    fh_status status = fh_texts_recode(&from, how->from, how->translated, &texts, err);
    add_record(record->id, how->to, record->numbers, fh_buf_str(&codes), out);
    fh_text_writer_free(&texts);
    fh_buf_free(&codes);
    return status;
}
