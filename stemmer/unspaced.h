/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of scripts that write them without spaces, which only a dictionary can part: Han, Kana, Thai, Khmer…
 */
#ifndef FH_STEMMER_UNSPACED_H
#define FH_STEMMER_UNSPACED_H

#include "stemmer/normalise.h"

typedef struct fh_unspaced fh_unspaced;

fh_unspaced *fh_unspaced_new(void); /* costs nothing before the first such word */
void fh_unspaced_free(fh_unspaced *unspaced);

/* To be called when the text changes. */
void fh_unspaced_forget(fh_unspaced *unspaced);

/* The end of the word that begins at byte `at`, which is a letter of such a script. */
size_t fh_unspaced_end(fh_unspaced *unspaced, const fh_folds *folds, fh_str text, size_t at);

#endif
