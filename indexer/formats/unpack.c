/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed bodies to bytes: zlib, libbrotli, and libarchive for zstd. */
#include "indexer/formats/unpack.h"
#include "base/memory.h"

#include <archive.h>
#include <archive_entry.h>
#include <brotli/decode.h>
#include <strings.h>
#include <zlib.h>

#define BLOCK 16384
#define ANY_HEADER (15 + 32) /* zlib: the largest window, gzip or zlib by what the head says */
#define NO_HEADER (-15)
#define MAX_CODINGS 4 /* one over the other */

/* Each appends until the end, an error, or a little more than `limit`.  False: these are no such bytes. */
typedef bool unpacker(fh_str bytes, size_t limit, fh_buf *out);

/* ---- gzip, deflate ---- */

static bool inflate_with(int window, fh_str bytes, size_t limit, fh_buf *out) {
    z_stream stream = {.next_in = (Bytef *)bytes.ptr, .avail_in = (uInt)bytes.len};
    if (inflateInit2(&stream, window) != Z_OK) return false;
    int code = Z_OK;
    while (code == Z_OK && out->len <= limit) {
        char block[BLOCK];
        stream.next_out = (Bytef *)block;
        stream.avail_out = sizeof block;
        code = inflate(&stream, Z_NO_FLUSH);
        fh_buf_add(out, (fh_str){block, sizeof block - stream.avail_out});
    }
    inflateEnd(&stream);
    return out->len > 0;
}

static bool unpack_deflate(fh_str bytes, size_t limit, fh_buf *out) {
    return inflate_with(ANY_HEADER, bytes, limit, out) || inflate_with(NO_HEADER, bytes, limit, out);
}

/* ---- br ---- */

static bool unpack_brotli(fh_str bytes, size_t limit, fh_buf *out) {
    BrotliDecoderState *decoder = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!decoder) fh_out_of_memory();
    const uint8_t *from = (const uint8_t *)bytes.ptr;
    size_t left = bytes.len;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out->len <= limit) {
        uint8_t block[BLOCK], *to = block;
        size_t room = sizeof block;
        result = BrotliDecoderDecompressStream(decoder, &left, &from, &room, &to, NULL);
        fh_buf_add(out, (fh_str){(const char *)block, sizeof block - room});
    }
    BrotliDecoderDestroyInstance(decoder);
    return result != BROTLI_DECODER_RESULT_ERROR; /* nearly any bytes begin as brotli could */
}

/* ---- zstd ---- */

static bool unpack_zstd(fh_str bytes, size_t limit, fh_buf *out) {
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    if (!archive) fh_out_of_memory();
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_raw(archive);
    bool packed = archive_read_open_memory(archive, bytes.ptr, bytes.len) == ARCHIVE_OK &&
                  archive_read_next_header(archive, &entry) == ARCHIVE_OK &&
                  archive_filter_count(archive) > 1;
    la_ssize_t length = 1;
    while (packed && length > 0 && out->len <= limit) {
        char block[BLOCK];
        length = archive_read_data(archive, block, sizeof block);
        if (length > 0) fh_buf_add(out, (fh_str){block, (size_t)length});
    }
    archive_read_free(archive);
    return out->len > 0;
}

/* ---- All of them ---- */

static bool take_as_is(fh_str bytes, size_t limit, fh_buf *out) {
    (void)bytes, (void)limit, (void)out;
    return false;
}

static const struct {
    const char *name;
    unpacker *unpack;
} codings[] = {
    {"gzip", unpack_deflate}, {"x-gzip", unpack_deflate}, {"deflate", unpack_deflate}, {"br", unpack_brotli},
    {"zstd", unpack_zstd},    {"identity", take_as_is},   {"none", take_as_is},        {"utf-8", take_as_is},
};

static unpacker *find_coding(fh_str name) {
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        if (strlen(codings[i].name) == name.len && !strncasecmp(codings[i].name, name.ptr, name.len))
            return codings[i].unpack;
    return NULL;
}

static fh_status unpack_one(fh_str name, size_t limit, fh_buf *bytes, fh_error *err) {
    fh_buf unpacked = {0};
    unpacker *unpack = find_coding(name);
    if (!unpack)
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "its compression, \"%.*s\", is not known",
                       FH_STR_ARG(name));
    bool done = unpack(fh_buf_str(bytes), limit, &unpacked);
    if (done) {
        fh_buf_free(bytes);
        *bytes = unpacked;
    } else {
        fh_buf_free(&unpacked);
    }
    return FH_OK;
}

/* They stand in the order they were applied in. */
static fh_status unpack_all(fh_str encoding, size_t limit, fh_buf *bytes, fh_error *err) {
    fh_status status = FH_OK;
    size_t to = encoding.len;
    for (int i = 0; i < MAX_CODINGS && status == FH_OK && bytes->len <= limit; i++) {
        size_t from = to;
        while (from > 0 && encoding.ptr[from - 1] != ',') from--;
        fh_str name = fh_str_trim(fh_str_slice(encoding, from, to));
        if (name.len) status = unpack_one(name, limit, bytes, err);
        if (from == 0) break;
        to = from - 1;
    }
    return status;
}

fh_status fh_unpack(fh_str encoding, fh_str bytes, size_t limit, fh_buf *out, fh_error *err) {
    fh_buf unpacked = {0};
    fh_buf_add(&unpacked, bytes);
    fh_status status = unpack_all(encoding, limit, &unpacked, err);
    if (status == FH_OK && unpacked.len > limit)
        status = fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "a body of more than %zu MiB when it is unpacked",
                         limit >> 20);
    if (status == FH_OK) fh_buf_add(out, fh_buf_str(&unpacked));
    fh_buf_free(&unpacked);
    return status;
}
