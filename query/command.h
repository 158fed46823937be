/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of fihris-query, read into what is to be done. */
#ifndef FH_QUERY_COMMAND_H
#define FH_QUERY_COMMAND_H

#include "base/option.h"
#include "query/query.h"

typedef struct fh_command {
    const char **dirs;
    size_t dir_count, dir_capacity;
    fh_facet_wanted *facets;
    size_t facet_count, facet_capacity;
    fh_search search; /* but for its query */
    fh_ranking ranking;
    bool has_limit, has_match;
    const fh_output *output;
    const char *batch;  /* a file of queries, or NULL */
    const char *entity; /* whose story is asked for, or NULL */
    enum { FH_COLOR_AUTO, FH_COLOR_ALWAYS, FH_COLOR_NEVER } color;
    fh_buf words; /* the query */
    bool has_words;
    fh_buf answer; /* to --help and the like */
} fh_command;

/* The option table. */
extern const fh_program fh_query_program;

/* Fills an empty command, which is freed whatever happens.  `usual_dir` is the index where the command line
 * names none.  FH_END: --help and the like were asked for, and `answer` holds what to print.  Errors:
 * FH_ERR_USAGE. */
fh_status fh_command_read(fh_command *command, int argc, char **argv, const char *usual_dir, fh_error *err);
void fh_command_free(fh_command *command);

#endif
