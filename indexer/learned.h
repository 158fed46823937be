/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that an archive has taught, and what its keeper decided about them; as they are kept in the index and
 * shown to people. */
#ifndef FH_INDEXER_LEARNED_H
#define FH_INDEXER_LEARNED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "entities/entities.h"

/* A name that the archive's articles give again and again. */
typedef struct fh_learned {
    fh_str id; /* "person:خالد_الدوسري", that of its most frequent spelling when it was learned */
    fh_entity_type type;
    fh_str label;         /* as an article writes it */
    fh_strs spellings;    /* folded words with spaces between, the most frequent first */
    fh_strs ids;          /* all that mean it, its own too */
    uint32_t in_texts;    /* articles in whose text it was recognised */
    uint32_t in_keywords; /* articles that have it as a keyword */
} fh_learned;

typedef struct fh_learned_list {
    fh_learned *items;
    size_t count;
} fh_learned_list;

/* What a person said: `id` is no name, or it is `into` by another spelling. */
typedef struct fh_decision {
    fh_str id, into; /* `into` is empty: rejected */
} fh_decision;

typedef struct fh_decisions {
    fh_decision *items;
    size_t count;
} fh_decisions;

/* The list as text, a line each with tabs between: id, type, label, in_texts, in_keywords, spellings and ids
 * with | between. */
void fh_learned_write(const fh_learned_list *list, fh_buf *out);

/* The other way; all of it lives in the arena.  FH_ERR_CORRUPT: it is something else. */
fh_status fh_learned_read(fh_str text, fh_arena *arena, fh_learned_list *out, fh_error *err);

/* The decisions as text: "ID TAB INTO", a line each. */
void fh_decisions_write(const fh_decisions *decisions, fh_buf *out);
fh_status fh_decisions_read(fh_str text, fh_arena *arena, fh_decisions *out, fh_error *err);

/* The list as the rows of a gazetteer, for fh_gazetteer_parse and for people. */
void fh_learned_rows(const fh_learned_list *list, const fh_decisions *decisions, fh_buf *out);

/* How many names there can be, from the first one on, so that their rows have at most `bytes`. */
size_t fh_learned_fitting(const fh_learned_list *list, const fh_decisions *decisions, size_t bytes);

/* The learned name that has this id or this very label, or NULL. */
const fh_learned *fh_learned_find(const fh_learned_list *list, fh_str id);

#endif
