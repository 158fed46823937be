/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of fihris-index. */
#ifndef FH_INDEXER_SETTINGS_H
#define FH_INDEXER_SETTINGS_H

#include "base/buf.h"
#include "base/error.h"
#include "indexer/selection.h"
#include "indexer/upkeep.h"
#include "store/store.h"

#define FH_MAX_JOBS 256

typedef struct fh_settings {
    const char *db, *format, *stemmer, *lexicon, *gazetteer, *entities, *report; /* NULL: not given */
    int jobs;                                                                    /* 0: not given */
    fh_task task;                                                                /* instead of indexing */
    fh_writing writing;
    char since[FH_DATE_TEXT]; /* a key; empty: not given */
    bool follow, thorough;
    bool learn_late, learn_now; /* of a batch of --follow: learning reads the whole index */
    bool json, dry_run, prune, listed_only, compact, quiet;
    const char **sources, **deletes, **maps;
    const char **words; /* of --entities, whose operands are no sources */
    size_t word_count;
    size_t source_count, source_capacity, delete_count, delete_capacity, map_count, map_capacity;
} fh_settings;

extern const char fh_index_name[]; /* the program's */

/* Reads the arguments, from which the settings borrow.  FH_END: what was asked for is help, and now in
 * `help`. Errors: FH_ERR_USAGE. */
fh_status fh_settings_read(int argc, char **argv, fh_settings *out, fh_buf *help, fh_error *err);

void fh_settings_free(fh_settings *settings);

#endif
