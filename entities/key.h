/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of names: what two spellings must share to be one name, whichever stemmer folded them. */
#ifndef FH_ENTITIES_KEY_H
#define FH_ENTITIES_KEY_H

#include "base/str.h"
#include <stdint.h>

#define FH_KEY_MAX 96 /* bytes; a longer word is in no name */

/* A word as names are looked up by: the folded word, with what only some stemmers fold made one too: the
 * seats of hamza (ؤ ئ) and the letters of neighbours' alphabets (گ پ چ ژ ڤ).  Empty for a word too long to be
 * in a name. */
typedef struct fh_name_key {
    fh_str text;            /* the folded word itself, or where that differs, in `bytes` */
    char bytes[FH_KEY_MAX]; /* so a key is never copied */
} fh_name_key;

/* A letter that light10 keeps, as the other stemmers fold it; those from alef to yeh are kept by all. */
uint32_t fh_name_fold_rare(uint32_t letter);
static inline uint32_t fh_name_fold_kept(uint32_t letter) {
    return letter >= U'ا' && letter <= U'ي' ? letter : fh_name_fold_rare(letter);
}

void fh_name_key_make(fh_str folded, fh_name_key *out);

/* The letter that stands for another one wherever names are compared: hamza counts for nothing on alef and is
 * itself on any other seat; the letters of neighbours' alphabets are ours.  آ, ة and ى stay. */
uint32_t fh_name_letter(uint32_t code_point);

/* Hashes run from a word's end to its beginning, letter by letter, so that one pass gives those of all that a
 * word may be without its clitics. */
#define FH_NAME_HASH_START 0x9DC5u

/* The state before a letter of one or two bytes, joined to the state behind it. */
static inline uint32_t fh_name_hash_step(uint32_t state, uint32_t letter) {
    return (state ^ letter) * 0x9E3779B1u; /* Knuth, The Art of Computer Programming 3, 6.4 */
}

static inline uint32_t fh_name_hash_end(uint32_t state) {
    return state ^ state >> 15;
}

#define FH_MAX_CLITICS 2 /* letters of two bytes that a word may lose */

/* UTF-8 keeps the order of code points: from alef to yeh. */
#define FH_FIRST_PLAIN_LETTER 0xD8A7u
#define FH_LAST_PLAIN_LETTER 0xD98Au

/* The states of a word without its first 0, 1, … FH_MAX_CLITICS letters.  False: it has letters that its key
 * may have otherwise. */
static inline bool fh_name_hash_tails(fh_str word, uint32_t tails[FH_MAX_CLITICS + 1]) {
    const unsigned char *bytes = (const unsigned char *)word.ptr;
    uint32_t state = FH_NAME_HASH_START;
    bool is_plain = word.len <= FH_KEY_MAX;
    for (size_t i = 0; i <= FH_MAX_CLITICS; i++) tails[i] = state;
    for (size_t at = word.len; at > 0;) {
        uint32_t letter = bytes[--at];
        if (letter >= 0x80) {
            if (at > 0) letter |= (uint32_t)bytes[--at] << 8;
            is_plain &= letter - FH_FIRST_PLAIN_LETTER <= FH_LAST_PLAIN_LETTER - FH_FIRST_PLAIN_LETTER;
        }
        state = fh_name_hash_step(state, letter);
        if (at <= 2 * FH_MAX_CLITICS) tails[at / 2] = state;
    }
    return is_plain;
}

static inline uint32_t fh_name_hash(fh_str key) {
    uint32_t tails[FH_MAX_CLITICS + 1];
    fh_name_hash_tails(key, tails);
    return fh_name_hash_end(tails[0]);
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
