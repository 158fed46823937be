/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keywords as pages print them. */
#ifndef FH_INDEXER_KEYWORDS_H
#define FH_INDEXER_KEYWORDS_H

#include "base/arena.h"
#include "entities/entities.h"
#include "indexer/keyword_memory.h"
#include "store/store.h"

/* What keywords are told apart by. */
typedef struct fh_keyword_tools {
    const fh_gazetteer *gazetteer;
    fh_keyword_memory *memory; /* takes up every article's keywords */
    bool rows;                 /* one keyword is a line of several */
} fh_keyword_tools;

/* Splits an article's keywords where a page gave them as one line: at its commas, bars and hashes.  A line
 * that has none is split where the words say so: by names in the gazetteer, by keywords of other articles, by
 * phrases that the article has too, and by grammar: a phrase goes on with words that carry the article.  The
 * keywords borrow from the line. */
void fh_keywords_settle(const fh_keyword_tools *tools, fh_article *article, fh_arena *arena);

#endif
