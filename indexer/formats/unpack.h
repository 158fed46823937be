/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compressions that HTTP sends bodies in (RFC 9110, 8.4.1): gzip and deflate (RFC 1950 to 1952), br (RFC
 * 7932), zstd (RFC 8878). */
#ifndef FH_INDEXER_FORMATS_UNPACK_H
#define FH_INDEXER_FORMATS_UNPACK_H

#include "base/buf.h"
#include "base/error.h"

/* Appends what the bytes are when they are unpacked by `encoding`, a Content-Encoding, which may list
 * several; an empty one is none.  What says wrongly that it is packed is taken as it is, what is cut off as
 * far as it goes.  Errors: FH_ERR_LIMIT (longer than `limit`), FH_ERR_INPUT (a compression that is not
 * known). */
fh_status fh_unpack(fh_str encoding, fh_str bytes, size_t limit, fh_buf *out, fh_error *err);

#endif
