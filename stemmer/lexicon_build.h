/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a lexicon, word by word and the likelier first: at build time ours, at run time a user's. */
#ifndef FH_STEMMER_LEXICON_BUILD_H
#define FH_STEMMER_LEXICON_BUILD_H

#include "base/buf.h"
#include "stemmer/lexicon.h"
#include "stemmer/normalise.h"

typedef struct fh_lexicon_build {
    fh_buf pool;
    fh_lexeme *lexemes;
    size_t count, capacity;
    uint16_t *slots; /* index of a lexeme plus one, from the hash of its word on */
    uint32_t bits;   /* of a slot's number */
    uint16_t *marks; /* the lexicon's, once it is finished */
    uint16_t *buckets;
} fh_lexicon_build;

void fh_lexicon_build_start(fh_lexicon_build *build);
void fh_lexicon_build_free(fh_lexicon_build *build);

/* Folds a word for the lexicon; false where it is none that a lexicon can hold. */
bool fh_lexicon_fold(fh_str text, fh_word *out);

/* What a noun is, by its spelling: FH_KIND_FEMININE or FH_KIND_NOUN. */
unsigned fh_lexicon_noun_kind(fh_str text);

/* Where in the pool the stem of a word of that kind stands: of one that is there already its stem, else the
 * word itself, which is added. */
uint32_t fh_lexicon_build_head(fh_lexicon_build *build, const fh_word *word, unsigned kind);

/* Where in the pool the word stands; it is put there if need be. */
uint32_t fh_lexicon_build_intern(fh_lexicon_build *build, const fh_word *word);

/* Adds a word with the stem at `stem`.  Of its kinds those that the word has already keep their first stem.
 */
void fh_lexicon_build_add(fh_lexicon_build *build, const fh_word *word, uint32_t stem, unsigned kinds);

bool fh_lexicon_build_has(const fh_lexicon_build *build, const fh_word *word, unsigned kinds);

/* The lexicon; borrows from the build, to which nothing can be added then. */
fh_lexicon fh_lexicon_build_finish(fh_lexicon_build *build);

#endif
