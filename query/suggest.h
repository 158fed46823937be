/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the query with the words that stand in no article respelled. */
#ifndef FH_QUERY_SUGGEST_H
#define FH_QUERY_SUGGEST_H

#include "query/lower.h"

/* Empty where every word is known, or none of the unknown ones resembles a word of the index. */
fh_status fh_suggest(fh_store *store, const fh_lowered *lowered, fh_str query, fh_arena *arena, fh_str *out,
                     fh_error *err);

#endif
