/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Databases become one, as if it had been written at once: what each has of a term follows in one list, and
 * documents that are dead are left out.  libxapian's compaction would leave each list in chunks, which cost
 * more than they hold where terms are rare, and can leave nothing out. */
#ifndef FH_STORE_BULK_JOIN_H
#define FH_STORE_BULK_JOIN_H

#include "base/buf.h"
#include "base/error.h"
#include "store/xapian.h"

typedef struct fh_join_part {
    const char *path;
    fh_numbers dead; /* rising */
} fh_join_part;

/* Appends what is to stand in the place of a document's data. */
typedef fh_status fh_data_change(void *context, fh_str data, fh_buf *out, fh_error *err);

typedef struct fh_join {
    const fh_join_part *parts;
    size_t count;
    const fh_facts
        *facts;   /* metadata of the whole, in byte order; NULL: what the parts have, the last one's first */
    bool passing; /* it will be joined in its turn: lists stay plain */
    const fh_stemming *stemming; /* NULL: no list is told */
    fh_data_change *change;      /* NULL: data stay as they are */
    void *context;
} fh_join;

/* Writes a database at `to`; documents are numbered from 1 on, part by part.  FH_ERR_IO, FH_ERR_CORRUPT, and
 * those of the change. */
fh_status fh_join_write(const fh_join *how, const char *to, fh_error *err);

#endif
