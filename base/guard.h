/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last word of a program that reads indexes.  Tables of an index have no sums that libxapian would look
 * at, and it believes what stands in them: a damaged one may lead it anywhere.  Whoever started the program
 * should then read what to do, and find an exit status that stands in the manual. */
#ifndef FH_BASE_GUARD_H
#define FH_BASE_GUARD_H

#include <stddef.h>

/* From now on a signal of a bad address, number or instruction, or of abort(), ends the program with status 2
 * and two lines on standard error, which name the indexes.  A write beyond a limit on the size of files is an
 * error of that write, and no longer a signal.  To be called once, by a main.c; `program` and `dirs` are not
 * kept. */
void fh_guard(const char *program, const char *const *dirs, size_t count);

#endif
