/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form:
 *
 *   number  four times the length of the narrow text, and what it is: 0 what stands between words, 1 a word
 *           that is found as the rules foretell, 2 a word with a list
 *   bytes   the narrow text
 *   of a list: number, its length in bytes; of each word in it: number, its step; number, its length; the
 *   word, narrow */
#include "store/text/form.h"
#include "base/letters.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include "store/text/narrow.h"
#include <stdlib.h>

enum { BETWEEN, FORETOLD, LISTED, KIND_BITS = 2, KIND_MASK = 3 };

/* Letters of U+0620 to U+065F, which is 80 to BF in a narrow text. */
enum {
    FIRST = 0x0620,
    NARROW = 0x80,
    NARROW_END = 0xC0,
    LEAD_OF_DIGITS = 0xD9, /* U+0660 to U+0669 take two bytes */
    FIRST_DIGIT = 0xA0,
    LAST_DIGIT = 0xA9,
};

/* What a letter is folded to, as so many letters further on.  Marks and tatweel are folded to nothing. */
static const int8_t FOLDED_BY[NARROW_END - NARROW] = {
    [ALEF_MADDA - FIRST] = ALEF - ALEF_MADDA,
    [ALEF_HAMZA_ABOVE - FIRST] = ALEF - ALEF_HAMZA_ABOVE,
    [ALEF_HAMZA_BELOW - FIRST] = ALEF - ALEF_HAMZA_BELOW,
    [WAW_HAMZA - FIRST] = HAMZA - WAW_HAMZA,
    [YEH_HAMZA - FIRST] = HAMZA - YEH_HAMZA,
    [TEH_MARBUTA - FIRST] = HEH - TEH_MARBUTA,
    [ALEF_MAKSURA - FIRST] = YEH - ALEF_MAKSURA,
};

/* The next byte of the word that the rules make of a narrow text; 0 behind the last. */
static inline unsigned char next_foretold(const unsigned char **at, const unsigned char *end) {
    while (*at < end) {
        unsigned char byte = *(*at)++;
        if (byte >= NARROW && byte < NARROW_END) {
            bool mark = byte >= NARROW + (FATHATAN - FIRST) || byte == NARROW + (TATWEEL - FIRST);
            if (!mark) return (unsigned char)(byte + FOLDED_BY[byte - NARROW]);
        } else if (byte >= 'A' && byte <= 'Z') {
            return (unsigned char)(byte - 'A' + 'a');
        } else if (byte == LEAD_OF_DIGITS && *at < end && **at >= FIRST_DIGIT && **at <= LAST_DIGIT) {
            return (unsigned char)(*(*at)++ - FIRST_DIGIT + '0');
        } else if (byte) {
            return byte;
        }
    }
    return 0;
}

static bool is_foretold(fh_str narrow, fh_str word) {
    const unsigned char *at = (const unsigned char *)narrow.ptr, *end = at + narrow.len;
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] == '\0' || next_foretold(&at, end) != (unsigned char)word.ptr[i]) return false;
    return word.len > 0 && next_foretold(&at, end) == 0;
}

/* ---- Making ---- */

static void add_narrow(fh_str text, fh_buf *out) {
    fh_buf_reserve(out, text.len);
    out->len += fh_narrow(text, out->ptr + out->len);
    out->ptr[out->len] = '\0';
}

static void add_list(const fh_piece *piece, fh_buf *out) {
    fh_buf list = {0}, word = {0};
    for (size_t i = 0; i < piece->found_count; i++) {
        fh_buf_clear(&word);
        add_narrow(piece->found[i].word, &word);
        fh_glass_uint(&list, piece->found[i].step);
        fh_glass_string(&list, fh_buf_str(&word));
    }
    fh_glass_string(out, fh_buf_str(&list));
    fh_buf_free(&list);
    fh_buf_free(&word);
}

static unsigned kind_of(const fh_piece *piece, fh_str narrow) {
    if (!piece->word && piece->found_count == 0) return BETWEEN;
    if (!piece->word || piece->found_count != 1 || piece->found->step != 1) return LISTED;
    char word[FH_FORM_MOST];
    if (piece->found->word.len > sizeof word) return LISTED;
    size_t len = fh_narrow(piece->found->word, word);
    return is_foretold(narrow, (fh_str){word, len}) ? FORETOLD : LISTED;
}

void fh_form_make(const fh_piece *piece, fh_buf *out) {
    char room[FH_FORM_MOST], *narrow = piece->text.len > sizeof room ? fh_alloc(piece->text.len) : room;
    fh_str text = {narrow, fh_narrow(piece->text, narrow)};
    unsigned kind = kind_of(piece, text);
    fh_glass_uint(out, (uint64_t)text.len << KIND_BITS | kind);
    fh_buf_add(out, text);
    if (kind == LISTED) add_list(piece, out);
    if (narrow != room) free(narrow);
}

/* ---- Reading ---- */

/* Leaves what follows the form in `*bytes`. */
static bool read(fh_str *bytes, fh_form_parts *out) {
    uint64_t head = fh_glass_take_uint(bytes), len = head >> KIND_BITS;
    unsigned kind = (unsigned)(head & KIND_MASK);
    if (!bytes->ptr || kind > LISTED || len > bytes->len) return false;
    *out = (fh_form_parts){.narrow = fh_str_slice(*bytes, 0, (size_t)len),
                           .word = kind != BETWEEN,
                           .foretold = kind == FORETOLD};
    *bytes = fh_str_slice(*bytes, (size_t)len, bytes->len);
    if (kind == LISTED) out->list = fh_glass_take_string(bytes);
    return bytes->ptr != NULL;
}

bool fh_form_read(fh_str bytes, fh_form_parts *out) {
    return read(&bytes, out) && bytes.len == 0;
}

size_t fh_form_len(fh_str bytes) {
    fh_form_parts ignored;
    uint8_t head = bytes.len ? (uint8_t)*bytes.ptr : UINT8_MAX;
    if (head < 0x80 && (head & KIND_MASK) < LISTED && head >> KIND_BITS < bytes.len) /* as most are */
        return 1u + (head >> KIND_BITS);
    size_t all = bytes.len;
    return read(&bytes, &ignored) ? all - bytes.len : 0;
}

bool fh_form_next(fh_str *list, fh_found *out) {
    out->step = (uint32_t)fh_glass_take_uint(list);
    out->word = fh_glass_take_string(list);
    return list->ptr != NULL;
}

uint64_t fh_found_hash(fh_str narrow_word) {
    return fh_hash(FH_HASH_START, narrow_word);
}

uint64_t fh_form_hash(const fh_form_parts *form) {
    const unsigned char *at = (const unsigned char *)form->narrow.ptr, *end = at + form->narrow.len;
    uint64_t hash = FH_HASH_START;
    char byte;
    while ((byte = (char)next_foretold(&at, end))) hash = fh_hash(hash, (fh_str){&byte, 1});
    return hash;
}

/* ---- Within codes ---- */

static uint64_t pass_number(fh_code_reader *from, fh_buf *out) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !from->bad; shift += 7) {
        size_t before = out->len;
        fh_codes_take_bytes(from, 1, out);
        if (out->len == before) break;
        unsigned char byte = (unsigned char)out->ptr[before];
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    from->bad = true;
    return 0;
}

void fh_form_take(fh_code_reader *from, fh_buf *out) {
    uint64_t head = pass_number(from, out);
    fh_codes_take_bytes(from, (size_t)(head >> KIND_BITS), out);
    if ((head & KIND_MASK) == LISTED) fh_codes_take_bytes(from, (size_t)pass_number(from, out), out);
}
