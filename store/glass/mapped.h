/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of one commit as it lies in its file, mapped into memory: an entry is found by its key in a few
 * steps, and read where it stands.
 *
 * Writers may write over blocks of a commit once there is a newer one.  So whoever reads here makes sure
 * behind it that the commit is still the newest (fh_stamp_holds), and else forgets what was read.
 * Whatever the bytes are, nothing is read outside of the file; and nothing in a block that is not what was
 * written (store/glass/proof.h). */
#ifndef FH_STORE_GLASS_MAPPED_H
#define FH_STORE_GLASS_MAPPED_H

#include "base/arena.h"
#include "store/glass/block.h"
#include "store/glass/fresh.h"
#include "store/glass/inflated.h"
#include "store/glass/proof.h"

typedef struct fh_mapped {
    const unsigned char *bytes; /* NULL: the table is empty */
    size_t size;
    uint32_t root;
    unsigned level;
    fh_glass_table name;
    fh_proof *proof;              /* borrowed */
    fh_inflated *inflated;        /* borrowed, set by whoever reads lists, as is the next one */
    const struct fh_mapped *rare; /* the table with pages of rare terms, or NULL */
    const struct fh_mapped *told; /* that of told lists, or NULL */
    bool mixed;                   /* what is in a page may have documents here too */
    fh_fresh fresh;               /* the runs among its facts, set likewise */
} fh_mapped;

/* `proof`: of the same commit.  False: it cannot be mapped. */
bool fh_mapped_open(const char *dir, fh_glass_table table, const fh_glass_version *version, fh_proof *proof,
                    fh_mapped *out);
void fh_mapped_close(fh_mapped *table);

/* Lets go of the memory that its pages take in the process, until they are read again. */
void fh_mapped_release(const fh_mapped *table);

/* A place among the entries, and the entry that was found there. */
typedef struct fh_lookup {
    const fh_mapped *table;
    fh_arena *arena; /* takes the tags that lie in several pieces */
    struct {
        uint32_t block, at, end;
    } path[FH_GLASS_LEVELS]; /* from the leaf up: in each block the next item of its directory */
    fh_str key, tag;
    uint64_t where; /* in the file the tag begins */
    bool joined;    /* of its pieces, in the arena */
    bool deflated;
    bool broken; /* the table is damaged */
} fh_lookup;

static inline fh_lookup fh_lookup_in(const fh_mapped *table, fh_arena *arena) {
    return (fh_lookup){.table = table, .arena = arena};
}

/* What an entry of any table of a commit is kept by, once it is inflated. */
static inline uint64_t fh_lookup_where(const fh_lookup *place) {
    enum { TABLE_SHIFT = 56 };
    return place->where | (uint64_t)place->table->name << TABLE_SHIFT;
}

/* Finds the first entry whose key is not below this one.  False: there is none, or it is broken. */
bool fh_lookup_seek(fh_lookup *place, fh_str key);

/* Takes the next entry. */
bool fh_lookup_next(fh_lookup *place);

/* The key of the entry that would be next, of which nothing more is read.  False: there is none. */
bool fh_lookup_peek(const fh_lookup *place, fh_str *key);

/* Finds the entry of this key; nothing of another one is read. */
bool fh_lookup_find(fh_lookup *place, fh_str key);

/* Finds the last entry whose key is not above this one.  False: there is none, or it is broken. */
bool fh_lookup_find_last(fh_lookup *place, fh_str key);

/* The tag in the arena, where it stays as it is whatever is committed later. */
static inline fh_str fh_lookup_keep(const fh_lookup *place) {
    return place->joined ? place->tag : fh_arena_copy(place->arena, place->tag);
}

#endif
