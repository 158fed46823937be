/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags by themselves: each begins anew, so that any one can be read. */
#include "store/glass/deflate.h"
#include "base/buf.h"
#include "base/memory.h"
#include <stdlib.h>
#include <zlib.h>

enum {
    WORTH_TRYING = 64, /* bytes of a tag */
    WORTH_PART = 8,    /* inflating takes time: it is to save this part of the tag */
    RAW_WINDOW = -15,
    MEMORY = 9,
};

/* ---- Deflating ---- */

struct fh_glass_deflater {
    z_stream stream;
    fh_buf out;
};

fh_glass_deflater *fh_glass_deflater_new(void) {
    fh_glass_deflater *deflater = fh_alloc_zeroed(1, sizeof *deflater);
    if (deflateInit2(&deflater->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, RAW_WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        fh_out_of_memory();
    return deflater;
}

void fh_glass_deflater_free(fh_glass_deflater *deflater) {
    if (!deflater) return;
    deflateEnd(&deflater->stream);
    fh_buf_free(&deflater->out);
    free(deflater);
}

bool fh_glass_deflate(fh_glass_deflater *deflater, fh_str *tag) {
    z_stream *stream = &deflater->stream;
    size_t most = tag->len - tag->len / WORTH_PART;
    if (tag->len < WORTH_TRYING) return false;
    fh_buf_clear(&deflater->out);
    fh_buf_reserve(&deflater->out, most);
    deflateReset(stream);
    stream->next_in = (Bytef *)tag->ptr;
    stream->avail_in = (uInt)tag->len;
    stream->next_out = (Bytef *)deflater->out.ptr;
    stream->avail_out = (uInt)most;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END) return false;
    *tag = (fh_str){deflater->out.ptr, most - stream->avail_out};
    return true;
}

/* ---- Inflating ---- */

struct fh_glass_inflater {
    z_stream stream;
    fh_buf out;
};

fh_glass_inflater *fh_glass_inflater_new(void) {
    fh_glass_inflater *inflater = fh_alloc_zeroed(1, sizeof *inflater);
    if (inflateInit2(&inflater->stream, RAW_WINDOW) != Z_OK) fh_out_of_memory();
    return inflater;
}

void fh_glass_inflater_free(fh_glass_inflater *inflater) {
    if (!inflater) return;
    inflateEnd(&inflater->stream);
    fh_buf_free(&inflater->out);
    free(inflater);
}

bool fh_glass_inflate(fh_glass_inflater *inflater, fh_str *tag) {
    enum { ROOM = 1 << 14 };
    z_stream *stream = &inflater->stream;
    int did = Z_OK;
    fh_buf_clear(&inflater->out);
    inflateReset(stream);
    stream->next_in = (Bytef *)tag->ptr;
    stream->avail_in = (uInt)tag->len;
    while (did == Z_OK) {
        fh_buf_reserve(&inflater->out, ROOM);
        stream->next_out = (Bytef *)inflater->out.ptr + inflater->out.len;
        stream->avail_out = ROOM;
        did = inflate(stream, Z_NO_FLUSH);
        inflater->out.len += ROOM - stream->avail_out;
    }
    *tag = fh_buf_str(&inflater->out);
    return did == Z_STREAM_END;
}
