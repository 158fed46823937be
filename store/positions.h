/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the words of a document stand, packed into a few bits a word: what phrases are verified by.
 *
 * Xapian keeps an item of some sixteen bytes for each word of each document; here all words of a document
 * stand one behind the other, as numbers so short that no two of its words share one.  So the packed bytes
 * do not say which words a document has, only where one stands that it is known to have. */
#ifndef FH_STORE_POSITIONS_H
#define FH_STORE_POSITIONS_H

#include "base/buf.h"
#include "store/store.h"

/* Room that packing needs, kept from one document to the next. */
typedef struct fh_position_packer fh_position_packer;

fh_position_packer *fh_position_packer_new(void);
void fh_position_packer_free(fh_position_packer *packer); /* takes NULL */

/* Appends the packed positions of all postings that have one; nothing where none has. */
void fh_positions_pack(fh_position_packer *packer, const fh_posting *postings, size_t count, fh_buf *out);

/* False: they are damaged.  Costs a look at each byte. */
bool fh_positions_are_whole(fh_str packed);

/* Words of one field that are looked for together, and what looking for them needs. */
typedef struct fh_phrase_word {
    uint64_t hash; /* fh_position_word */
    uint64_t code; /* and the rest: of the document at hand */
    uint32_t reach, before, fresh;
} fh_phrase_word;

typedef struct fh_phrase {
    fh_field field;
    bool ordered;
    uint32_t window; /* from the first of them to the last there are fewer steps */
    size_t count;    /* at least one */
    fh_phrase_word *words;
} fh_phrase;

uint64_t fh_position_word(fh_str word);

/* Do the words stand so?  The document has each of them in this field: of one that has not, the answer may be
 * wrong, as it may be where they are not whole. */
bool fh_positions_match(fh_str packed, fh_phrase *phrase);

#endif
