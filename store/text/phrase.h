/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do words stand in a document as a phrase wants them?  Read off the codes of its texts: every code says
 * which word is found there, and its place among the others is its position. */
#ifndef FH_STORE_TEXT_PHRASE_H
#define FH_STORE_TEXT_PHRASE_H

#include "store/text/record.h"

/* Words of one field that are looked for together, and what looking for them needs. */
typedef struct fh_phrase_word {
    uint64_t hash;                 /* fh_phrase_hash */
    uint32_t times;                /* it stands in the document at most; 0: not known */
    uint32_t reach, before, fresh; /* of the document at hand, as is the next */
    uint32_t met;
} fh_phrase_word;

typedef struct fh_phrase {
    fh_field field;
    bool ordered;
    uint32_t window; /* from the first of them to the last there are fewer steps */
    size_t count;    /* at least one */
    fh_phrase_word *words;
} fh_phrase;

uint64_t fh_phrase_hash(fh_str word);

/* FH_ERR_CORRUPT. */
fh_status fh_phrase_match(fh_phrase *phrase, const fh_record *record, fh_vocabulary *vocabulary, bool *out,
                          fh_error *err);

#endif
