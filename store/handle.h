/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an open store is made of. */
#ifndef FH_STORE_HANDLE_H
#define FH_STORE_HANDLE_H

#include "store/codec.h"
#include "store/dictionary.h"
#include "store/matcher.h"
#include "store/place.h"
#include "store/positions.h"
#include "store/record.h"
#include "store/store.h"
#include "store/xapian.h"

typedef struct fh_known_dictionary {
    uint32_t number;
    fh_str bytes;
} fh_known_dictionary;

/* One of the indexes of a store. */
typedef struct fh_shard {
    const char *dir;
    fh_xapian *db;
    fh_place_stamp stamp;              /* of before it was opened */
    uint32_t renewals;                 /* of `db`, when the dictionaries were its own */
    fh_known_dictionary *dictionaries; /* those that were needed so far */
    size_t dictionary_count, dictionary_capacity;
} fh_shard;

typedef struct fh_bulk fh_bulk;

/* What a store open for writing has besides. */
typedef struct fh_writer {
    fh_writing how;
    fh_bulk *bulk;        /* what was put in bulk since begin, or NULL */
    uint64_t articles;    /* of the index, when they were last counted */
    uint64_t puts;        /* by the library, since then */
    uint64_t uncommitted; /* bytes of text, put by the library's writer */
    bool begun, committed;
    bool outdated; /* FH_META_DELETED is set */
    fh_position_packer *packer;
    uint32_t dictionary; /* the newest one, which the codec is primed with; 0: none */
    bool may_learn;      /* false after a try that gave nothing */
} fh_writer;

#define FH_HELD_TIME sizeof "2024-05-04T09:30:00Z"

/* What is under embargo, as it was when the store was opened or written last. */
typedef struct fh_held {
    bool known;
    uint32_t *numbers; /* of documents, ascending */
    size_t count, capacity;
    char next[FH_HELD_TIME]; /* when the first of them is free; empty: there is none */
} fh_held;

struct fh_store {
    fh_shard *shards;
    size_t shard_count;
    fh_xapian *all;    /* the shards together; the shard's own where there is one */
    fh_arena *memory;  /* what lives as long as the store */
    fh_arena *scratch; /* what lives as long as one call */
    fh_codec *codec;
    fh_buf plain, packed, positions; /* of one record */
    const char *stemmer;
    fh_str lexicon;
    fh_writer *writer;    /* NULL: open for reading */
    fh_matcher *matcher;  /* of a single index, once something was looked for */
    bool matcher_is_gone; /* it cannot be had, or a newer commit is there: not to be asked */
    fh_held held;
};

/* Now, as embargoes are written. */
void fh_held_now(char out[FH_HELD_TIME]);

/* What is under embargo now; borrowed from the store. */
fh_status fh_store_held(fh_store *store, const fh_held **out, fh_error *err);
void fh_held_forget(fh_held *held);

/* What answers faster than Xapian, or NULL.  What it gave is good if no newer commit is there afterwards:
 * once there is one, it is not to be had any more. */
fh_matcher *fh_store_matcher(fh_store *store);
bool fh_store_still_newest(fh_store *store);

/* The error of a database without FH_META_SCHEMA. */
fh_status fh_shard_foreign(const char *dir, fh_error *err);

/* Metadata. */
#define FH_META_SCHEMA "fihris.schema"
#define FH_META_ANALYSER "fihris.analyser"
#define FH_META_STEMMER "fihris.stemmer"
#define FH_META_LEXICON "fihris.lexicon"
#define FH_META_DELETED                                                                                      \
    "fihris.deleted" /* "1": something was, or replaced, since the dictionaries were learned */

#define FH_DICTIONARY_KEY 40

/* The metadata's key of a dictionary. */
void fh_dictionary_key(uint32_t number, char out[FH_DICTIONARY_KEY]);

/* The bytes of dictionary `number` of a shard, borrowed from the store; empty where there is none. */
fh_status fh_shard_dictionary(fh_store *store, fh_shard *shard, uint32_t number, fh_str *out, fh_error *err);

/* Inflates a record into store->plain.  FH_ERR_CORRUPT. */
fh_status fh_shard_inflate(fh_store *store, fh_shard *shard, const fh_record *record, fh_error *err);

/* Notes that there may be phrases of deleted articles, or of older versions of them, in a dictionary, or in
 * the sample that the next one is learned from. */
fh_status fh_writer_outdate(fh_store *store, fh_error *err);

/* Counts what is there. */
fh_status fh_writer_count(fh_store *store, fh_error *err);
/* Of a hit that stands for its story, what else tells it; by relevance, the newest of its outlet is shown. */
fh_status fh_store_settle_story(fh_store *store, const fh_find *find, fh_str story, fh_arena *arena,
                                fh_hit *hit, fh_error *err);

/* Finds the newest dictionary and primes the codec with it. */
fh_status fh_writer_prime(fh_store *store, fh_error *err);

enum {
    FH_LEARN_FIRST = 1000,    /* articles that the first dictionary waits for */
    FH_LEARN_GROWTH_BITS = 4, /* doublings of their number that each further one waits for */
    FH_LEARN_MOST = 6,        /* dictionaries; a glass database has no articles enough for another */
    FH_LEARN_SAMPLE = 1000,   /* articles that one is learned from, spread over the archive */
    FH_LEARN_BYTES = 8 << 20, /* of their records, at most */
};

/* Takes records of the index, spread over it. */
fh_status fh_writer_sample(fh_store *store, uint64_t articles, fh_sample *sample, fh_error *err);

/* Learns a dictionary if the archive has grown enough for one. */
fh_status fh_writer_learn(fh_store *store, fh_error *err);

/* Learns one from this sample, and primes the codec with it; one try that gave nothing is the last one. */
fh_status fh_writer_learn_from(fh_store *store, const fh_sample *sample, fh_error *err);

#endif
