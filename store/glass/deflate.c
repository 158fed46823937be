/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags by themselves: each begins anew, so that any one can be read. */
#include "store/glass/deflate.h"
#include "base/buf.h"
#include "base/memory.h"
#include <libdeflate.h>
#include <stdlib.h>

enum {
    WORTH_TRYING = 64, /* bytes of a tag */
    WORTH_PART = 8,    /* inflating takes time: it is to save this part of the tag */
};

/* ---- Deflating ---- */

struct fh_glass_deflater {
    struct libdeflate_compressor *compressor;
    fh_buf out;
};

fh_glass_deflater *fh_glass_deflater_new(fh_glass_effort effort) {
    /* More effort than the least finds matches of three bytes, which cost lists more than their letters. */
    static const int LEVELS[] = {[FH_GLASS_OF_LISTS] = 1, [FH_GLASS_OF_TEXTS] = 6};
    fh_glass_deflater *deflater = fh_alloc_zeroed(1, sizeof *deflater);
    deflater->compressor = libdeflate_alloc_compressor(LEVELS[effort]);
    if (!deflater->compressor) fh_out_of_memory();
    return deflater;
}

void fh_glass_deflater_free(fh_glass_deflater *deflater) {
    if (!deflater) return;
    libdeflate_free_compressor(deflater->compressor);
    fh_buf_free(&deflater->out);
    free(deflater);
}

bool fh_glass_deflate(fh_glass_deflater *deflater, fh_str *tag) {
    size_t most = tag->len - tag->len / WORTH_PART;
    if (tag->len < WORTH_TRYING) return false;
    fh_buf_clear(&deflater->out);
    fh_buf_reserve(&deflater->out, most);
    size_t len =
        libdeflate_deflate_compress(deflater->compressor, tag->ptr, tag->len, deflater->out.ptr, most);
    if (len > 0) *tag = (fh_str){deflater->out.ptr, len};
    return len > 0;
}

/* ---- Inflating ---- */

struct fh_glass_inflater {
    struct libdeflate_decompressor *decompressor;
    fh_buf out;
};

fh_glass_inflater *fh_glass_inflater_new(void) {
    fh_glass_inflater *inflater = fh_alloc_zeroed(1, sizeof *inflater);
    inflater->decompressor = libdeflate_alloc_decompressor();
    if (!inflater->decompressor) fh_out_of_memory();
    return inflater;
}

void fh_glass_inflater_free(fh_glass_inflater *inflater) {
    if (!inflater) return;
    libdeflate_free_decompressor(inflater->decompressor);
    fh_buf_free(&inflater->out);
    free(inflater);
}

bool fh_glass_inflate_to(fh_glass_inflater *inflater, fh_str tag, char *to, size_t room, size_t *len) {
    return libdeflate_deflate_decompress(inflater->decompressor, tag.ptr, tag.len, to, room, len) ==
           LIBDEFLATE_SUCCESS;
}

/* No more is asked for than so many bytes can become. */
bool fh_glass_inflate(fh_glass_inflater *inflater, fh_str *tag) {
    enum { ROOM = 1 << 14, MOST_TIMES = 1032 };
    fh_buf *out = &inflater->out;
    enum libdeflate_result did;
    size_t room = ROOM, len = 0;
    do {
        fh_buf_clear(out);
        fh_buf_reserve(out, room);
        did = libdeflate_deflate_decompress(inflater->decompressor, tag->ptr, tag->len, out->ptr, room, &len);
        room *= 2;
    } while (did == LIBDEFLATE_INSUFFICIENT_SPACE && room / 2 < tag->len * MOST_TIMES);
    *tag = (fh_str){out->ptr, len};
    return did == LIBDEFLATE_SUCCESS;
}
