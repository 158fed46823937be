/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as the bytes that stand in the database beside its postings. */
#ifndef FH_STORE_TEXT_RECORD_H
#define FH_STORE_TEXT_RECORD_H

#include "store/text/coiner.h"
#include "store/text/placing.h"

enum { FH_TEXTS_PLACED = 2 /* title and body */ };

/* What can be read of a record without a vocabulary; borrowed from it. */
typedef struct fh_record {
    fh_str id;
    uint32_t vocabulary;
    fh_str numbers, facts, codes;
    bool title_field;                            /* the words of FH_FIELD_TITLE are those of the title */
    size_t placed;                               /* runs of codes that have words, from the first one on */
    uint8_t fields[FH_TEXTS_PLACED + FH_FIELDS]; /* of each of those, an fh_field */
    fh_str entities; /* what FH_SLOT_ENTITIES lists, which stands beside the record: from who reads it */
} fh_record;

/* FH_ERR_CORRUPT: it is not what was written. */
fh_status fh_record_read(fh_str bytes, fh_record *out, fh_error *err);

/* Says that it is damaged. */
fh_status fh_record_damaged(const fh_record *record, fh_error *err);

/* Appends the record of a document in codes of the vocabulary with this number; `placing` is room.
 * FH_ERR_INPUT: its text is not UTF-8; FH_ERR_LIMIT: it is more than FH_MAX_RECORD; FH_ERR_INTERNAL: a mark
 * lies outside of it. */
fh_status fh_record_pack(const fh_document *document, fh_coiner *coiner, uint32_t vocabulary,
                         fh_placing *placing, fh_buf *out, fh_error *err);

/* From one vocabulary to another one. */
typedef struct fh_recoding {
    fh_vocabulary *from;
    const uint32_t *translated; /* its codes, by fh_coiner_translate; NULL: not yet */
    fh_coiner *coiner;
    uint32_t to; /* the number of the other one */
} fh_recoding;

/* Appends the same record in other codes.  FH_ERR_CORRUPT. */
fh_status fh_record_recode(const fh_record *record, const fh_recoding *how, fh_buf *out, fh_error *err);

/* The article that a record holds; it lives in the arena.  `text` is room.  FH_ERR_CORRUPT, and the errors of
 * reading the vocabulary. */
fh_status fh_record_article(const fh_record *record, fh_vocabulary *vocabulary, fh_buf *text, fh_arena *arena,
                            fh_article *out, fh_error *err);

#endif
