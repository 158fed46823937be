/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facets: in how many of the documents that were found each value of a slot stands, or what it means. */
#ifndef FH_STORE_MATCH_TALLY_H
#define FH_STORE_MATCH_TALLY_H

#include "store/match/matcher.h"

/* Counts all that `find` asks for; `documents` rise.  False: ask Xapian. */
bool fh_matcher_tally(fh_matcher *matcher, const fh_find *find, const uint32_t *documents, size_t count,
                      fh_arena *arena, fh_facet **out);

#endif
