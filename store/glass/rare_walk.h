/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rare terms in a mapped table of pages: in the order of their keys, or a single one. */
#ifndef FH_STORE_GLASS_RARE_WALK_H
#define FH_STORE_GLASS_RARE_WALK_H

#include "store/glass/mapped.h"
#include "store/glass/rare.h"

typedef struct fh_rare_walk {
    fh_lookup place; /* behind the page */
    fh_rare_page page;
    char *room; /* of the page at hand, until the next one */
    bool broken;
} fh_rare_walk;

fh_rare_walk fh_rare_walk_in(const fh_mapped *table, fh_arena *arena);

/* Goes to the first term whose key is not below this one.  False: there is none, or it is broken. */
bool fh_rare_walk_seek(fh_rare_walk *walk, fh_str key);
bool fh_rare_walk_next(fh_rare_walk *walk);

/* What there is of just this term, in the arena; broken: as false says. */
bool fh_rare_find(const fh_mapped *table, fh_str key, fh_arena *arena, fh_rare_list *out);

#endif
