/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning names: what the articles' texts were recognised to name, and their keywords, become names once
 * enough articles agree. */
#ifndef FH_INDEXER_LEARN_H
#define FH_INDEXER_LEARN_H

#include "indexer/learned.h"
#include "store/store.h"

/* What is known before. */
typedef struct fh_learning {
    const fh_gazetteer *listed; /* names that need not be learned */
    const fh_decisions *decisions;
    const fh_learned_list *before; /* ids and labels that a name keeps */
    int jobs;                      /* threads, which change nothing of what is learned */
} fh_learning;

#define FH_MOST_LEARNED 50000 /* names: the most frequent ones */

/* What the committed index teaches.  It depends on the index and on the decisions alone, but for the ids and
 * labels of `before`.  `store` is open for writing.  All of `*out` lives in the arena, the most frequent
 * names first: at most FH_MOST_LEARNED, and no more than a gazetteer takes.  Errors: of the store. */
fh_status fh_learn(fh_store *store, const fh_learning *from, fh_arena *arena, fh_learned_list *out,
                   fh_error *err);

/* Names are learned behind what a run has committed, and a run may be killed in between.  So whoever changes
 * articles notes how many in the same transaction; who has learned, in his own, that it is done.  It is due
 * once a hundredth of the articles has changed: a few among a million teach little, and it takes seconds. */
fh_status fh_learning_note(fh_store *store, uint64_t changed, fh_error *err);
fh_status fh_learning_done(fh_store *store, fh_error *err);
fh_status fh_learning_is_due(fh_store *store, bool *out, fh_error *err);

/* Makes one of those that are spelled nearly alike and of one type; the list is in the order of frequency,
 * and the more frequent one takes the other up. */
void fh_learned_join(fh_learned_list *list, fh_arena *arena);

/* Gives each name the id and the label that it had before; one that was not there, the label that its
 * articles give it.  Labels live in the arena.  Errors: of the store. */
fh_status fh_learned_label(fh_store *store, const fh_learning *from, fh_learned_list *list, fh_arena *arena,
                           fh_error *err);

#endif
