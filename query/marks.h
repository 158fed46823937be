/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an article's text the query met: whole words, by their bytes in the text as it was stored. */
#ifndef FH_QUERY_MARKS_H
#define FH_QUERY_MARKS_H

#include "query/lower.h"

typedef struct fh_found {
    uint32_t start, end; /* bytes of the part: whole words with their clitics */
    uint32_t leaf;       /* which leaf of the query */
    bool whole_phrase;   /* one word of a phrase that stands here in full */
    fh_str entity;       /* where an entity's name stands, its own id; else empty */
} fh_found;

/* In order, never overlapping. */
typedef struct fh_marks {
    fh_found *items;
    size_t count;
} fh_marks;

/* The marks in one part of an article, whose tokens are given.  `again` are names found there by now, beside
 * those that the article was indexed with. */
fh_marks fh_marks_find(const fh_lowered *query, fh_tokens tokens, fh_mentions again,
                       const fh_article *article, fh_part part, fh_arena *arena);

/* The bytes [from, to) of a text in pieces; an ellipsis stands where it was cut. */
fh_segments fh_marks_segments(fh_str text, fh_marks marks, size_t from, size_t to, fh_arena *arena);

#endif
