/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date is read as a row of pieces, numbers, names and marks, against the few shapes that news prints. */
#include "base/date.h"
#include "base/month_names.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

#define PIECES 24     /* enough for any date with its time */
#define NAME_BYTES 32 /* of a folded name; a longer word is no part of a date */
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { FIRST_YEAR = 1600, LAST_YEAR = 2200 };

enum letter {
    ALEF_MADDA = 0x0622,
    ALEF_HAMZA_ABOVE = 0x0623,
    ALEF_HAMZA_BELOW = 0x0625,
    ALEF = 0x0627,
};

typedef struct piece {
    enum { NUMBER, NAME, MARK } kind;
    int number, digits;
    char name[NAME_BYTES];
    char mark;  /* ASCII, '?' for any other */
    size_t end; /* bytes */
} piece;

typedef struct pieces {
    piece items[PIECES];
    size_t count;
    bool whole; /* the text ended within them */
} pieces;

static uint32_t fold(uint32_t c) {
    if (c == ALEF_MADDA || c == ALEF_HAMZA_ABOVE || c == ALEF_HAMZA_BELOW) return ALEF;
    return (uint32_t)u_tolower((UChar32)c);
}

static size_t read_number(fh_str text, size_t at, piece *out) {
    uint32_t c;
    *out = (piece){.kind = NUMBER};
    while (at < text.len) {
        size_t length = fh_utf8_next(text, at, &c);
        int32_t digit = u_charDigitValue((UChar32)c);
        if (digit < 0) break;
        if (out->digits++ < 9) out->number = out->number * 10 + digit;
        at += length;
    }
    return at;
}

static size_t read_name(fh_str text, size_t at, piece *out) {
    uint32_t c;
    size_t used = 0;
    *out = (piece){.kind = NAME};
    while (at < text.len) {
        size_t length = fh_utf8_next(text, at, &c);
        bool unseen = fh_is_unseen(c);
        if (!unseen && !u_isalpha((UChar32)c)) break;
        if (!unseen && used + FH_UTF8_MAX < NAME_BYTES) used += fh_utf8_put(out->name + used, fold(c));
        at += length;
    }
    return at;
}

/* Reads pieces from byte `at`, without spaces and invisible marks. */
static void read_pieces(fh_str text, size_t at, pieces *out) {
    out->count = 0;
    while (at < text.len && out->count < PIECES) {
        uint32_t c;
        size_t length = fh_utf8_next(text, at, &c);
        piece *next = &out->items[out->count];
        if (u_isUWhiteSpace((UChar32)c) || fh_is_unseen(c)) {
            at += length;
            continue;
        }
        if (u_charDigitValue((UChar32)c) >= 0) {
            at = read_number(text, at, next);
        } else if (u_isalpha((UChar32)c)) {
            at = read_name(text, at, next);
        } else {
            *next = (piece){.kind = MARK, .mark = c < 0x80 ? (char)c : '?'};
            at += length;
        }
        next->end = at;
        out->count++;
    }
    out->whole = at >= text.len;
}

static const piece *piece_at(const pieces *row, size_t at) {
    static const piece none = {.kind = MARK, .mark = '\0'};
    return at < row->count ? &row->items[at] : &none;
}

static bool is_mark(const pieces *row, size_t at, const char *marks) {
    const piece *p = piece_at(row, at);
    return p->kind == MARK && p->mark && strchr(marks, p->mark);
}

static bool is_named(const pieces *row, size_t at, const char *name) {
    const piece *p = piece_at(row, at);
    return p->kind == NAME && !strcmp(p->name, name);
}

static bool is_filler(const pieces *row, size_t at) {
    for (size_t i = 0; i < COUNT_OF(date_fillers); i++)
        if (is_named(row, at, date_fillers[i])) return true;
    return false;
}

static size_t skip_fillers(const pieces *row, size_t at) {
    while (is_filler(row, at) || is_mark(row, at, ",?")) at++;
    return at;
}

