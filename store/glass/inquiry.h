/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fh_sums_demand in a thread of its own, while who will write reads and analyses. */
#ifndef FH_STORE_GLASS_INQUIRY_H
#define FH_STORE_GLASS_INQUIRY_H

#include "store/store.h"

typedef struct fh_inquiry fh_inquiry;

/* Begins to hold the blocks of the index there against their sums; `dir` lives as long as the inquiry.  Until
 * it has ended nobody may write to the index. */
fh_inquiry *fh_inquiry_begin(const char *dir);

/* Waits for what it finds, and frees it.  NULL: nothing was asked.  FH_ERR_CORRUPT, FH_ERR_IO. */
fh_status fh_inquiry_end(fh_inquiry *inquiry, fh_error *err);

#endif
