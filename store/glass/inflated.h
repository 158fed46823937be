/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of posting lists that were inflated, kept for the next one who reads them: the newest of them, and
 * those that were asked for of late. */
#ifndef FH_STORE_GLASS_INFLATED_H
#define FH_STORE_GLASS_INFLATED_H

#include "base/str.h"
#include <stdint.h>

/* What a chunk has at most that is deflated (docs/glass.md). */
#define FH_INFLATED_MOST 2048

/* Of one table of one commit. */
typedef struct fh_inflated fh_inflated;

/* For about so many bytes, which are taken as they are needed; a few times FH_INFLATED_MOST at least. */
fh_inflated *fh_inflated_new(size_t bytes);
void fh_inflated_free(fh_inflated *inflated); /* takes NULL */

/* The plain bytes of a tag, at most FH_INFLATED_MOST, which are good until the next call.  `where` is another
 * one for every tag.  Empty: it is damaged. */
fh_str fh_inflated_look(fh_inflated *inflated, uint64_t where, fh_str tag);

/* Puts them to `out`, which has room for all, and returns how many they are. */
size_t fh_inflated_take(fh_inflated *inflated, uint64_t where, fh_str tag, char *out);

#endif
