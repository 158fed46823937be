/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxapian's writer, when it cannot read, may write a block to where none can be, before it gives up: where
 * there is no limit but the number's, the file of a few kilobytes seems to have 32 TB then. */
#ifndef FH_STORE_GLASS_TRIM_H
#define FH_STORE_GLASS_TRIM_H

#include "base/error.h"

/* Cuts off tables with such a block what is behind the newest commit.  For who has the index for writing, and
 * has written nothing yet.  FH_ERR_IO, and what fh_glass_version_read gives. */
fh_status fh_glass_trim(const char *dir, fh_error *err);

#endif
