/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of fihris-index says of itself: while it goes, at its end, and to programs. */
#ifndef FH_INDEXER_SUMMARY_H
#define FH_INDEXER_SUMMARY_H

#include "base/buf.h"
#include "indexer/indexer.h"

#include <jansson.h>

typedef struct fh_summary {
    const char *db; /* NULL: nothing was written */
    const char *const *sources;
    size_t source_count;
    fh_index_totals totals;
    fh_progress progress;
    double seconds;
    uint64_t deleted, not_found; /* with --delete */
    bool interrupted;
    json_t *problems; /* an array of {"where", "what", "hint"}; owned by whoever made the summary */
} fh_summary;

/* One line without its end: articles, speed, rejected, time left; cut to `width` columns. */
void fh_summary_progress(const fh_summary *summary, size_t width, fh_buf *out);

/* Some lines for people. */
void fh_summary_text(const fh_summary *summary, fh_buf *out);

/* An error as one of the problems, which takes it. */
json_t *fh_summary_problem(const fh_error *err);

/* A JSON object with a line end: {"version":1, …}. */
void fh_summary_json(const fh_summary *summary, fh_buf *out);

#endif
