/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a word that is being typed may become. */
#ifndef FH_SITE_COMPLETE_H
#define FH_SITE_COMPLETE_H

#include "site/pool.h"

/* How the typed text was read. */
typedef enum fh_reading {
    FH_READ_AS_TYPED,
    FH_READ_KEYBOARD, /* as typed with the other keyboard */
    FH_READ_LATIN,    /* as Arabic in Latin letters */
} fh_reading;

typedef struct fh_completion {
    fh_str text;       /* the whole query, its last word completed, spelled as articles do */
    uint32_t articles; /* that have the word */
    fh_str folded;     /* the word */
} fh_completion;

typedef struct fh_completions {
    fh_reading reading;
    fh_str read_as; /* the whole text, so read */
    fh_completion *items;
    size_t count;
    bool too_many; /* words begin so, and none is offered */
} fh_completions;

/* At most `most` completions of the last word of `typed`, the most frequent first and one a stem; where no
 * word of the index begins so, of what else the keys may mean.  Errors: of the store. */
fh_status fh_complete(fh_worker *worker, fh_str typed, size_t most, fh_completions *out, fh_error *err);

/* Where the last word of a text begins. */
size_t fh_last_word(fh_str text);

#endif
