/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real thing: an index on disk, written and asked through the doors of the rooms or by the programs. */
#ifndef FH_TESTS_TRUTH_REAL_H
#define FH_TESTS_TRUTH_REAL_H

#include "tests/truth/dice.h"
#include "tests/truth/truth.h"

typedef struct real {
    const char *programs; /* the folder of a build */
    char place[64];       /* a folder of its own */
    fh_str db;            /* the index in it */
    fh_arena *arena;
    fh_stemmer stemmer;
    fh_analyser *analyser;
    const fh_recogniser *recogniser; /* or NULL */
    uint32_t files;                  /* written so far */
    fh_store *store;                 /* open for reading, or NULL */
    fh_searcher *searcher;
    fh_names **names; /* the newest one last; articles that are held elsewhere point into all of them */
    size_t names_count, names_capacity;
    fh_error err; /* of what failed last */
} real;

/* Whether it was written through the doors, by the program, or by a program that was killed. */
typedef enum real_way { REAL_DOORS, REAL_PROGRAM, REAL_KILLED } real_way;

bool real_open(real *r, const char *programs, fh_stemmer stemmer, const fh_recogniser *recogniser);
void real_close(real *r, bool keep); /* and removes the folder, unless it is to be kept */

typedef struct real_run {
    real_way way;
    fh_writing_by by; /* one of those that do not go by size */
    bool prune;       /* what is not among the lines is taken out */
    fh_str since;     /* a month, "2024-03": what is older is left out; or empty */
} real_run;

/* Indexes a file of these lines.  False: it failed, and r->err says why. */
bool real_put(real *r, fh_str lines, const real_run *run, dice *dice);
bool real_delete(real *r, const fh_str *ids, size_t count, real_way way);
bool real_compact(real *r, real_way way);

/* How many articles are dead and stand in its tables still. */
bool real_count_dead(real *r, size_t *out);

/* Opens it as it is now, for real_ask and real_list; `other` is searched with it, or NULL. */
bool real_read(real *r, const real *other);

/* The names that the index knew when it was opened last. */
const fh_gazetteer *real_names(const real *r);

/* The lines of all articles in the order of their numbers, as they are exported. */
bool real_list(real *r, fh_arena *arena, fh_strs *out);
fh_status real_ask(real *r, const fh_search *search, fh_arena *arena, fh_answer *out);

/* What fihris-query prints for a search as JSON, and its exit status. */
fh_str real_ask_program(real *r, const fh_search *search, fh_arena *arena, int *status);

#endif
