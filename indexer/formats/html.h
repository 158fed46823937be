/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML through gumbo: the tree of a page, its text, and the article in it. */
#ifndef FH_INDEXER_FORMATS_HTML_H
#define FH_INDEXER_FORMATS_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "store/store.h"

#include <gumbo.h>

/* ---- The tree ---- */

#define FH_MAX_PAGE (8u << 20) /* bytes of a page */
#define FH_MAX_TAGS 300000     /* in a page */
#define FH_MAX_NESTING 1000    /* of its elements; gumbo grows slow with the square of it */

/* Parses a page, or a piece of one, into the arena.  Errors: FH_ERR_LIMIT. */
fh_status fh_html_parse(fh_str html, fh_arena *arena, const GumboNode **out, fh_error *err);

bool fh_html_is(const GumboNode *node, GumboTag tag);

/* An attribute's value, borrowed from the tree; empty where there is none. */
fh_str fh_html_attribute(const GumboNode *node, const char *name);

/* The next node in document order below `top`; with `over`, behind all that is in `node`; NULL at the end. */
const GumboNode *fh_html_next(const GumboNode *top, const GumboNode *node, bool over);

/* The first element of this kind below `top`; NULL: there is none. */
const GumboNode *fh_html_find(const GumboNode *top, GumboTag tag);

/* All text below a node, a line a paragraph, without scripts and what else is never read.  `skip` (may be
 * NULL) says which elements are left out with all that is in them. */
typedef bool fh_html_skip(const GumboNode *element, void *context);
void fh_html_text(const GumboNode *top, fh_html_skip *skip, void *context, fh_buf *out);

/* ---- What is made of it ---- */

/* The text of a piece of HTML, as feeds and data files carry it; furniture is left out.  Text without any
 * tags and references is returned as it is. */
fh_str fh_html_fragment(fh_str html, fh_arena *arena);

/* The encoding that a page declares for itself (WHATWG HTML, 13.2.3.2: the first 1024 bytes, here 4096);
 * empty where it does not. */
fh_str fh_html_charset(fh_str bytes);

/* The article of a page in UTF-8.  Its facts are taken from JSON-LD, OpenGraph and other meta elements,
 * microdata, and what is written on the page, in this order; its text from where the page says it is, else
 * from where text is densest.  `seen` is when the page was fetched, by which «منذ ساعتين» is resolved; where
 * it is unknown, by when the page says it was changed.  Errors: FH_ERR_INPUT (no article is found),
 * FH_ERR_LIMIT. */
fh_status fh_html_article(fh_str html, const fh_date *seen, fh_arena *arena, fh_article *out, fh_error *err);

/* ---- The parts, for html_article.c ---- */

/* Facts into what `out` does not know yet. */
void fh_html_linked_data(const GumboNode *page, fh_date *modified, fh_arena *arena, fh_article *out);
void fh_html_meta(const GumboNode *page, const fh_date *seen, const fh_date *modified, fh_arena *arena,
                  fh_article *out);

/* By the page's own title (`whole`): which part of it is the article's, and which the outlet; takes a head
 * that repeats it off the body. */
void fh_html_settle_title(fh_str whole, fh_article *article);

/* The article's text, where the page has one, and the agency that its last lines name. */
void fh_html_body(const GumboNode *page, fh_arena *arena, fh_article *out);

#endif
