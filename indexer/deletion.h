/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --delete: articles that are named, taken out. */
#ifndef FH_INDEXER_DELETION_H
#define FH_INDEXER_DELETION_H

#include "store/store.h"

typedef struct fh_deletion {
    const char *const *what; /* each as fh_selection_ids takes it */
    size_t count;
    void (*note)(void *context, const fh_error *err); /* called for what names no article */
    void *context;
} fh_deletion;

/* In a transaction of its own.  Counts articles, and what named none.  Errors: of fh_selection_ids. */
fh_status fh_delete(fh_store *store, const fh_deletion *deletion, uint64_t *deleted, uint64_t *not_found,
                    fh_error *err);

#endif
