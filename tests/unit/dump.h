/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that an index holds as text, so that two can be compared. */
#ifndef FH_TESTS_UNIT_DUMP_H
#define FH_TESTS_UNIT_DUMP_H

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes every term with its documents, wdf and positions, every document with its length, record and values,
 * the facts of value slots, and the metadata but who is dead.  Documents are named by their ids, so that
 * their numbers do not count.  False: it cannot be read; why is on standard error. */
bool dump_index(const char *dir, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
