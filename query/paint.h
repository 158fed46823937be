/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for a terminal: inert, styled, and wrapped between words. */
#ifndef FH_QUERY_PAINT_H
#define FH_QUERY_PAINT_H

#include "query/query.h"

typedef enum fh_style {
    FH_STYLE_PLAIN,
    FH_STYLE_TERM,
    FH_STYLE_ENTITY,
    FH_STYLE_STRONG,
    FH_STYLE_FAINT
} fh_style;

/* Appends a text that came from outside so that a terminal obeys nothing in it: white space becomes one
 * space, control characters and bidi controls are left out. */
void fh_paint_inert(fh_str text, fh_buf *out);

/* The same in a style; without colour terms stand in [ ], entities in { }, and other styles leave no trace.
 */
void fh_paint(fh_style style, fh_str text, bool colour, fh_buf *out);

/* Appends painted text in lines of at most `width` columns, with `first` spaces before the first one,
 * `indent` before the others, and a line end behind each. */
void fh_paint_wrapped(fh_str painted, size_t first, size_t indent, size_t width, fh_buf *out);

#endif
