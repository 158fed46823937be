/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an index is told of an article, apart from the article. */
#ifndef FH_INDEXER_DOCUMENT_H
#define FH_INDEXER_DOCUMENT_H

#include "base/arena.h"
#include "indexer/indexer.h"

#define FH_CONTENT_BYTES 8

/* A hash of all that was read of the article, for FH_SLOT_CONTENT: the same for the same article, read by the
 * same version of the indexer with the same listed names. */
fh_str fh_article_content(const fh_article *article, const fh_index_names *names, fh_arena *arena);

/* A keyword as one word, for FH_FIELD_KEYWORD: its folded words with single spaces between them. */
fh_str fh_keyword_word(fh_tokens keyword, fh_arena *arena);

/* fh_index_document of an article whose content is hashed already. */
fh_document fh_document_make(const fh_index_tools *tools, fh_article *article, fh_str content,
                             fh_arena *arena);

/* What an article names. */
typedef struct fh_named {
    fh_entity_mark *marks; /* in title and body; they come with the article's */
    size_t mark_count;
    const fh_entity **entities; /* the most often named first */
    uint32_t *weights;          /* how often each is named by its name, a keyword counting as one */
    size_t entity_count;
} fh_named;

/* The names of an article whose title and body were analysed; a title that repeats the lead has no tokens. */
fh_named fh_article_names(const fh_index_tools *tools, const fh_article *article, fh_tokens title,
                          fh_tokens body, fh_arena *arena);

#endif
