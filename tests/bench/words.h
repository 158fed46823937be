/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an archive and how often each is used, learned from a few real articles and carried on without
 * end: the words that these share keep their shares; the rest of the text goes to rarer and rarer words, the
 * learned ones first and coined ones after them, by a law under which an archive's vocabulary keeps growing.
 */
#ifndef FH_TESTS_BENCH_WORDS_H
#define FH_TESTS_BENCH_WORDS_H

#include "base/buf.h"
#include "base/str.h"
#include "tests/bench/dice.h"
#include <stdio.h>

typedef struct fh_vocabulary fh_vocabulary;

/* A word, a name of several, or a number: what is written the same wherever it stands. */
typedef uint64_t fh_word;

/* What else is learned: as often as it stands there, one item an article; some are empty. */
typedef struct fh_learned_fields {
    fh_strs sources, sections, authors;
} fh_learned_fields;

/* Reads what `fihris-index --dry-run` prints; lines that are not such are passed over.  NULL where there is
 * no text at all. */
fh_vocabulary *fh_vocabulary_learn(FILE *articles);
void fh_vocabulary_free(fh_vocabulary *vocabulary); /* takes NULL */

const fh_learned_fields *fh_vocabulary_fields(const fh_vocabulary *vocabulary); /* borrowed */

fh_word fh_vocabulary_draw(const fh_vocabulary *vocabulary, fh_dice *dice);

/* One of those that stand after a word, the usual ones mostly. */
fh_word fh_vocabulary_after(const fh_vocabulary *vocabulary, fh_word before, fh_dice *dice);

void fh_vocabulary_write(const fh_vocabulary *vocabulary, fh_word word, fh_buf *out);

#endif
