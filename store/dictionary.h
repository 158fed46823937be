/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dictionary of an archive's own phrases, learned from its first articles. */
#ifndef FH_STORE_DICTIONARY_H
#define FH_STORE_DICTIONARY_H

#include "base/buf.h"
#include <stdint.h>

/* Pieces of text as they are deflated, one an article. */
typedef struct fh_sample {
    fh_buf bytes;
    size_t *ends; /* of each piece in `bytes` */
    size_t count, capacity;
} fh_sample;

void fh_sample_add(fh_sample *sample, fh_str piece);
void fh_sample_free(fh_sample *sample); /* leaves it empty and usable */

/* Appends the phrases that most pieces share, the best last, where deflate reaches them longest: at most
 * FH_DICTIONARY_MAX bytes, fewer where the sample shares less.
 *
 * This is the segment cover of Liao, Petri, Moffat and Wirth, "Effective Construction of Relative Lempel-Ziv
 * Dictionaries" (WWW 2016), with n-grams counted by hash. */
void fh_dictionary_learn(const fh_sample *sample, fh_buf *out);

#endif
