/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of finding all names of an article, one after another on the mentions of its parts. */
#ifndef FH_ENTITIES_PARTS_H
#define FH_ENTITIES_PARTS_H

#include "entities/entities.h"

/* Adds the names that the recogniser finds beside the mentions; nothing where it is NULL. */
void fh_recognised_add(const fh_gazetteer *gazetteer, fh_name_finder *finder, const fh_named_text *parts,
                       size_t count, fh_arena *arena, fh_mentions *mentions);

/* Adds people who are named in full and then by their last word alone, where that can mean nobody else. */
void fh_surnames_add(const fh_gazetteer *gazetteer, const fh_named_text *parts, size_t count, fh_arena *arena,
                     fh_mentions *mentions);

/* The mentions, and behind each the places named within it. */
fh_mentions fh_mentions_nest(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_mentions names,
                             fh_arena *arena);

#endif
