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
#define LATIN_LEAD 0xC3    /* the first byte of U+00C0 to U+00FF */
#define MOJIBAKE_SHARE 0.6 /* of the characters beyond ASCII must be pairs that were one Arabic letter */
#define MOJIBAKE_PAIRS 3   /* and so many at least */

struct fh_decoder {
    enum { AS_UTF8, AS_MAC, AS_ICU } kind;
    UConverter *from;
    fh_buf rest; /* UTF-8 that waits for its other bytes */
};

const uint16_t fh_mac_arabic[128] = u"Ä\u00A0ÇÉÑÖÜáàâä\u06BA\u00ABçéèêëí\u2026îïñó\u00BBôö÷úùûü"
                                    u" !\"#$\u066A&'()*+\u060C-./٠١٢٣٤٥٦٧٨٩:\u061B<=>\u061F"
                                    u"\u274Aءآأؤإئابةتثجحخدذرزسشصضطظعغ[\\]^_"
                                    u"ـفقكلمنهوىي\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u067E\u0679"
                                    u"\u0686\u06D5\u06A4\u06AF\u0688\u0691{|}\u0698\u06D2";

/* ---- Declared ---- */

static bool is_utf8(fh_str sample) {
    size_t bad = fh_utf8_invalid(sample);
    return bad == SIZE_MAX || bad + FH_UTF8_MAX > sample.len; /* cut within a letter */
}

/* Is it read off tables?  What shifts, packs or hides letters is no encoding of pages: browsers must not know
 * UTF-7, CESU-8, BOCU-1 and SCSU (HTML Living Standard, 13.2.3.3), and ICU reads damaged BOCU-1 otherwise in
 * pieces than whole.  UTF-8 and UTF-16 are read by us. */
static bool is_of_pages(UConverterType type) {
    return type == UCNV_SBCS || type == UCNV_DBCS || type == UCNV_MBCS;
}

/* A converter for a name, NULL where there is none.  What pages call Latin-1 or ASCII, by any name, is
 * Windows-1252 (WHATWG Encoding, 4.2). */
static UConverter *open_named(fh_str name) {
    char text[NAME_BYTES];
    UErrorCode code = U_ZERO_ERROR;
    name = fh_str_trim(name);
    if (name.len == 0 || name.len >= sizeof text) return NULL;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    UConverter *found = ucnv_open(text, &code);
    if (U_FAILURE(code)) return NULL;
    UConverterType type = ucnv_getType(found);
    if (is_of_pages(type)) return found;
    ucnv_close(found);
    if (type != UCNV_LATIN_1 && type != UCNV_US_ASCII) return NULL;
    found = ucnv_open("windows-1252", &code);
    return U_SUCCESS(code) ? found : NULL;
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
        uint32_t c = *units++; /* NOLINT(clang-analyzer-core.uninitialized.Assign): ICU wrote them */
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
    static const uint16_t above[32] =
        u"\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F"
        u"\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178";
    for (int i = 0; i < 32; i++)
        if (above[i] == c) return 0x80 + i;
    return c < 0x100 ? (int)c : -1;
}

/* Arabic letters are two bytes, of which the first is 0xD8 to 0xDB; as characters these are two bytes too. */
static bool looks_taken_for_latin(fh_str text) {
    size_t pairs = 0, others = 0;
    if (!text.len || !memchr(text.ptr, LATIN_LEAD, text.len)) return false;
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
