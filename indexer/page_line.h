/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of a web page saved as text is: by the words it begins with, whatever their hamzas and harakat.
 */
#ifndef FH_INDEXER_PAGE_LINE_H
#define FH_INDEXER_PAGE_LINE_H

#include "base/str.h"

typedef enum fh_line_kind {
    FH_LINE_TEXT,
    FH_LINE_DATE,     /* تاريخ النشر: … */
    FH_LINE_SOURCE,   /* المصدر: … */
    FH_LINE_AUTHOR,   /* بقلم: … */
    FH_LINE_KEYWORDS, /* كلمات دلالية: … */
    FH_LINE_ALSO,     /* اقرأ أيضاً, then another article, or titles of others */
    FH_LINE_MORE,     /* إقرأ المزيد, a link that the page's text runs into */
    FH_LINE_RELATED,  /* مقالات مشابهة alone, then titles */
    FH_LINE_CREDIT,   /* الصورة: … */
    FH_LINE_FURNITURE /* follow us, install our app */
} fh_line_kind;

/* The kind of a trimmed line; `*rest` is what follows the words that say so, trimmed. */
fh_line_kind fh_page_line(fh_str line, fh_str *rest);

/* The first place in a line, not its beginning, where FH_LINE_ALSO or FH_LINE_MORE words follow a sentence's
 * end; SIZE_MAX where there is none. */
size_t fh_page_line_break(fh_str line);

/* Could be a headline: short, and no sentence's end at its end. */
bool fh_is_headline(fh_str line);

/* The line without a list's bullet; `*bullet` says whether there was one. */
fh_str fh_without_bullet(fh_str line, bool *bullet);

/* The name of a site or publisher standing alone: «مجموعة …», «صحيفة …». */
bool fh_is_publisher(fh_str line);

#endif
