/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands at the path of an index, before Xapian is asked: it would take any directory for its own. */
#ifndef FH_STORE_PLACE_H
#define FH_STORE_PLACE_H

#include "base/error.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum fh_place {
    FH_PLACE_FREE,  /* nothing, or an empty directory: an index can be made here */
    FH_PLACE_INDEX, /* a Xapian database */
} fh_place;

/* Errors: FH_ERR_VERSION (other things stand there), FH_ERR_CORRUPT (an index that lacks its main file),
 * FH_ERR_IO. */
fh_status fh_place_look(const char *dir, fh_place *out, fh_error *err);

/* Makes the directory, if it is not there, and claims it until `*out` is closed: Xapian looks for an index
 * and then makes one, over what another program has made in between.  Who has claimed it looks once more.
 * FH_ERR_IO; FH_ERR_LOCKED: another program is making one. */
fh_status fh_place_claim(const char *dir, int *out, fh_error *err);

/* Where an index can be made: removes what a kill left of one that was being made, which Xapian would take
 * for one that is there.  FH_ERR_IO, FH_ERR_LOCKED. */
fh_status fh_place_clear(const char *dir, fh_error *err);

/* Bytes of all files in it.  FH_ERR_IO. */
fh_status fh_place_measure(const char *dir, uint64_t *out, fh_error *err);

/* Was the index being moved, step by step, when a kill came, so that it stands aside now? */
bool fh_place_is_aside(const char *dir);

/* The error of reading where nothing is. */
fh_status fh_place_missing(const char *dir, fh_error *err);

/* Removes a directory that has nothing in it but a database's files, if it is there.  FH_ERR_IO. */
fh_status fh_place_remove(const char *dir, fh_error *err);

/* Writes through what a directory, or the one that holds `path`, names.  FH_ERR_IO. */
fh_status fh_place_sync(const char *dir, fh_error *err);
fh_status fh_place_sync_parent(const char *path, fh_error *err);

/* Puts the directory at `a` to the path of `b` and the other way round, in one step where the file system
 * knows how, else in three, of which the first is undone when the second fails; and writes it through.
 * FH_ERR_IO. */
fh_status fh_place_exchange(const char *a, const char *b, fh_error *err);

#endif
