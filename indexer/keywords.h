/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keywords as pages print them. */
#ifndef FH_INDEXER_KEYWORDS_H
#define FH_INDEXER_KEYWORDS_H

#include "base/arena.h"
#include "base/str.h"

/* Splits a line of keywords at its commas, bars and hashes.  A line that has none is split where the words
 * say so: by names in the gazetteer, by phrases that the article (`text`) has too, and by grammar: a phrase
 * goes on with words that carry the article. The keywords borrow from `line`. */
fh_strs fh_keywords_split(fh_str line, fh_str text, fh_arena *arena);

#endif
