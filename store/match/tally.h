/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facets: in how many of the documents that were found each value of a slot stands, or what it means. */
#ifndef FH_STORE_MATCH_TALLY_H
#define FH_STORE_MATCH_TALLY_H

#include "store/match/matcher.h"

/* Counts all that `find` asks for; `documents` are those of the first index, rising, up to the first of
 * `ends`, then those of the next.  False: a slot cannot be read. */
bool fh_matchers_tally(const fh_matchers *all, const fh_find *find, const uint32_t *documents,
                       const size_t *ends, fh_arena *arena, fh_facet **out);

#endif
