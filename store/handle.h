/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an open store is made of. */
#ifndef FH_STORE_HANDLE_H
#define FH_STORE_HANDLE_H

#include "store/codec.h"
#include "store/place.h"
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
    fh_known_dictionary *dictionaries; /* those that were needed so far */
    size_t dictionary_count, dictionary_capacity;
} fh_shard;

/* What a store open for writing has besides. */
typedef struct fh_writer {
    bool begun;
    uint32_t dictionary; /* the newest one, which the codec is primed with; 0: none */
    bool may_learn;      /* false after a try that gave nothing */
} fh_writer;

struct fh_store {
    fh_shard *shards;
    size_t shard_count;
    fh_xapian *all;    /* the shards together; the shard's own where there is one */
    fh_arena *memory;  /* what lives as long as the store */
    fh_arena *scratch; /* what lives as long as one call */
    fh_codec *codec;
    fh_buf plain, packed; /* of one record */
    const char *stemmer;
    fh_str lexicon;
    fh_writer *writer; /* NULL: open for reading */
};

/* The error of a database without FH_META_SCHEMA. */
fh_status fh_shard_foreign(const char *dir, fh_error *err);

/* Metadata. */
#define FH_META_SCHEMA "fihris.schema"
#define FH_META_ANALYSER "fihris.analyser"
#define FH_META_STEMMER "fihris.stemmer"
#define FH_META_LEXICON "fihris.lexicon"

/* The bytes of dictionary `number` of a shard, borrowed from the store; empty where there is none. */
fh_status fh_shard_dictionary(fh_store *store, fh_shard *shard, uint32_t number, fh_str *out, fh_error *err);

/* Inflates a record into store->plain.  FH_ERR_CORRUPT. */
fh_status fh_shard_inflate(fh_store *store, fh_shard *shard, const fh_record *record, fh_error *err);

/* Finds the newest dictionary and primes the codec with it. */
fh_status fh_writer_prime(fh_store *store, fh_error *err);

/* Learns a dictionary if the archive has grown enough for one, and packs anew what it was learned from. */
fh_status fh_writer_learn(fh_store *store, fh_error *err);

#endif