/* How many pieces the name of a month takes, 0 where there is none. */
static size_t read_month(const pieces *row, size_t at, int *month) {
    for (size_t i = 0; i < COUNT_OF(month_names); i++) {
        const month_name *m = &month_names[i];
        if (!is_named(row, at, m->first) || (m->second && !is_named(row, at + 1, m->second))) continue;
        *month = m->month;
        return m->second ? 2 : 1;
    }
    return 0;
}

/* Two names for one month, as in "نوفمبر/تشرين الثاني" or "مايو (أيار)". */
static size_t read_months(const pieces *row, size_t at, int *month) {
    size_t from = at, used = read_month(row, at, month);
    if (!used) return 0;
    at += used;
    size_t second = is_mark(row, at, "/(-") ? at + 1 : at;
    int other;
    if ((used = read_month(row, second, &other))) {
        if (other != *month) return 0;
        at = second + used;
        if (is_mark(row, at, ")")) at++;
    }
    return at - from;
}

static int full_year(const piece *p) {
    if (p->digits == 4) return p->number;
    if (p->digits == 2) return p->number + (p->number < 50 ? 2000 : 1900); /* RFC 2822, 4.3 */
    return 0;
}

static bool set_day(fh_date *out, int year, int month, int day) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false;
    if (day < 1 || day > fh_days_in_month(year, month)) return false;
    out->year = (int16_t)year;
    out->month = (uint8_t)month;
    out->day = (uint8_t)day;
    return true;
}

static bool is_number(const pieces *row, size_t at, int digits_from, int digits_to) {
    const piece *p = piece_at(row, at);
    return p->kind == NUMBER && p->digits >= digits_from && p->digits <= digits_to;
}

/* A year of the Hijra, whose days are reckoned in the calendar of Umm al-Qura. */
static bool set_any_day(fh_date *out, int year, int month, int day) {
    bool hijri = year >= FH_HIJRI_FIRST && year <= FH_HIJRI_LAST;
    return hijri ? fh_date_from_hijri(year, month, day, out) : set_day(out, year, month, day);
}

/* 2024-05-04, 2024/5/4, 2024.5.4; 1445/9/15 */
static size_t read_year_first(const pieces *row, size_t at, fh_date *out) {
    if (!is_number(row, at, 4, 4) || !is_mark(row, at + 1, "-/.") || !is_number(row, at + 2, 1, 2)) return 0;
    if (!is_mark(row, at + 3, "-/.") || !is_number(row, at + 4, 1, 2)) return 0;
    const piece *p = &row->items[at];
    return set_any_day(out, p[0].number, p[2].number, p[4].number) ? 5 : 0;
}

/* 20240504, as in the wire formats */
static size_t read_compact(const pieces *row, size_t at, fh_date *out) {
    if (!is_number(row, at, 8, 8)) return 0;
    int n = row->items[at].number;
    return set_day(out, n / 10000, n / 100 % 100, n % 100) ? 1 : 0;
}

/* 4/5/2024: the day first, as everywhere but in the United States */
static size_t read_day_first(const pieces *row, size_t at, fh_date *out) {
    if (!is_number(row, at, 1, 2) || !is_mark(row, at + 1, "-/.") || !is_number(row, at + 2, 1, 2)) return 0;
    if (!is_mark(row, at + 3, "-/.") || !is_number(row, at + 4, 4, 4)) return 0;
    const piece *p = &row->items[at];
    return set_any_day(out, p[4].number, p[2].number, p[0].number) ? 5 : 0;
}

/* 4th, May 2024; 4 مايو/أيار 2024; 04-May-24 */
static size_t read_named_month(const pieces *row, size_t at, fh_date *out) {
    size_t from = at;
    int month;
    if (!is_number(row, at, 1, 2)) return 0;
    int day = row->items[at].number;
    at = skip_fillers(row, at + 1);
    if (is_mark(row, at, "-/.")) at++;
    size_t used = read_months(row, at, &month);
    if (!used) return 0;
    at = skip_fillers(row, at + used);
    if (is_mark(row, at, "-/.")) at++;
    if (!is_number(row, at, 2, 4)) return 0;
    return set_day(out, full_year(&row->items[at]), month, day) ? at + 1 - from : 0;
}

