/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Very many streams of numbers in one pool, each written at its end in any turn, and read once from its
 * beginning.  A stream is a chain of slices that double in size, so that a rare term costs little and a
 * frequent one is not scattered. */
#ifndef FH_STORE_BULK_STREAM_H
#define FH_STORE_BULK_STREAM_H

#include <stddef.h>
#include <stdint.h>

enum { FH_STREAM_BLOCK_BITS = 21, FH_STREAM_BLOCK = 1 << FH_STREAM_BLOCK_BITS };

/* At most 4 GiB. */
typedef struct fh_streams {
    unsigned char **blocks;
    size_t count, capacity;
    uint32_t used; /* bytes of the last block */
} fh_streams;

/* One stream; zeroed, it is empty. */
typedef struct fh_stream {
    uint32_t first, at, end; /* places in the pool */
    uint32_t slice;          /* bytes of the slice at hand, 0: none yet */
} fh_stream;

size_t fh_streams_bytes(const fh_streams *streams);
void fh_streams_free(fh_streams *streams);

/* Gives the stream its next slice. */
void fh_stream_extend(fh_streams *streams, fh_stream *stream);

/* A stream that was written will be read soon: its first slice, once that has come, and its second. */
void fh_stream_expect(const fh_streams *streams, const fh_stream *stream);
void fh_stream_expect_more(const fh_streams *streams, const fh_stream *stream);

/* Goes on in the next slice. */
void fh_stream_follow(const fh_streams *streams, fh_stream *stream);

static inline unsigned char *fh_stream_byte(const fh_streams *streams, uint32_t at) {
    return streams->blocks[at >> FH_STREAM_BLOCK_BITS] + (at & (FH_STREAM_BLOCK - 1));
}

static inline void fh_stream_put_byte(fh_streams *streams, fh_stream *stream, unsigned char byte) {
    if (stream->at == stream->end) fh_stream_extend(streams, stream);
    *fh_stream_byte(streams, stream->at++) = byte;
}

static inline void fh_stream_put(fh_streams *streams, fh_stream *stream, uint64_t number) {
    for (; number >= 0x80; number >>= 7) fh_stream_put_byte(streams, stream, (unsigned char)(number | 0x80));
    fh_stream_put_byte(streams, stream, (unsigned char)number);
}

/* Turns a stream that was written to one that is read from its beginning. */
void fh_stream_rewind(fh_stream *stream);

static inline uint64_t fh_stream_take(const fh_streams *streams, fh_stream *stream) {
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (stream->at == stream->end) fh_stream_follow(streams, stream);
        unsigned char byte = *fh_stream_byte(streams, stream->at++);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
}

#endif
