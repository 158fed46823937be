/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building and printing the store's query trees. */
#ifndef FH_QUERY_OPS_H
#define FH_QUERY_OPS_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"

/* Kids on their way into a node.  Start with {0}; a join takes them and leaves it empty. */
typedef struct fh_ops {
    fh_query **items;
    size_t count, capacity;
} fh_ops;

void fh_ops_add(fh_ops *ops, fh_query *kid);   /* NULL adds nothing */
void fh_ops_append(fh_ops *ops, fh_ops *more); /* leaves `more` empty */

fh_query *fh_op_all(fh_arena *arena);
fh_query *fh_op_none(fh_arena *arena);
fh_query *fh_op_term(fh_arena *arena, fh_field field, fh_str word);
fh_query *fh_op_prefix(fh_arena *arena, fh_field field, fh_str word);
fh_query *fh_op_range(fh_arena *arena, fh_slot slot, fh_str low, fh_str high);
fh_query *fh_op_scale(fh_arena *arena, double factor,
                      fh_query *kid); /* NULL for NULL; the kid itself for 1 */

/* The kids under one operator: NULL for none, a single one as it is. */
fh_query *fh_op_join(fh_arena *arena, fh_op op, fh_ops *kids);

/* `first`, and the rest as what the operator filters, adds or takes away; `first` itself where there is no
 * rest. */
fh_query *fh_op_join_first(fh_arena *arena, fh_op op, fh_query *first, fh_ops *rest);

/* A tree in one line: (and (maybe stem:رئيس (scale 0.3 word:الرئيس)) entity:country-ru). */
void fh_query_text(const fh_query *query, fh_buf *out);

#endif
