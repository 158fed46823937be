/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programs, as people run them. */
#ifndef FH_TESTS_TRUTH_REAL_PROGRAM_H
#define FH_TESTS_TRUTH_REAL_PROGRAM_H

#include "tests/truth/real.h"

/* With `killed`, fihris-index gets a SIGKILL at some moment of the next; that is no failure. */
bool real_run_indexer(real *r, const char *file, const real_run *run, dice *killed);
bool real_run_delete(real *r, const fh_str *ids, size_t count);
bool real_run_compact(real *r);

#endif
