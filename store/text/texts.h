/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as runs of codes, each up to FH_CODE_END: every word and what stands between words is a piece, and of
 * a single space between two words nothing is written.  Words keep their positions, so that phrases are found
 * without the text (phrase.h). */
#ifndef FH_STORE_TEXT_TEXTS_H
#define FH_STORE_TEXT_TEXTS_H

#include "store/text/coiner.h"
#include "store/text/placing.h"

/* ---- Writing ---- */

typedef struct fh_text_writer {
    fh_code_writer codes;
    fh_coiner *coiner; /* NULL: every piece is written out */
    fh_buf forms;      /* of the pieces that wait for their codes, and where each ends */
    size_t ends[FH_MET_AT_ONCE], waiting;
    fh_found *found; /* in one piece */
    size_t found_count, found_capacity;
    bool after_word;
} fh_text_writer;

fh_text_writer fh_text_writer_new(fh_coiner *coiner, fh_buf *out);
void fh_text_writer_free(fh_text_writer *writer);

/* A text whose words stand at these bytes; `*position` is that of the last word before, and becomes that of
 * its own last. */
void fh_texts_put_placed(fh_text_writer *to, fh_str text, const fh_anchors *words, uint32_t *position);

/* A text of words that nobody looks for here. */
void fh_texts_put_plain(fh_text_writer *to, fh_str text);

/* A text that tends to come again whole. */
void fh_texts_put_name(fh_text_writer *to, fh_str text);

/* An address: what it has behind its last slash is its own. */
void fh_texts_put_address(fh_text_writer *to, fh_str address);

/* Words without a text, of one field. */
void fh_texts_put_loose(fh_text_writer *to, const fh_loose *words, size_t count);

/* ---- Reading ---- */

/* Appends the next text to `out`.  FH_ERR_CORRUPT. */
fh_status fh_texts_take(fh_code_reader *from, fh_vocabulary *vocabulary, fh_buf *out, fh_error *err);

/* Goes past it.  False: it does not end. */
bool fh_texts_pass(fh_code_reader *from);

/* Appends the codes of all texts anew, as the coiner has them.  `translated`: what fh_coiner_translate makes
 * of those of the vocabulary, or NULL.  FH_ERR_CORRUPT. */
fh_status fh_texts_recode(fh_code_reader *from, fh_vocabulary *vocabulary, const uint32_t *translated,
                          fh_text_writer *to, fh_error *err);

#endif
