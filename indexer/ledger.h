/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files an index was made from, as they were then: what is still the same file need not be read again.
 *
 * The same means: size, inode, and the times of the last change of its content and of its entry, and read
 * with the same settings and lists of names, into an index that nothing was deleted from since. */
#ifndef FH_INDEXER_LEDGER_H
#define FH_INDEXER_LEDGER_H

#include "indexer/indexer.h"
#include "indexer/listing.h"

typedef struct fh_ledger_options {
    const char *const *sources; /* outlive the ledger */
    size_t source_count;
    uint64_t settings;         /* a hash of all that reading depends on beside the sources */
    bool thorough;             /* no file is passed over */
    const fh_listing *listing; /* what sitemaps say of files counts as theirs; may be NULL */
} fh_ledger_options;

/* Looks at all files of the sources.  Errors: of the store. */
fh_status fh_ledger_new(fh_store *store, const fh_ledger_options *options, fh_ledger **out, fh_error *err);
void fh_ledger_free(fh_ledger *ledger); /* takes NULL */

/* The sources without the files that are the same, borrowed. */
const char *const *fh_ledger_sources(const fh_ledger *ledger, size_t *count);

/* What a reader gave: an article's place, or where an error is.  Not from two threads at once. */
void fh_ledger_note(fh_ledger *ledger, fh_str place, fh_status status);

/* Adds what the files that were not read held when they were. */
void fh_ledger_count(const fh_ledger *ledger, fh_index_totals *totals);

/* Keeps what was read to its end, in a transaction of its own; after a run that was not stopped. */
fh_status fh_ledger_keep(fh_ledger *ledger, fh_store *store, fh_error *err);

/* From now on no file is the same any more: articles were deleted.  Within an open transaction. */
fh_status fh_ledger_forget(fh_store *store, fh_error *err);

#endif
