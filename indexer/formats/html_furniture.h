/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around an article on its page, and within it: by what elements are, what they are called, and
 * how much of them is links. */
#ifndef FH_INDEXER_FORMATS_HTML_FURNITURE_H
#define FH_INDEXER_FORMATS_HTML_FURNITURE_H

#include "indexer/formats/html.h"

typedef struct fh_measure {
    size_t text, links; /* letters, those in links among them */
} fh_measure;

fh_measure fh_html_measure(const GumboNode *top);
size_t fh_html_letters(fh_str text);

bool fh_html_is_script(const GumboNode *node);
bool fh_html_is_hidden(const GumboNode *node);

/* Of what is looked at: how many letters without links there are in all.  Start with fh_html_judge. */
typedef struct fh_judge {
    size_t whole;
    int wrappers; /* that may still be found, so that a page of any shape takes little time */
} fh_judge;

fh_judge fh_html_judge(const GumboNode *top);

/* Is the element with all that is in it no part of an article's text, wherever that is? */
bool fh_html_is_around(const GumboNode *node, fh_judge *judge);

/* The same within the text that was found; an fh_html_skip, whose context is an fh_judge. */
bool fh_html_is_furniture(const GumboNode *node, void *judge);

#endif
