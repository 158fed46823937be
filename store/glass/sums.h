/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of an index's blocks, in DIR/fihris.sums: glass has none, and libxapian believes what it reads.
 *
 * A block of a glass table begins with the revision that wrote it, and is never written again by a later one
 * while its own is in use.  So sums that were taken at revision S hold for every block whose revision is not
 * above S, whatever was committed since; what is newer is not covered until they are renewed, and a kill
 * between a commit and that costs nothing else.  docs/decisions/0013-sums.md has the file's layout. */
#ifndef FH_STORE_GLASS_SUMS_H
#define FH_STORE_GLASS_SUMS_H

#include "store/store.h"

#define FH_SUMS_FILE "fihris.sums"
#define FH_SUMS_NEXT "fihris.sums.new" /* until it is renamed */

/* Takes sums of what was committed since the last time; of what was not, they stay as they are.  Only by who
 * holds the index's lock.  FH_ERR_IO, FH_ERR_CORRUPT. */
fh_status fh_sums_renew(const char *dir, fh_error *err);

/* What can be told from a few bytes: is the main file the one that was summed, and is no table cut off? FH_OK
 * too where there are no sums.  FH_ERR_CORRUPT, FH_ERR_IO. */
fh_status fh_sums_glance(const char *dir, fh_error *err);

/* Reads all blocks.  Visits what is wrong, a table at a time. */
fh_status fh_sums_verify(const char *dir, fh_damage_visitor *visit, void *context, fh_error *err);

/* The same, and what is wrong first is the error: FH_ERR_CORRUPT.  Before all that writes anew what it reads:
 * the damage would have good sums from then on.  Blocks that the newest commit does not use may be as they
 * are: a power cut leaves some half written. */
fh_status fh_sums_demand(const char *dir, fh_error *err);

#endif
