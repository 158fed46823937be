/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page says, in Arabic and English. */
#ifndef FH_SITE_TEXTS_H
#define FH_SITE_TEXTS_H

typedef enum fh_text {
    FH_TEXT_LANG,
    FH_TEXT_DIR,
    FH_TEXT_OTHER,
    FH_TEXT_OTHER_NAME,
    FH_TEXT_NAME,
    FH_TEXT_PLACEHOLDER,
    FH_TEXT_SEARCH,
    FH_TEXT_FOUND, /* "%llu results" */
    FH_TEXT_ABOUT, /* more than were counted */
    FH_TEXT_NONE,
    FH_TEXT_WIDENED,
    FH_TEXT_PARTIAL,
    FH_TEXT_MEANT,
    FH_TEXT_BETTER, /* than an error */
    FH_TEXT_RELEVANCE,
    FH_TEXT_NEWEST,
    FH_TEXT_PREVIOUS,
    FH_TEXT_NEXT,
    FH_TEXT_WITHOUT, /* this filter */
    FH_TEXTS
} fh_text;

/* By language: 0 Arabic, 1 English. */
extern const char *const fh_texts[2][FH_TEXTS];

#endif
