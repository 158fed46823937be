/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain words that stand next to each other in a query, read as one text so that names are seen. */
#ifndef FH_QUERY_RUN_H
#define FH_QUERY_RUN_H

#include "query/query.h"

typedef struct fh_run {
    const fh_node *const *nodes;
    size_t count;
    fh_str text;
    size_t *starts; /* of each node in the text; one more for its end */
    fh_tokens tokens;
    fh_mentions mentions;
} fh_run;

/* A word of the query's own text, not of a field. */
bool fh_is_plain_word(const fh_node *node);

fh_run fh_run_read(fh_analyser *analyser, const fh_gazetteer *gazetteer, const fh_node *const *nodes,
                   size_t count, fh_arena *arena);

/* The first token at or after a node's beginning. */
size_t fh_run_token(const fh_run *run, size_t node);

/* The node that a byte of the text belongs to. */
size_t fh_run_node(const fh_run *run, size_t byte);

/* The nodes [from, to) as they stand in the query. */
fh_str fh_run_typed(const fh_run *run, size_t from, size_t to);

#endif
