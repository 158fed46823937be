/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to UTF-8.  Encodings of one byte a letter cannot be told by their bytes' form, so they are tried, and
 * the one that makes Arabic of the text is right. */
#include "indexer/decode.h"
#include "base/utf8.h"

#include <stdint.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#define UTF16_LOOK 4096    /* bytes that tell UTF-16 without a mark */
#define ARABIC_SHARE 0.5   /* of what is neither ASCII nor punctuation must be Arabic letters behind others */
#define CONTROL_SHARE 0.01 /* of all bytes may be control characters; more is no text */

/* ---- UTF-16 ---- */

/* The high byte of a unit of Arabic or Latin text, punctuation and presentation forms included. */
static bool is_likely_high(unsigned char byte) {
    return byte == 0x00 || byte == 0x06 || byte == 0x20 || byte == 0xFB || byte == 0xFE;
}

/* Text has zero high bytes (spaces, line ends, digits) and no zero low bytes. */
static bool looks_utf16(fh_str head, size_t high_lane) {
    size_t units = head.len / 2, likely = 0, zeros = 0;
    for (size_t i = 0; i < units; i++) {
        unsigned char high = (unsigned char)head.ptr[2 * i + high_lane];
        if (head.ptr[2 * i + (1 - high_lane)] == '\0') return false;
        likely += is_likely_high(high);
        zeros += high == 0;
    }
    return units >= 2 && zeros > 0 && likely * 10 >= units * 9;
}

fh_utf16 fh_utf16_detect(fh_str head, size_t *mark) {
    *mark = 0;
    if (fh_str_starts(head, FH_STR("\xEF\xBB\xBF"))) {
        *mark = 3;
        return FH_UTF16_NOT;
    }
    if (fh_str_starts(head, FH_STR("\xFF\xFE"))) {
        *mark = 2;
        return FH_UTF16_LITTLE;
    }
    if (fh_str_starts(head, FH_STR("\xFE\xFF"))) {
        *mark = 2;
        return FH_UTF16_BIG;
    }
    if (head.len > UTF16_LOOK) head.len = UTF16_LOOK;
    if (looks_utf16(head, 1)) return FH_UTF16_LITTLE;
    if (looks_utf16(head, 0)) return FH_UTF16_BIG;
    return FH_UTF16_NOT;
}

static uint32_t unit_at(fh_str bytes, size_t at, fh_utf16 order) {
    unsigned char first = (unsigned char)bytes.ptr[at], second = (unsigned char)bytes.ptr[at + 1];
    return order == FH_UTF16_BIG ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

size_t fh_utf16_convert(fh_str bytes, fh_utf16 order, bool last, fh_buf *out) {
    size_t at = 0;
    while (at + 2 <= bytes.len) {
        uint32_t c = unit_at(bytes, at, order);
        size_t length = 2;
        if (U16_IS_LEAD(c)) {
            if (at + 4 > bytes.len && !last) break;
            uint32_t trail = at + 4 <= bytes.len ? unit_at(bytes, at + 2, order) : 0;
            if (U16_IS_TRAIL(trail)) {
                c = (uint32_t)U16_GET_SUPPLEMENTARY(c, trail);
                length = 4;
            }
        }
        fh_buf_add_code_point(out, U_IS_SURROGATE(c) ? FH_REPLACEMENT : c);
        at += length;
    }
    if (!last || at == bytes.len) return at;
    fh_buf_add_code_point(out, FH_REPLACEMENT); /* half a unit at the end */
    return bytes.len;
}

/* ---- One byte a letter ---- */

static const char *const byte_encodings[] = {"windows-1256", "ISO-8859-6", FH_MAC_ARABIC};

static bool is_plain_control(unsigned char byte) {
    return (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7F;
}

static bool has_many_controls(fh_str bytes) {
    size_t controls = 0;
    for (size_t i = 0; i < bytes.len; i++) controls += is_plain_control((unsigned char)bytes.ptr[i]);
    return controls > 0 && (double)controls > CONTROL_SHARE * (double)bytes.len;
}

static bool is_neutral(uint32_t c) {
    return u_ispunct((UChar32)c) || u_isUWhiteSpace((UChar32)c) || u_charType((UChar32)c) == U_FORMAT_CHAR;
}

/* How much of the text beyond ASCII is Arabic letters that follow Arabic letters, from 0 to 1: in Arabic it
 * is three quarters, while the accents of French, read as Arabic, stand alone.  0 with a byte the encoding
 * does not have. */
static double arabic_share(fh_str text) {
    size_t all = 0, joined = 0;
    bool after_letter = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        bool letter = c >= 0x80 && ublock_getCode((UChar32)c) == UBLOCK_ARABIC && u_isalpha((UChar32)c);
        if (c == FH_REPLACEMENT || (c >= 0x80 && u_charType((UChar32)c) == U_CONTROL_CHAR)) return 0;
        all += c >= 0x80 && !is_neutral(c);
        joined += letter && after_letter;
        after_letter = letter;
    }
    return all ? (double)joined / (double)all : 0;
}

/* Most of the bytes beyond ASCII make UTF-8: the text is that, with some damage, and not to be guessed at. */
static bool is_damaged_utf8(fh_str bytes) {
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < bytes.len;) {
        uint32_t c;
        size_t length = fh_utf8_next(bytes, at, &c);
        if (c >= 0x80) *(c == FH_REPLACEMENT ? &bad : &good) += length;
        at += length;
    }
    return good > bad;
}

