/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that a user adds to the stemmer: from a file at first, from the index afterwards. */
#ifndef FH_INDEXER_LEXICON_H
#define FH_INDEXER_LEXICON_H

#include "base/buf.h"
#include "base/error.h"
#include "stemmer/stemmer.h"
#include "store/store.h"

typedef struct fh_added_words {
    fh_buf text;         /* of the file; never read: empty, with a NULL pointer */
    fh_lexicon *lexicon; /* NULL: there is none */
} fh_added_words;

/* Reads a file; a NULL path leaves `out` as it is.  Errors: of fh_lexicon_load. */
fh_status fh_added_words_read(const char *path, fh_added_words *out, fh_error *err);

/* What the index was made with, unless a file was read. */
fh_status fh_added_words_recall(const fh_store *store, fh_added_words *out, fh_error *err);

/* As fh_store_identity wants it: NULL where no file was read. */
fh_str fh_added_words_text(const fh_added_words *words);

void fh_added_words_free(fh_added_words *words);

#endif
