/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments become one, as if it had been written at once: what each has of a term follows in one list.
 * libxapian's compaction would leave it in chunks, which cost more than they hold where terms are rare. */
#ifndef FH_STORE_BULK_JOIN_H
#define FH_STORE_BULK_JOIN_H

#include "base/error.h"
#include <stddef.h>

/* Writes a segment at `to` of the segments at `from`, their documents behind each other.  Of metadata, the
 * last one's stays.  FH_ERR_IO, FH_ERR_CORRUPT. */
fh_status fh_segments_join(char *const *from, size_t count, const char *to, fh_error *err);

#endif
