/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Xapian in plain C: one call each, every exception a status.  It writes, keeps facts, finds articles by
 * their ids and reads them one after another; what queries are about it is not asked (store/match/). */
#ifndef FH_STORE_XAPIAN_H
#define FH_STORE_XAPIAN_H

#include "store/schema.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A database, for reading or writing.  Reading takes up the newest commit when the one that was opened is
 * gone. */
typedef struct fh_xapian fh_xapian;

/* Numbers of documents, rising. */
typedef struct fh_numbers {
    uint32_t *items;
    size_t count;
} fh_numbers;

fh_status fh_xapian_open(const char *dir, fh_xapian **out, fh_error *err);
/* For writing; `make`: makes it where there is none.  From then on, a program that gets no memory from C++
 * ends as fh_alloc ends it: a writer of libxapian's that did not get what it needed cannot be relied on, not
 * even to be closed. */
fh_status fh_xapian_open_writable(const char *dir, fh_xapian **out, fh_error *err);
fh_status fh_xapian_make(const char *dir, fh_xapian **out, fh_error *err);

/* Does it find the data of its first document?  Xapian takes a table that cannot be opened for one that is
 * not there, whatever the reason is. */
fh_status fh_xapian_has_data(fh_xapian *db, bool *out, fh_error *err);

/* Several databases as one; number n of them has the documents whose number is n + 1 modulo `count`.  They
 * stay open and the caller's. */
fh_status fh_xapian_join(fh_xapian *const *parts, size_t count, fh_xapian **out, fh_error *err);

/* Forgets what was not committed.  Takes NULL. */
void fh_xapian_close(fh_xapian *db);

/* ---- Writing ---- */

fh_status fh_xapian_begin(fh_xapian *db, fh_error *err);
fh_status fh_xapian_commit(fh_xapian *db, fh_error *err);
fh_status fh_xapian_cancel(fh_xapian *db, fh_error *err);
fh_status fh_xapian_set_meta(fh_xapian *db, fh_str key, fh_str value, fh_error *err);

/* There are no lists of a document's terms, by which Xapian could delete it: it is noted as dead, left out of
 * whatever is asked, and gone when the tables are written anew (bulk/join.h). */

/* What became of a document that was added. */
typedef struct fh_added {
    uint32_t number;
    bool replaced; /* the one of the same id, which is dead */
} fh_added;

/* Adds a document.  `length` not NULL: without its terms, which are kept elsewhere; but Xapian takes it for
 * as long as that, since this is how often it is told that it has the term of its id. */
fh_status fh_xapian_put(fh_xapian *db, const fh_document *document, fh_str data, const uint32_t *length,
                        fh_added *out, fh_error *err);

fh_status fh_xapian_delete(fh_xapian *db, fh_str id, bool *found, fh_error *err);

/* All articles that have the same id as a later one are dead; commits, outside of a transaction. */
fh_status fh_xapian_keep_last(fh_xapian *db, fh_error *err);

/* The dead of one database. */
fh_status fh_xapian_dead(fh_xapian *db, fh_arena *arena, fh_numbers *out, fh_error *err);

/* ---- Reading ---- */

fh_status fh_xapian_get_meta(fh_xapian *db, const char *key, fh_arena *arena, fh_str *out, fh_error *err);

/* User metadata that the numbers of the dead are kept in. */
#define FH_META_DEAD "fihris.dead"

/* All of the user metadata but that and what is of fresh terms (store/glass/fresh.h), in the order of keys.
 */
typedef struct fh_fact {
    fh_str key, value;
} fh_fact;
typedef struct fh_facts {
    fh_fact *items;
    size_t count;
} fh_facts;
fh_status fh_xapian_facts(fh_xapian *db, fh_arena *arena, fh_facts *out, fh_error *err);

/* All whose keys begin so, of what was not committed too. */
fh_status fh_xapian_facts_of(fh_xapian *db, fh_str prefix, fh_arena *arena, fh_facts *out, fh_error *err);

/* Hashes what names this commit of one database into `*hash`. */
fh_status fh_xapian_name_commit(fh_xapian *db, uint64_t *hash, fh_error *err);
fh_status fh_xapian_statistics(fh_xapian *db, fh_store_stats *out, fh_error *err);

/* `*number` is 0 where no article has this id. */
fh_status fh_xapian_lookup(fh_xapian *db, fh_str id, uint32_t *number, fh_error *err);

/* How many articles have this id, and how many have any: one each, if the index is whole. */
fh_status fh_xapian_id_articles(fh_xapian *db, fh_str id, uint32_t *out, fh_error *err);
fh_status fh_xapian_count_ids(fh_xapian *db, uint64_t *out, fh_error *err);

/* Its data, and what FH_SLOT_ENTITIES has, of one commit; where `entities` is NULL, the data alone.
 * FH_ERR_NOT_FOUND. */
fh_status fh_xapian_data(fh_xapian *db, uint32_t number, fh_arena *arena, fh_str *data, fh_str *entities,
                         fh_error *err);
fh_status fh_xapian_value(fh_xapian *db, uint32_t number, fh_slot slot, fh_arena *arena, fh_str *out,
                          fh_error *err);

/* The first document above `after`, in the same way; FH_END behind the last. */
fh_status fh_xapian_next(fh_xapian *db, uint32_t after, fh_arena *arena, uint32_t *number, fh_str *data,
                         fh_str *entities, fh_error *err);

fh_status fh_xapian_values(fh_xapian *db, fh_slot slot, fh_value_visitor *visit, void *context,
                           fh_error *err);

/* ---- Checking ---- */

/* How many errors Xapian finds in the tables of the database at `dir`. */
fh_status fh_xapian_check(const char *dir, uint64_t *errors, fh_error *err);

#ifdef __cplusplus
}
#endif
#endif
