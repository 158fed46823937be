/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fields and slots of store.h are written in a Xapian database. */
#ifndef FH_STORE_SCHEMA_H
#define FH_STORE_SCHEMA_H

#include "store/store.h"
#include "store/text/narrow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Of the layout as a whole: terms, slots and records.  schema.c has the history. */
#define FH_SCHEMA_VERSION 1

/* The longest term of a glass database in bytes, where a zero byte counts twice
 * (Xapian's admin_notes.rst, "Glass Backend: limits"). */
#define FH_TERM_MAX 245

typedef struct fh_term {
    size_t len;
    char bytes[FH_TERM_MAX];
} fh_term;

static inline fh_str fh_term_str(const fh_term *term) {
    return (fh_str){term->bytes, term->len};
}

/* "author", for messages. */
const char *fh_field_name(fh_field field);

/* The number of a slot in the database. */
uint32_t fh_slot_number(fh_slot slot);

/* Are the values of the slot with this number deflated in an index written in bulk?  They are strings that
 * many articles share, and that are read in the order of documents, or a few for what is shown. */
bool fh_slot_is_deflated(uint32_t number);

/* The term a word of a field is kept as.  A word that is too long for one is cut, and ends in a hash of the
 * whole; of an address there is only the hash, which is not quite nobody else's. */
void fh_term_make(fh_field field, fh_str word, fh_term *out);

/* What every term of the field's words that start with `prefix` starts with. */
void fh_term_start(fh_field field, fh_str prefix, fh_term *out);

/* A term's word in UTF-8. */
typedef struct fh_term_text {
    size_t len;
    char bytes[FH_WIDEN_MOST * FH_TERM_MAX];
} fh_term_text;

/* The word of a term that starts with fh_term_start(field, "").  False: the term belongs to another field;
 * the next one of this field, if any, is not below `*skip_to`. */
bool fh_term_word(fh_field field, fh_str term, fh_term_text *word, fh_term *skip_to);

#ifdef __cplusplus
}
#endif
#endif
