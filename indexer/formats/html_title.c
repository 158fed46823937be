/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's own title, which names the outlet too, and the head of the text, which may repeat it. */
#include "base/utf8.h"
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/names.h"

#define HEAD_LINES 4    /* of a body that may still be its head */
#define OUTLET_MOST 80  /* bytes of an outlet's name */
#define TITLE_MOST 1000 /* bytes of a page's title that is looked into */

static const char *const separators[] = {" | ",  " - ",      " \u2013 ", " \u2014 ",
                                         " :: ", " \u00AB ", " \u00BB ", " \u2022 "};

/* Where the first separator at or behind `from` is, and how long; SIZE_MAX: there is none. */
static size_t find_separator(fh_str text, size_t from, size_t *length) {
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t at = fh_str_find(text, fh_str_from(separators[i]), from);
        if (at >= first) continue;
        first = at;
        *length = strlen(separators[i]);
    }
    return first;
}

/* "Section | Outlet" is Outlet. */
static fh_str last_part(fh_str text) {
    size_t length, at;
    while ((at = find_separator(text, 0, &length)) != SIZE_MAX)
        text = fh_str_slice(text, at + length, text.len);
    return fh_str_trim(text);
}

static bool may_be_outlet(fh_str name) {
    return name.len > 0 && name.len <= OUTLET_MOST && !fh_date_of(name).year;
}

/* The outlet in a page's title around the article's: "Title | Section | Outlet", "Outlet - Title". */
static fh_str outlet_around(fh_str whole, fh_str title) {
    size_t length = 0;
    fh_str outlet = FH_STR("");
    if (fh_str_starts(whole, title) && find_separator(whole, title.len, &length) == title.len)
        outlet = last_part(fh_str_slice(whole, title.len + length, whole.len));
    for (size_t at = 0; !outlet.len && (at = find_separator(whole, at, &length)) != SIZE_MAX; at += length)
        if (fh_str_equal(fh_str_trim(fh_str_slice(whole, at + length, whole.len)), title))
            outlet = fh_str_trim(fh_str_slice(whole, 0, at));
    return may_be_outlet(outlet) ? outlet : FH_STR("");
}

static bool is_in_head(fh_str body, fh_str wanted) {
    fh_str line;
    for (int i = 0; i < HEAD_LINES && fh_str_line(&body, &line); i++)
        if (fh_str_equal(fh_str_trim(line), wanted)) return true;
    return false;
}

/* Which side of a separator the text begins with; all of it where neither. */
static fh_str title_by_text(fh_str whole, fh_str body) {
    size_t length;
    for (size_t at = 0; (at = find_separator(whole, at, &length)) != SIZE_MAX; at += length) {
        fh_str before = fh_str_trim(fh_str_slice(whole, 0, at));
        fh_str behind = fh_str_trim(fh_str_slice(whole, at + length, whole.len));
        if (is_in_head(body, before)) return before;
        if (is_in_head(body, behind)) return behind;
    }
    return whole;
}

/* A page without headings has title and date as the first lines of its text. */
static fh_str without_head(fh_article *article) {
    fh_str rest = article->body, line;
    for (int i = 0; i < HEAD_LINES; i++) {
        fh_str after = rest;
        if (!fh_str_line(&after, &line) || !fh_str_trim(after).len) break;
        fh_date date = fh_date_of(line);
        if (!date.year && !fh_str_equal(fh_str_trim(line), article->title)) break;
        if (date.year && !article->published.year) {
            date.guessed = true;
            article->published = date;
        }
        rest = after;
    }
    return rest;
}

void fh_html_settle_title(fh_str whole, fh_article *article) {
    whole = fh_str_trim(whole);
    if (whole.len > TITLE_MOST) whole = fh_utf8_cut(whole, TITLE_MOST);
    if (!article->title.len || fh_str_equal(article->title, whole))
        article->title = title_by_text(whole, article->body);
    if (!article->source.len && article->title.len) article->source = outlet_around(whole, article->title);
    article->body = without_head(article);
}
