/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encodings, dates, addresses, and what makes articles even. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "indexer/address.h"
#include "indexer/dateline.h"
#include "indexer/decode.h"
#include "indexer/edition.h"
#include "indexer/formats/wire.h"
#include "indexer/lead_date.h"
#include "indexer/names.h"
#include "indexer/page_line.h"
#include "indexer/tidy.h"

/* ---- Encodings ---- */

static void decode_in_pieces(fh_str declared, fh_str bytes, const fh_buf *whole) {
    fh_decoder *decoder = fh_decoder_new(declared, bytes);
    fh_buf pieces = {0};
    for (size_t at = 0, step = 1 + bytes.len % 7; at <= bytes.len; at += step) {
        size_t end = bytes.len - at < step ? bytes.len : at + step;
        fh_decoder_add(decoder, fh_str_slice(bytes, at, end), end == bytes.len, &pieces);
        if (end == bytes.len) break;
    }
    must_be_text(fh_buf_str(&pieces));
    size_t mark;
    if (!fh_utf16_detect(bytes, &mark) && !mark) must(fh_str_equal(fh_buf_str(&pieces), fh_buf_str(whole)));
    fh_buf_free(&pieces);
    fh_decoder_free(decoder);
}

static void convert_utf16(fh_str bytes, fh_utf16 order) {
    fh_buf whole = {0}, pieces = {0};
    must(fh_utf16_convert(bytes, order, true, &whole) == bytes.len);
    must_be_text(fh_buf_str(&whole));
    size_t half = bytes.len / 2,
           taken = fh_utf16_convert(fh_str_slice(bytes, 0, half), order, false, &pieces);
    must(taken <= half && half - taken < 4);
    fh_utf16_convert(fh_str_slice(bytes, taken, bytes.len), order, true, &pieces);
    must(fh_str_equal(fh_buf_str(&whole), fh_buf_str(&pieces)));
    fh_buf_free(&whole);
    fh_buf_free(&pieces);
}

/* A line that names an encoding, then bytes. */
void fuzz_decode(fh_str input, const void *what) {
    (void)what;
    fh_str declared = fuzz_line(&input), text = FH_STR("untouched");
    fh_buf space = {0}, whole = {0}, repaired = {0};
    fh_error err = {0};
    fh_status status = fh_decode(input, &space, &text, &err);
    if (status) {
        must_be_error(status, &err);
        must(fh_str_equal(text, FH_STR("untouched")));
    } else {
        must_be_text(text);
    }
    if (fh_utf8_invalid(input) == SIZE_MAX) must(status || fh_str_equal(text, input));
    fh_decode_guess(input);
    fh_decode_declared(input, declared, &whole);
    must_be_text(fh_buf_str(&whole));
    decode_in_pieces(declared, input, &whole);
    convert_utf16(input, FH_UTF16_LITTLE);
    convert_utf16(input, FH_UTF16_BIG);
    if (fh_mojibake_repair(fh_buf_str(&whole), &repaired)) {
        must_be_text(fh_buf_str(&repaired));
        must(repaired.len < whole.len);
    } else {
        must(repaired.len == 0);
    }
    fh_buf_free(&space);
    fh_buf_free(&whole);
    fh_buf_free(&repaired);
}

/* ---- Dates ---- */

static void must_be_date(const fh_date *date) {
    fh_date day = {0}, utc = fh_date_utc(date);
    char iso[FH_DATE_TEXT], key[FH_DATE_TEXT];
    must(date->year >= 1 && date->year <= 9999);
    must(date->hour <= 23 && date->minute <= 59 && date->second <= 60);
    must(date->zone == FH_NO_ZONE || (date->zone >= -24 * 60 && date->zone <= 24 * 60));
    must(date->has_time || (!date->hour && !date->minute && !date->second));
    fh_date_iso(date, iso);
    fh_date_key(date, key);
    must(strlen(iso) >= 10 && strlen(key) >= 8);
    must(fh_date_parse(fh_str_from(iso), &day)); /* so the day is one that there is */
    must(day.year == date->year && day.month == date->month && day.day == date->day);
    must(day.has_time == date->has_time && day.hour == date->hour && day.minute == date->minute);
    fh_date_iso(&utc, iso);
}

