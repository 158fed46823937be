/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --stats: what an index holds, and what it was made with. */
#ifndef FH_INDEXER_STATISTICS_H
#define FH_INDEXER_STATISTICS_H

#include "base/buf.h"
#include "store/store.h"

/* Appends it as lines for people, or as one JSON object with a line end.  `db` is what the index is called.
 * Errors: of the store. */
fh_status fh_statistics(fh_store *store, const char *db, bool json, fh_buf *out, fh_error *err);

#endif
