/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article as the bytes that stand in the database beside its postings. */
#ifndef FH_STORE_RECORD_H
#define FH_STORE_RECORD_H

#include "base/limits.h"
#include "store/codec.h"
#include "store/store.h"

/* Bytes of all texts of an article together: a source in another encoding grows when it becomes UTF-8. */
#define FH_MAX_RECORD (4 * FH_MAX_ARTICLE)

/* What can be read of a record without inflating it; borrowed from it. */
typedef struct fh_record {
    fh_str id;
    fh_str positions;    /* positions.h */
    uint32_t dictionary; /* 0: none */
    uint32_t sum;        /* CRC-32 of the plain bytes */
    size_t plain_len;
    fh_str packed;
    fh_str entities; /* what FH_SLOT_ENTITIES lists, which stands beside the record: from who reads it */
} fh_record;

/* The packed positions of a record; false where they are damaged. */
bool fh_record_positions(fh_str bytes, fh_str *out);

/* FH_ERR_CORRUPT. */
fh_status fh_record_read(fh_str bytes, fh_record *out, fh_error *err);

/* Appends the article but its id to `plain`, as it is to be deflated.  `listed`: its FH_SLOT_ENTITIES.
 * FH_ERR_INPUT: its text is not UTF-8; FH_ERR_LIMIT: it is more than FH_MAX_RECORD; FH_ERR_INTERNAL: a mark
 * lies outside of it. */
fh_status fh_record_flatten(fh_codec *codec, const fh_article *article, fh_str listed, fh_buf *plain,
                            fh_error *err);

/* What of an article is not in its flattened bytes. */
typedef struct fh_record_head {
    fh_str id, positions;
} fh_record_head;

/* Appends a record.  The codec is primed with the dictionary of this number. */
void fh_record_pack(fh_codec *codec, const fh_record_head *head, uint32_t dictionary, fh_str plain,
                    fh_buf *out);

/* Inflates a record into `plain`, which is cleared first.  FH_ERR_CORRUPT. */
fh_status fh_record_inflate(fh_codec *codec, const fh_record *record, fh_str dictionary, fh_buf *plain,
                            fh_error *err);

/* The article that a record and its inflated bytes hold; it lives in the arena.  FH_ERR_CORRUPT. */
fh_status fh_record_article(fh_codec *codec, const fh_record *record, fh_str plain, fh_arena *arena,
                            fh_article *out, fh_error *err);

#endif
