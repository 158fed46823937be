/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a table of a database from its first entry to its last.  Nobody may write it meanwhile. */
#ifndef FH_STORE_GLASS_READ_H
#define FH_STORE_GLASS_READ_H

#include "base/buf.h"
#include "base/error.h"
#include "store/glass/glass.h"

typedef struct fh_glass_reader fh_glass_reader;

/* A table without a file is empty.  FH_ERR_IO. */
fh_status fh_glass_read(const char *dir, fh_glass_table table, fh_glass_reader **out, fh_error *err);
void fh_glass_reader_free(fh_glass_reader *reader); /* takes NULL */

/* The entry at hand; good until the next one is read. */
typedef struct fh_glass_entry {
    fh_str key, tag;
    bool deflated;
    bool there; /* false behind the last one, and before the first */
} fh_glass_entry;

/* Reads the next entry.  FH_ERR_IO, FH_ERR_CORRUPT. */
fh_status fh_glass_next(fh_glass_reader *reader, fh_glass_entry *out, fh_error *err);

/* Inflates the tag of the entry at hand, if it is deflated.  FH_ERR_CORRUPT. */
fh_status fh_glass_plain(fh_glass_reader *reader, fh_glass_entry *entry, fh_error *err);

/* The error of a table whose entries are not what they should be. */
fh_status fh_glass_damaged(const fh_glass_reader *reader, fh_error *err);

#endif
