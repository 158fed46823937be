/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is offered while somebody types. */
#ifndef FH_SITE_SUGGEST_H
#define FH_SITE_SUGGEST_H

#include "site/complete.h"

typedef struct fh_suggested_entity {
    const fh_entity *entity;
    uint32_t articles; /* that name it; above 0 */
} fh_suggested_entity;

typedef struct fh_suggestions {
    fh_completions completions;
    fh_suggested_entity *entities; /* the most often named first */
    size_t entity_count;
    const fh_hit *headlines; /* articles whose title has all the words, the last one perhaps half typed */
    size_t headline_count;
} fh_suggestions;

/* At most `most` of each; all in the worker's arena.  Errors: of the store. */
fh_status fh_suggestions_find(fh_worker *worker, fh_str typed, size_t most, fh_suggestions *out,
                              fh_error *err);

#endif
