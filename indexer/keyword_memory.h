/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keywords of the articles read so far were: a row of words without separators is cut where other
 * articles have cut theirs, or where the same words keep each other's company. */
#ifndef FH_INDEXER_KEYWORD_MEMORY_H
#define FH_INDEXER_KEYWORD_MEMORY_H

#include "stemmer/stemmer.h"

#define FH_KEYWORD_WORDS 6 /* the longest keyword looked for */

typedef struct fh_keyword_memory fh_keyword_memory;

fh_keyword_memory *fh_keyword_memory_new(void);
void fh_keyword_memory_free(fh_keyword_memory *memory); /* takes NULL */

/* One keyword, as an article gave it by itself. */
void fh_keyword_memory_add(fh_keyword_memory *memory, fh_tokens keyword);

/* A row of keywords without separators. */
void fh_keyword_memory_add_row(fh_keyword_memory *memory, fh_tokens row);

/* Have other articles given the `count` words from `at` on as a keyword? */
bool fh_keyword_memory_is_keyword(const fh_keyword_memory *memory, fh_tokens row, size_t at, size_t count);

/* Do they stand together in several rows, and seldom apart? */
bool fh_keyword_memory_is_phrase(const fh_keyword_memory *memory, fh_tokens row, size_t at, size_t count);

#endif
