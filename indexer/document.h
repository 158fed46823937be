/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an index is told of an article, apart from the article. */
#ifndef FH_INDEXER_DOCUMENT_H
#define FH_INDEXER_DOCUMENT_H

#include "base/arena.h"
#include "store/store.h"

#define FH_CONTENT_BYTES 8

/* A hash of all that was read of the article, for FH_SLOT_CONTENT: the same for the same article, read by the
 * same version of the indexer. */
fh_str fh_article_content(const fh_article *article, fh_arena *arena);

#endif
