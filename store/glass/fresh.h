/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fresh terms: the terms of articles that came a few at a time since the index was written anew, as pages of
 * the same kind that rare terms have (store/glass/rare.h), among the metadata of the postlist table.
 * To add each to its own list would write a block of the table for almost every one of them.
 *
 * What one commit put is a run; small runs are put together with those before them.  The documents of a run
 * are numbered one after another, behind those of all lists and of the runs before (docs/glass.md, "Fresh
 * terms"). */
#ifndef FH_STORE_GLASS_FRESH_H
#define FH_STORE_GLASS_FRESH_H

#include "base/buf.h"
#include <stdint.h>

enum { FH_FRESH_RUNS = 12 };

typedef struct fh_fresh {
    struct fh_fresh_run {
        uint32_t first, last; /* documents */
    } runs[FH_FRESH_RUNS];
    size_t count;
} fh_fresh;

/* The fact that tells which runs there are; all keys of their pages begin with it too. */
#define FH_META_FRESH "fihris.fresh"

/* Puts what the fact says to `*out`; an empty one: there are none.  False: it is damaged. */
bool fh_fresh_take(fh_str fact, fh_fresh *out);
void fh_fresh_put(const fh_fresh *fresh, fh_buf *out);

/* How many documents there are in all runs. */
uint64_t fh_fresh_documents(const fh_fresh *fresh);

/* What the entries of a run begin with in the table, before the key of a page. */
fh_str fh_fresh_key(size_t run);

#endif
