/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forgetting: phrases of deleted and replaced articles may stand in the dictionaries, which others are packed
 * with.  So a new one is learned from those that are left, and the index is written anew with them packed by
 * it. */
#include "store/bulk.h"
#include "store/dictionary.h"
#include "store/handle.h"

#include <stdlib.h>

/* Packs a record with the new dictionary. */
static fh_status pack_anew(void *context, fh_str data, fh_buf *out, fh_error *err) {
    fh_store *store = context;
    fh_record record;
    fh_status status = fh_record_read(data, &record, err);
    if (status == FH_OK) status = fh_shard_inflate(store, &store->shards[0], &record, err);
    if (status != FH_OK) return status;
    fh_record_head head = {record.id, record.positions};
    fh_record_pack(store->codec, &head, store->writer->dictionary, fh_buf_str(&store->plain), out);
    return FH_OK;
}

/* The old ones are in memory until the last article was packed anew. */
static fh_status load_old(fh_store *store, fh_error *err) {
    fh_str bytes;
    fh_status status = FH_OK;
    for (uint32_t i = 1; status == FH_OK && i <= store->writer->dictionary; i++)
        status = fh_shard_dictionary(store, &store->shards[0], i, &bytes, err);
    return status;
}

static bool is_dictionary(fh_str key) {
    char first[FH_DICTIONARY_KEY];
    fh_dictionary_key(1, first);
    return fh_str_starts(key, fh_str_slice(fh_str_from(first), 0, strlen(first) - 1));
}

static int by_key(const void *a, const void *b) {
    return fh_str_compare(((const fh_fact *)a)->key, ((const fh_fact *)b)->key);
}

/* The index's facts with the new dictionary in the place of the old ones. */
static fh_status new_facts(fh_store *store, fh_str dictionary, fh_arena *arena, fh_facts *out,
                           fh_error *err) {
    fh_facts old;
    char key[FH_DICTIONARY_KEY];
    fh_status status = fh_xapian_facts(store->all, arena, &old, err);
    if (status != FH_OK) return status;
    *out = (fh_facts){FH_ARENA_ARRAY(arena, fh_fact, old.count + 1), 0};
    for (size_t i = 0; i < old.count; i++) {
        fh_str name = old.items[i].key;
        if (!is_dictionary(name) && !fh_str_equal(name, FH_STR(FH_META_DELETED)))
            out->items[out->count++] = old.items[i];
    }
    fh_dictionary_key(1, key);
    if (dictionary.len > 0)
        out->items[out->count++] = (fh_fact){fh_arena_copy(arena, fh_str_from(key)), dictionary};
    if (out->count > 0) qsort(out->items, out->count, sizeof *out->items, by_key);
    return FH_OK;
}

static fh_status rewrite(fh_store *store, fh_str dictionary, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_facts facts;
    fh_join how = {.facts = &facts, .change = pack_anew, .context = store};
    fh_status status = load_old(store, err);
    if (status == FH_OK) status = new_facts(store, dictionary, arena, &facts, err);
    fh_codec_prime(store->codec, dictionary);
    store->writer->dictionary = dictionary.len ? 1 : 0;
    if (status == FH_OK) status = fh_building_rewrite(store, &how, err);
    store->shards[0].dictionary_count = 0;
    fh_arena_free(arena);
    return status;
}

fh_status fh_store_forget(fh_store *store, fh_error *err) {
    fh_str deleted;
    fh_store_stats stats;
    fh_sample sample = {0};
    fh_buf dictionary = {0};
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_get_meta(store->all, FH_META_DELETED, store->scratch, &deleted, err);
    if (status != FH_OK || deleted.len == 0) return status;
    status = fh_xapian_statistics(store->all, &stats, err);
    if (status == FH_OK) status = fh_writer_sample(store, stats.articles, &sample, err);
    if (status == FH_OK) {
        fh_dictionary_learn(&sample, &dictionary);
        status = rewrite(store, fh_buf_str(&dictionary), err);
    }
    if (status == FH_OK) store->writer->outdated = false;
    fh_sample_free(&sample);
    fh_buf_free(&dictionary);
    return status == FH_OK ? fh_writer_prime(store, err) : status;
}
