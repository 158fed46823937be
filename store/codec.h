/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ways to make text small, one after the other: SCSU (Unicode Technical Standard 6), which writes an
 * Arabic letter in one byte, then deflate (RFC 1951) with a dictionary of phrases that it may point back
 * into. */
#ifndef FH_STORE_CODEC_H
#define FH_STORE_CODEC_H

#include "base/buf.h"
#include "base/error.h"

/* What deflate can point back to. */
#define FH_DICTIONARY_MAX (32u << 10)

/* Converters and buffers that are dear to make.  One a thread. */
typedef struct fh_codec fh_codec;

/* FH_ERR_INTERNAL: ICU has no SCSU converter. */
fh_status fh_codec_new(fh_codec **out, fh_error *err);
void fh_codec_free(fh_codec *codec); /* takes NULL */

/* Appends UTF-8 `text` (below 2 GiB) as SCSU.  FH_ERR_INPUT: it is not UTF-8. */
fh_status fh_codec_to_scsu(fh_codec *codec, fh_str text, fh_buf *out, fh_error *err);

/* Turns SCSU back into exactly `len` bytes of UTF-8.  FH_ERR_CORRUPT: it is something else. */
fh_status fh_codec_from_scsu(fh_codec *codec, fh_str scsu, char *out, size_t len, fh_error *err);

/* Sets the dictionary of what is deflated from now on (empty: none), at most FH_DICTIONARY_MAX bytes. */
void fh_codec_prime(fh_codec *codec, fh_str dictionary);

/* Appends `plain` (below 4 GiB) deflated.  After fh_codec_prime. */
void fh_codec_deflate(fh_codec *codec, fh_str plain, fh_buf *out);

/* Turns deflated bytes back into exactly `len` bytes.  FH_ERR_CORRUPT: they are cut, or something else. */
fh_status fh_codec_inflate(fh_codec *codec, fh_str dictionary, fh_str packed, char *out, size_t len,
                           fh_error *err);

#endif
