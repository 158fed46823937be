/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters to a search. */
#ifndef FH_SITE_ASKED_H
#define FH_SITE_ASKED_H

#include "site/route.h"

enum { FH_DEFAULT_HITS = 10, FH_DEFAULT_VALUES = 10 };

/* The facet of this name, or NULL. */
const fh_facet_name *fh_facet_named(fh_str name);

/* Is there anything to search for: words, a filter, a period? */
bool fh_is_asked(const fh_call *call);

/* The search that a request's parameters make, in the worker's arena.  Errors: FH_ERR_USAGE, of a parameter
 * that call->blame then names. */
fh_status fh_asked_search(fh_call *call, fh_search *out, fh_error *err);

/* Runs it; what is wrong with the query blames `q`.  With typing=yes the last word may be half typed: where
 * the words as they stand are not found together, those that begin so are looked for. */
fh_status fh_run_asked(fh_call *call, const fh_search *search, fh_reply *reply, fh_answer *out,
                       fh_error *err);

/* Writes an answer, or a story, as query/ does, and its type. */
void fh_reply_answer(fh_reply *reply, const fh_answer *answer);
void fh_reply_story(fh_reply *reply, const fh_story *story);

#endif
