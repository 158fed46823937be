/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of wires cut and unwrapped. */
#include "indexer/formats/wire.h"
#include "base/buf.h"
#include "indexer/decode.h"

#include <ctype.h>

#define MAX_MESSAGES 100000 /* in one entry, which is at most 16 MiB */

static size_t find_byte(fh_str text, int byte) {
    const char *found = text.len ? memchr(text.ptr, byte, text.len) : NULL;
    return found ? (size_t)(found - text.ptr) : text.len;
}

bool fh_wire_next(fh_str *rest, fh_wire *out) {
    size_t from = find_byte(*rest, FH_SOH);
    if (from == rest->len) return false;
    fh_str all = fh_str_slice(*rest, from + 1, rest->len);
    size_t next = find_byte(all, FH_SOH), end = find_byte(all, FH_EOT);
    fh_str message = fh_str_slice(all, 0, next < end ? next : end);
    *rest = fh_str_slice(all, message.len, all.len);
    size_t text = find_byte(message, FH_STX), tail = find_byte(message, FH_ETX);
    if (tail < text) tail = message.len;
    out->head = fh_str_slice(message, 0, text);
    out->text = fh_str_slice(message, text + (text < message.len), tail);
    out->tail = fh_str_slice(message, tail + (tail < message.len), message.len);
    return true;
}

fh_status fh_wire_read(fh_str bytes, fh_str id, fh_wire_convert *convert, fh_arena *arena, fh_articles *out,
                       fh_error *err) {
    fh_buf text = {0};
    fh_decode_declared(bytes, FH_STR(""), &text);
    fh_str rest = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    fh_wire wire;
    fh_str counted = rest;
    size_t count = 0;
    while (count < MAX_MESSAGES && fh_wire_next(&counted, &wire)) count++;
    fh_articles made = {FH_ARENA_ARRAY(arena, fh_article, count + 1), 0};
    fh_status status = FH_OK;
    for (size_t i = 0; i < count && fh_wire_next(&rest, &wire); i++) {
        fh_article article = {0};
        fh_status one = convert(&wire, arena, &article, err);
        if (one != FH_OK) status = one;
        if (one != FH_OK) continue;
        if (!article.id.len && i) article.id = fh_arena_format(arena, "%.*s#%zu", FH_STR_ARG(id), i + 1);
        if (!article.id.len) article.id = id;
        made.items[made.count++] = article;
    }
    *out = made;
    if (made.count == 0 && status == FH_OK)
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "no message is in it");
    return made.count ? FH_OK : status;
}

fh_str fh_wire_paragraphs(fh_str text, fh_arena *arena) {
    fh_buf out = {0};
    bool begins = true;
    fh_str line;
    while (fh_str_line(&text, &line)) {
        fh_str words = fh_str_trim(line);
        if (!words.len) {
            begins = true;
            continue;
        }
        begins |= isspace((unsigned char)line.ptr[0]) != 0;
        if (out.len) fh_buf_add_char(&out, begins ? '\n' : ' ');
        fh_buf_add(&out, words);
        begins = false;
    }
    fh_str all = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return all;
}

bool fh_wire_word(fh_str *rest, fh_str *word) {
    *rest = fh_str_trim(*rest);
    size_t length = 0;
    while (length < rest->len && !isspace((unsigned char)rest->ptr[length])) length++;
    *word = fh_str_slice(*rest, 0, length);
    *rest = fh_str_slice(*rest, length, rest->len);
    return length > 0;
}

int fh_wire_number(fh_str text) {
    int number = 0;
    if (text.len == 0 || text.len > 8) return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (!isdigit((unsigned char)text.ptr[i])) return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return number;
}

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 }; /* of a wire's messages */

fh_date fh_wire_time(int year, int month, int day, fh_str clock) {
    int time = clock.len == 4 ? fh_wire_number(clock) : -1;
    if (month < 1 || month > 12 || day < 1 || year < 0) return (fh_date){0};
    if (year < 100) year += year < 50 ? 2000 : 1900; /* RFC 2822, 4.3 */
    if (year < FIRST_YEAR || year > LAST_YEAR) return (fh_date){0};
    if (day > fh_days_in_month(year, month)) return (fh_date){0};
    fh_date date = {.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    if (time < 0 || time / 100 > 23 || time % 100 > 59) return date;
    date.hour = (uint8_t)(time / 100);
    date.minute = (uint8_t)(time % 100);
    date.has_time = true;
    return date;
}
