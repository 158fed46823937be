/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of names: what two spellings must share to be one name, whichever stemmer folded them. */
#ifndef FH_ENTITIES_KEY_H
#define FH_ENTITIES_KEY_H

#include "base/str.h"
#include <stdint.h>

#define FH_KEY_MAX 96 /* bytes; a longer word is in no name */

/* A word as names are looked up by: the folded word, with what only some stemmers fold made one too: the
 * seats of hamza (ؤ ئ) and the letters of neighbours' alphabets (گ پ چ ژ ڤ).  `len` is 0 for a word too long
 * to be in a name. */
typedef struct fh_name_key {
    char bytes[FH_KEY_MAX];
    size_t len;
} fh_name_key;

/* A letter that light10 keeps, as the other stemmers fold it. */
uint32_t fh_name_fold_kept(uint32_t letter);

void fh_name_key_make(fh_str folded, fh_name_key *out);

/* The hash of a key, in two parts so that an article can be put before a word without copying it. */
static inline uint32_t fh_name_hash(fh_str article, fh_str word) {
    unsigned long long hash = fh_hash(fh_hash(FH_HASH_START, article), word);
    return (uint32_t)(hash ^ (hash >> 32));
}

/* May the bytes between two words stand within one name?  Spaces, dashes, quotation marks and what joins the
 * words of a hashtag may; a line's end, a full stop, a comma may not. */
bool fh_name_joins(fh_str between);

/* Is there tanwin in it?  Names of foreigners and of cities are diptotes and take none:
 * صيدًا is a catch and not Sidon, باكرًا early and not in Accra. */
bool fh_name_has_tanwin(fh_str surface);

/* Is `surface`, letter for letter, the spelling `name`?  Hamza (not madda), the forms of kaf and yeh
 * that only keyboards differ in, marks and whatever is not a letter count for nothing; but a mark that `name`
 * has must be there, so that عُمان is not عمّان.  The first letters of either can be left out: clitics of the
 * surface, and of the name what they hide. */
bool fh_name_is_spelled(fh_str surface, size_t skip_surface, fh_str name, size_t skip_name);

#endif
