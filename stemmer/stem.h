/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stemmers: what remains of a folded Arabic word when its affixes are gone. */
#ifndef FH_STEMMER_STEM_H
#define FH_STEMMER_STEM_H

#include "stemmer/stemmer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A folded word, borrowed; a stem is a part of it, or was written over it. */
typedef struct fh_letters {
    uint32_t *ptr;
    size_t count;
} fh_letters;

/* A prefix or suffix, and how many letters must remain without it. */
typedef struct fh_affix {
    uint8_t count, remain;
    uint32_t letters[4];
} fh_affix;

static inline bool fh_letters_at(const uint32_t *at, const fh_affix *affix) {
    /* The last letter tells most apart. */
    for (size_t i = affix->count; i-- > 0;)
        if (at[i] != affix->letters[i]) return false;
    return true;
}

/* Takes the affix off where enough remains. */
static inline bool fh_strip_prefix(fh_letters *word, const fh_affix *affix) {
    if (word->count < (size_t)affix->count + affix->remain || !fh_letters_at(word->ptr, affix)) return false;
    word->ptr += affix->count;
    word->count -= affix->count;
    return true;
}

static inline bool fh_strip_suffix(fh_letters *word, const fh_affix *affix) {
    if (word->count < (size_t)affix->count + affix->remain) return false;
    if (!fh_letters_at(word->ptr + word->count - affix->count, affix)) return false;
    word->count -= affix->count;
    return true;
}

fh_letters fh_stem_light10(fh_letters word);

/* With a user's lexicon before our own, or NULL.  At `word.ptr` there is room for FH_MAX_WORD letters: a stem
 * may be longer than the word. */
fh_letters fh_stem_light(const fh_lexicon *added, fh_letters word);

#endif
