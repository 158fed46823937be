/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What resembles an article: a search for the words that mark it and the names it mentions. */
#ifndef FH_QUERY_SIMILAR_H
#define FH_QUERY_SIMILAR_H

#include "query/expand.h"

/* The query for an article's like, itself left out; it has no leaves, as nothing of it was typed.  Errors:
 * FH_ERR_NOT_FOUND, of the id; of the store. */
fh_status fh_similar_lower(const fh_feedback *feedback, fh_str id, fh_arena *arena, fh_lowered *out,
                           fh_error *err);

#endif
