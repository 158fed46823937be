/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of entities: what may be one, and what one is made of where nobody gave it. */
#ifndef FH_ENTITIES_ENTITY_ID_H
#define FH_ENTITIES_ENTITY_ID_H

#include "entities/entities.h"

/* Small letters, digits, `-`, and as in the ids made below, `:`, `_` and letters of other scripts; at most
 * FH_MAX_ID bytes. */
bool fh_entity_id_is_valid(fh_str id);

/* The id of an entity known only by the words of its name, folded by any stemmer: its type, then the words'
 * keys (key.h): "person:خالد_الدوسري".  In the arena, with a zero byte after it; a long one is cut. */
fh_str fh_entity_id_make(fh_entity_type type, fh_strs words, fh_arena *arena);

#endif
