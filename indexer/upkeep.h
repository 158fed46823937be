/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fihris-index does with an index that is there, and that changes nothing in it. */
#ifndef FH_INDEXER_UPKEEP_H
#define FH_INDEXER_UPKEEP_H

#include "indexer/export.h"

typedef enum fh_task {
    FH_TASK_NONE,
    FH_TASK_EXPORT,  /* fh_export */
    FH_TASK_STATS,   /* fh_statistics */
    FH_TASK_PREVIEW, /* a line for each article that would be deleted: id, date, outlet, title */
    FH_TASK_CHECK,   /* fh_store_check: a line for each thing that is wrong, and one that sums up */
} fh_task;

typedef struct fh_upkeep {
    fh_task task;
    const char *db;
    const char *const *deletes; /* of FH_TASK_PREVIEW, as fh_selection_ids takes them */
    size_t delete_count;
    bool json; /* of FH_TASK_STATS and FH_TASK_CHECK */
    fh_sink *sink;
    void *context;
} fh_upkeep;

/* `*whole` is false where FH_TASK_CHECK found the index damaged, and where FH_TASK_PREVIEW found nothing for
 * one of the deletes.  FH_END: the sink wants no more.  Errors: of the store. */
fh_status fh_upkeep_run(const fh_upkeep *upkeep, bool *whole, fh_error *err);

#endif
