/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys, without Shift and with it where that gives a letter (Microsoft's layout "Arabic (101)"). */
#include "site/keyboard.h"

#include "base/buf.h"
#include <ctype.h>

static const struct key {
    char latin;
    const char *arabic;
} keys[] = {
    {'q', "ض"}, {'w', "ص"}, {'e', "ث"}, {'r', "ق"},  {'t', "ف"}, {'y', "غ"},  {'u', "ع"},  {'i', "ه"},
    {'o', "خ"}, {'p', "ح"}, {'[', "ج"}, {']', "د"},  {'a', "ش"}, {'s', "س"},  {'d', "ي"},  {'f', "ب"},
    {'g', "ل"}, {'h', "ا"}, {'j', "ت"}, {'k', "ن"},  {'l', "م"}, {';', "ك"},  {'\'', "ط"}, {'z', "ئ"},
    {'x', "ء"}, {'c', "ؤ"}, {'v', "ر"}, {'b', "لا"}, {'n', "ى"}, {'m', "ة"},  {',', "و"},  {'.', "ز"},
    {'/', "ظ"}, {'`', "ذ"}, {'H', "أ"}, {'Y', "إ"},  {'N', "آ"}, {'G', "لأ"}, {'T', "لإ"}, {'B', "لآ"},
};

enum { KEYS = sizeof keys / sizeof *keys };

static const struct key *latin_key(char byte) {
    for (int i = 0; i < KEYS; i++)
        if (keys[i].latin == byte) return &keys[i];
    for (int i = 0; i < KEYS; i++)
        if (keys[i].latin == tolower((unsigned char)byte)) return &keys[i];
    return NULL;
}

/* The key whose text begins here: لا has one of its own, but is as often two. */
static const struct key *arabic_key(fh_str text, size_t at) {
    enum { ONE_LETTER = 2 };
    fh_str rest = fh_str_slice(text, at, text.len);
    for (int i = 0; i < KEYS; i++)
        if (strlen(keys[i].arabic) == ONE_LETTER && fh_str_starts(rest, fh_str_from(keys[i].arabic)))
            return &keys[i];
    return NULL;
}

static fh_str to_arabic(fh_str text, fh_arena *arena) {
    fh_buf out = {0};
    for (size_t i = 0; i < text.len; i++) {
        const struct key *key = latin_key(text.ptr[i]);
        fh_buf_add(&out, key ? fh_str_from(key->arabic) : fh_str_slice(text, i, i + 1));
    }
    fh_str made = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return made;
}

static fh_str to_latin(fh_str text, fh_arena *arena) {
    fh_buf out = {0};
    for (size_t at = 0; at < text.len;) {
        const struct key *key = arabic_key(text, at);
        fh_buf_add_char(&out, key ? key->latin : text.ptr[at]);
        at += key ? strlen(key->arabic) : 1;
    }
    fh_str made = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return made;
}

fh_str fh_keyboard_swap(fh_str text, fh_arena *arena) {
    bool latin = false, other = false;
    for (size_t i = 0; i < text.len; i++) {
        if (isalpha((unsigned char)text.ptr[i])) latin = true;
        if ((unsigned char)text.ptr[i] > '\x7f') other = true;
    }
    if (latin == other) return (fh_str){0};
    return latin ? to_arabic(text, arena) : to_latin(text, arena);
}
