/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pseudo-relevance feedback: the words that mark the best hits are added to the query (Lavrenko and Croft,
 * "Relevance-Based Language Models", 2001; mixed with the query as in RM3: Abdul-Jaleel and others, "UMass at
 * TREC 2004"; weighed by rarity as Rocchio's are). */
#ifndef FH_QUERY_EXPAND_H
#define FH_QUERY_EXPAND_H

#include "query/lower.h"

typedef struct fh_feedback {
    fh_store *store;
    fh_analyser *analyser;
    const fh_ranking *ranking;
    fh_str query; /* as typed: none of its words is added, wanted or not */
} fh_feedback;

/* Runs the lowered query and chooses the stems that mark its best hits, the weightiest first; none where
 * nothing is found or nothing was looked for.  Errors: of the store. */
fh_status fh_expand(const fh_feedback *feedback, const fh_lowered *lowered, fh_arena *arena,
                    fh_added_list *out, fh_error *err);

/* The stems that mark one article, the weightiest first, whose weight is 1. */
fh_status fh_expand_like(const fh_feedback *feedback, const fh_hit *article, fh_arena *arena,
                         fh_added_list *out, fh_error *err);

#endif
