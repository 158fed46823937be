/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forgetting: phrases of deleted and replaced articles may stand in the dictionaries, which others are packed
 * with.  So a new one is learned from those that are left, and they are packed with it. */
#include "store/dictionary.h"
#include "store/handle.h"

enum {
    SAMPLE = 1000,          /* articles that the dictionary is learned from, spread over the archive */
    SAMPLE_BYTES = 8 << 20, /* of their text, at most */
};

/* Inflates the next article behind `*number` into store->plain.  FH_END behind the last. */
static fh_status next_plain(fh_store *store, uint32_t *number, fh_record *record, fh_error *err) {
    fh_str data;
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_next(store->all, *number, store->scratch, number, &data, err);
    if (status == FH_OK) status = fh_record_read(data, record, err);
    return status == FH_OK ? fh_shard_inflate(store, &store->shards[0], record, err) : status;
}

static fh_status take_sample(fh_store *store, fh_sample *sample, fh_error *err) {
    fh_store_stats stats;
    fh_record record;
    uint32_t number = 0;
    fh_status status = fh_xapian_statistics(store->all, &stats, err);
    uint32_t stride = stats.articles > SAMPLE ? (uint32_t)(stats.articles / SAMPLE) : 1;
    while (status == FH_OK && sample->count < SAMPLE && sample->bytes.len < SAMPLE_BYTES) {
        status = next_plain(store, &number, &record, err);
        if (status == FH_OK) fh_sample_add(sample, fh_buf_str(&store->plain));
        number += stride - 1;
    }
    return status == FH_END ? FH_OK : status;
}

static fh_status pack_all(fh_store *store, uint32_t dictionary, fh_error *err) {
    uint32_t number = 0;
    fh_record record;
    fh_status status;
    while ((status = next_plain(store, &number, &record, err)) == FH_OK) {
        fh_buf_clear(&store->packed);
        fh_record_pack(store->codec, record.id, dictionary, fh_buf_str(&store->plain), &store->packed);
        status = fh_xapian_set_data(store->all, number, fh_buf_str(&store->packed), err);
        if (status != FH_OK) return status;
    }
    return status == FH_END ? FH_OK : status;
}

/* The old ones are in memory until the last article was packed anew. */
static fh_status load_old(fh_store *store, fh_error *err) {
    fh_str bytes;
    fh_status status = FH_OK;
    for (uint32_t i = 1; status == FH_OK && i <= store->writer->dictionary; i++)
        status = fh_shard_dictionary(store, &store->shards[0], i, &bytes, err);
    return status;
}

static fh_status put_new(fh_store *store, fh_str dictionary, fh_error *err) {
    char key[FH_DICTIONARY_KEY];
    fh_status status = FH_OK;
    for (uint32_t i = 1; status == FH_OK && i <= store->writer->dictionary; i++) {
        fh_dictionary_key(i, key);
        status = fh_xapian_set_meta(store->all, key, i == 1 ? dictionary : FH_STR(""), err);
    }
    return status == FH_OK ? fh_xapian_set_meta(store->all, FH_META_DELETED, FH_STR(""), err) : status;
}

static fh_status replace_dictionaries(fh_store *store, fh_error *err) {
    fh_sample sample = {0};
    fh_buf dictionary = {0};
    fh_status status = load_old(store, err);
    if (status == FH_OK) status = take_sample(store, &sample, err);
    if (status == FH_OK) {
        fh_dictionary_learn(&sample, &dictionary);
        fh_codec_prime(store->codec, fh_buf_str(&dictionary));
        status = pack_all(store, dictionary.len ? 1 : 0, err);
    }
    if (status == FH_OK) status = put_new(store, fh_buf_str(&dictionary), err);
    fh_sample_free(&sample);
    fh_buf_free(&dictionary);
    return status;
}

fh_status fh_store_forget(fh_store *store, fh_error *err) {
    fh_str deleted;
    fh_error ignored;
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_get_meta(store->all, FH_META_DELETED, store->scratch, &deleted, err);
    if (status != FH_OK || deleted.len == 0) return status;
    status = fh_store_begin(store, err);
    if (status == FH_OK)
        status =
            store->writer->dictionary ? replace_dictionaries(store, err) : put_new(store, FH_STR(""), err);
    if (status != FH_OK) {
        fh_store_cancel(store, &ignored); /* the first error is the one to tell */
        return status;
    }
    status = fh_store_commit(store, err);
    store->shards[0].dictionary_count = 0;
    store->writer->outdated = false;
    return status == FH_OK ? fh_writer_prime(store, err) : status;
}
