/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Latin names by their sound: letters that transliterations choose between become one, and a letter or two
 * may still differ. */
#include "query/latin.h"

#include "base/utf8.h"
#include "query/edits.h"
#include "query/known.h"
#include <unicode/uscript.h>

enum {
    MIN_LETTERS = 5,  /* of a name that may differ */
    LONG_LETTERS = 8, /* from here on in two letters */
};

/* The longer beginnings stand before the shorter ones. */
static const struct sound {
    const char *from, *to;
} sounds[] = {
    {"tch", "ch"}, {"sch", "sh"}, {"ph", "f"}, {"kh", "h"}, {"gh", "g"}, {"dh", "d"}, {"th", "t"},
    {"ck", "k"},   {"dj", "j"},   {"ou", "u"}, {"oo", "u"}, {"ee", "i"}, {"ij", "i"}, {"yj", "i"},
    {"ch", "ch"},  {"q", "k"},    {"c", "k"},  {"x", "ks"}, {"y", "i"},  {"w", "v"},
};

static const struct sound *sound_at(fh_str text, size_t at) {
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        if (fh_str_starts(fh_str_slice(text, at, text.len), fh_str_from(sounds[i].from))) return &sounds[i];
    return NULL;
}

/* Only a-z and single spaces are left, no letter twice in a row. */
static fh_str sound_of(fh_str folded, fh_arena *arena) {
    char *out = FH_ARENA_ARRAY(arena, char, 2 * folded.len + 1); /* x is ks */
    size_t length = 0;
    for (size_t at = 0; at < folded.len;) {
        const struct sound *sound = sound_at(folded, at);
        char letter = folded.ptr[at] == '-' ? ' ' : folded.ptr[at];
        fh_str heard = sound                                               ? fh_str_from(sound->to)
                       : letter == ' ' || (letter >= 'a' && letter <= 'z') ? (fh_str){&letter, 1}
                                                                           : (fh_str){0};
        at += sound ? strlen(sound->from) : 1;
        if (!heard.len || (length && out[length - 1] == heard.ptr[0])) continue;
        memcpy(out + length, heard.ptr, heard.len);
        length += heard.len;
    }
    return fh_str_trim((fh_str){out, length});
}

static bool is_ascii(fh_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80) return false;
    return true;
}

/* Most names are of plain letters and need no tables of Unicode. */
static fh_str fold(fh_str name, fh_arena *arena) {
    return is_ascii(name) ? fh_small_letters(name, arena) : fh_fold_word(FH_STEMMER_NONE, name, arena);
}

bool fh_is_latin(fh_str text) {
    bool any = false;
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        UErrorCode status = U_ZERO_ERROR;
        at += fh_utf8_next(text, at, &c);
        UScriptCode script = uscript_getScript((UChar32)c, &status);
        if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return false;
        any |= script == USCRIPT_LATIN;
    }
    return any;
}

static int edits_between(fh_str a, fh_str b) {
    fh_edit_word left, right;
    if (!fh_edit_read(a, &left) || !fh_edit_read(b, &right)) return FH_EDITS_FAR;
    int edits = fh_edit_count(&left, &right);
    return edits < FH_EDITS_FAR ? edits : FH_EDITS_FAR;
}

double fh_latin_distance(fh_str a, fh_str b, fh_arena *arena) {
    fh_str left = sound_of(fold(a, arena), arena);
    fh_str right = sound_of(fold(b, arena), arena);
    size_t longer = left.len > right.len ? left.len : right.len;
    int edits = edits_between(left, right);
    return edits < FH_EDITS_FAR && longer ? (double)edits / (double)longer : 1;
}

/* Of a person's name of several words, the last. */
static fh_str last_word(const fh_entity *entity, fh_str name) {
    if (entity->type != FH_ENTITY_PERSON || !name.len) return name;
    const char *space = memrchr(name.ptr, ' ', name.len);
    return space ? fh_str_slice(name, (size_t)(space + 1 - name.ptr), name.len) : name;
}

/* The first letter is taken to be right: it spares comparing most names, and few are mistaken in it. */
static int distance_to(fh_str sought, const fh_entity *entity, fh_arena *arena) {
    fh_str name = sound_of(fold(fh_str_from(entity->latin), arena), arena);
    if (!memchr(sought.ptr, ' ', sought.len)) name = last_word(entity, name);
    return name.len && name.ptr[0] == sought.ptr[0] ? edits_between(sought, name) : FH_EDITS_FAR;
}

bool fh_latin_near(const fh_gazetteer *gazetteer, fh_str folded, fh_arena *arena, fh_near_name *out) {
    fh_str sought = sound_of(folded, arena);
    if (sought.len < MIN_LETTERS) return false;
    int best = sought.len < LONG_LETTERS ? 2 : FH_EDITS_FAR;
    const fh_entity *found = NULL;
    fh_arena *scratch = fh_arena_new();
    for (size_t i = 0, count = fh_gazetteer_count(gazetteer); i < count; i++) {
        const fh_entity *entity = fh_gazetteer_at(gazetteer, i);
        fh_arena_reset(scratch);
        int edits = distance_to(sought, entity, scratch);
        if (edits > best || edits == FH_EDITS_FAR) continue;
        found = edits == best ? NULL : entity;
        best = edits;
    }
    fh_arena_free(scratch);
    if (found) *out = (fh_near_name){found, fh_str_from(found->latin), best};
    return found != NULL;
}
