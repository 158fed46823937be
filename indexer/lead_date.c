/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only a date right after "today" or a weekday, or in a dateline, is the article's own. */
#include "indexer/lead_date.h"
#include "base/utf8.h"

#include <stdint.h>

#define DATE_LINES 3       /* the first lines, empty ones too */
#define LEAD_BYTES 1500    /* the first paragraphs */
#define DATELINE_BYTES 120 /* a city, a date, an agency */
#define NEAR_BYTES 90      /* from the weekday's name to the end of its date */

static const char *const day_words[] = {"اليوم",    "الأحد",    "الاثنين", "الإثنين", "الثلاثاء",
                                        "الأربعاء", "الاربعاء", "الخميس",  "الجمعة",  "السبت"};

static bool near_day_word(fh_str lead, fh_date *out) {
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof day_words / sizeof *day_words; i++) {
        fh_str word = fh_str_from(day_words[i]);
        for (size_t at = fh_str_find(lead, word, 0); at < first;
             at = fh_str_find(lead, word, at + word.len)) {
            fh_date date;
            if (!fh_date_find(fh_str_slice(lead, at, lead.len), NEAR_BYTES, &date)) continue;
            first = at;
            *out = date;
        }
    }
    return first != SIZE_MAX;
}

/* A dateline ends in a dash or a colon: «الرياض - 4 مايو 2024 - …». */
static bool in_dateline(fh_str lead, fh_date *out) {
    fh_str start = fh_utf8_cut(lead, DATELINE_BYTES);
    size_t end = 0;
    for (size_t at = 0; at < start.len && start.ptr[at] != '\n'; at++)
        if (start.ptr[at] == ':' || (start.ptr[at] == '-' && at && start.ptr[at - 1] == ' ')) end = at;
    return end && fh_date_find(start, end, out);
}

/* A line that is a date and nothing else. */
static bool on_a_line(fh_str lead, fh_date *out) {
    fh_str line;
    for (int i = 0; i < DATE_LINES && fh_str_line(&lead, &line); i++) {
        if (!fh_date_parse(fh_str_trim(line), out)) continue;
        out->guessed = true;
        return true;
    }
    return false;
}

bool fh_lead_date(fh_str body, fh_date *out) {
    fh_str lead = fh_utf8_cut(fh_str_trim(body), LEAD_BYTES);
    return on_a_line(lead, out) || in_dateline(lead, out) || near_day_word(lead, out);
}
