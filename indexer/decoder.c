/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that declares its encoding, and text whose encoding was taken for another. */
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/decode.h"

#include <stdlib.h>
#include <unicode/ucnv.h>

#define NAME_BYTES 40      /* of an encoding's name; a longer one is none */
#define SAMPLE_BYTES 65536 /* that tell the encoding */
#define PIVOT_UNITS 1024
#define MOJIBAKE_SHARE 0.6 /* of the characters beyond ASCII must be pairs that were one Arabic letter */
#define MOJIBAKE_PAIRS 3   /* and so many at least */

struct fh_decoder {
    enum { AS_UTF8, AS_MAC, AS_ICU } kind;
    UConverter *from;
    fh_buf rest; /* UTF-8 that waits for its other bytes */
};

const uint16_t fh_mac_arabic[128] = {
    0x00C4, 0x00A0, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x06BA, 0x00AB,
    0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x2026, 0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00BB, 0x00F4,
    0x00F6, 0x00F7, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x0020, 0x0021, 0x0022, 0x0023, 0x0024, 0x066A, 0x0026,
    0x0027, 0x0028, 0x0029, 0x002A, 0x002B, 0x060C, 0x002D, 0x002E, 0x002F, 0x0660, 0x0661, 0x0662, 0x0663,
    0x0664, 0x0665, 0x0666, 0x0667, 0x0668, 0x0669, 0x003A, 0x061B, 0x003C, 0x003D, 0x003E, 0x061F, 0x274A,
    0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D,
    0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x0637, 0x0638, 0x0639, 0x063A,
    0x005B, 0x005C, 0x005D, 0x005E, 0x005F, 0x0640, 0x0641, 0x0642, 0x0643, 0x0644, 0x0645, 0x0646, 0x0647,
    0x0648, 0x0649, 0x064A, 0x064B, 0x064C, 0x064D, 0x064E, 0x064F, 0x0650, 0x0651, 0x0652, 0x067E, 0x0679,
    0x0686, 0x06D5, 0x06A4, 0x06AF, 0x0688, 0x0691, 0x007B, 0x007C, 0x007D, 0x0698, 0x06D2};

/* ---- Declared ---- */

static bool is_utf8(fh_str sample) {
    size_t bad = fh_utf8_invalid(sample);
    return bad == SIZE_MAX || bad + FH_UTF8_MAX > sample.len; /* cut within a letter */
}

/* A converter for a name, NULL where ICU has none.  What pages call Latin-1 is Windows-1252 (WHATWG Encoding,
 * 4.2). */
static UConverter *open_named(fh_str name) {
    char text[NAME_BYTES];
    UErrorCode code = U_ZERO_ERROR;
    name = fh_str_trim(name);
    if (name.len == 0 || name.len >= sizeof text) return NULL;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    bool latin = !ucnv_compareNames(text, "ISO-8859-1") || !ucnv_compareNames(text, "US-ASCII");
    UConverter *found = ucnv_open(latin ? "windows-1252" : text, &code);
    if (U_FAILURE(code)) return NULL;
    UConverterType type = ucnv_getType(found);
    if (type != UCNV_UTF8 && type != UCNV_UTF16 && type != UCNV_UTF16_BigEndian &&
        type != UCNV_UTF16_LittleEndian)
        return found;
    ucnv_close(found);
    return NULL;
}

/* "MacArabic", "x-mac-arabic", "macintosh-arabic" */
static bool is_mac(fh_str name) {
    char text[NAME_BYTES] = "";
    if (name.len < sizeof text) memcpy(text, name.ptr, name.len);
    return strcasestr(text, "mac") && strcasestr(text, "arab");
}

fh_decoder *fh_decoder_new(fh_str declared, fh_str sample) {
    fh_decoder *decoder = fh_alloc_zeroed(1, sizeof *decoder);
    if (sample.len > SAMPLE_BYTES) sample.len = SAMPLE_BYTES;
    if (is_utf8(sample)) return decoder;
    const char *guess = fh_decode_guess(sample);
    bool mac = is_mac(declared);
    if (!mac) decoder->from = open_named(declared);
    if (!mac && !decoder->from && guess) {
        mac = !strcmp(guess, FH_MAC_ARABIC);
        if (!mac) decoder->from = open_named(fh_str_from(guess));
    }
    decoder->kind = mac ? AS_MAC : decoder->from ? AS_ICU : AS_UTF8;
    return decoder;
}

void fh_decoder_free(fh_decoder *decoder) {
    if (!decoder) return;
    if (decoder->from) ucnv_close(decoder->from);
    fh_buf_free(&decoder->rest);
    free(decoder);
}

/* ---- Converting ---- */

