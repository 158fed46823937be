/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects of an article's shape, read fast. */
#ifndef FH_INDEXER_FORMATS_JSON_FLAT_H
#define FH_INDEXER_FORMATS_JSON_FLAT_H

#include "base/buf.h"
#include <jansson.h>

/* The object that `text`, which is UTF-8, consists of, as json_loadb gives it.  NULL where json_loadb has to
 * be asked: for what is wrong, and for some rare things that are right. */
json_t *fh_json_flat(fh_str text, fh_buf *space);

#endif
