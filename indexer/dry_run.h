/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --dry-run: articles as they would be indexed, printed. */
#ifndef FH_INDEXER_DRY_RUN_H
#define FH_INDEXER_DRY_RUN_H

#include "indexer/indexer.h"

typedef struct fh_dry_run {
    fh_reader *reader;
    const fh_index_tools *tools;
    void (*note)(void *context, const fh_error *err); /* called for what cannot be read */
    void *context;
    const volatile bool *stop; /* set by a signal */
} fh_dry_run;

/* Prints each article as a line of JSON on standard output.  False: nobody reads any more, or the place to
 * write to is full; errno says which. */
bool fh_dry_run_print(const fh_dry_run *run, fh_index_totals *totals);

#endif
