/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two spellings must share to be one name. */
#include "entities/key.h"

#include "base/letters.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

uint32_t fh_name_fold_rare(uint32_t letter) {
    switch (letter) {
    case WAW_HAMZA:
    case YEH_HAMZA: return HAMZA;
    case PEH: return BEH;
    case TTEH: return TEH;
    case TCHEH:
    case JEH: return JEEM;
    case DDAL: return DAL;
    case RREH:
    case REH_SMALL_V: return REH;
    case VEH:
    case FEH_THREE_DOTS_BELOW: return FEH;
    case QAF_THREE_DOTS: return QAF;
    case GAF:
    case NG: return KAF;
    case LAM_SMALL_V: return LAM;
    case KURDISH_OE:
    case VE: return WAW;
    default: return letter;
    }
}

/* UTF-8 of two bytes: five bits, then six. */
enum { LEAD = 0xC0, LEAD_MASK = 0xE0, TRAIL = 0x80, TRAIL_BITS = 6, TRAIL_MASK = 0x3F };

/* Is every letter of the word one that all stemmers leave alone? */
static bool is_plain(fh_str folded) {
    for (size_t i = 0; i < folded.len;) {
        unsigned char lead = (unsigned char)folded.ptr[i++];
        if ((lead & LEAD_MASK) != LEAD || i == folded.len) continue;
        unsigned char trail = (unsigned char)folded.ptr[i++];
        uint32_t letter = (uint32_t)(lead & ~LEAD_MASK) << TRAIL_BITS | (trail & TRAIL_MASK);
        if (fh_name_fold_kept(letter) != letter) return false;
    }
    return true;
}

void fh_name_key_make(fh_str folded, fh_name_key *out) {
    out->text = folded.len <= FH_KEY_MAX ? folded : (fh_str){"", 0};
    if (is_plain(out->text)) return;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char lead = (unsigned char)folded.ptr[i];
        out->bytes[i] = (char)lead;
        if ((lead & LEAD_MASK) != LEAD || i + 1 == folded.len) continue;
        unsigned char trail = (unsigned char)folded.ptr[++i];
        uint32_t letter =
            fh_name_fold_kept((uint32_t)(lead & ~LEAD_MASK) << TRAIL_BITS | (trail & TRAIL_MASK));
        out->bytes[i - 1] = (char)(LEAD | letter >> TRAIL_BITS);
        out->bytes[i] = (char)(TRAIL | (letter & TRAIL_MASK));
    }
    out->text = (fh_str){out->bytes, folded.len};
}

static bool joins(uint32_t code_point) {
    switch (u_charType((UChar32)code_point)) {
    case U_SPACE_SEPARATOR:
    case U_DASH_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
    case U_FORMAT_CHAR:
    case U_NON_SPACING_MARK: return true;
    default:
        return code_point == '"' || code_point == '\'' || code_point == '#' || code_point == '&' ||
               code_point == '+' || code_point == TATWEEL;
    }
}

bool fh_name_joins(fh_str between) {
    if (between.len == 1 && between.ptr[0] == ' ') return true;
    for (size_t at = 0; at < between.len;) {
        uint32_t code_point;
        at += fh_utf8_next(between, at, &code_point);
        if (!joins(code_point)) return false;
    }
    return true;
}

bool fh_name_has_tanwin(fh_str surface) {
    for (size_t at = 0; at < surface.len;) {
        uint32_t code_point;
        at += fh_utf8_next(surface, at, &code_point);
        if (code_point >= FATHATAN && code_point <= KASRATAN) return true;
    }
    return false;
}

uint32_t fh_name_letter(uint32_t code_point) {
    switch (code_point) {
    case ALEF_HAMZA_ABOVE:
    case ALEF_HAMZA_BELOW:
    case ALEF_WASLA: return ALEF;
    case KEHEH: return KAF;
    case FARSI_YEH: return YEH;
    default: return fh_name_fold_kept(code_point);
    }
}

/* A letter and the harakat on it, one bit each. */
typedef struct letter {
    uint32_t base; /* 0: no more */
    uint32_t marks;
} letter;

static letter next_letter(fh_str text, size_t *at) {
    letter out = {0};
    while (*at < text.len) {
        uint32_t code_point;
        size_t length = fh_utf8_next(text, *at, &code_point);
        bool is_mark = code_point >= FATHATAN && code_point <= SUKUN;
        bool is_letter = !is_mark && code_point != TATWEEL && u_isalnum((UChar32)code_point);
        if (is_letter && out.base) break;
        if (is_letter) out.base = fh_name_letter(code_point);
        if (is_mark && out.base) out.marks |= 1u << (code_point - FATHATAN);
        *at += length;
    }
    return out;
}

bool fh_name_is_spelled(fh_str surface, size_t skip_surface, fh_str name, size_t skip_name) {
    size_t s = 0, n = 0;
    for (size_t i = 0; i < skip_surface; i++) next_letter(surface, &s);
    for (size_t i = 0; i < skip_name; i++) next_letter(name, &n);
    for (;;) {
        letter seen = next_letter(surface, &s), wanted = next_letter(name, &n);
        if (seen.base != wanted.base || (wanted.marks & ~seen.marks)) return false;
        if (!seen.base) return true;
    }
}
