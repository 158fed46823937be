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

/* For qsort: by hash, then by name. */
int fh_near_compare(const void *a, const void *b);

#endif
