/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version file of a glass database, iamglass, as docs/glass.md describes it: what a commit is known by,
 * and where the roots of its tables are. */
#ifndef FH_STORE_GLASS_VERSION_H
#define FH_STORE_GLASS_VERSION_H

#include "base/buf.h"
#include "base/error.h"
#include "store/glass/glass.h"

#define FH_VERSION_UUID 16

typedef struct fh_glass_version {
    char uuid[FH_VERSION_UUID];
    uint64_t revision;
    struct fh_table_version {
        uint32_t root;
        uint32_t level;
        uint64_t entries;
        bool there;
        uint32_t blocks; /* in use or free; those behind were never used */
        struct {
            bool there;
            uint32_t first, last;
        } free; /* blocks that list the free ones */
    } tables[FH_GLASS_TABLES];
    uint32_t documents;
    uint32_t last;   /* the highest number that a document was ever given */
    uint64_t length; /* of all documents together */
    uint32_t sum;    /* CRC-32 of the whole file */
} fh_glass_version;

/* Was it written here as a whole, and did nothing come since?  xapian-compact begins with the first revision
 * too, whatever it copies. */
bool fh_glass_is_untouched(const fh_glass_version *version);

/* FH_ERR_NOT_FOUND, FH_ERR_IO; FH_ERR_CORRUPT where it is cut off, or the commit that it is of is not the one
 * that its tables are of. */
fh_status fh_glass_version_read(const char *dir, fh_glass_version *out, fh_error *err);

#endif
