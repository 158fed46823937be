/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts the calls of a program to the system, and lets one of them fail or be the last.  For LD_PRELOAD, on
 * Linux with the GNU C library; what the environment says to it stands in tests/fault/inject.c. */
#ifndef FH_TESTS_FAULT_H
#define FH_TESTS_FAULT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum fault_class {
    FAULT_MALLOC,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_MMAP,
    FAULT_CHANGE, /* whatever changes a file or a folder: writing, syncing, renaming, removing, cutting,
                     making */
    FAULT_CLASSES,
} fault_class;

typedef enum fault_verdict {
    FAULT_NONE,
    FAULT_FAIL,  /* errno is set */
    FAULT_HALF,  /* write half of it, then ask fault_die */
    FAULT_SHORT, /* write half of it */
} fault_verdict;

/* Counts a call, and says what becomes of it; it does not return where the program is to end here. */
fault_verdict fault_meet(fault_class class);

/* The same for what is of FAULT_CHANGE and of a class of its own; FAULT_CLASSES: of no other. */
fault_verdict fault_meet_change(fault_class class);

_Noreturn void fault_die(void);

/* Is this a file system that cannot exchange two folders? */
bool fault_forbids_exchange(void);

/* A line of FAULT_LOG: an operation and the paths it is about; `second` may be NULL. */
void fault_log(const char *operation, const char *first, const char *second);
void fault_log_file(const char *operation, int file);

#endif
