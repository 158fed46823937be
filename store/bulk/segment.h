/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A segment: documents that are inverted in memory and written at once, as a database of their own. */
#ifndef FH_STORE_BULK_SEGMENT_H
#define FH_STORE_BULK_SEGMENT_H

#include "base/error.h"
#include "store/bulk/invert.h"
#include "store/store.h"
#include "store/xapian.h"

typedef struct fh_segment fh_segment;

/* Makes the directory.  FH_ERR_IO. */
fh_status fh_segment_new(const char *dir, fh_segment **out, fh_error *err);
void fh_segment_free(fh_segment *segment); /* takes NULL; leaves the files */

/* Adds the terms of a document to an inverter, but for that of its id; tells its length. */
uint32_t fh_segment_invert(const fh_document *document, fh_inverter *to);

/* Adds a document without its data; the first one is number 1. */
void fh_segment_add(fh_segment *segment, const fh_document *document);

/* The data of the first document that has none yet. */
void fh_segment_add_data(fh_segment *segment, fh_str data);

/* Bytes of memory that it holds. */
size_t fh_segment_bytes(const fh_segment *segment);

/* Writes the database through to the disk; it is there as a whole, or not at all.  Facts are in the byte
 * order of their keys.  FH_ERR_IO. */
fh_status fh_segment_finish(fh_segment *segment, const fh_facts *facts, fh_error *err);

#endif
