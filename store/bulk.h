/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bulk writer of an open store: documents become segments beside the index, in DIR.building, and the
 * segments and the index become one index when the transaction is committed.
 *
 * A segment is written when its memory is full, and is a whole database from then on: what a kill costs is
 * the segment at hand, for the next one that opens the index for writing takes the others in. */
#ifndef FH_STORE_BULK_H
#define FH_STORE_BULK_H

#include "store/bulk/join.h"
#include "store/handle.h"

/* Makes store->writer->bulk.  FH_ERR_IO. */
fh_status fh_bulk_new(fh_store *store, fh_error *err);

/* Removes its segments.  Takes NULL. */
void fh_bulk_free(fh_bulk *bulk);

/* `record` is the document's. */
fh_status fh_bulk_put(fh_store *store, const fh_document *document, fh_str record, fh_error *err);

/* FH_ABSENT: nothing of this id was put, or it was deleted again. */
fh_presence fh_bulk_presence(fh_bulk *bulk, fh_str id, fh_str content);

/* False: nothing of this id was put. */
bool fh_bulk_delete(fh_bulk *bulk, fh_str id);

/* Makes one index of the committed index and what was put, and opens it in the store. */
fh_status fh_bulk_commit(fh_store *store, fh_error *err);

/* ---- Segments on disk ---- */

/* DIR.building, of the directory that a symbolic link leads to. */
fh_status fh_building_path(const char *dir, fh_buf *out, fh_error *err);

fh_status fh_building_make(const char *building, fh_error *err);

/* Removes the directory and the segments in it, if it is there. */
fh_status fh_building_remove(const char *building, fh_error *err);

/* The path of the n-th segment.  `folds`: how many times it was put together from smaller ones. */
void fh_building_part(const char *building, uint32_t number, unsigned folds, fh_buf *out);

/* Of `count` segments, puts together the last ones where too many files would be open at once otherwise. */
fh_status fh_building_fold(const char *building, uint32_t count, fh_error *err);

/* What of the index and of the segments is left out, by numbers: those of segments go on through all. */
typedef struct fh_leaving_out {
    fh_numbers of_index, of_segments;
} fh_leaving_out;

/* Makes one index of the store's and of the segments in `building`, as `how` says but for its parts, and
 * opens it in the store.  Where `how` has no facts, they are the store's.  `dead` NULL: the segments are what
 * a kill left, of several articles of one id the last one lives, and the facts are those of the last segment.
 */
fh_status fh_building_take_in(fh_store *store, const char *building, const fh_leaving_out *dead,
                              const fh_join *how, fh_error *err);

/* Takes in what a kill left behind. */
fh_status fh_building_recover(fh_store *store, fh_error *err);

/* Writes the store's index anew, without what is dead, as `how` says but for its parts, and opens it. */
fh_status fh_building_rewrite(fh_store *store, const fh_join *how, fh_error *err);

#endif
