/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an article that was read goes into the index: a newer version replaces an older one and never the
 * reverse, and what its publisher takes back leaves it for good. */
#ifndef FH_INDEXER_ADMIT_H
#define FH_INDEXER_ADMIT_H

#include "indexer/editions.h"
#include "store/store.h"

typedef enum fh_admission {
    FH_ADMITTED, /* to be put into the store */
    FH_OUTDATED, /* the index has a newer version, or knows that it was taken back */
    FH_GONE,     /* it was taken back, and is deleted now */
} fh_admission;

/* Within the store's open transaction; `presence` is what the index has under the article's id, `editions`
 * what was admitted in this run.  What is taken back is remembered by a hash of its id and its version. */
fh_status fh_admit(fh_store *store, fh_editions *editions, const fh_article *article, fh_presence presence,
                   fh_arena *arena, fh_admission *out, fh_error *err);

#endif
