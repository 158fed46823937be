/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Years, months, days and the spans between them. */
#include "query/period.h"

#include "base/date.h"
#include "base/utf8.h"
#include "query/chars.h"
#include <unicode/uchar.h>

typedef struct day {
    int year, month, day;
} day;

typedef struct span {
    day first, last;
} span;

enum { MAX_PARTS = 3, FIRST_YEAR = 1000, LAST_YEAR = 9999 };

/* Numbers in digits of any script with one separator between them; false where there is anything else. */
static bool read_numbers(fh_str text, int numbers[MAX_PARTS], int digits[MAX_PARTS], int *count) {
    uint32_t c;
    *count = 0;
    for (size_t at = 0; at < text.len;) {
        if (*count == MAX_PARTS) return false;
        int n = *count, length = 0, value = 0;
        while (at < text.len) {
            size_t bytes = fh_utf8_next(text, at, &c);
            int digit = u_charDigitValue((UChar32)c);
            if (digit < 0) break;
            value = value * 10 + digit;
            at += bytes;
            if (++length > 4) return false;
        }
        if (!length) return false;
        numbers[n] = value;
        digits[n] = length;
        ++*count;
        if (at == text.len) return true;
        at += fh_utf8_next(text, at, &c);
        if (!fh_is_dash(c) && c != '/' && c != '.') return false;
        if (at == text.len) return false;
    }
    return false;
}

static bool is_day(day d) {
    return d.year >= FIRST_YEAR && d.year <= LAST_YEAR && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= fh_days_in_month(d.year, d.month);
}

/* A year, a month of it, or a day; the year is what has four digits, first or last. */
static bool read_numeric_span(fh_str text, span *out) {
    int n[MAX_PARTS] = {0}, digits[MAX_PARTS] = {0}, count;
    if (!read_numbers(text, n, digits, &count)) return false;
    bool year_first = digits[0] == 4;
    if (!year_first && (count == 1 || digits[count - 1] != 4)) return false;
    int year = year_first ? n[0] : n[count - 1];
    int month = count == 1 ? 1 : count == 2 ? n[year_first ? 1 : 0] : n[1];
    int date = count < 3 ? 1 : n[year_first ? 2 : 0];
    span s = {{year, month, date}, {year, count == 1 ? 12 : month, date}};
    if (!is_day(s.first)) return false;
    if (count < 3) s.last.day = fh_days_in_month(year, s.last.month);
    *out = s;
    return true;
}

static bool read_span(fh_str text, span *out) {
    if (read_numeric_span(text, out)) return true;
    fh_date date;
    if (!fh_date_parse(text, &date) || !date.year) return false;
    day found = {date.year, date.month, date.day};
    *out = (span){found, found};
    return is_day(found);
}

static day day_before(day d) {
    if (--d.day > 0) return d;
    if (--d.month == 0) d = (day){d.year - 1, 12, 0};
    d.day = fh_days_in_month(d.year, d.month);
    return d;
}

static day day_after(day d) {
    if (++d.day <= fh_days_in_month(d.year, d.month)) return d;
    d.day = 1;
    if (++d.month > 12) d = (day){d.year + 1, 1, 1};
    return d;
}

static fh_str key(day d, fh_arena *arena) {
    return fh_arena_format(arena, "%04d%02d%02d", d.year, d.month, d.day);
}

/* Where "..", or the one character that keyboards make of it, stands. */
static bool split_range(fh_str text, fh_str *low, fh_str *high) {
    fh_str ellipsis = FH_STR("…");
    size_t at = fh_str_find(text, FH_STR(".."), 0), length = 2;
    if (at == SIZE_MAX) {
        at = fh_str_find(text, ellipsis, 0);
        length = ellipsis.len;
    }
    if (at == SIZE_MAX) return false;
    size_t end = at + length;
    while (end < text.len && text.ptr[end] == '.') end++;
    *low = fh_str_trim(fh_str_slice(text, 0, at));
    *high = fh_str_trim(fh_str_slice(text, end, text.len));
    return true;
}

static const char bad_date[] = "a date cannot be read";

static const char *parse_range(fh_str low, fh_str high, fh_arena *arena, fh_str *from, fh_str *to) {
    span first = {{0}, {0}}, last = {{0}, {0}};
    if (!low.len && !high.len) return "a date range has no end";
    if ((low.len && !read_span(low, &first)) || (high.len && !read_span(high, &last))) return bad_date;
    fh_str begin = low.len ? key(first.first, arena) : (fh_str){0},
           end = high.len ? key(last.last, arena) : (fh_str){0};
    if (begin.len && end.len && fh_str_compare(begin, end) > 0) return "a date range ends before it begins";
    *from = begin;
    *to = end;
    return NULL;
}

const char *fh_period_parse(fh_str text, int relation, fh_arena *arena, fh_str *from, fh_str *to) {
    fh_str low, high;
    span s;
    if (relation == FH_WITHIN && split_range(text, &low, &high))
        return parse_range(low, high, arena, from, to);
    if (!read_span(text, &s)) return bad_date;
    *from = *to = (fh_str){0};
    if (relation != FH_BEFORE) *from = key(relation == FH_AFTER ? day_after(s.last) : s.first, arena);
    if (relation != FH_AFTER) *to = key(relation == FH_BEFORE ? day_before(s.first) : s.last, arena);
    return NULL;
}
