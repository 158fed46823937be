/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a database for reading, with all of its tables or not at all. */
#ifndef FH_STORE_OPENING_H
#define FH_STORE_OPENING_H

#include "store/xapian.h"

/* As fh_xapian_open; FH_ERR_IO where a table is there and was not opened, which Xapian keeps to itself. */
fh_status fh_open_whole(const char *dir, fh_xapian **out, fh_error *err);

#endif
