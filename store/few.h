/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of articles that are put a few at a time: they wait in memory until the commit, and become a run
 * of fresh terms (store/glass/fresh.h). */
#ifndef FH_STORE_FEW_H
#define FH_STORE_FEW_H

#include "store/glass/fresh.h"
#include "store/xapian.h"

/* What waits. */
typedef struct fh_few fh_few;

/* For the index at `dir`, which is open for writing as `db`; both are borrowed. */
fh_few *fh_few_new(fh_xapian *db, const char *dir);
void fh_few_free(fh_few *few); /* takes NULL */

/* Puts an article into the index but for its terms, and lets these wait. */
fh_status fh_few_put(fh_few *few, const fh_document *document, fh_str data, fh_added *out, fh_error *err);

/* Writes what waits as a run, together with those before it that are not much longer.  FH_ERR_CORRUPT. */
fh_status fh_few_write(fh_few *few, fh_error *err);

/* Which runs an index has.  FH_ERR_CORRUPT. */
fh_status fh_fresh_read(fh_xapian *db, const char *dir, fh_fresh *out, fh_error *err);

#endif
