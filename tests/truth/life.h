/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of a session share: one changes the index, the other asks it. */
#ifndef FH_TESTS_TRUTH_LIFE_H
#define FH_TESTS_TRUTH_LIFE_H

#include "tests/truth/press.h"
#include "tests/truth/real.h"
#include "tests/truth/session.h"

typedef struct session {
    const session_options *options;
    session_counts *counts;
    fh_buf *said;
    dice dice;
    press press;
    truth_archive *truth;
    real real;
    truth_archive *other_truth; /* of an index that stays as it is, and is searched with this one */
    real other;
    fh_arena *arena, *round; /* of the session, and of one round or question */
} session;

/* Says what could not be done, and why: false. */
bool session_failed(session *s, const char *what);

/* Asks as many questions as the options say, of this index and some of it and the other together.  False: an
 * answer is not the reference's.  questions.c */
bool session_ask(session *s);

#endif
