/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a folded word, whether it came from a text or alone. */
#ifndef FH_STEMMER_WORD_H
#define FH_STEMMER_WORD_H

#include "stemmer/normalise.h"
#include "stemmer/stem.h"

/* As fh_stem_light, with any stemmer. */
fh_letters fh_stem_letters(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_letters word);
fh_str fh_stem_words(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_str folded, fh_arena *arena);

bool fh_is_stop_letters(const uint32_t *letters, size_t count);

/* ال with or without و ف ب ك before it, and لل. */
bool fh_is_article_letters(const uint32_t *letters, size_t count);

#endif
