/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of the articles that a run has put: what it wrote is not always to be read before it ends. */
#ifndef FH_INDEXER_EDITIONS_H
#define FH_INDEXER_EDITIONS_H

#include "base/str.h"

typedef struct fh_editions fh_editions;

fh_editions *fh_editions_new(void);
void fh_editions_free(fh_editions *editions); /* takes NULL */

/* Memory that they hold. */
size_t fh_editions_bytes(const fh_editions *editions);

/* Remembers the version that was put last; an empty one is none.  Both are copied. */
void fh_editions_put(fh_editions *editions, fh_str id, fh_str edition);

/* False: none was put.  `*out` is good until the next call of fh_editions_put. */
bool fh_editions_find(const fh_editions *editions, fh_str id, fh_str *out);

#endif
