/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of an article that was found: its title and a piece of its text with marks, its entities. */
#ifndef FH_QUERY_SHOW_H
#define FH_QUERY_SHOW_H

#include "query/marks.h"

typedef struct fh_showing {
    fh_analyser *analyser;
    const fh_gazetteer *gazetteer;
    const fh_lowered *query; /* its leaves have their rarity */
    fh_arena *arena;
} fh_showing;

/* What the query met in an article's parts. */
typedef struct fh_shown {
    fh_marks marks[2]; /* by fh_part */
} fh_shown;

/* Fills the hit but for its score's parts. */
fh_shown fh_show_hit(const fh_showing *showing, const fh_hit *hit, fh_answer_hit *out);

#endif
