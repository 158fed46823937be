/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search is narrowed to beside its words: values that facets gave, and a period. */
#ifndef FH_QUERY_FILTER_H
#define FH_QUERY_FILTER_H

#include "query/searcher.h"

/* The lowered query where the filters hold, which do not rank; a query for nothing becomes one for all that
 * they let through.  Values of one slot are alternatives.  Errors: FH_ERR_USAGE, of a period. */
fh_status fh_filter_query(const fh_searcher *searcher, const fh_search *search, fh_query *query,
                          fh_arena *arena, fh_query **out, fh_error *err);

/* Puts the filters into the answer, whose hits are there, with their names and labels.  Errors: of the store.
 */
fh_status fh_filters_answer(const fh_searcher *searcher, const fh_search *search, fh_arena *arena,
                            fh_answer *answer, fh_error *err);

#endif
