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
 * Windows-1256, ISO 8859-6 or MacArabic make Arabic of it.  FH_ERR_INPUT names the first byte that cannot be
 * read, with its offset. */
fh_status fh_decode(fh_str bytes, fh_buf *space, fh_str *out, fh_error *err);

/* Text that says which encoding it is in, piece by piece.  What is UTF-8 is read as that whatever it says; of
 * the rest, `declared` (a name as XML, HTML and MIME know them, or empty) goes before a guess.  `sample` is
 * the text's beginning.  Bytes that mean nothing become U+FFFD. */
typedef struct fh_decoder fh_decoder;
fh_decoder *fh_decoder_new(fh_str declared, fh_str sample);
void fh_decoder_free(fh_decoder *decoder); /* takes NULL */
void fh_decoder_add(fh_decoder *decoder, fh_str bytes, bool last, fh_buf *out);

/* All at once, UTF-16 too. */
void fh_decode_declared(fh_str bytes, fh_str declared, fh_buf *out);

/* The encoding of one byte a letter that makes Arabic of a text, a name as above; NULL: none does. */
const char *fh_decode_guess(fh_str bytes);

/* The 128 code points above ASCII of MacArabic (Apple's ARABIC.TXT), which ICU does not have. */
extern const uint16_t fh_mac_arabic[128];
#define FH_MAC_ARABIC "macarabic"

/* UTF-8 that was read as Windows-1252 and saved again: appends what it was to `out`.  False, and nothing
 * appended: it is no such text. */
bool fh_mojibake_repair(fh_str text, fh_buf *out);

#endif