void fuzz_dates(fh_str input, const void *what) {
    (void)what;
    static const fh_date written = {2024, 2, 29, 23, 59, 59, true, false, 180};
    const fh_date before = {.year = 1234, .month = 5};
    fh_date date = before;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena);
    if (fh_date_parse(text, &date)) {
        must_be_date(&date);
    } else {
        must(date.year == before.year && date.month == before.month && date.day == before.day &&
             !date.has_time);
    }
    if (fh_date_find(text, text.len, &date)) {
        must(date.guessed);
        must_be_date(&date);
    }
    if (fh_date_relative(text, &written, &date)) must_be_date(&date);
    if (fh_lead_date(text, &date)) must_be_date(&date);
    date = fh_date_of(text);
    if (date.year) must_be_date(&date);
    fh_str rest = text, word[4] = {0};
    for (size_t i = 0; i < 4; i++) fh_wire_word(&rest, &word[i]);
    date = fh_wire_time(fh_wire_number(word[0]), fh_wire_number(word[1]), fh_wire_number(word[2]), word[3]);
    if (date.year) must_be_date(&date);
    if (fh_date_from_hijri(fh_wire_number(word[0]), fh_wire_number(word[1]), fh_wire_number(word[2]), &date))
        must_be_date(&date);
    fh_arena_free(arena);
}

/* ---- Addresses, ids, lines ---- */

static void must_lie_in(fh_str part, fh_str whole) {
    must(part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len));
}

void fuzz_address(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena), tidy = fh_address_tidy(text, arena);
    must_be_text(tidy);
    must(tidy.len <= text.len);
    must(fh_str_equal(fh_address_tidy(tidy, arena), tidy));
    fh_str id = fh_id_tidy(text, arena);
    must_be_text(id);
    must(id.len <= FH_MAX_ID && fh_str_equal(fh_id_tidy(id, arena), id));
    fh_arena_free(arena);
}

/* A line each of what pages and feeds say in small fields, and the body of an article. */
void fuzz_tidy(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena), rest = text, part, agency = FH_STR("");
    must_lie_in(fh_dateline_find(text, &agency), text);
    must_be_text(agency);
    for (fh_str line; fh_str_line(&rest, &line);) {
        line = fh_str_trim(line);
        fh_line_kind kind = fh_page_line(line, &part);
        must(kind <= FH_LINE_FURNITURE);
        if (kind != FH_LINE_TEXT) must_lie_in(part, line);
        size_t at = fh_page_line_break(line);
        must(at == SIZE_MAX || (at > 0 && at <= line.len));
        bool bullet;
        must_lie_in(fh_without_bullet(line, &bullet), line);
        must_lie_in(fh_byline(line), line);
        fh_names names = {0};
        fh_names_add_split(&names, line, arena);
        for (size_t i = 0; i < names.list.count; i++) must(fh_str_trim(names.list.items[i]).len);
    }
    rest = text;
    fh_article raw = {.id = fuzz_line(&rest), .title = fuzz_line(&rest), .author = fuzz_line(&rest)}, article;
    raw.body = rest;
    raw.keywords = (fh_strs){&raw.author, 1};
    fh_error err = {0};
    fh_status status = fh_article_tidy(&raw, arena, &article, &err);
    if (status) {
        must_be_error(status, &err);
    } else {
        must_be_article(&article);
        fh_article again;
        must(fh_article_tidy(&article, arena, &again, &err) == FH_OK);
        must(fh_str_equal(again.body, article.body) && fh_str_equal(again.id, article.id));
    }
    fh_arena_free(arena);
}
