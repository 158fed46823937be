/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Unicode says of a code point, through ICU. */
#include "stemmer/normalise.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* The longest compatibility decomposition in Unicode (ﷺ) has 18 units. */
#define MAX_UNITS 64

/* Below are © ® ™ and arrows, which stand in text as text. */
#define FIRST_PICTURE 0x231A

/* Accents and vowels that a writer may leave out; elsewhere (Devanagari, Thaana) marks are as good as
 * letters. */
static bool has_optional_marks(UScriptCode script) {
    return script == USCRIPT_ARABIC || script == USCRIPT_HEBREW || script == USCRIPT_SYRIAC ||
           script == USCRIPT_INHERITED || script == USCRIPT_COMMON || uscript_isCased(script);
}

static bool is_unspaced(UChar32 c) {
    return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
           uscript_hasScript(c, USCRIPT_HAN) || uscript_hasScript(c, USCRIPT_HIRAGANA) ||
           uscript_hasScript(c, USCRIPT_KATAKANA);
}

static bool is_picture(UChar32 c) {
    return c >= FIRST_PICTURE && (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
                                  u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR));
}

static fh_letter_class class_of(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    uint32_t category = U_MASK(u_charType(c));
    if (category & (U_GC_L_MASK | U_GC_NL_MASK)) {
        if (script == USCRIPT_ARABIC) return FH_CLASS_ARABIC;
        return is_unspaced(c) ? FH_CLASS_UNSPACED : FH_CLASS_WORD;
    }
    if (category & U_GC_M_MASK) {
        if (is_unspaced(c)) return FH_CLASS_UNSPACED;
        return has_optional_marks(script) ? FH_CLASS_MARK : FH_CLASS_WORD;
    }
    if (category & U_GC_ND_MASK) return FH_CLASS_DIGIT;
    if (category & U_GC_CF_MASK) return FH_CLASS_INVISIBLE;
    if (category & U_GC_SC_MASK && script == USCRIPT_ARABIC) return FH_CLASS_ARABIC; /* ﷼ is ريال */
    if (category & U_GC_ZS_MASK) return FH_CLASS_SPACE;
    return is_picture(c) ? FH_CLASS_PICTURE : FH_CLASS_OTHER;
}

/* Case folded, compatibility forms resolved; accents taken apart where the script has capital letters: Latin,
 * Greek, Cyrillic and their kin.  Returns how many units. */
static int32_t unicode_fold(UChar32 c, UChar out[MAX_UNITS]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar plain[U16_MAX_LENGTH], folded[MAX_UNITS];
    int32_t count = 0;
    u_strFromUTF32(plain, U16_MAX_LENGTH, &count, &c, 1, &status);
    count =
        unorm2_normalize(unorm2_getNFKCCasefoldInstance(&status), plain, count, folded, MAX_UNITS, &status);
    if (uscript_isCased(uscript_getScript(c, &status)))
        count = unorm2_normalize(unorm2_getNFDInstance(&status), folded, count, out, MAX_UNITS, &status);
    else
        u_memcpy(out, folded, count);
    return U_FAILURE(status) ? 0 : count;
}

static bool is_letter(const fh_fold *fold) {
    return fold->class == FH_CLASS_ARABIC || fold->class == FH_CLASS_WORD ||
           fold->class == FH_CLASS_UNSPACED || fold->class == FH_CLASS_DIGIT;
}

/* A letter through Unicode; then each letter that comes of it through the near ones, where those are there.
 */
static void fold_letter(const fh_folds *near, UChar32 c, fh_fold *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar units[MAX_UNITS];
    UChar32 letters[MAX_UNITS];
    int32_t count = 0;
    u_strToUTF32(letters, MAX_UNITS, &count, units, unicode_fold(c, units), &status);
    bool fits = true, spaced = false;
    for (int32_t i = 0; i < count; i++) {
        uint32_t letter = (uint32_t)letters[i];
        fh_fold itself = {.class = (uint8_t)class_of(letters[i]), .count = 1, .letters = {letter}};
        const fh_fold *fold = near && letter < FH_NEAR ? &near->direct[letter] : &itself;
        spaced |= fold->class == FH_CLASS_SPACE;
        for (size_t k = 0; is_letter(fold) && k < fold->count; k++) {
            if (out->count < FH_FOLD_MAX)
                out->letters[out->count++] = fold->letters[k];
            else
                fits = false;
        }
    }
    if (!fits && spaced)
        *out = (fh_fold){.class = FH_CLASS_PHRASE};
    else if (!fits)
        *out = (fh_fold){.class = out->class, .count = 1, .letters = {(uint32_t)c}};
    else if (out->count == 0)
        *out = (fh_fold){.class = FH_CLASS_MARK}; /* harakat as presentation forms */
}

void fh_fold_unicode(const fh_folds *near, uint32_t code_point, fh_fold *out) {
    UChar32 c = (UChar32)code_point;
    *out = (fh_fold){.class = (uint8_t)class_of(c)};
    switch ((fh_letter_class)out->class) {
    case FH_CLASS_ARABIC:
    case FH_CLASS_WORD:
    case FH_CLASS_UNSPACED: fold_letter(near, c, out); break;
    case FH_CLASS_DIGIT: out->letters[out->count++] = (uint32_t)('0' + u_charDigitValue(c)); break;
    case FH_CLASS_PICTURE: out->letters[out->count++] = (uint32_t)c; break;
    default: break;
    }
}

size_t fh_phrase(uint32_t code_point, char out[FH_PHRASE_BYTES]) {
    UErrorCode status = U_ZERO_ERROR;
    UChar units[MAX_UNITS];
    int32_t count = unicode_fold((UChar32)code_point, units), bytes = 0;
    u_strToUTF8(out, FH_PHRASE_BYTES, &bytes, units, count, &status);
    return U_FAILURE(status) ? 0 : (size_t)bytes;
}
