/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handles on the index, one for each request that is being answered: Xapian's are not for two threads. */
#ifndef FH_SITE_POOL_H
#define FH_SITE_POOL_H

#include "query/query.h"
#include "site/memo.h"
#include "site/name_ends.h"

/* In the hands of one thread at a time. */
typedef struct fh_worker {
    fh_store *store;
    fh_names *names; /* that the index knows, and how they begin */
    fh_name_ends *name_ends;
    uint64_t names_hash;
    fh_searcher *searcher;
    fh_analyser *analyser; /* with the index's stemmer, for what its words fold to */
    fh_arena *arena;       /* of one request */
    fh_memo *memo;         /* of this commit */
    uint64_t revision;     /* of the commit that is open */
    unsigned renewals;     /* of the pool, when it was opened */
    double refused;        /* when a newer commit could not be opened; seconds */
    struct fh_worker *next;
} fh_worker;

typedef struct fh_pool fh_pool;

/* Opens the indexes `count` times.  Errors: of opening. */
fh_status fh_pool_new(const char *const *dirs, size_t dir_count, size_t count, fh_pool **out, fh_error *err);

/* All workers must have been given back.  Takes NULL. */
void fh_pool_free(fh_pool *pool);

/* A worker with an empty arena, and the newest commit open; waits while all are taken.  A commit that cannot
 * be opened leaves the one before it open. */
fh_worker *fh_pool_take(fh_pool *pool);
void fh_pool_give(fh_pool *pool, fh_worker *worker);

/* Opens the index anew, whatever it looks like.  Errors: of opening; the worker stays as it was. */
fh_status fh_worker_reopen(fh_pool *pool, fh_worker *worker, fh_error *err);

/* Every worker opens the index anew when it is taken next. */
void fh_pool_renew(fh_pool *pool);

#endif
