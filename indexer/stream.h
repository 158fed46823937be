/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry's bytes as a window that slides over them: it grows at its end as more is read, and loses at its
 * beginning what was taken.  UTF-16 arrives as UTF-8 and byte order marks are dropped; other bytes are as
 * they were. */
#ifndef FH_INDEXER_STREAM_H
#define FH_INDEXER_STREAM_H

#include "base/buf.h"
#include "base/error.h"
#include <stdint.h>

/* Gives the next bytes, borrowed until the next call; FH_END after the last. */
typedef fh_status fh_block_reader(void *context, fh_str *block, fh_error *err);

typedef struct fh_stream fh_stream;

fh_stream *fh_stream_new(void);
void fh_stream_free(fh_stream *stream); /* takes NULL */

/* Begins another entry and forgets the one before. */
void fh_stream_start(fh_stream *stream, fh_block_reader *read, void *context);

/* Makes the window longer.  FH_END: there is nothing more to read, the window is what is left.  Errors are
 * those of the block reader, and stay: what was read before them can still be taken. */
fh_status fh_stream_more(fh_stream *stream, fh_error *err);

/* What was read and not taken yet; borrowed until the next call of more or take. */
fh_str fh_stream_window(const fh_stream *stream);

/* Takes `bytes` off the window's beginning. */
void fh_stream_take(fh_stream *stream, size_t bytes);

/* The offset of the window in the entry, and in lines, from 1. */
uint64_t fh_stream_at(const fh_stream *stream);
uint64_t fh_stream_line(const fh_stream *stream);

#endif
