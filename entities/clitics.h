/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a word may be once the particles written together with it are taken off: و ف, then ب ل ك, and the
 * article that ل hides (للكرملين is ل and الكرملين). */
#ifndef FH_ENTITIES_CLITICS_H
#define FH_ENTITIES_CLITICS_H

#include "entities/key.h"

typedef struct fh_reading {
    fh_str article;      /* what was hidden: an alef, or nothing */
    fh_str rest;         /* what is left of the word's key */
    size_t skip_surface; /* letters of the word that this reading does not explain */
    size_t skip_name;    /* letters of a name that the word does not show */
} fh_reading;

#define FH_MAX_READINGS 8

/* A word's key, and the readings of it; the word as it stands is the first.  Never copied: they lie in it. */
typedef struct fh_word_readings {
    fh_name_key key;
    uint32_t tails[FH_MAX_CLITICS + 1]; /* hashes, as fh_name_hash_tails gives them */
    fh_reading items[FH_MAX_READINGS];
    size_t count;
} fh_word_readings;

void fh_word_take_apart(fh_str folded, fh_word_readings *out);

/* The hash of what one of its readings makes of a word. */
uint32_t fh_word_hash(const fh_word_readings *word, const fh_reading *reading);

#endif
