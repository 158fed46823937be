/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities whose names resemble a text, for hints: nearer or farther, not only near enough to be meant. */
#ifndef FH_QUERY_NEAREST_H
#define FH_QUERY_NEAREST_H

#include "query/query.h"

enum { FH_NEAREST_NAMES = 3 };

/* At most FH_NEAREST_NAMES of them, in the arena. */
fh_unknown_name fh_nearest_names(const fh_gazetteer *gazetteer, fh_str text, fh_arena *arena);

#endif
