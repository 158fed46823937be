/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name as an article writes it, without what is glued to it. */
#ifndef FH_QUERY_SURFACE_H
#define FH_QUERY_SURFACE_H

#include "query/query.h"

/* What a name may be once و ف, then ب ك ل are taken off its first word; للكرملين gives الكرملين.  Returns how
 * many. */
enum { FH_MAX_BARE = 2 };
size_t fh_bare_names(fh_str name, fh_arena *arena, fh_str out[FH_MAX_BARE]);

/* A name as gazetteers compare it. */
fh_str fh_folded_name(fh_str name, fh_arena *arena);

/* What the names in articles are compared with. */
typedef struct fh_surfaces {
    const fh_gazetteer *gazetteer;
    fh_analyser *analyser;
    const fh_entity *entity;
    fh_strs spellings; /* folded */
} fh_surfaces;

/* The spellings live in the arena. */
fh_surfaces fh_surfaces_of(const fh_gazetteer *gazetteer, fh_analyser *analyser, const fh_entity *entity,
                           fh_arena *arena);

/* The name that stands at a mark, without vowel marks, tatweel, line ends and clitics, and why it is the
 * entity's; seen once. */
fh_spelling_seen fh_surface_read(const fh_surfaces *surfaces, fh_str marked, fh_arena *arena);

#endif
