/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fihris-index says on standard error: how far it is, what went wrong, and what was done. */
#ifndef FH_INDEXER_OUTPUT_CONSOLE_H
#define FH_INDEXER_OUTPUT_CONSOLE_H

#include "indexer/lexicon.h"
#include "indexer/listing.h"
#include "indexer/name_book.h"
#include "indexer/settings.h"
#include "indexer/summary.h"

#include <time.h>

/* A run of the program. */
typedef struct fh_session {
    const fh_settings *settings;
    const fh_listing *listing; /* what the sitemaps among the sources list */
    fh_summary summary;
    struct timespec begun;
    double shown; /* when the progress line was last written */
    fh_added_words words;
    fh_name_book book;
    bool terminal, line_open;
    uint64_t problems;
} fh_session;

void fh_complain(const fh_error *err);

/* Takes a problem down for the report, and names it unless many were named before. */
void fh_say_problem(fh_session *session, const fh_error *err);

/* An fh_index_observer; its context is the session. */
void fh_say_progress(void *session, const fh_index_totals *totals, fh_progress progress, const fh_error *err);

void fh_say_summary(fh_session *session);

/* Takes the progress line away, if there is one. */
void fh_clear_line(fh_session *session);

double fh_seconds_since(const struct timespec *begun);

#endif
