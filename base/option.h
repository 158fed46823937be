/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of options a program: it reads the command line, and help, man page and shell completions are
 * written from it. */
#ifndef FH_BASE_OPTION_H
#define FH_BASE_OPTION_H

#include "base/buf.h"
#include "base/error.h"

typedef struct fh_option {
    int id;              /* what the program knows it by; above 0 */
    char letter;         /* short form, 0: none */
    const char *name;    /* long form without its dashes; NULL ends the table */
    const char *value;   /* what its value is called, NULL for a flag */
    const char *choices; /* "text|json|trec", "(file)" or "(dir)" for completion, NULL: any value */
    const char *help;    /* one sentence without a full stop; says the default */
} fh_option;

typedef struct fh_program {
    const char *name;
    const char *summary;  /* the man page's NAME line, after the dash */
    const char *synopsis; /* after the name: "[OPTION…] QUERY" */
    const char *operands; /* completion of what is no option: "(file)", or NULL */
    const fh_option *options;
    const char *notes; /* after the options in --help: exit status, examples */
} fh_program;

/* Every table ends in these two. */
enum { FH_OPTION_HELP = 9001, FH_OPTION_VERSION, FH_OPTION_PRINT };
#define FH_COMMON_OPTIONS                                                                                    \
    {FH_OPTION_HELP, 'h', "help", NULL, NULL, "show this help"},                                             \
        {FH_OPTION_VERSION, 'V', "version", NULL, NULL, "show the version"},                                 \
        {FH_OPTION_PRINT, 0, "print", "WHAT", "man|bash|zsh|fish", NULL}, {                                  \
        0, 0, NULL, NULL, NULL, NULL                                                                         \
    }

#define FH_ARGUMENT 0 /* the id of what is no option */

typedef struct fh_args {
    const fh_program *program;
    int count;
    char **items;
    int next;
    const char *cluster; /* what is left of "-xyz" */
    bool only_arguments; /* after "--" */
} fh_args;

fh_args fh_args_start(const fh_program *program, int argc, char **argv);

/* The next option or argument: its id and its value (NULL for a flag; the text itself for FH_ARGUMENT).
 * FH_END when all are read.  "-" is an argument, and so is a dash before anything but an ASCII letter:
 * «-ليبيا» is a part of a query. Errors: FH_ERR_USAGE names the option, and the nearest one where there is
 * one. */
fh_status fh_args_next(fh_args *args, int *id, const char **value, fh_error *err);

/* A whole number in a value, within bounds. */
fh_status fh_option_number(const char *name, const char *value, long low, long high, long *out,
                           fh_error *err);

/* What FH_COMMON_OPTIONS ask for, into `out`: the help; the version; with --print the OPTIONS section of the
 * man page (mdoc) or a completion script.  False: `id` is none of them. */
bool fh_program_answer(const fh_program *program, int id, const char *value, fh_buf *out);

#endif
