/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that an index knows beside the built-in ones: a user's list, and what its articles taught.  All
 * of it is kept in the index, so that searching knows the same names. */
#ifndef FH_INDEXER_NAME_BOOK_H
#define FH_INDEXER_NAME_BOOK_H

#include "base/buf.h"
#include "base/error.h"
#include "indexer/learned.h"
#include "store/store.h"

typedef struct fh_name_book {
    fh_buf text;          /* of the user's list; no list: empty, with a NULL pointer */
    fh_gazetteer *listed; /* the list over the built-in names; NULL: there is none */
    fh_gazetteer *all;    /* that and what was learned, over the built-in names; NULL: nothing */
    fh_arena *arena;      /* of what follows */
    fh_learned_list learned;
    fh_decisions decisions;
} fh_name_book;

/* Reads a user's list; a NULL path leaves `out` as it is.  Errors: of fh_gazetteer_load. */
fh_status fh_name_book_read(const char *path, fh_name_book *out, fh_error *err);

/* What the index has: the user's list, unless one was read, what it learned, and what was decided. */
fh_status fh_name_book_recall(fh_store *store, fh_name_book *book, fh_error *err);

/* The names that a text is analysed with. */
const fh_gazetteer *fh_name_book_all(const fh_name_book *book);

/* The names that an article's content depends on: without those that it may teach itself. */
const fh_gazetteer *fh_name_book_listed(const fh_name_book *book);

/* Learns from what is committed and keeps everything in the index, in a transaction of its own.  So many
 * threads may work at it. */
fh_status fh_name_book_learn(fh_store *store, fh_name_book *book, int jobs, fh_error *err);

void fh_name_book_free(fh_name_book *book);

#endif
