/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in Latin letters, which every language writes in its own way: Zelensky, Zelenskiy, Zelenskyj. */
#ifndef FH_QUERY_LATIN_H
#define FH_QUERY_LATIN_H

#include "query/query.h"

/* Is every letter of it Latin, and is there one? */
bool fh_is_latin(fh_str text);

/* The entity whose Latin name, or a person's last name alone, sounds as `folded` does: folded words with a
 * space between.  False where there is none, or two do so equally.  `distance` is in letters. */
bool fh_latin_near(const fh_gazetteer *gazetteer, fh_str folded, fh_arena *arena, fh_near_name *out);

/* How far apart two names are by sound: 0 for the same to 1 for names that share nothing. */
double fh_latin_distance(fh_str a, fh_str b, fh_arena *arena);

#endif
