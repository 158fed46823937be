/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in a query that no list has: what the index and the nearest spellings tell of them.  It comes before
 * lowering, which asks the index nothing. */
#ifndef FH_QUERY_RESOLVE_H
#define FH_QUERY_RESOLVE_H

#include "query/lower.h"

typedef struct fh_resolver {
    fh_store *store;
    fh_analyser *analyser;
    const fh_gazetteer *gazetteer;
} fh_resolver;

typedef struct fh_resolved {
    fh_named_list named;
    fh_unknown_name *unknown;
    size_t unknown_count;
} fh_resolved;

/* All of `*out` lives in the arena.  Errors: of the store. */
fh_status fh_resolve(const fh_resolver *resolver, const fh_node *tree, fh_arena *arena, fh_resolved *out,
                     fh_error *err);

/* The entity that a whole text means, by id or by any spelling, a near one too.  Where there is none,
 * `out->entity` is NULL.  Errors: of the store. */
fh_status fh_resolve_name(const fh_resolver *resolver, fh_str text, fh_arena *arena, fh_named *out,
                          fh_error *err);

#endif
