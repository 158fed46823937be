/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Following folders: what appears or changes in them is told in batches, soon, and when it is whole. */
#ifndef FH_INDEXER_FOLLOW_H
#define FH_INDEXER_FOLLOW_H

#include "base/error.h"

/* What has happened since the last batch. */
typedef struct fh_changes {
    const char *const *sources; /* files that are new or were written, as "FOLDER/./FILE" (indexer/walk.h) */
    size_t count;
    bool whole; /* look through all folders: at the beginning, and after more than could be told one by one */
    bool gone;  /* something was deleted or moved away */
} fh_changes;

/* FH_ERR_LOCKED: not now; the same changes come again, a moment later.  Any other error ends it. */
typedef fh_status fh_follow_batch(void *context, const fh_changes *changes, fh_error *err);

typedef struct fh_follow_options {
    const char *const *folders;
    size_t count;
    fh_follow_batch *batch;
    void *context;
    const volatile bool *stop; /* set by a signal */
} fh_follow_options;

/* Follows folders, and folders in them, until `stop`; the first batch is the whole.  A file is told of when
 * whoever writes it has closed it, or when it was moved in.  Errors: FH_ERR_USAGE (no folder), FH_ERR_IO (not
 * there, or the system watches no more folders), and of the batch. */
fh_status fh_follow(const fh_follow_options *options, fh_error *err);

#endif
