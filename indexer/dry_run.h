/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --dry-run: articles as they would be indexed. */
#ifndef FH_INDEXER_DRY_RUN_H
#define FH_INDEXER_DRY_RUN_H

#include "indexer/indexer.h"

typedef struct fh_dry_run {
    fh_reader *reader;
    const fh_index_tools *tools;
    bool (*print)(void *context, fh_str line);        /* an article as a line of JSON; false: no more */
    void (*note)(void *context, const fh_error *err); /* what cannot be read */
    void *context;
    const volatile bool *stop; /* set by a signal */
} fh_dry_run;

/* Reads to the end.  False: printing did not want more. */
bool fh_dry_run_all(const fh_dry_run *run, fh_index_totals *totals);

#endif
