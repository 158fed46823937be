/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a piece of work takes one thread, and how that is written for bench.py. */
#ifndef FH_TESTS_BENCH_SAMPLE_H
#define FH_TESTS_BENCH_SAMPLE_H

#include "base/buf.h"
#include "base/str.h"
#include <stddef.h>
#include <stdio.h>

/* Goes once through the whole text; returns how many words it met. */
typedef size_t sample_pass(void *context);

/* Prints `name TAB bytes TAB words TAB seconds`: the CPU time of one pass, the median of five samples of at
 * least a fifth of a second each.  `bytes` is what a pass reads. */
void sample_print(const char *name, size_t bytes, sample_pass *pass, void *context);

/* Appends the lines of a file, whole, until there is enough of them to measure with. */
void sample_read(FILE *file, fh_buf *out);

#endif