/* May 4, 2024; Sept. 4, 2024; أيار 4, 2024 */
static size_t read_month_first(const pieces *row, size_t at, fh_date *out) {
    size_t from = at;
    int month;
    size_t used = read_months(row, at, &month);
    if (!used) return 0;
    at += used;
    if (is_mark(row, at, ".")) at++; /* "Sept. 4" */
    if (!is_number(row, at, 1, 2)) return 0;
    int day = row->items[at].number;
    at = skip_fillers(row, at + 1);
    if (!is_number(row, at, 4, 4)) return 0;
    return set_day(out, row->items[at].number, month, day) ? at + 1 - from : 0;
}

/* 15 رمضان 1445هـ */
static size_t read_hijri(const pieces *row, size_t at, fh_date *out) {
    size_t from = at;
    if (!is_number(row, at, 1, 2)) return 0;
    int day = row->items[at].number;
    at = skip_fillers(row, at + 1);
    for (size_t i = 0; i < COUNT_OF(hijri_months); i++) {
        const month_name *m = &hijri_months[i];
        if (!is_named(row, at, m->first) || (m->second && !is_named(row, at + 1, m->second))) continue;
        size_t year = skip_fillers(row, at + (m->second ? 2 : 1));
        if (!is_number(row, year, 4, 4)) continue;
        return fh_date_from_hijri(row->items[year].number, m->month, day, out) ? year + 1 - from : 0;
    }
    return 0;
}

typedef size_t date_shape(const pieces *row, size_t at, fh_date *out);
static date_shape *const shapes[] = {read_year_first,  read_compact,     read_day_first,
                                     read_named_month, read_month_first, read_hijri};

static size_t read_day(const pieces *row, size_t at, fh_date *out) {
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        size_t used = shapes[i](row, at, out);
        if (used) return used;
    }
    return 0;
}

/* Z, GMT, +03:00, +0300 and the zones of RFC 822 */
static size_t read_zone(const pieces *row, size_t at, fh_date *out) {
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"z", 0},      {"gmt", 0},    {"utc", 0},    {"ut", 0},     {"edt", -240}, {"est", -300},
                 {"cdt", -300}, {"cst", -360}, {"mdt", -360}, {"mst", -420}, {"pdt", -420}, {"pst", -480}};
    for (size_t i = 0; i < COUNT_OF(zones); i++)
        if (is_named(row, at, zones[i].name)) return out->zone = (int16_t)zones[i].minutes, 1;
    if (!is_mark(row, at, "+-") || !is_number(row, at + 1, 2, 4)) return 0;
    const piece *p = &row->items[at];
    bool apart = is_mark(row, at + 2, ":") && is_number(row, at + 3, 2, 2);
    int hours = p[1].digits == 4 ? p[1].number / 100 : p[1].number;
    int minutes = p[1].digits == 4 ? p[1].number % 100 : apart ? p[3].number : 0;
    if (hours > 14 || minutes > 59) return 0;
    out->zone = (int16_t)((p->mark == '-' ? -1 : 1) * (hours * 60 + minutes));
    return apart ? 4 : 2;
}

static bool set_time(fh_date *out, int hour, int minute, int second) {
    if (hour > 23 || minute > 59 || second > 60) return false;
    out->hour = (uint8_t)hour;
    out->minute = (uint8_t)minute;
    out->second = (uint8_t)(second == 60 ? 59 : second);
    out->has_time = true;
    out->zone = FH_NO_ZONE;
    return true;
}

static size_t read_half_of_day(const pieces *row, size_t at, int *hour) {
    bool late = is_named(row, at, "pm") || is_named(row, at, "مساء") || is_named(row, at, "م");
    bool early = is_named(row, at, "am") || is_named(row, at, "صباحا") || is_named(row, at, "ص");
    if (late && *hour < 12) *hour += 12;
    if (early && *hour == 12) *hour = 0;
    return late || early;
}

