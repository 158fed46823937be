/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was much work, kept for the next one who asks for it: lists that were merged for the same two letters,
 * where a phrase was looked for, and what the blocks of a list are worth (store/match/bounds.h). */
#ifndef FH_STORE_MATCH_KEPT_H
#define FH_STORE_MATCH_KEPT_H

#include "base/str.h"
#include <stdint.h>

/* Documents, or the last ones of blocks, and a number of each: how often it has any of some words, whether a
 * phrase stands there, what its block is worth. */
typedef struct fh_kept_docs {
    const uint32_t *docs, *values;
    size_t count;
    double articles; /* by which merged lists are weighed */
} fh_kept_docs;

typedef struct fh_kept fh_kept;

/* For that many bytes of numbers. */
fh_kept *fh_kept_new(size_t bytes);
void fh_kept_free(fh_kept *kept); /* takes NULL */

/* From here on, what is found or added stays until the next call of this. */
void fh_kept_begin(fh_kept *kept);

/* What was kept last under this key, or NULL.  Its numbers stay; it moves when something is added. */
const fh_kept_docs *fh_kept_find(fh_kept *kept, fh_str key);

/* Copies it, in the place of what was not asked for the longest, if there is room. */
void fh_kept_add(fh_kept *kept, fh_str key, const fh_kept_docs *docs);

#endif
