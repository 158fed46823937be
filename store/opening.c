/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of data is optional in a glass database, and so Xapian passes over one that it cannot open, be it
 * for lack of descriptors: no article would have a text. */
#include "store/opening.h"
#include "store/glass/sums.h"
#include "store/glass/version.h"

static fh_status demand_tables(const char *dir, fh_xapian *db, fh_error *err) {
    fh_glass_version version;
    bool data = false;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status == FH_OK) status = fh_xapian_has_data(db, &data, err);
    if (status != FH_OK) return status;
    if (version.tables[FH_GLASS_DOCDATA].entries == 0 || data) return FH_OK;
    return fh_fail(err, FH_ERR_IO, dir,
                   "check the permissions there, and how many files may be open (ulimit -n)",
                   "a table of the index cannot be opened, or is damaged");
}

fh_status fh_open_whole(const char *dir, fh_xapian **out, fh_error *err) {
    fh_xapian *db;
    fh_status status = fh_sums_glance(dir, err);
    if (status == FH_OK) status = fh_xapian_open(dir, &db, err);
    if (status != FH_OK) return status;
    status = demand_tables(dir, db, err);
    if (status == FH_OK) {
        *out = db;
    } else {
        fh_xapian_close(db);
    }
    return status;
}
