/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How names are found by what near spellings share. */
#ifndef FH_ENTITIES_NEAR_H
#define FH_ENTITIES_NEAR_H

#include "entities/entities.h"

/* A name that others may be near to.  A gazetteer has them by hash. */
typedef struct fh_near_row {
    uint32_t hash; /* fh_near_hash */
    uint32_t name; /* index */
} fh_near_row;

/* The hash of a name's skeleton.  False: it is too short for anything to be near. */
bool fh_near_hash(fh_str name, uint32_t *out);

/* Whose names they are near to, of names that came up lately: most come again.  One thread's. */
typedef struct fh_near_memory fh_near_memory;
fh_near_memory *fh_near_memory_new(void);
void fh_near_memory_free(fh_near_memory *memory); /* takes NULL */

/* What fh_gazetteer_near finds, or NULL. */
const fh_entity *fh_near_memory_find(fh_near_memory *memory, const fh_gazetteer *gazetteer, fh_str name);

/* For qsort: by hash, then by name. */
int fh_near_compare(const void *a, const void *b);

#endif
