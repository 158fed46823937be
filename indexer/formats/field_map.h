/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the fields of an article are in data that names things its own way: fihris-index --map FIELD=PATH. */
#ifndef FH_INDEXER_FORMATS_FIELD_MAP_H
#define FH_INDEXER_FORMATS_FIELD_MAP_H

#include "base/error.h"

#include <jansson.h>

typedef enum fh_data_field {
    FH_DATA_ID,
    FH_DATA_TITLE,
    FH_DATA_BODY,
    FH_DATA_LEAD,
    FH_DATA_DATE,
    FH_DATA_URL,
    FH_DATA_SOURCE,
    FH_DATA_AUTHOR,
    FH_DATA_KEYWORDS,
    FH_DATA_SECTION,
    FH_DATA_LANGUAGE,
    FH_DATA_FIELDS
} fh_data_field;

/* A path a field, NULL where the usual names stand. */
typedef struct fh_field_map {
    const char *paths[FH_DATA_FIELDS];
} fh_field_map;

/* Takes up "title=meta.headline"; the text must outlive the map.  FH_ERR_USAGE. */
fh_status fh_field_map_add(fh_field_map *map, const char *text, fh_error *err);

/* The value at a path: a key, or keys of objects and numbers of lists (from 0) with full stops between them.
 * NULL: there is none. */
const json_t *fh_json_at(const json_t *object, const char *path);

#endif
