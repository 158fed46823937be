/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another way to answer, for tests alone: libxapian's matcher, to which every term of the indexes must be
 * visible. */
#ifndef FH_TESTS_UNIT_ORACLE_H
#define FH_TESTS_UNIT_ORACLE_H

#include "base/arena.h"
#include "store/match/matched.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Indexes as one, at the commits that they have now. */
typedef struct oracle oracle;

/* NULL, or false: it cannot be read; why is on standard error. */
oracle *oracle_open(const char *const *dirs, size_t count);
void oracle_close(oracle *o); /* takes NULL */

/* What fh_store_find finds, all of it in the arena; what is under embargo too, and without a deadline.  Of
 * several indexes, beginnings and synonyms are weighed by each alone. */
bool oracle_find(const oracle *o, const fh_find *find, fh_arena *arena, fh_matched *out);

/* What fh_store_words visits, without what is hidden. */
bool oracle_words(const oracle *o, fh_field field, fh_str prefix, fh_hidden hidden, fh_word_visitor *visit,
                  void *context);

#ifdef __cplusplus
}
#endif
#endif
