/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a name's letters and words. */
#include "entities/spelling.h"

#include "base/utf8.h"
#include "entities/key.h"

#include <unicode/uchar.h>

enum {
    ALEF_MADDA = 0x0622,
    TEH_MARBUTA = 0x0629,
    TATWEEL = 0x0640,
    HEH_DOACHASHMEE = 0x06BE,
    HEH_GOAL = 0x06C1,
    TEH_MARBUTA_GOAL = 0x06C3,
    AE_LETTER = 0x06D5,
};

/* Most letters need no look-up. */
static bool is_letter(uint32_t code_point) {
    if (fh_is_costed(code_point)) return code_point != TATWEEL;
    return !fh_is_unseen(code_point) && u_isalnum((UChar32)code_point);
}

static char32_t fold(uint32_t code_point) {
    switch (code_point) {
    case ALEF_MADDA: return U'ا';
    case TEH_MARBUTA:
    case TEH_MARBUTA_GOAL:
    case HEH_DOACHASHMEE:
    case HEH_GOAL:
    case AE_LETTER: return U'ه';
    default: break;
    }
    uint32_t letter = fh_name_letter(code_point);
    return fh_is_costed(letter) ? letter : (char32_t)u_tolower((UChar32)letter);
}

static bool ends_word(uint32_t code_point) {
    uint32_t kinds = U_GC_Z_MASK | U_GC_PD_MASK | U_GC_PC_MASK;
    return U_MASK(u_charType((UChar32)code_point)) & kinds;
}

bool fh_spelled_read(fh_str name, fh_spelled *out) {
    *out = (fh_spelled){.count = 0};
    size_t begin = 0;
    for (size_t at = 0; at < name.len;) {
        uint32_t code_point;
        at += fh_utf8_next(name, at, &code_point);
        if (is_letter(code_point)) {
            if (out->count == FH_SPELLED_MAX) return false;
            out->letters[out->count++] = fold(code_point);
        } else if (ends_word(code_point) && out->count > begin) {
            out->ends[out->words++] = (uint8_t)out->count;
            begin = out->count;
        }
    }
    if (out->count > begin) out->ends[out->words++] = (uint8_t)out->count;
    return out->count > 0;
}

fh_letters fh_spelled_word(const fh_spelled *name, size_t index) {
    size_t begin = index ? name->ends[index - 1] : 0;
    return (fh_letters){name->letters + begin, name->ends[index] - begin};
}

fh_letters fh_spelled_joined(const fh_spelled *name) {
    return (fh_letters){name->letters, name->count};
}

bool fh_letters_equal(fh_letters a, fh_letters b) {
    return a.count == b.count && memcmp(a.items, b.items, a.count * sizeof *a.items) == 0;
}

fh_letters fh_without_article(fh_letters word, size_t least) {
    bool has = word.count >= 2 + least && word.items[0] == U'ا' && word.items[1] == U'ل';
    return has ? (fh_letters){word.items + 2, word.count - 2} : word;
}

bool fh_is_long_vowel(char32_t letter) {
    return letter == U'ا' || letter == U'و' || letter == U'ي' || letter == U'ى';
}
