/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a database of Xapian's glass backend from its first block to its last, entries in the order of their
 * keys.  docs/glass.md describes the format.
 *
 * What goes wrong while entries are added is kept, and told when the database is finished. */
#ifndef FH_STORE_GLASS_GLASS_H
#define FH_STORE_GLASS_GLASS_H

#include "base/error.h"
#include "base/str.h"
#include "store/glass/deflate.h"
#include <stdint.h>

/* In the order of the version file. */
typedef enum fh_glass_table {
    FH_GLASS_POSTLIST,
    FH_GLASS_DOCDATA,
    FH_GLASS_TERMLIST,
    FH_GLASS_POSITION,
    FH_GLASS_SPELLING,
    FH_GLASS_SYNONYM,
    FH_GLASS_TABLES
} fh_glass_table;

/* Tags up to this are not worth deflating, where tags are. */
#define FH_GLASS_DEFLATE_ABOVE 18

/* Bytes at which a chunk of postings or values ends; and one of values that are deflated, which has more to
 * point back to. */
#define FH_GLASS_CHUNK 2000
#define FH_GLASS_LONG_CHUNK 4000

/* Tells where the tables of the newest commit are, and is written last: without it there is no database. */
#define FH_GLASS_MAIN_FILE "iamglass"

/* "postlist.glass" */
const char *fh_glass_file(fh_glass_table table);

/* Of the whole database. */
typedef struct fh_glass_stats {
    uint32_t documents;
    uint32_t last;              /* the highest number of a document */
    uint32_t shortest, longest; /* lengths above 0 */
    uint32_t highest_wdf;
    uint64_t length; /* of all documents together */
} fh_glass_stats;

typedef struct fh_glass fh_glass;

/* Makes the directory and an empty database in it.  FH_ERR_IO. */
fh_status fh_glass_create(const char *dir, fh_glass **out, fh_error *err);

#define FH_GLASS_KEY_MAX 255

/* Appends an entry to a table.  Keys rise, and have 1 to FH_GLASS_KEY_MAX bytes. */
void fh_glass_add(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag);

/* The same with a tag that is deflated where that pays. */
void fh_glass_add_small(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag,
                        fh_glass_effort effort);

/* The same with a tag that is deflated already, raw. */
void fh_glass_add_deflated(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag);

/* Writes what is left and through to the disk; the version file comes last, so that before this there is no
 * database.  FH_ERR_IO. */
fh_status fh_glass_finish(fh_glass *glass, const fh_glass_stats *stats, fh_error *err);

/* Leaves the files as they are.  Takes NULL. */
void fh_glass_close(fh_glass *glass);

/* ---- One table ---- */

typedef struct fh_glass_tree fh_glass_tree;

/* What the version file has of a table. */
typedef struct fh_glass_root {
    uint32_t block, level, blocks;
    uint64_t entries;
} fh_glass_root;

/* Takes the file, which it will write to and close. */
fh_glass_tree *fh_glass_tree_new(int file);
void fh_glass_tree_add(fh_glass_tree *tree, fh_str key, fh_str tag, bool deflated);

/* Writes the rest through to the disk.  False: errno says why something could not be written. */
bool fh_glass_tree_finish(fh_glass_tree *tree, fh_glass_root *out);
void fh_glass_tree_free(fh_glass_tree *tree); /* takes NULL */

/* Of every block, and of the version file. */
#define FH_GLASS_REVISION 1

/* RFC 9562, 5.8: a UUID of one's own making, in the high half of byte 6.  libxapian makes random ones, of
 * kind 4, for new databases and for what xapian-compact writes. */
#define FH_GLASS_UUID_KIND 0x80

#endif
