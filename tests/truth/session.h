/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One random life of an index: articles come, change and go, it is compacted, its writer is killed; and after
 * each of these it is asked, and must answer as the reference does. */
#ifndef FH_TESTS_TRUTH_SESSION_H
#define FH_TESTS_TRUTH_SESSION_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct session_options {
    const char *corpus;   /* the sample archive that words are taken from */
    const char *programs; /* the folder of a build */
    uint32_t rounds;      /* of changes */
    uint32_t questions;   /* after each */
    bool keep;            /* the index of a session that fails, and say where it is */
} session_options;

typedef struct session_counts {
    uint64_t articles, changes, kills, questions, found, refused, by_program, left_out;
} session_counts;

/* False: the two differ, and `said` tells how, and on what. */
bool session_run(uint64_t seed, const session_options *options, session_counts *counts, fh_buf *said);

#endif
