/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small words to write JSON with. */
#ifndef FH_QUERY_JSON_H
#define FH_QUERY_JSON_H

#include "query/query.h"
#include <jansson.h>

json_t *fh_json_string(fh_str text);
void fh_json_set(json_t *object, const char *key, fh_str text);
void fh_json_set_number(json_t *object, const char *key, uint64_t number);

/* {"id", "type", "label"} */
json_t *fh_json_entity(const fh_entity *entity);

/* Appends the value on one line, with its end, and releases it. */
void fh_json_write(json_t *value, fh_buf *out);

#endif
