/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a word may be once the particles written together with it are taken off: و ف, then ب ل ك, and the
 * article that ل hides (للكرملين is ل and الكرملين). */
#ifndef FH_ENTITIES_CLITICS_H
#define FH_ENTITIES_CLITICS_H

#include "base/str.h"

typedef struct fh_reading {
    fh_str article;      /* what was hidden: an alef, or nothing */
    fh_str rest;         /* what is left of the word's key */
    size_t skip_surface; /* letters of the word that this reading does not explain */
    size_t skip_name;    /* letters of a name that the word does not show */
} fh_reading;

#define FH_MAX_READINGS 8
#define FH_LETTER_BYTES 2u     /* of an Arabic letter */
#define FH_LETTER_ALEF 0xD8A7u /* as fh_name_hash_step takes it */

/* The readings of a key, the word as it stands first.  They borrow from it.  Returns how many. */
size_t fh_readings(fh_str key, fh_reading out[FH_MAX_READINGS]);

#endif
