/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities by the ids that an index has: of the gazetteer's, and of those that were only recognised. */
#ifndef FH_QUERY_KNOWN_H
#define FH_QUERY_KNOWN_H

#include "query/query.h"

/* The entity that an id means.  Of a name that no list has, "person:خالد_الدوسري", the id itself says type
 * and label; that entity lives in the arena.  NULL: an id that says nothing, of a list that is not there. */
const fh_entity *fh_known_entity(const fh_gazetteer *gazetteer, fh_str id, fh_arena *arena);

/* The fh_entity_type that an id of a recognised name begins with, or FH_ANY_TYPE. */
int fh_known_type(fh_str id);

/* The id that a name which no list has is recognised under; `folded` has its words with spaces between. */
fh_str fh_recognised_id(fh_entity_type type, fh_str folded, fh_arena *arena);

/* The words of a text as names are compared, a space between. */
fh_str fh_folded_words(fh_tokens tokens, size_t from, size_t to, fh_arena *arena);

/* What a mention in a query says, `typed` being its words there. */
fh_named fh_named_mention(fh_str typed, const fh_mention *mention);

/* The listed names in the value of an entity: filter; where they are not all of it, without adjectives:
 * وزارة الدفاع الروسية is not Russia. */
fh_mentions fh_names_of_filter(const fh_gazetteer *gazetteer, fh_str value, fh_tokens tokens,
                               fh_arena *arena);

/* With A-Z as a-z, as ids are written. */
fh_str fh_small_letters(fh_str text, fh_arena *arena);

#endif
