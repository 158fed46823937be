/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dictionaries in an index: loading them, and learning one when the archive has grown enough. */
#include "base/memory.h"
#include "store/handle.h"
#include "store/record.h"
#include <stdio.h>

void fh_dictionary_key(uint32_t number, char out[FH_DICTIONARY_KEY]) {
    snprintf(out, FH_DICTIONARY_KEY, "fihris.dictionary.%u", number);
}

fh_status fh_shard_dictionary(fh_store *store, fh_shard *shard, uint32_t number, fh_str *out, fh_error *err) {
    if (shard->renewals != fh_xapian_renewals(shard->db)) shard->dictionary_count = 0;
    shard->renewals = fh_xapian_renewals(shard->db);
    for (size_t i = 0; i < shard->dictionary_count; i++) {
        if (shard->dictionaries[i].number != number) continue;
        *out = shard->dictionaries[i].bytes;
        return FH_OK;
    }
    char key[FH_DICTIONARY_KEY];
    fh_str bytes;
    fh_dictionary_key(number, key);
    fh_status status = fh_xapian_get_meta(shard->db, key, store->memory, &bytes, err);
    if (status != FH_OK) return status;
    if (bytes.len > 0) {
        shard->dictionaries = fh_grow(shard->dictionaries, shard->dictionary_count,
                                      &shard->dictionary_capacity, sizeof *shard->dictionaries);
        shard->dictionaries[shard->dictionary_count++] = (fh_known_dictionary){number, bytes};
    }
    *out = bytes;
    return FH_OK;
}

fh_status fh_shard_inflate(fh_store *store, fh_shard *shard, const fh_record *record, fh_error *err) {
    fh_str dictionary = FH_STR("");
    if (record->dictionary > 0) {
        fh_status status = fh_shard_dictionary(store, shard, record->dictionary, &dictionary, err);
        if (status != FH_OK) return status;
        if (dictionary.len == 0) {
            return fh_fail(err, FH_ERR_CORRUPT, shard->dir, "build it anew from its source",
                           "the index has lost its dictionary %u", record->dictionary);
        }
    }
    return fh_record_inflate(store->codec, record, dictionary, &store->plain, err);
}

fh_status fh_writer_prime(fh_store *store, fh_error *err) {
    fh_str newest = FH_STR("");
    uint32_t number = 0;
    for (;;) {
        fh_str next;
        fh_status status = fh_shard_dictionary(store, &store->shards[0], number + 1, &next, err);
        if (status != FH_OK) return status;
        if (next.len == 0) break;
        newest = next;
        number++;
    }
    fh_codec_prime(store->codec, newest);
    store->writer->dictionary = number;
    store->writer->may_learn = true;
    return FH_OK;
}

fh_status fh_writer_sample(fh_store *store, uint64_t articles, fh_sample *sample, fh_error *err) {
    uint32_t stride = articles > FH_LEARN_SAMPLE ? (uint32_t)(articles / FH_LEARN_SAMPLE) : 1;
    uint32_t number = 0;
    while (sample->count < FH_LEARN_SAMPLE && sample->bytes.len < FH_LEARN_BYTES) {
        fh_str data;
        fh_record record;
        fh_arena_reset(store->scratch);
        fh_status status = fh_xapian_next(store->all, number, store->scratch, &number, &data, NULL, err);
        if (status == FH_END) break;
        if (status == FH_OK) status = fh_record_read(data, &record, err);
        if (status == FH_OK) status = fh_shard_inflate(store, &store->shards[0], &record, err);
        if (status != FH_OK) return status;
        fh_sample_add(sample, fh_buf_str(&store->plain));
        number += stride - 1;
    }
    return FH_OK;
}

fh_status fh_writer_learn_from(fh_store *store, const fh_sample *sample, fh_error *err) {
    char key[FH_DICTIONARY_KEY];
    fh_buf dictionary = {0};
    fh_status status = FH_OK;
    fh_dictionary_learn(sample, &dictionary);
    store->writer->may_learn = dictionary.len > 0;
    if (dictionary.len > 0) {
        fh_dictionary_key(store->writer->dictionary + 1, key);
        status = fh_xapian_set_meta(store->all, key, fh_buf_str(&dictionary), err);
        if (status == FH_OK) status = fh_writer_prime(store, err);
    }
    fh_buf_free(&dictionary);
    return status;
}

/* What was packed before stays as it is. */
static fh_status learn(fh_store *store, uint64_t articles, fh_error *err) {
    fh_sample sample = {0};
    fh_status status = fh_writer_sample(store, articles, &sample, err);
    if (status == FH_OK) status = fh_writer_learn_from(store, &sample, err);
    fh_sample_free(&sample);
    return status;
}

fh_status fh_writer_learn(fh_store *store, fh_error *err) {
    const fh_writer *writer = store->writer;
    fh_store_stats stats;
    if (!writer->may_learn) return FH_OK;
    fh_status status = fh_xapian_statistics(store->all, &stats, err);
    if (status != FH_OK) return status;
    if (writer->dictionary >= FH_LEARN_MOST ||
        stats.articles >> (FH_LEARN_GROWTH_BITS * writer->dictionary) < FH_LEARN_FIRST)
        return FH_OK;
    return learn(store, stats.articles, err);
}
