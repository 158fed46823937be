/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small words to make JSON with. */
#ifndef FH_SITE_JSON_H
#define FH_SITE_JSON_H

#include "query/query.h"
#include <jansson.h>

json_t *fh_site_json_text(fh_str text);
void fh_site_json_set(json_t *object, const char *key, fh_str text);
json_t *fh_site_json_texts(fh_strs list);
json_t *fh_site_json_entity(const fh_entity *entity);

/* A part of an article in pieces, as search results have them: plain, or the name of an entity. */
json_t *fh_site_json_segments(fh_str text, const fh_entity_mark *marks, size_t count);

/* Appends it with a line end, and frees it. */
void fh_site_json_write(json_t *value, fh_buf *out);

#endif
