/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices of streams: where the next one is stands in the last bytes of each. */
#include "store/bulk/stream.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 16, LARGEST = 512 };

typedef uint32_t place;

size_t fh_streams_bytes(const fh_streams *streams) {
    return streams->count ? (streams->count - 1) * FH_STREAM_BLOCK + streams->used : 0;
}

void fh_streams_free(fh_streams *streams) {
    for (size_t i = 0; i < streams->count; i++) free(streams->blocks[i]);
    free(streams->blocks);
}

/* A block's rest that is too small is left: no slice lies across two blocks. */
static place take_slice(fh_streams *streams, uint32_t bytes) {
    if (streams->count == 0 || streams->used + bytes > FH_STREAM_BLOCK) {
        streams->blocks =
            fh_grow(streams->blocks, streams->count, &streams->capacity, sizeof *streams->blocks);
        streams->blocks[streams->count++] = fh_alloc_large(FH_STREAM_BLOCK);
        streams->used = 0;
    }
    place at = (place)((streams->count - 1) << FH_STREAM_BLOCK_BITS) + streams->used;
    streams->used += bytes;
    return at;
}

static void use_slice(fh_stream *stream, place at, uint32_t bytes) {
    stream->at = at;
    stream->slice = bytes;
    stream->end = at + bytes - (uint32_t)sizeof(place);
}

static uint32_t next_size(uint32_t size) {
    return size < LARGEST ? size * 2 : LARGEST;
}

void fh_stream_extend(fh_streams *streams, fh_stream *stream) {
    uint32_t bytes = stream->slice ? next_size(stream->slice) : SMALLEST;
    place next = take_slice(streams, bytes);
    if (stream->slice) {
        memcpy(fh_stream_byte(streams, stream->end), &next, sizeof next);
    } else {
        stream->first = next;
    }
    use_slice(stream, next, bytes);
}

void fh_stream_expect(const fh_streams *streams, const fh_stream *stream) {
    __builtin_prefetch(fh_stream_byte(streams, stream->first));
}

void fh_stream_expect_more(const fh_streams *streams, const fh_stream *stream) {
    place second;
    if (stream->slice == SMALLEST) return; /* the last one is the first */
    memcpy(&second, fh_stream_byte(streams, stream->first + SMALLEST - (uint32_t)sizeof second),
           sizeof second);
    __builtin_prefetch(fh_stream_byte(streams, second));
}

void fh_stream_rewind(fh_stream *stream) {
    use_slice(stream, stream->first, SMALLEST);
}

void fh_stream_follow(const fh_streams *streams, fh_stream *stream) {
    place next;
    memcpy(&next, fh_stream_byte(streams, stream->end), sizeof next);
    use_slice(stream, next, next_size(stream->slice));
}
