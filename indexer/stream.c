/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window over an entry's bytes. */
#include "indexer/stream.h"
#include "base/memory.h"
#include "indexer/decode.h"

#include <stdlib.h>

struct fh_stream {
    fh_block_reader *read;
    void *context;
    fh_buf bytes; /* the window is what follows `from` */
    size_t from;
    fh_buf units; /* UTF-16 that waits for its other half */
    fh_utf16 utf16;
    uint64_t at, line;
    bool begun;     /* its encoding is known */
    fh_error error; /* sticky; FH_END is one here */
};

/* Bytes that tell the encoding; a shorter entry is shorter. */
#define HEAD_BYTES 4096

fh_stream *fh_stream_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_stream));
}

void fh_stream_free(fh_stream *stream) {
    if (!stream) return;
    fh_buf_free(&stream->bytes);
    fh_buf_free(&stream->units);
    free(stream);
}

void fh_stream_start(fh_stream *stream, fh_block_reader *read, void *context) {
    fh_buf bytes = stream->bytes, units = stream->units;
    fh_buf_clear(&bytes);
    fh_buf_clear(&units);
    *stream = (fh_stream){.read = read, .context = context, .bytes = bytes, .units = units, .line = 1};
}

fh_str fh_stream_window(const fh_stream *stream) {
    fh_str all = fh_buf_str(&stream->bytes);
    return fh_str_slice(all, stream->from, all.len);
}

void fh_stream_take(fh_stream *stream, size_t bytes) {
    const char *from = fh_stream_window(stream).ptr, *end = from + bytes;
    while (from < end && (from = memchr(from, '\n', (size_t)(end - from)))) {
        stream->line++;
        from++;
    }
    stream->from += bytes;
    stream->at += bytes;
}

uint64_t fh_stream_at(const fh_stream *stream) {
    return stream->at;
}

uint64_t fh_stream_line(const fh_stream *stream) {
    return stream->line;
}

static void drop_taken(fh_stream *stream) {
    fh_buf *bytes = &stream->bytes;
    if (stream->from == 0) return;
    memmove(bytes->ptr, bytes->ptr + stream->from, bytes->len - stream->from);
    bytes->len -= stream->from;
    bytes->ptr[bytes->len] = '\0';
    stream->from = 0;
}

/* Moves what was read as UTF-16 into the window. */
static void convert_units(fh_stream *stream, bool last) {
    fh_buf *units = &stream->units;
    size_t taken = fh_utf16_convert(fh_buf_str(units), stream->utf16, last, &stream->bytes);
    if (taken == 0) return;
    memmove(units->ptr, units->ptr + taken, units->len - taken);
    units->len -= taken;
}

/* Reads until the encoding can be told, and drops the byte order mark. */
static fh_status begin(fh_stream *stream, fh_error *err) {
    fh_buf *bytes = &stream->bytes;
    fh_status status = FH_OK;
    while (status == FH_OK && bytes->len < HEAD_BYTES) {
        fh_str block;
        status = stream->read(stream->context, &block, err);
        if (status == FH_OK) fh_buf_add(bytes, block);
    }
    size_t mark;
    stream->utf16 = fh_utf16_detect(fh_buf_str(bytes), &mark);
    stream->from = mark;
    stream->at = mark;
    stream->begun = true;
    if (stream->utf16) {
        fh_buf_add(&stream->units, fh_stream_window(stream));
        fh_buf_clear(bytes);
        stream->from = 0;
        convert_units(stream, status != FH_OK);
    }
    return status;
}

static fh_status add_block(fh_stream *stream, fh_error *err) {
    fh_str block;
    fh_status status = stream->read(stream->context, &block, err);
    if (status != FH_OK) {
        if (stream->utf16) convert_units(stream, true);
        return status;
    }
    drop_taken(stream);
    fh_buf_add(stream->utf16 ? &stream->units : &stream->bytes, block);
    if (stream->utf16) convert_units(stream, false);
    return FH_OK;
}

fh_status fh_stream_more(fh_stream *stream, fh_error *err) {
    size_t before = fh_stream_window(stream).len;
    while (stream->error.status == FH_OK) {
        fh_status status = stream->begun ? add_block(stream, err) : begin(stream, err);
        if (status == FH_END) stream->error.status = FH_END;
        if (status != FH_OK && status != FH_END) stream->error = *err;
        if (fh_stream_window(stream).len > before) return FH_OK;
    }
    if (stream->error.status != FH_END) *err = stream->error;
    return stream->error.status;
}