/* 09:30, 09:30:00, 09:30:00.000Z, 093000 */
static size_t read_time(const pieces *row, size_t at, fh_date *out) {
    size_t from = at;
    int hour, minute, second = 0;
    const piece *p = piece_at(row, at);
    if (is_number(row, at, 1, 2) && is_mark(row, at + 1, ":") && is_number(row, at + 2, 2, 2)) {
        hour = p[0].number;
        minute = p[2].number;
        at += 3;
        if (is_mark(row, at, ":") && is_number(row, at + 1, 2, 2))
            second = row->items[at + 1].number, at += 2;
        if (is_mark(row, at, ".,") && is_number(row, at + 1, 1, 9)) at += 2;
    } else if (is_number(row, at, 6, 6)) {
        hour = p->number / 10000;
        minute = p->number / 100 % 100;
        second = p->number % 100;
        at++;
    } else {
        return 0;
    }
    at += read_half_of_day(row, at, &hour);
    if (!set_time(out, hour, minute, second)) return 0;
    at += read_zone(row, at, out);
    return at - from;
}

/* "15 رمضان 1445هـ الموافق 25 مارس 2024", either first: the Gregorian day is the one that was meant. */
static size_t read_other_calendar(const pieces *row, size_t at, fh_date *date) {
    fh_date other;
    size_t next = at, used;
    while (is_filler(row, next) || is_mark(row, next, ",-?/()")) next++;
    if (read_hijri(row, next, &other)) return next + read_hijri(row, next, &other);
    used = next > at ? read_named_month(row, next, &other) : 0;
    if (used) *date = other;
    return used ? next + used : at;
}

bool fh_date_parse(fh_str text, fh_date *out) {
    pieces row;
    fh_date date = {0};
    read_pieces(text, 0, &row);
    size_t at = skip_fillers(&row, 0);
    size_t used = read_day(&row, at, &date);
    if (!used || !row.whole) return false;
    at += used;
    at = read_other_calendar(&row, at, &date);
    while (is_filler(&row, at) || is_mark(&row, at, ",-?") || is_named(&row, at, "t")) at++;
    at += read_time(&row, at, &date);
    fh_date ignored;
    at += read_zone(&row, at, &ignored); /* "4th, May 2024 GMT": a zone without a time */
    at = skip_fillers(&row, at);
    if (at < row.count) return false;
    *out = date;
    return true;
}

/* Where the word or number after byte `at` begins; digits behind a letter, as in "و8 مايو", are a number. */
static size_t next_word(fh_str text, size_t at) {
    enum { GAP, LETTER, DIGIT } kind, before = DIGIT;
    uint32_t c;
    for (size_t from = at; at < text.len;) {
        size_t length = fh_utf8_next(text, at, &c);
        kind = u_charDigitValue((UChar32)c) >= 0 ? DIGIT : u_isalpha((UChar32)c) ? LETTER : GAP;
        if (fh_is_unseen(c)) kind = before;
        if (at > from && kind > before) break;
        before = kind;
        at += length;
    }
    return at;
}

bool fh_date_find(fh_str text, size_t within, fh_date *out) {
    fh_str window = fh_utf8_cut(text, within);
    uint32_t c = 0;
    for (size_t at = 0; at < window.len; at = next_word(window, at)) {
        pieces row;
        fh_date date = {0};
        int month;
        fh_utf8_next(window, at, &c);
        if (u_charDigitValue((UChar32)c) < 0 && !u_isalpha((UChar32)c)) continue;
        read_pieces(window, at, &row);
        if (row.items[0].kind == NAME && !read_month(&row, 0, &month)) continue;
        if (is_number(&row, 0, 8, 8) || !read_day(&row, 0, &date))
            continue; /* eight digits are any number here */
        date.guessed = true;
        *out = date;
        return true;
    }
    return false;
}
