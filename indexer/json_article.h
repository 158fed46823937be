/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JSON object to an article, by the names that publishers and crawlers give their fields. */
#ifndef FH_INDEXER_JSON_ARTICLE_H
#define FH_INDEXER_JSON_ARTICLE_H

#include "store/store.h"

#include <jansson.h>

/* Its strings are borrowed from the object and the arena; what is not there is empty. */
fh_article fh_json_article(const json_t *object, fh_arena *arena);

#endif
