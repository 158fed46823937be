/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of pages in a mapped table, be they rare or fresh: in the order of their keys, or a single one.
 */
#ifndef FH_STORE_GLASS_RARE_WALK_H
#define FH_STORE_GLASS_RARE_WALK_H

#include "store/glass/mapped.h"
#include "store/glass/rare.h"

/* Where pages are: all entries of a table whose keys begin with this, behind which is the key of the page. */
typedef struct fh_pages {
    const fh_mapped *table;
    fh_str prefix;
} fh_pages;

static inline fh_pages fh_pages_of_rare(const fh_mapped *rare) {
    return (fh_pages){rare, FH_STR("")};
}
static inline fh_pages fh_pages_of_run(const fh_mapped *postings, size_t run) {
    return (fh_pages){postings, fh_fresh_key(run)};
}

typedef struct fh_rare_walk {
    fh_str prefix;   /* of the pages' keys */
    fh_lookup place; /* behind the page */
    fh_rare_page page;
    char *room; /* of the page at hand, until the next one */
    bool broken;
} fh_rare_walk;

fh_rare_walk fh_rare_walk_in(fh_pages pages, fh_arena *arena);

/* Goes to the first term whose key is not below this one.  False: there is none, or it is broken. */
bool fh_rare_walk_seek(fh_rare_walk *walk, fh_str key);
bool fh_rare_walk_next(fh_rare_walk *walk);

/* What there is of just this term, as long as the arena's and the table's bytes are there; broken: as false
 * says. */
bool fh_rare_find(fh_pages pages, fh_str key, fh_arena *arena, fh_rare_list *out);

#endif
