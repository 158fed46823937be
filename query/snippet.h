/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few lines of an article that show best why it was found. */
#ifndef FH_QUERY_SNIPPET_H
#define FH_QUERY_SNIPPET_H

#include "query/marks.h"

typedef struct fh_window {
    size_t from, to; /* bytes of the text, between words */
} fh_window;

/* The best window for these marks; the beginning of the text where there are none. */
fh_window fh_snippet_choose(fh_str text, fh_tokens tokens, fh_marks marks, const fh_lowered *query,
                            fh_arena *arena);

#endif
