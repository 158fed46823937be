/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fihris-index asks before it opens an index for writing. */
#ifndef FH_INDEXER_OPENING_H
#define FH_INDEXER_OPENING_H

#include "indexer/settings.h"
#include "indexer/summary.h"
#include "stemmer/stemmer.h"

/* An index keeps the stemmer it was made with, and opening it with another one says so.  Without sources, no
 * index is made where there is none.  Errors: of fh_store_open. */
fh_status fh_choose_stemmer(const fh_settings *settings, fh_stemmer *out, fh_error *err);

/* Has the index no articles? */
fh_status fh_is_empty(fh_store *store, bool *out, fh_error *err);

/* Is there something new to learn from, or nothing any more? */
bool fh_has_changed(const fh_summary *summary);

/* Is there anything to write?  A mistyped source must not leave an empty index behind. */
bool fh_has_work(const fh_settings *settings);

#endif
