/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an entity's story, each from what the store found. */
#ifndef FH_QUERY_STORY_H
#define FH_QUERY_STORY_H

#include "query/searcher.h"

/* Counts how the outlets of the articles spell the entity: story->named, ids; fills read and outlets. */
void fh_story_spellings(const fh_searcher *searcher, const fh_hit *hits, size_t count, fh_arena *arena,
                        fh_story *story);

/* Chooses of the entities that the story's articles name the telling ones; fills others.  Errors: of the
 * store. */
fh_status fh_story_others(const fh_searcher *searcher, const fh_facet *entities, fh_arena *arena,
                          fh_story *story, fh_error *err);

#endif
