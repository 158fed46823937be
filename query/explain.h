/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a hit ranks where it does. */
#ifndef FH_QUERY_EXPLAIN_H
#define FH_QUERY_EXPLAIN_H

#include "query/show.h"

/* Fills the parts of a hit's score, one for each leaf that it has; of an entity with the spellings that were
 * met in it. */
fh_status fh_explain_hit(fh_store *store, const fh_showing *showing, const fh_shown *shown, fh_bm25 bm25,
                         fh_answer_hit *hit, fh_error *err);

#endif
