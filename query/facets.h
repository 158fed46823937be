/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facets of a search: what is asked of the store, and its answer with names for people. */
#ifndef FH_QUERY_FACETS_H
#define FH_QUERY_FACETS_H

#include "query/query.h"

/* The requests, as many as are wanted, in the arena. */
fh_facet_request *fh_facets_request(const fh_facet_wanted *wanted, size_t count,
                                    const fh_gazetteer *gazetteer, fh_arena *arena);

/* Puts what was counted into the answer, whose hits are there, with names for people.  Errors: of the store.
 */
fh_status fh_facets_answer(const fh_searcher *searcher, const fh_facet_wanted *wanted,
                           const fh_results *results, fh_arena *arena, fh_answer *answer, fh_error *err);

#endif
