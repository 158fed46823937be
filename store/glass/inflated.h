/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of posting lists and pages that were inflated, and lists that were written out, kept for the next
 * one who reads them: the newest of them, and those that were asked for of late. */
#ifndef FH_STORE_GLASS_INFLATED_H
#define FH_STORE_GLASS_INFLATED_H

#include "base/str.h"
#include <stdint.h>

/* What a chunk has at most that is deflated (docs/glass.md). */
#define FH_INFLATED_MOST 2048

/* Of one commit. */
typedef struct fh_inflated fh_inflated;

/* For about so many bytes, which are taken as they are needed; a few times FH_INFLATED_MOST at least. */
fh_inflated *fh_inflated_new(size_t bytes);
void fh_inflated_free(fh_inflated *inflated); /* takes NULL */

/* What is kept under this number, which is another one for every tag; good until the next call.  Empty:
 * nothing is. */
fh_str fh_inflated_held(fh_inflated *inflated, uint64_t where);

/* Keeps it, unless that would drive out too much; what it returns is good until the next call. */
fh_str fh_inflated_put(fh_inflated *inflated, uint64_t where, fh_str bytes);

/* Puts the plain tag in the place of `*tag`, however long it is, and keeps nothing; it is good until the next
 * one is, whatever is taken or kept meanwhile.  False: it is damaged. */
bool fh_inflated_plain(fh_inflated *inflated, fh_str *tag);

/* The plain bytes of a tag that has at most FH_INFLATED_MOST of them, which are good until the next call.
 * Empty: it is damaged. */
fh_str fh_inflated_look(fh_inflated *inflated, uint64_t where, fh_str tag);

/* Puts them to `out`, which has room for all, and returns how many they are. */
size_t fh_inflated_take(fh_inflated *inflated, uint64_t where, fh_str tag, char *out);

#endif
