/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JSON object to an article, by the names that publishers and crawlers give their fields. */
#ifndef FH_INDEXER_FORMATS_JSON_ARTICLE_H
#define FH_INDEXER_FORMATS_JSON_ARTICLE_H

#include "base/arena.h"
#include "indexer/formats/field_map.h"
#include "store/store.h"

/* Its strings are borrowed from the object and the arena; what is not there is empty.  `map` (may be NULL)
 * goes before the usual names. */
fh_article fh_json_article(const json_t *object, const fh_field_map *map, fh_arena *arena);

/* An item of ninjs, of any version (IPTC; 1.0 to 3.1).  Errors: FH_ERR_INPUT (it has no text of its own). */
bool fh_is_ninjs(const json_t *object);
fh_status fh_ninjs_article(const json_t *object, fh_arena *arena, fh_article *out, fh_error *err);

/* Is this a name by which fh_json_article knows a field? */
bool fh_json_is_article_name(const char *name);

/* A value as text: a string, a number, an object that names itself, or a list of these. */
fh_str fh_json_text(const json_t *value, const char *between, fh_arena *arena);

/* A value as a date: a text, or seconds or milliseconds since 1970. */
fh_date fh_json_date(const json_t *value, fh_arena *arena);

#endif
