/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of positions, terms and data are optional in a glass database, and so Xapian passes over one that it
 * cannot open, be it for lack of descriptors: phrases would find nothing, and a merge would leave all texts
 * out. */
#include "store/opening.h"
#include "store/sums.h"
#include "store/version.h"

static fh_status demand_tables(const char *dir, fh_xapian *db, fh_error *err) {
    fh_glass_version version;
    bool positions = false, terms = false, data = false;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status == FH_OK) status = fh_xapian_has(db, &positions, &terms, &data, err);
    if (status != FH_OK) return status;
    bool lost = (version.entries[FH_GLASS_POSITION] > 0 && !positions) ||
                (version.entries[FH_GLASS_TERMLIST] > 0 && !terms) ||
                (version.entries[FH_GLASS_DOCDATA] > 0 && !data);
    if (!lost) return FH_OK;
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
