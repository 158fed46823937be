/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query is asked about, and what comes back. */
#ifndef FH_STORE_MATCH_MATCHED_H
#define FH_STORE_MATCH_MATCHED_H

#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the numbers of BM25 are at least, and the length of a document: with 0, what has no words, or filters
 * only, would be worth nothing divided by nothing.  Beside a single occurrence it vanishes, so that with a k1
 * of 0 all documents that a word is in are worth the same to the last bit. */
#define FH_BM25_LEAST 1e-100

/* Documents that are as good as not there: a word of theirs alone is in none.  In order of their numbers. */
typedef struct fh_hidden {
    const uint32_t *numbers;
    size_t count;
} fh_hidden;

typedef struct fh_matched_hit {
    uint32_t number;
    double score;
    fh_str data, entities; /* entities: FH_SLOT_ENTITIES, but with `ids_only` */
    fh_str story;          /* with `collapse` */
} fh_matched_hit;

typedef struct fh_matched {
    fh_matched_hit *hits;
    size_t hit_count;
    uint64_t total;
    bool total_exact, partial;
    fh_facet *facets;
} fh_matched;

#ifdef __cplusplus
}
#endif
#endif
