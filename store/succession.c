/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock of an index is a file within it, and so changes places too: whoever holds the old one's alone
 * would share the new one with the next writer, who may be making a sibling of the same name by then. */
#include "store/succession.h"
#include "store/glass/sums.h"
#include "store/place.h"

fh_status fh_succeed(const char *fresh, const char *dir, fh_xapian **lock, fh_error *err) {
    fh_xapian *held;
    fh_status status = fh_xapian_open_writable(fresh, &held, err);
    if (status != FH_OK) return status;
    status = fh_sums_renew(fresh, err);
    if (status == FH_OK) status = fh_place_sync(fresh, err);
    if (status == FH_OK) status = fh_place_exchange(fresh, dir, err);
    if (status == FH_OK) {
        *lock = held;
    } else {
        fh_xapian_close(held);
    }
    return status;
}
