/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an open store is made of. */
#ifndef FH_STORE_HANDLE_H
#define FH_STORE_HANDLE_H

#include "store/glass/inquiry.h"
#include "store/glass/stamp.h"
#include "store/match/matcher.h"
#include "store/place.h"
#include "store/store.h"
#include "store/text/coiner.h"
#include "store/text/record.h"
#include "store/xapian.h"

/* One of the indexes of a store. */
typedef struct fh_shard {
    const char *dir;
    fh_xapian *db;
    fh_stamp stamp; /* of before it was opened */
    fh_stamp asked; /* of before its matcher was */
    fh_vocabulary *vocabulary;
    fh_store *store;   /* that it is one of */
    fh_arena *scratch; /* what lives as long as a page of the vocabulary is read */
} fh_shard;

typedef struct fh_bulk fh_bulk;
typedef struct fh_few fh_few;

/* What a store open for writing has besides. */
typedef struct fh_writer {
    fh_writing how;
    fh_bulk *bulk;        /* what was put in bulk since begin, or NULL */
    uint64_t articles;    /* of the index, when they were last counted */
    uint64_t puts;        /* that are fresh, or came to lists by the library since then */
    uint64_t expected;    /* puts that are still to come, or 0 */
    uint64_t uncommitted; /* bytes of text, put by the library's writer */
    fh_few *few;          /* the terms of those, or NULL */
    bool fresh;           /* the index has fresh terms (store/glass/fresh.h) */
    size_t held;          /* bytes of memory, by the caller */
    bool begun, committed;
    bool changed;      /* articles were put or deleted, and not committed */
    bool whole;        /* all blocks were held against their sums */
    fh_inquiry *asked; /* … or are, or NULL */
    bool unsettled;    /* FH_META_UNSETTLED is set */
    fh_coiner *coiner; /* NULL: nothing was put yet */
    fh_placing placing;
} fh_writer;

#define FH_HELD_TIME sizeof "2024-05-04T09:30:00Z"

/* What is under embargo, by the matchers that the store has. */
typedef struct fh_held {
    bool known;
    uint32_t *numbers; /* of documents, ascending */
    size_t count, capacity;
    char next[FH_HELD_TIME]; /* when the first of them is free; empty: there is none */
} fh_held;

struct fh_store {
    fh_shard *shards;
    size_t shard_count;
    fh_xapian *all;      /* the shards together; the shard's own where there is one */
    fh_arena *memory;    /* what lives as long as the store */
    fh_arena *scratch;   /* what lives as long as one call */
    fh_buf text, packed; /* of one record */
    const char *stemmer;
    fh_str lexicon;
    uint32_t analyser_version;
    fh_writer *writer;     /* NULL: open for reading */
    fh_matchers *matchers; /* of the shards, in their order; NULL: nothing was asked of this commit */
    fh_held held;
};

/* Now, as embargoes are written. */
void fh_held_now(char out[FH_HELD_TIME]);

/* What is under embargo now; borrowed from the store. */
fh_status fh_store_held(fh_store *store, const fh_held **out, fh_error *err);
void fh_held_forget(fh_held *held);

/* What was committed, for questions; until it is forgotten it stays the same.  What it gave, be it an error,
 * is good if no newer commit of any index is there afterwards:
 *
 *     do {
 *         status = fh_store_matchers(store, &all, err);
 *         if (status == FH_OK && !fh_matchers_…(all, …)) status = fh_store_unread(store, err);
 *     } while (fh_store_ask_again(store, &times, &status, err));
 */
fh_status fh_store_matchers(fh_store *store, fh_matchers **out, fh_error *err);
void fh_store_forget_matchers(fh_store *store);

/* True: there is a newer commit, and the matchers of the old one are forgotten.  False: `*status` stands; it
 * is FH_ERR_CORRUPT where what was read is not what was written, FH_ERR_IO where there was a newer commit too
 * often. */
bool fh_store_ask_again(fh_store *store, unsigned *times, fh_status *status, fh_error *err);

/* Is there no newer commit?  Then FH_ERR_CORRUPT where what was read so far is not what was written. */
fh_status fh_store_vouch(const fh_store *store, bool *newest, fh_error *err);

/* The error of what cannot be read, if no newer commit is why: FH_ERR_CORRUPT. */
fh_status fh_store_unread(fh_store *store, fh_error *err);

/* FH_ERR_LIMIT for a star without letters, FH_ERR_INTERNAL for what no query should be. */
fh_status fh_store_demand_query(fh_store *store, const fh_query *query, fh_error *err);

/* The error of a database without FH_META_SCHEMA. */
fh_status fh_shard_foreign(const char *dir, fh_error *err);

/* Metadata. */
#define FH_META_SCHEMA "fihris.schema"
#define FH_META_ANALYSER "fihris.analyser"
#define FH_META_STEMMER "fihris.stemmer"
#define FH_META_LEXICON "fihris.lexicon"
#define FH_META_VOCABULARY "fihris.vocabulary" /* its number; none: 0 */
#define FH_META_UNSETTLED "fihris.unsettled"   /* "1": the vocabulary is not made of just what is there */

#define FH_PAGE_KEY 40

/* The metadata's key of a page of a vocabulary. */
void fh_page_key(uint32_t vocabulary, uint32_t page, char out[FH_PAGE_KEY]);

/* Makes the shard's vocabulary, which is read as it is asked for. */
void fh_shard_attach_vocabulary(fh_store *store, fh_shard *shard);

/* Metadata of one index; of one that is written, what was not committed too. */
fh_status fh_shard_meta(fh_store *store, fh_shard *shard, const char *key, fh_arena *arena, fh_str *out,
                        fh_error *err);

/* The article of a record; it lives in the arena.  FH_ERR_CORRUPT. */
fh_status fh_shard_article(fh_store *store, fh_shard *shard, const fh_record *record, fh_arena *arena,
                           fh_article *out, fh_error *err);

/* Makes what gives codes to what is put. */
fh_status fh_writer_coin(fh_store *store, fh_error *err);

/* Puts what the vocabulary has gained into the metadata. */
fh_status fh_writer_keep_vocabulary(fh_store *store, fh_error *err);

/* Forgets what it has gained and not kept. */
void fh_writer_reset_vocabulary(fh_store *store);

/* Notes that the vocabulary has words that came one by one, or that nobody may have any more. */
fh_status fh_writer_unsettle(fh_store *store, fh_error *err);

/* Counts what is there. */
fh_status fh_writer_count(fh_store *store, fh_error *err);

/* In how many articles a word stands; 0 where all of them are under embargo now, but with `held_too`. */
fh_status fh_store_count(fh_store *store, fh_field field, fh_str word, bool held_too, uint32_t *out,
                         fh_error *err);

/* Of a hit that stands for its story, what else tells it; by relevance, the newest of its outlet is shown. */
fh_status fh_store_settle_story(fh_store *store, const fh_find *find, fh_str story, fh_arena *arena,
                                fh_hit *hit, fh_error *err);

#endif
