/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates that are told by how long ago they were. */
#include "base/date.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

enum { MAX_WORDS = 8, WORD_BYTES = 32, HOUR = 60, DAY = 24 * HOUR, WEEK = 7 * DAY };

enum letter {
    ALEF_MADDA = 0x0622,
    ALEF_HAMZA_ABOVE = 0x0623,
    ALEF_HAMZA_BELOW = 0x0625,
    ALEF = 0x0627,
};

typedef struct words {
    char items[MAX_WORDS][WORD_BYTES];
    size_t count;
} words;

/* How many minutes a unit has, and how many of them its form says: «ساعتين» are two. */
static const struct {
    const char *word;
    int minutes, count;
} units[] = {
    {"دقيقة", 1, 1},    {"دقيقتين", 1, 2},    {"دقائق", 1, 0},     {"ساعة", HOUR, 1}, {"ساعتين", HOUR, 2},
    {"ساعات", HOUR, 0}, {"يوم", DAY, 1},      {"يوما", DAY, 1},    {"يومين", DAY, 2}, {"ايام", DAY, 0},
    {"اسبوع", WEEK, 1}, {"اسبوعين", WEEK, 2}, {"اسابيع", WEEK, 0}, {"minute", 1, 1},  {"minutes", 1, 0},
    {"hour", HOUR, 1},  {"hours", HOUR, 0},   {"day", DAY, 1},     {"days", DAY, 0},  {"week", WEEK, 1},
    {"weeks", WEEK, 0},
};

static const struct {
    const char *word;
    int days;
} day_words[] = {{"اليوم", 0}, {"الان", 0}, {"امس", 1},      {"البارحة", 1},
                 {"today", 0}, {"now", 0},  {"yesterday", 1}};

static uint32_t fold(uint32_t c) {
    if (c == ALEF_MADDA || c == ALEF_HAMZA_ABOVE || c == ALEF_HAMZA_BELOW) return ALEF;
    int32_t digit = u_charDigitValue((UChar32)c);
    return digit >= 0 ? (uint32_t)('0' + digit) : (uint32_t)u_tolower((UChar32)c);
}

/* False: there are more words than such a date has. */
static bool read_words(fh_str text, words *out) {
    size_t used = 0;
    *out = (words){0};
    for (size_t at = 0; at <= text.len;) {
        uint32_t c = ' ';
        at += at < text.len ? fh_utf8_next(text, at, &c) : 1;
        if (fh_is_unseen(c)) continue;
        if (u_isalnum((UChar32)c)) {
            if (out->count == MAX_WORDS) return false;
            if (used + FH_UTF8_MAX < WORD_BYTES) used += fh_utf8_put(out->items[out->count] + used, fold(c));
        } else if (used) {
            out->count++;
            used = 0;
        }
    }
    return out->count > 0;
}

static int number_in(const char *word) {
    int number = 0;
    for (; *word >= '0' && *word <= '9' && number < 1000; word++) number = number * 10 + (*word - '0');
    return *word ? 0 : number;
}

static bool is(const words *row, size_t at, const char *word) {
    return at < row->count && !strcmp(row->items[at], word);
}

/* «منذ 3 ساعات», «قبل ساعتين», "3 hours ago": minutes, or -1. */
static int minutes_ago(const words *row) {
    bool before = is(row, 0, "منذ") || is(row, 0, "قبل"), after = is(row, row->count - 1, "ago");
    int count = 0, minutes = -1;
    if (!before && !after) return -1;
    for (size_t i = before ? 1 : 0; i < row->count - after; i++) {
        bool unit = false;
        for (size_t j = 0; j < sizeof units / sizeof *units && !unit; j++) {
            if (!is(row, i, units[j].word)) continue;
            unit = true;
            minutes = units[j].minutes * (count ? count : units[j].count);
        }
        if (!unit && !(count = number_in(row->items[i]))) return -1;
    }
    return minutes > 0 ? minutes : -1;
}

bool fh_date_relative(fh_str text, const fh_date *written, fh_date *out) {
    words row;
    if (written->year == 0 || !read_words(text, &row)) return false;
    int minutes = minutes_ago(&row);
    bool whole_day = minutes % DAY == 0;
    for (size_t i = 0; i < sizeof day_words / sizeof *day_words && minutes < 0; i++) {
        bool day_before = is(&row, 1, "الاول") || is(&row, 1, "الاولى");
        if (!is(&row, 0, day_words[i].word) || row.count > 1u + day_before) continue;
        minutes = DAY * (day_words[i].days + (day_before ? 1 : 0));
        whole_day = true;
    }
    if (minutes < 0) return false;
    fh_date found = fh_date_shift(written, -minutes);
    if (whole_day) found = (fh_date){.year = found.year, .month = found.month, .day = found.day};
    found.guessed = true;
    *out = found;
    return true;
}
