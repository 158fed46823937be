/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Arabic glues before a word, for `word*`, which is about the word behind it. */
#ifndef FH_QUERY_FRONTS_H
#define FH_QUERY_FRONTS_H

#include "base/str.h"

/* The commonest conjunctions, prepositions and articles, folded; ends with an empty one. */
extern const fh_str fh_fronts[];

/* Does a folded word begin so, by itself or behind one of the fronts? */
bool fh_begins_so(fh_str folded, fh_str beginning);

#endif
