/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every Latin letter has a few Arabic ones; the index itself says which way through them leads to words. */
#include "site/latin.h"

#include <ctype.h>

enum {
    MAX_LETTERS = 24,  /* of a word that is worth reading so */
    MAX_LOOKS = 400,   /* into the index */
    LONGEST_SOUND = 2, /* Latin letters */
    MAX_WAYS = 4,
    MAX_BYTES = 128,
};

/* Folded letters, the usual one first; "" where a vowel is not written.  After the common Latin spellings of
 * Arabic names (BGN/PCGN 1956 without its signs) and the digits that chats use. */
static const struct sound {
    const char *latin;
    const char *ways[MAX_WAYS];
} sounds[] = {
    {"sh", {"ش"}},
    {"th", {"ث", "ذ"}},
    {"kh", {"خ"}},
    {"dh", {"ذ", "ض", "ظ"}},
    {"gh", {"غ"}},
    {"ch", {"تش", "ش"}},
    {"ph", {"ف"}},
    {"aa", {"ا", "ع"}},
    {"ee", {"ي"}},
    {"oo", {"و"}},
    {"ou", {"و", ""}},
    {"ei", {"ي", ""}},
    {"ai", {"اي", "ي"}},
    {"au", {"او", "و"}},
    {"a", {"ا", "", "ع", "ه"}},
    {"b", {"ب"}},
    {"c", {"ك", "س"}},
    {"d", {"د", "ض"}},
    {"e", {"", "ي", "ا"}},
    {"f", {"ف"}},
    {"g", {"ج", "غ", "ق"}},
    {"h", {"ه", "ح"}},
    {"i", {"ي", "", "ا", "ع"}},
    {"j", {"ج"}},
    {"k", {"ك", "ق"}},
    {"l", {"ل"}},
    {"m", {"م"}},
    {"n", {"ن"}},
    {"o", {"و", "", "ع"}},
    {"p", {"ب"}},
    {"q", {"ق"}},
    {"r", {"ر"}},
    {"s", {"س", "ص"}},
    {"t", {"ت", "ط"}},
    {"u", {"و", "", "ا", "ع"}},
    {"v", {"ف"}},
    {"w", {"و"}},
    {"x", {"كس"}},
    {"y", {"ي"}},
    {"z", {"ز", "ظ", "ذ"}},
    {"2", {"ا", "ق"}},
    {"3", {"ع"}},
    {"5", {"خ"}},
    {"6", {"ط"}},
    {"7", {"ح"}},
    {"8", {"غ", "ق"}},
    {"9", {"ص", "ق"}},
    {"'", {"", "ع"}},
};

enum { SOUNDS = sizeof sounds / sizeof *sounds };

typedef struct walk {
    fh_str typed; /* lower case */
    fh_is_beginning *exists;
    void *context;
    fh_arena *arena;
    fh_strs found;
    size_t most;
    int looks;
    char made[MAX_BYTES];
} walk;

static void keep(walk *w, size_t length) {
    fh_str reading = {w->made, length};
    if (w->found.count == w->most) return;
    for (size_t i = 0; i < w->found.count; i++)
        if (fh_str_equal(w->found.items[i], reading)) return;
    w->found.items[w->found.count++] = fh_arena_copy(w->arena, reading);
}

static void read_from(walk *w, size_t at, size_t length);

static void try_way(walk *w, const char *way, size_t at, size_t length) {
    size_t bytes = strlen(way);
    if (length + bytes > MAX_BYTES || w->found.count == w->most || w->looks >= MAX_LOOKS) return;
    memcpy(w->made + length, way, bytes);
    if (bytes) {
        w->looks++;
        if (!w->exists(w->context, (fh_str){w->made, length + bytes})) return;
    }
    read_from(w, at, length + bytes);
}

static void read_from(walk *w, size_t at, size_t length) {
    if (at == w->typed.len) {
        if (length) keep(w, length);
        return;
    }
    fh_str rest = fh_str_slice(w->typed, at, w->typed.len);
    for (size_t size = LONGEST_SOUND; size > 0; size--) {
        for (int i = 0; i < SOUNDS; i++) {
            if (strlen(sounds[i].latin) != size || !fh_str_starts(rest, fh_str_from(sounds[i].latin)))
                continue;
            for (int way = 0; way < MAX_WAYS && sounds[i].ways[way]; way++)
                try_way(w, sounds[i].ways[way], at + size, length);
        }
    }
    /* a doubled letter is one */
    if (at > 0 && rest.ptr[0] == w->typed.ptr[at - 1]) read_from(w, at + 1, length);
}

fh_strs fh_latin_readings(fh_str typed, size_t most, fh_is_beginning *exists, void *context,
                          fh_arena *arena) {
    walk w = {.exists = exists, .context = context, .arena = arena, .most = most};
    char *lower = fh_arena_take(arena, typed.len + 1);
    w.found.items = FH_ARENA_ARRAY(arena, fh_str, most + 1);
    for (size_t i = 0; i < typed.len; i++) lower[i] = (char)tolower((unsigned char)typed.ptr[i]);
    w.typed = (fh_str){lower, typed.len};
    if (typed.len >= 2 && typed.len <= MAX_LETTERS) read_from(&w, 0, 0);
    return w.found;
}
