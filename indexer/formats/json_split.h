/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream of JSON cut into records, without holding more than one: the elements of arrays, values on lines
 * of their own or one after another, and the elements of the list within an object that wraps them
 * ("articles": […]). */
#ifndef FH_INDEXER_FORMATS_JSON_SPLIT_H
#define FH_INDEXER_FORMATS_JSON_SPLIT_H

#include "base/arena.h"
#include "indexer/stream.h"

#define FH_JSON_RECORD_SEPARATOR '\x1e' /* RFC 7464, JSON text sequences */

typedef struct fh_json_split fh_json_split;

fh_json_split *fh_json_split_new(fh_stream *stream);
void fh_json_split_free(fh_json_split *split); /* takes NULL */

typedef struct fh_json_record {
    fh_str bytes;  /* an object from brace to brace, borrowed until the next call */
    uint64_t at;   /* its offset in the entry; with an error, the offset of what is wrong */
    uint64_t line; /* the line that is on, from 1 */
} fh_json_record;

/* The next record; FH_END after the last.  Errors: FH_ERR_INPUT (broken), FH_ERR_LIMIT (longer than an
 * article may be): the next call goes on with the next line, in an array with the next element; FH_ERR_IO:
 * the stream failed, or the file is cut off, and nothing follows. */
fh_status fh_json_split_next(fh_json_split *split, fh_json_record *out, fh_error *err);

#endif
