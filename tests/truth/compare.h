/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs answer beside what the reference does. */
#ifndef FH_TESTS_TRUTH_COMPARE_H
#define FH_TESTS_TRUTH_COMPARE_H

#include "tests/truth/truth.h"

#include <jansson.h>

/* Appends a line for each difference; none: they agree.  `told` came from fihris-query's JSON if `from_json`:
 * what that leaves out is not compared. */
void compare_answers(const truth_archive *archive, const fh_search *search, const truth_answer *wanted,
                     const fh_answer *told, bool from_json, fh_arena *arena, fh_buf *differences);

/* An answer out of its JSON; its strings are borrowed from the object and the arena. */
fh_answer answer_from_json(const json_t *object, const fh_search *search, fh_arena *arena);

#endif
