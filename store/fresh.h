/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of articles that are put a few at a time: they wait in memory until the commit, and become a run
 * of fresh terms (store/glass/fresh.h). */
#ifndef FH_STORE_FRESH_H
#define FH_STORE_FRESH_H

#include "store/glass/fresh.h"
#include "store/xapian.h"

/* What waits. */
typedef struct fh_freshly fh_freshly;

/* For the index at `dir`, which is open for writing as `db`; both are borrowed. */
fh_freshly *fh_freshly_new(fh_xapian *db, const char *dir);
void fh_freshly_free(fh_freshly *freshly); /* takes NULL */

/* Puts an article into the index but for its terms, and lets these wait. */
fh_status fh_freshly_put(fh_freshly *freshly, const fh_document *document, fh_str data, fh_added *out,
                         fh_error *err);

/* Writes what waits as a run, together with those before it that are not much longer.  FH_ERR_CORRUPT. */
fh_status fh_freshly_write(fh_freshly *freshly, fh_error *err);

/* Which runs an index has.  FH_ERR_CORRUPT. */
fh_status fh_fresh_read(fh_xapian *db, const char *dir, fh_fresh *out, fh_error *err);

#endif
