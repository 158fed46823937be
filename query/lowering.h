/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of lowering share.  Each function gives NULL where there is nothing to look for. */
#ifndef FH_QUERY_LOWERING_H
#define FH_QUERY_LOWERING_H

#include "query/lower.h"
#include "query/ops.h"

typedef struct fh_lowerer {
    const fh_lowering *how;
    fh_arena *arena;
    bool keep_stops; /* there is nothing but stop words to look for */
    bool met_stop;
    bool negated; /* within NOT: leaves are not wanted */
    fh_leaf *leaves;
    size_t leaf_count, leaf_capacity;
} fh_lowerer;

/* The tokens [from, to), all wanted. */
fh_query *fh_lower_tokens(fh_lowerer *l, fh_scope scope, const fh_token *tokens, size_t from, size_t to);

/* The folded words of a text one after another, stop words too. */
fh_query *fh_lower_phrase(fh_lowerer *l, fh_scope scope, fh_str text);

/* What begins as the last word of a text does. */
fh_query *fh_lower_prefix(fh_lowerer *l, fh_scope scope, fh_str text);

/* The articles with a stem that was added. */
fh_query *fh_lower_added(fh_lowerer *l, const fh_added *added);

/* The articles that name an entity, by any id that means it. */
fh_query *fh_lower_entity(fh_lowerer *l, const fh_named *named, double factor);

/* What was found out before of the part of the query that begins so; NULL: nothing. */
const fh_named *fh_lower_resolved(const fh_lowerer *l, fh_str typed);

/* entity:VALUE, by id or by any of its names; what names nothing is looked for as a phrase. */
fh_query *fh_lower_filter(fh_lowerer *l, fh_str value);

#endif
