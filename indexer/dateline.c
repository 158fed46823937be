/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dateline is short, names a place first, and ends in a dash or a colon, or with its line. */
#include "indexer/dateline.h"
#include "base/utf8.h"

#include <stdint.h>
#include <strings.h>
#include <unicode/uchar.h>

#define DATELINE_BYTES 140 /* a place, a day, an agency */
#define PLACE_WORDS 6      /* with a day in it */
#define AGENCY_WORDS 4

/* Agencies whose name after a dash is enough; in parentheses any name is. */
static const char *const agencies[] = {
    "سبوتنيك",  "رويترز", "أ ف ب",       "ا ف ب",       "اف ب", "أف ب",     "أ.ف.ب",    "فرانس برس",
    "د ب أ",    "د.ب.أ",  "أسوشيتد برس", "اسوشيتد برس", "أ ب",  "أ.ب",      "الأناضول", "وكالات",
    "الوكالات", "واس",    "وام",         "سانا",        "كونا", "بترا",     "قنا",      "بنا",
    "وات",      "واج",    "وأج",         "واع",         "وفا",  "سونا",     "أ ش أ",    "أ.ش.أ",
    "شينخوا",   "تاس",    "نوفوستي",     "إفي",         "آكي",  "يو بي آي", "معا",      "صفا",
    "Reuters",  "AFP",    "AP",          "dpa",         "EFE",  "Xinhua",   "TASS",     "Sputnik",
};

static size_t dash_length(fh_str text, size_t at) {
    static const char *const dashes[] = {"-", "\u2013", "\u2014", "\u2015", ":", "_"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        fh_str dash = fh_str_from(dashes[i]);
        if (fh_str_starts(fh_str_slice(text, at, text.len), dash)) return dash.len;
    }
    return 0;
}

static size_t count_words(fh_str text) {
    size_t words = 0;
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        bool blank = u_isUWhiteSpace((UChar32)c);
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

static size_t skip_blanks(fh_str text, size_t at) {
    while (at < text.len && strchr(" .,", text.ptr[at])) at++;
    return at;
}

/* «باريس (اف ب) -»: what stands in the parentheses, if a dash or a colon follows. */
static size_t in_parentheses(fh_str line, fh_str *agency) {
    const char *open = memchr(line.ptr, '(', line.len);
    const char *close = open ? memchr(open, ')', line.len - (size_t)(open - line.ptr)) : NULL;
    if (!close || open == line.ptr) return 0;
    fh_str place = fh_str_slice(line, 0, (size_t)(open - line.ptr));
    fh_str name = fh_str_trim(fh_str_slice(line, place.len + 1, (size_t)(close - line.ptr)));
    size_t end = (size_t)(close - line.ptr) + 1, dash = skip_blanks(line, end);
    if (count_words(place) > PLACE_WORDS || !name.len || count_words(name) > AGENCY_WORDS) return 0;
    if (dash >= line.len || !dash_length(line, dash)) return 0;
    *agency = name;
    return end;
}

/* «موسكو - سبوتنيك», alone on its line or with a dash behind it. */
static size_t after_dash(fh_str line, fh_str *agency) {
    size_t at = 0, length = 0;
    while (at < line.len && (line.ptr[at] == ':' || !(length = dash_length(line, at)))) at++;
    fh_str place = fh_str_trim(fh_str_slice(line, 0, at));
    if (at >= line.len || !place.len || count_words(place) > PLACE_WORDS) return 0;
    size_t from = at + length;
    while (from < line.len && line.ptr[from] == ' ') from++;
    fh_str rest = fh_str_slice(line, from, line.len);
    for (size_t i = 0; i < sizeof agencies / sizeof *agencies; i++) {
        size_t known = strlen(agencies[i]);
        if (rest.len < known || strncasecmp(rest.ptr, agencies[i], known) != 0) continue;
        size_t next = skip_blanks(rest, known);
        if (next < rest.len && !dash_length(rest, next)) continue;
        *agency = fh_str_slice(rest, 0, known);
        return from + known;
    }
    return 0;
}

fh_str fh_dateline_find(fh_str body, fh_str *agency) {
    fh_str rest = body, line = FH_STR("");
    if (!fh_str_line(&rest, &line)) return line;
    line = fh_utf8_cut(line, DATELINE_BYTES);
    size_t end = in_parentheses(line, agency);
    if (!end) end = after_dash(line, agency);
    return fh_str_trim(fh_str_slice(line, 0, end));
}
