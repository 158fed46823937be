/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fihris-index asks before it opens an index for writing. */
#ifndef FH_INDEXER_OPENING_H
#define FH_INDEXER_OPENING_H

#include "indexer/lexicon.h"
#include "indexer/settings.h"
#include "indexer/summary.h"
#include "stemmer/stemmer.h"

/* Opens the index for writing, with its own stemmer or, where it is made now, the one that was asked for.
 * Without sources, none is made.  Errors: of fh_store_open_writable. */
fh_status fh_open_index(const fh_settings *settings, const fh_added_words *words, fh_stemmer *stemmer,
                        fh_store **out, fh_error *err);

/* How the store finds stems; the analyser must outlive it. */
fh_stemming fh_stemming_of(const fh_analyser *analyser);

/* Has the index no articles? */
fh_status fh_is_empty(fh_store *store, bool *out, fh_error *err);

/* Is there something new to learn names from, or nothing any more? */
fh_status fh_wants_learning(const fh_settings *settings, fh_store *store, bool *out, fh_error *err);

/* Should the index be rewritten small? */
bool fh_is_worth_compacting(const fh_settings *settings, const fh_summary *summary, bool was_empty);

/* A hash of all that reading depends on beside the sources. */
uint64_t fh_reading_hash(const fh_settings *settings, const fh_index_names *names);

/* Is there anything to write?  A mistyped source must not leave an empty index behind. */
bool fh_has_work(const fh_settings *settings);

#endif
