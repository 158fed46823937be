/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refrains: short lines at the beginning or the end of many articles of one outlet, as «// انتهى //» or a
 * call to follow it somewhere.  They are learned while articles are read, in the order of reading; what is
 * learned is kept with the index.  A refrain stays in the stored text, and is not searched. */
#ifndef FH_INDEXER_REFRAIN_H
#define FH_INDEXER_REFRAIN_H

#include "base/buf.h"
#include "store/store.h"

typedef struct fh_refrains fh_refrains;

fh_refrains *fh_refrains_new(void);
void fh_refrains_free(fh_refrains *refrains); /* takes NULL */

/* The memory that they hold at most. */
size_t fh_refrains_bytes(void);

/* Takes up what an index learned before: hashes, so that no text of an article is kept in them. */
fh_status fh_refrains_recall(fh_refrains *refrains, fh_store *store, fh_error *err);

/* Has something been learned since?  Then all that is known is kept in the open transaction, to be recalled.
 */
fh_status fh_refrains_keep(const fh_refrains *refrains, fh_store *store, fh_error *err);

/* Notes an article's lines, and returns the body without the refrains around it: all of it, where nothing
 * else is.  The same articles in the same order give the same answers. */
fh_str fh_refrains_take(fh_refrains *refrains, const fh_article *article);

#endif
