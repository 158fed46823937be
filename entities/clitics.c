/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a word may be once its clitics are taken off. */
#include "entities/clitics.h"

#include <stddef.h>

#define LETTER 2              /* bytes of an Arabic letter */
#define ALEF_LETTER 0xD8A7u   /* as fh_name_hash_step takes it */
#define SHORTEST (3 * LETTER) /* what must be left, so that ordinary short words are not taken apart */

static const fh_str NOTHING = {"", 0};
static const fh_str ALEF = {"ا", LETTER};
static const fh_str LAM = {"ل", LETTER};

static const char *const conjunctions[] = {"و", "ف", NULL};
static const char *const prepositions[] = {"ب", "ك", "ل", NULL};

static bool starts_with_any(fh_str key, const char *const *letters) {
    for (; *letters; letters++)
        if (memcmp(key.ptr, *letters, LETTER) == 0) return true;
    return false;
}

static fh_str after_letter(fh_str key) {
    return fh_str_slice(key, LETTER, key.len);
}

/* Readings of a word that has lost `skip` letters and begins with a preposition. */
static size_t add_prepositions(fh_str key, size_t skip, fh_reading *out) {
    size_t count = 0;
    fh_str rest = after_letter(key);
    out[count++] = (fh_reading){NOTHING, rest, skip + 1, 0};
    if (!fh_str_starts(key, LAM) || !fh_str_starts(rest, LAM)) return count;
    out[count++] = (fh_reading){ALEF, rest, skip + 1, 1}; /* للكرملين: الكرملين */
    out[count++] = (fh_reading){ALEF, key, skip, 1};      /* للجنة: اللجنة */
    return count;
}

static size_t read_all(fh_str key, fh_reading out[FH_MAX_READINGS]) {
    size_t count = 0;
    out[count++] = (fh_reading){NOTHING, key, 0, 0};
    if (key.len < SHORTEST + LETTER) return count;
    if (starts_with_any(key, prepositions)) return count + add_prepositions(key, 0, out + count);
    if (!starts_with_any(key, conjunctions)) return count;
    fh_str rest = after_letter(key);
    out[count++] = (fh_reading){NOTHING, rest, 1, 0};
    if (rest.len >= SHORTEST + LETTER && starts_with_any(rest, prepositions))
        count += add_prepositions(rest, 1, out + count);
    return count;
}

void fh_word_take_apart(fh_str folded, fh_word_readings *out) {
    out->key.text = folded;
    if (!fh_name_hash_tails(folded, out->tails)) {
        fh_name_key_make(folded, &out->key);
        fh_name_hash_tails(out->key.text, out->tails);
    }
    out->count = read_all(out->key.text, out->items);
}

uint32_t fh_word_hash(const fh_word_readings *word, const fh_reading *reading) {
    uint32_t state = word->tails[(size_t)(reading->rest.ptr - word->key.text.ptr) / LETTER];
    return fh_name_hash_end(reading->article.len ? fh_name_hash_step(state, ALEF_LETTER) : state);
}
