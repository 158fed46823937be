/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to UTF-8: which encoding they are in is told from the bytes alone. */
#ifndef FH_INDEXER_DECODE_H
#define FH_INDEXER_DECODE_H

#include "base/buf.h"
#include "base/error.h"

typedef enum fh_utf16 { FH_UTF16_NOT, FH_UTF16_LITTLE, FH_UTF16_BIG } fh_utf16;

/* Is what begins with `head` UTF-16?  By its byte order mark, else by where its zero bytes stand.  `*mark` is
 * the length of the byte order mark, of UTF-8 too. */
fh_utf16 fh_utf16_detect(fh_str head, size_t *mark);

/* Appends UTF-16 as UTF-8 and returns how many bytes it took: all whole code points; with `last` all of them.
 * Lone surrogates become U+FFFD. */
size_t fh_utf16_convert(fh_str bytes, fh_utf16 order, bool last, fh_buf *out);

/* Gives text that is no UTF-16 as UTF-8: itself where it is that already; converted into `space` where
 * Windows-1256 or ISO 8859-6 make Arabic of it.  FH_ERR_INPUT names the first byte that cannot be read, with
 * its offset. */
fh_status fh_decode(fh_str bytes, fh_buf *space, fh_str *out, fh_error *err);

#endif
