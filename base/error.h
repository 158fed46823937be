/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong, said once, where it is known.  A function that can fail returns an fh_status and fills
 * the caller's fh_error; what it gives through `out` is untouched on failure. */
#ifndef FH_BASE_ERROR_H
#define FH_BASE_ERROR_H

#include "base/str.h"

typedef enum fh_status {
    FH_OK = 0,
    FH_END,           /* nothing more to give; not an error, and fills none */
    FH_ERR_USAGE,     /* an option or a query that cannot be understood */
    FH_ERR_NOT_FOUND, /* a file, an index, an article that is not there */
    FH_ERR_INPUT,     /* content that is not what it should be */
    FH_ERR_LIMIT,     /* more than a named limit allows */
    FH_ERR_IO,        /* the system could not read or write */
    FH_ERR_LOCKED,    /* somebody else is writing the index */
    FH_ERR_VERSION,   /* made by another version of the analyser or the schema */
    FH_ERR_CORRUPT,   /* the index is damaged */
    FH_ERR_INTERNAL,  /* a mistake of ours */
} fh_status;

typedef struct fh_error {
    fh_status status;
    char what[512];  /* one sentence without a full stop: what is wrong */
    char where[512]; /* file:entry:offset, a part of the query, or empty */
    char hint[256];  /* what the person can do, or empty */
} fh_error;

/* Fills `err` and returns `status`, for `return fh_fail(…)`.  `where` and `hint` may be NULL.  Text that does
 * not fit is cut between code points. */
fh_status fh_fail(fh_error *err, fh_status status, const char *where, const char *hint, const char *format,
                  ...) __attribute__((format(printf, 5, 6)));

#if defined __clang_analyzer__ || defined FH_ANALYSED
/* What an analyser that reads one file at a time cannot know: it returns what it is given. */
#define fh_fail(err, status, ...) ((fh_fail)(err, status, __VA_ARGS__), (status))
#endif

/* Puts `place` before what `err->where` says already: "place:where". */
void fh_error_within(fh_error *err, const char *place);

/* The error as people read it: "program: where: what\nhint: …\n", appended to what a program prints.  It may
 * hold names of files and words of articles: nothing of these is obeyed (fh_buf_add_shown). */
struct fh_buf;
void fh_error_text(const fh_error *err, const char *program, struct fh_buf *out);

#endif
