/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognised names beside the listed ones: which of two that overlap stands, and whom the others mean. */
#ifndef FH_ENTITIES_RECOGNISED_H
#define FH_ENTITIES_RECOGNISED_H

#include "entities/entities.h"

/* Adds what the recogniser finds in an article's parts to the mentions found there, `found[i]` of `parts[i]`
 * as fh_entities_find_nested gives them. */
void fh_recognised_add(const fh_gazetteer *gazetteer, const fh_recogniser *recogniser,
                       const fh_named_text *parts, size_t count, fh_arena *arena, fh_mentions *found);

#endif
