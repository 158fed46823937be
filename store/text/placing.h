/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the words of a document stand: in the title and the body, whose bytes they are, or beside them. */
#ifndef FH_STORE_TEXT_PLACING_H
#define FH_STORE_TEXT_PLACING_H

#include "store/store.h"

/* A word at its bytes. */
typedef struct fh_anchor {
    uint32_t start, end, position;
    fh_str word;
} fh_anchor;

typedef struct fh_anchors {
    fh_anchor *items;
    size_t count, capacity;
} fh_anchors;

/* A word with a position and no bytes. */
typedef struct fh_loose {
    fh_field field;
    uint32_t position;
    uint32_t order; /* it came in */
    fh_str word;
} fh_loose;

/* Room that is kept from one document to the next; zeroed, it is empty. */
typedef struct fh_placing {
    fh_anchors title, body; /* words of FH_FIELD_WORD, in the order of bytes and of positions */
    fh_loose *loose;        /* by field, position and order */
    size_t loose_count, loose_capacity;
    bool title_field; /* the words of FH_FIELD_TITLE are those of `title` */
} fh_placing;

/* Takes the postings that have a position; borrows their words. */
void fh_placing_take(fh_placing *placing, const fh_document *document);
void fh_placing_free(fh_placing *placing);

#endif
