/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens to named entities: people, places, organisations and the rest, by a gazetteer that knows their
 * spellings. Nothing here can fail. */
#ifndef FH_ENTITIES_ENTITIES_H
#define FH_ENTITIES_ENTITIES_H

#include "base/arena.h"
#include "stemmer/stemmer.h"

typedef enum fh_entity_type {
    FH_ENTITY_PERSON,
    FH_ENTITY_PLACE,
    FH_ENTITY_ORGANISATION,
    FH_ENTITY_EVENT,
    FH_ENTITY_PRODUCT,
} fh_entity_type;

/* "person", "place", "organisation", "event", "product". */
const char *fh_entity_type_name(fh_entity_type type);

/* One entity; strings are UTF-8 and live as long as the gazetteer. */
typedef struct fh_entity {
    const char *id;      /* lower-case ASCII, stable: "vladimir-putin", "country-ru", "city-riyadh" */
    uint8_t type;        /* fh_entity_type */
    const char *label;   /* the usual Arabic name */
    const char *latin;   /* the usual name in Latin letters */
    const char *country; /* of a place: ISO 3166 alpha-2, else "" */
} fh_entity;

typedef struct fh_gazetteer fh_gazetteer;

/* The names that come with the program.  Never freed, safe to share between threads. */
const fh_gazetteer *fh_gazetteer_builtin(void);

size_t fh_gazetteer_count(const fh_gazetteer *gazetteer);
const fh_entity *fh_gazetteer_at(const fh_gazetteer *gazetteer, size_t index);

/* By id; NULL where there is none. */
const fh_entity *fh_gazetteer_find(const fh_gazetteer *gazetteer, fh_str id);

/* An entity named in a text. */
typedef struct fh_mention {
    const fh_entity *entity;
    uint32_t first, count; /* tokens it covers */
    uint32_t start, end;   /* bytes in the text: whole words, clitics too */
} fh_mention;

typedef struct fh_mentions {
    fh_mention *items;
    size_t count;
} fh_mentions;

/* The mentions in one text's tokens, in order, never overlapping; where two could stand, the longer one does.
 * The tokens may come from any stemmer. */
fh_mentions fh_entities_find(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena);

/* The same, and behind each mention the places named within it: شنغهاي in منظمة شنغهاي للتعاون.  In order of
 * where the outer names begin. */
fh_mentions fh_entities_find_nested(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens,
                                    fh_arena *arena);

#endif