/* How many bytes at the end are the beginning of a letter. */
static size_t unfinished(fh_str text) {
    for (size_t back = 1; back < FH_UTF8_MAX && back <= text.len; back++) {
        unsigned char byte = (unsigned char)text.ptr[text.len - back];
        if (byte >= 0xC0) return back < (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) ? back : 0;
        if (byte < 0x80) return 0;
    }
    return 0;
}

static void add_utf8(fh_decoder *decoder, fh_str bytes, bool last, fh_buf *out) {
    fh_buf_add(&decoder->rest, bytes);
    fh_str text = fh_buf_str(&decoder->rest);
    size_t wait = last ? 0 : unfinished(text), end = text.len - wait;
    text.len = end;
    for (size_t at = 0; at < end;) {
        size_t bad = fh_utf8_invalid(fh_str_slice(text, at, end));
        size_t good = bad == SIZE_MAX ? end : at + bad;
        fh_buf_add(out, fh_str_slice(text, at, good));
        at = good;
        if (at == end) break;
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        fh_buf_add_code_point(out, FH_REPLACEMENT);
    }
    fh_buf *rest = &decoder->rest;
    if (wait) memmove(rest->ptr, rest->ptr + end, wait);
    rest->len = wait;
}

static void add_units(const UChar *units, const UChar *end, fh_buf *out) {
    while (units < end) {
        uint32_t c = *units++;
        if (U16_IS_LEAD(c) && units < end && U16_IS_TRAIL(*units))
            c = (uint32_t)U16_GET_SUPPLEMENTARY(c, *units++);
        fh_buf_add_code_point(out, U_IS_SURROGATE(c) ? FH_REPLACEMENT : c);
    }
}

static void add_icu(UConverter *from, fh_str bytes, bool last, fh_buf *out) {
    const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
    UErrorCode code;
    do {
        UChar units[PIVOT_UNITS + 1], *to = units;
        code = U_ZERO_ERROR;
        ucnv_toUnicode(from, &to, units + PIVOT_UNITS, &at, end, NULL, last, &code);
        add_units(units, to, out);
    } while (code == U_BUFFER_OVERFLOW_ERROR);
}

void fh_decoder_add(fh_decoder *decoder, fh_str bytes, bool last, fh_buf *out) {
    switch (decoder->kind) {
    case AS_UTF8: add_utf8(decoder, bytes, last, out); break;
    case AS_ICU: add_icu(decoder->from, bytes, last, out); break;
    case AS_MAC:
        for (size_t i = 0; i < bytes.len; i++) {
            unsigned char byte = (unsigned char)bytes.ptr[i];
            fh_buf_add_code_point(out, byte < 0x80 ? byte : fh_mac_arabic[byte - 0x80]);
        }
    }
}

void fh_decode_declared(fh_str bytes, fh_str declared, fh_buf *out) {
    size_t mark;
    fh_utf16 order = fh_utf16_detect(bytes, &mark);
    bytes = fh_str_slice(bytes, mark, bytes.len);
    if (order != FH_UTF16_NOT) {
        fh_utf16_convert(bytes, order, true, out);
        return;
    }
    fh_decoder *decoder = fh_decoder_new(declared, bytes);
    fh_decoder_add(decoder, bytes, true, out);
    fh_decoder_free(decoder);
}

/* ---- Taken for another ---- */

/* The byte that Windows-1252 shows as this character, -1 for any that it does not have. */
static int byte_of(uint32_t c) {
    static const uint16_t above[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    for (int i = 0; i < 32; i++)
        if (above[i] == c) return 0x80 + i;
    return c < 0x100 ? (int)c : -1;
}

/* Arabic letters are two bytes, of which the first is 0xD8 to 0xDB. */
static bool looks_taken_for_latin(fh_str text) {
    size_t pairs = 0, others = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c, second = 0;
        size_t length = fh_utf8_next(text, at, &c);
        at += length;
        if (c < 0x80) continue;
        size_t after = at < text.len ? fh_utf8_next(text, at, &second) : 0;
        int byte = after ? byte_of(second) : -1;
        if (c >= 0xD8 && c <= 0xDB && byte >= 0x80 && byte < 0xC0) {
            pairs++;
            at += after;
        } else {
            others++;
        }
    }
    return pairs >= MOJIBAKE_PAIRS && (double)pairs >= MOJIBAKE_SHARE * (double)(pairs + others);
}

bool fh_mojibake_repair(fh_str text, fh_buf *out) {
    if (!looks_taken_for_latin(text)) return false;
    fh_buf bytes = {0};
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        int byte = byte_of(c);
        if (byte >= 0)
            fh_buf_add_char(&bytes, (char)byte);
        else
            fh_buf_add_code_point(&bytes, c);
    }
    fh_decoder utf8 = {.kind = AS_UTF8};
    add_utf8(&utf8, fh_buf_str(&bytes), true, out);
    fh_buf_free(&utf8.rest);
    fh_buf_free(&bytes);
    return true;
}
