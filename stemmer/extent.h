/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far something reaches that is not simply a word.  Each takes a text and the byte where it begins. */
#ifndef FH_STEMMER_EXTENT_H
#define FH_STEMMER_EXTENT_H

#include "stemmer/normalise.h"

static inline bool fh_is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool fh_is_ascii_word(char c) {
    return fh_is_ascii_letter(c) || (c >= '0' && c <= '9');
}

/* The end of a URL, 0 where none begins; `*body` is what comes after its scheme and "www.". */
size_t fh_url_end(const fh_folds *folds, fh_str text, size_t at, size_t *body);

/* The end of an e-mail address, 0 where none begins. */
size_t fh_email_end(fh_str text, size_t at);

/* The end of a hashtag's, a handle's or an underscored word's letters, digits and underscores; `at` itself
 * where no letter is among them. */
size_t fh_tag_end(const fh_folds *folds, fh_str text, size_t at);

/* The end of a number that begins with a digit, its digits into `word`. */
size_t fh_number_end(const fh_folds *folds, fh_str text, size_t at, fh_word *word);

/* The end of a picture of one or more code points, those that make a difference into `word`. */
size_t fh_emoji_end(fh_str text, size_t at, fh_word *word);

#endif
