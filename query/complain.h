/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints about a query: they name the character, and the words before it. */
#ifndef FH_QUERY_COMPLAIN_H
#define FH_QUERY_COMPLAIN_H

#include "base/error.h"
#include "base/str.h"

/* FH_ERR_USAGE at byte `at` of the query: "expected WHAT after «the words before it»", where: "character N".
 */
fh_status fh_query_expected(fh_str query, size_t at, const char *what, const char *hint, fh_error *err);

/* Any other complaint about byte `at`. */
fh_status fh_query_fail(fh_str query, size_t at, fh_status status, const char *what, const char *hint,
                        fh_error *err);

#if defined __clang_analyzer__ || defined FH_ANALYSED
/* As of fh_fail: an analyser cannot know that these fail. */
#define fh_query_expected(...) ((fh_query_expected)(__VA_ARGS__), FH_ERR_USAGE)
#define fh_query_fail(query, at, status, ...) ((fh_query_fail)(query, at, status, __VA_ARGS__), (status))
#endif

#endif
