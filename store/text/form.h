/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of text, and the words that are found in it, as one string of bytes: what the vocabulary lists.
 *
 * Of nearly all words the folded form is what a few rules make of the text, so that it need not be written
 * down.  They only foretell what the analyser found: where it found anything else, that is written. */
#ifndef FH_STORE_TEXT_FORM_H
#define FH_STORE_TEXT_FORM_H

#include "base/buf.h"
#include "store/text/codes.h"

/* A form longer than this is in no vocabulary. */
#define FH_FORM_MOST 60

/* A word that a search finds there. */
typedef struct fh_found {
    uint32_t step; /* positions from the one before it */
    fh_str word;   /* folded */
} fh_found;

typedef struct fh_piece {
    fh_str text;           /* valid UTF-8 */
    bool word;             /* between two of these a space stands, where nothing else does */
    const fh_found *found; /* in the order of their positions */
    size_t found_count;
} fh_piece;

/* Appends the form of a piece. */
void fh_form_make(const fh_piece *piece, fh_buf *out);

/* What stands in a form; borrowed from it. */
typedef struct fh_form_parts {
    fh_str narrow; /* the text, as narrow.h writes it */
    bool word;
    bool foretold; /* one word, one step on, made by the rules */
    fh_str list;   /* otherwise: the words, fh_form_next */
} fh_form_parts;

/* False: it is damaged. */
bool fh_form_read(fh_str bytes, fh_form_parts *out);

/* Takes the next word of a list, narrow.  False behind the last. */
bool fh_form_next(fh_str *list, fh_found *out);

/* What the hash of the word is that a form foretells, and of any word. */
uint64_t fh_form_hash(const fh_form_parts *form);
uint64_t fh_found_hash(fh_str narrow_word);

/* The bytes of the form that begins here; 0: none does. */
size_t fh_form_len(fh_str bytes);

/* Appends the form that stands at the reader. */
void fh_form_take(fh_code_reader *from, fh_buf *out);

#endif
