/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `light` does with a word that its lexicon does not know. */
#ifndef FH_STEMMER_RULES_H
#define FH_STEMMER_RULES_H

#include "stemmer/stem.h"

fh_letters fh_stem_by_rule(fh_letters word);

#endif
