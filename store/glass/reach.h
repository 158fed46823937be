/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which blocks of a table's file a commit is made of: those of its tree, and of its list of free blocks. What
 * stands in the others means nothing: a commit that was cut short has left it there. */
#ifndef FH_STORE_GLASS_REACH_H
#define FH_STORE_GLASS_REACH_H

#include "store/glass/version.h"

/* False: it is damaged, and what it leads to is not to be asked for. */
typedef bool fh_block_visitor(void *context, uint32_t block);

/* Visits them all, each before what it leads to; `file` is open for reading.  What cannot be read leads to
 * nothing. */
void fh_reach(int file, const struct fh_table_version *table, fh_block_visitor *visit, void *context);

#endif
