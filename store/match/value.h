/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a slot, read from the chunks of values in a mapped table (docs/glass.md): of all documents,
 * or of one. */
#ifndef FH_STORE_MATCH_VALUE_H
#define FH_STORE_MATCH_VALUE_H

#include "store/glass/mapped.h"
#include "store/store.h"

/* Visits what stands in a slot, as it stands there (store/value.h), in the order of documents, until `visit`
 * returns false.  `last` is the highest number that there is.  False: that was so, or the table is damaged.
 */
typedef bool fh_slot_visitor(void *context, uint32_t document, fh_str kept);
bool fh_slot_visit(const fh_mapped *postings, fh_slot slot, uint32_t last, fh_slot_visitor *visit,
                   void *context);

/* One slot, document by document: a chunk that was found, and inflated, is kept for the documents near.  So
 * they are best asked for in order. */
typedef struct fh_values fh_values;

fh_values *fh_values_new(const fh_mapped *postings, fh_slot slot, uint32_t last);
void fh_values_free(fh_values *values); /* takes NULL */

/* What stands there, empty where nothing does; good until the next call.  False: the table is damaged. */
bool fh_values_of(fh_values *values, uint32_t document, fh_str *kept);

#endif