static bool convert_mac(fh_str bytes, fh_buf *out) {
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        fh_buf_add_code_point(out, byte < 0x80 ? byte : fh_mac_arabic[byte - 0x80]);
    }
    return true;
}

static bool convert(const char *encoding, fh_str bytes, fh_buf *out) {
    fh_buf_clear(out);
    if (!strcmp(encoding, FH_MAC_ARABIC)) return convert_mac(bytes, out);
    if (bytes.len > INT32_MAX / 4) return false;
    fh_buf_reserve(out,
                   bytes.len * 3); /* U+FB50 and above are not reached, but U+2019 is: three bytes at most */
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = ucnv_convert("UTF-8", encoding, out->ptr, (int32_t)(bytes.len * 3), bytes.ptr,
                                  (int32_t)bytes.len, &code);
    if (U_FAILURE(code)) return false;
    out->len = (size_t)length;
    out->ptr[out->len] = '\0';
    return true;
}

/* A sample decides, so that a big text is converted once. */
static const char *guess_encoding(fh_str bytes, size_t first_bad, fh_buf *space) {
    size_t from = first_bad, to = bytes.len - from > UTF16_LOOK ? from + UTF16_LOOK : bytes.len;
    double best = ARABIC_SHARE;
    const char *found = NULL;
    for (size_t i = 0; i < sizeof byte_encodings / sizeof *byte_encodings; i++) {
        if (!convert(byte_encodings[i], fh_str_slice(bytes, from, to), space)) continue;
        double share = arabic_share(fh_buf_str(space));
        if (share > best) {
            best = share;
            found = byte_encodings[i];
        }
    }
    return found;
}

const char *fh_decode_guess(fh_str bytes) {
    size_t bad = fh_utf8_invalid(bytes);
    if (bad == SIZE_MAX || is_damaged_utf8(bytes)) return NULL;
    fh_buf space = {0};
    const char *found = guess_encoding(bytes, bad, &space);
    fh_buf_free(&space);
    return found;
}

fh_status fh_decode(fh_str bytes, fh_buf *space, fh_str *out, fh_error *err) {
    if (has_many_controls(bytes))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "not text: it is full of control characters");
    size_t bad = fh_utf8_invalid(bytes);
    if (bad == SIZE_MAX) {
        *out = bytes;
        return FH_OK;
    }
    const char *encoding = is_damaged_utf8(bytes) ? NULL : guess_encoding(bytes, bad, space);
    if (encoding && convert(encoding, bytes, space)) {
        *out = fh_buf_str(space);
        return FH_OK;
    }
    return fh_fail(err, FH_ERR_INPUT, NULL, "convert it to UTF-8 first, with iconv -f ENCODING -t UTF-8",
                   "not text in UTF-8, UTF-16 or an Arabic encoding (byte 0x%02X at %zu)",
                   (unsigned char)bytes.ptr[bad], bad);
}
