/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a hit ranks where it does. */
#ifndef FH_QUERY_EXPLAIN_H
#define FH_QUERY_EXPLAIN_H

#include "query/lower.h"

/* Fills the parts of a hit's score, one for each leaf that it has. */
fh_status fh_explain_hit(fh_store *store, const fh_lowered *lowered, fh_bm25 bm25, fh_answer_hit *hit,
                         fh_arena *arena, fh_error *err);

#endif
