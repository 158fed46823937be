/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SCSU through ICU, deflate through zlib. */
#include "store/codec.h"
#include "base/arena.h"
#include "base/memory.h"
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <zlib.h>

enum {
    LEVEL = 4,        /* of 6, it saves a third of the time and costs a fortieth of the space */
    RAW_WINDOW = -15, /* 32 KiB, without zlib's own head and sum: a record has its own */
    MEMORY_LEVEL = 8, /* zlib's default */
};

struct fh_codec {
    UConverter *scsu;
    UChar *units; /* UTF-16, which both conversions pass through */
    size_t unit_capacity;
    z_stream primed;    /* has read the dictionary and nothing else */
    fh_arena *dictated; /* what `primed` is made of */
    fh_arena *scratch;  /* what one deflation's copy of it is made of */
    z_stream inflater;
};

static voidpf zlib_alloc(voidpf opaque, uInt count, uInt bytes) {
    (void)opaque;
    return fh_alloc((size_t)count * bytes);
}

static void zlib_free(voidpf opaque, voidpf memory) {
    (void)opaque;
    free(memory);
}

static voidpf arena_alloc(voidpf arena, uInt count, uInt bytes) {
    return fh_arena_take(arena, (size_t)count * bytes);
}

static void arena_free(voidpf opaque, voidpf memory) {
    (void)opaque;
    (void)memory;
}

/* Without memory to lack and with arguments that are constants, zlib has nothing left to refuse. */
static void must(int zlib_answer) {
    if (zlib_answer != Z_OK) fh_out_of_memory();
}

fh_status fh_codec_new(fh_codec **out, fh_error *err) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *scsu = ucnv_open("SCSU", &status);
    if (U_SUCCESS(status)) {
        ucnv_setToUCallBack(scsu, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    }
    if (U_FAILURE(status)) {
        if (scsu) ucnv_close(scsu);
        return fh_fail(err, FH_ERR_INTERNAL, NULL, "install ICU's data", "ICU has no SCSU converter (%s)",
                       u_errorName(status));
    }
    fh_codec *codec = fh_alloc_zeroed(1, sizeof *codec);
    codec->scsu = scsu;
    codec->dictated = fh_arena_new();
    codec->scratch = fh_arena_new();
    codec->inflater.zalloc = zlib_alloc;
    codec->inflater.zfree = zlib_free;
    must(inflateInit2(&codec->inflater, RAW_WINDOW));
    *out = codec;
    return FH_OK;
}

void fh_codec_free(fh_codec *codec) {
    if (!codec) return;
    inflateEnd(&codec->inflater);
    fh_arena_free(codec->dictated);
    fh_arena_free(codec->scratch);
    ucnv_close(codec->scsu);
    free(codec->units);
    free(codec);
}

static void reserve_units(fh_codec *codec, size_t count) {
    if (count <= codec->unit_capacity) return;
    codec->units = fh_realloc(codec->units, count * sizeof *codec->units);
    codec->unit_capacity = count;
}

fh_status fh_codec_to_scsu(fh_codec *codec, fh_str text, fh_buf *out, fh_error *err) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t count = 0;
    reserve_units(codec, text.len + 1);
    u_strFromUTF8(codec->units, (int32_t)codec->unit_capacity, &count, text.ptr, (int32_t)text.len, &status);
    if (U_FAILURE(status)) {
        return fh_fail(err, FH_ERR_INPUT, NULL, "convert it to UTF-8", "the text is not UTF-8");
    }
    const UChar *from = codec->units, *end = from + count;
    ucnv_resetFromUnicode(codec->scsu);
    do {
        fh_buf_reserve(out,
                       (size_t)(end - from) + (size_t)(end - from) / 8 + UCNV_GET_MAX_BYTES_FOR_STRING(1, 3));
        char *to = out->ptr + out->len;
        status = U_ZERO_ERROR;
        ucnv_fromUnicode(codec->scsu, &to, out->ptr + out->capacity - 1, &from, end, NULL, true, &status);
        *to = '\0';
        out->len = (size_t)(to - out->ptr);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(status)) {
        return fh_fail(err, FH_ERR_INTERNAL, NULL, NULL, "ICU cannot write SCSU (%s)", u_errorName(status));
    }
    return FH_OK;
}

fh_status fh_codec_from_scsu(fh_codec *codec, fh_str scsu, char *out, size_t len, fh_error *err) {
    UErrorCode status = U_ZERO_ERROR;
    reserve_units(codec, len + 1); /* UTF-16 never has more units than UTF-8 has bytes */
    UChar *to = codec->units;
    const char *from = scsu.ptr;
    ucnv_resetToUnicode(codec->scsu);
    ucnv_toUnicode(codec->scsu, &to, codec->units + len, &from, scsu.ptr + scsu.len, NULL, true, &status);
    int32_t got = 0;
    if (U_SUCCESS(status)) {
        u_strToUTF8(out, (int32_t)len, &got, codec->units, (int32_t)(to - codec->units), &status);
    }
    if (U_FAILURE(status) || (size_t)got != len) {
        return fh_fail(err, FH_ERR_CORRUPT, NULL, NULL, "text of another length than %zu bytes, or not SCSU",
                       len);
    }
    return FH_OK;
}

void fh_codec_prime(fh_codec *codec, fh_str dictionary) {
    z_stream *primed = &codec->primed;
    fh_arena_reset(codec->dictated);
    *primed = (z_stream){.zalloc = arena_alloc, .zfree = arena_free, .opaque = codec->dictated};
    must(deflateInit2(primed, LEVEL, Z_DEFLATED, RAW_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY));
    if (dictionary.len > 0) {
        must(deflateSetDictionary(primed, (const Bytef *)dictionary.ptr, (uInt)dictionary.len));
    }
    primed->opaque = codec->scratch; /* where deflateCopy takes its memory */
}

void fh_codec_deflate(fh_codec *codec, fh_str plain, fh_buf *out) {
    z_stream stream;
    fh_arena_reset(codec->scratch);
    must(deflateCopy(&stream, &codec->primed));
    uLong bound = deflateBound(&stream, (uLong)plain.len);
    fh_buf_reserve(out, bound);
    stream.next_in = (Bytef *)plain.ptr;
    stream.avail_in = (uInt)plain.len;
    stream.next_out = (Bytef *)out->ptr + out->len;
    stream.avail_out = (uInt)bound;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) fh_out_of_memory();
    out->len += bound - stream.avail_out;
    out->ptr[out->len] = '\0';
}

fh_status fh_codec_inflate(fh_codec *codec, fh_str dictionary, fh_str packed, char *out, size_t len,
                           fh_error *err) {
    z_stream *stream = &codec->inflater;
    must(inflateReset(stream));
    if (dictionary.len > 0) {
        must(inflateSetDictionary(stream, (const Bytef *)dictionary.ptr, (uInt)dictionary.len));
    }
    stream->next_in = (Bytef *)packed.ptr;
    stream->avail_in = (uInt)packed.len;
    stream->next_out = (Bytef *)out;
    stream->avail_out = (uInt)len;
    /* All of the input and all of the room are there, so one call ends it or it never ends: with input that
     * is cut, further calls would answer Z_BUF_ERROR for ever. */
    if (inflate(stream, Z_FINISH) != Z_STREAM_END || stream->avail_out != 0 || stream->avail_in != 0) {
        return fh_fail(err, FH_ERR_CORRUPT, NULL, NULL, "compressed text is cut or damaged");
    }
    return FH_OK;
}
