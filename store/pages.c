/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vocabulary of an index: its pages in the metadata, and who reads and extends it. */
#include "store/handle.h"
#include <stdio.h>
#include <stdlib.h>

void fh_page_key(uint32_t vocabulary, uint32_t page, char out[FH_PAGE_KEY]) {
    snprintf(out, FH_PAGE_KEY, "fihris.words.%u.%04u", vocabulary, page);
}

/* ---- Reading ---- */

/* A whole page is one of this vocabulary, whichever commit has it, as forms are only ever added; and one
 * article may need a hundred.  Where a newer commit has written over it, Xapian takes that up. */
static fh_status read_page(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out, fh_error *err) {
    fh_shard *shard = context;
    const fh_store *store = shard->store;
    const fh_matchers *all = store->writer ? NULL : store->matchers;
    fh_status status = FH_OK;
    char key[FH_PAGE_KEY];
    fh_str bytes;
    fh_arena_reset(shard->scratch);
    fh_page_key(vocabulary, page, key);
    if (!all || !fh_matcher_meta(all->parts[shard - store->shards], key, shard->scratch, &bytes) ||
        !fh_page_is_whole(bytes))
        status = fh_xapian_get_meta(shard->db, key, shard->scratch, &bytes, err);
    if (status == FH_OK) fh_buf_add(out, bytes);
    return status;
}

void fh_shard_attach_vocabulary(fh_store *store, fh_shard *shard) {
    shard->store = store;
    shard->scratch = fh_arena_new();
    shard->vocabulary = fh_vocabulary_new(read_page, shard);
}

fh_status fh_shard_article(fh_store *store, fh_shard *shard, const fh_record *record, fh_arena *arena,
                           fh_article *out, fh_error *err) {
    fh_status status = fh_vocabulary_select(shard->vocabulary, record->vocabulary, err);
    if (status != FH_OK) return fh_record_damaged(record, err);
    return fh_record_article(record, shard->vocabulary, &store->text, arena, out, err);
}

/* ---- Extending ---- */

fh_status fh_writer_coin(fh_store *store, fh_error *err) {
    fh_shard *shard = &store->shards[0];
    fh_str number;
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_get_meta(shard->db, FH_META_VOCABULARY, store->scratch, &number, err);
    if (status == FH_OK)
        status = fh_vocabulary_select(shard->vocabulary, (uint32_t)strtoul(number.ptr, NULL, 10), err);
    return status != FH_OK ? status : fh_coiner_new(shard->vocabulary, &store->writer->coiner, err);
}

static fh_status keep_page(void *context, uint32_t page, fh_str bytes, fh_error *err) {
    fh_store *store = context;
    char key[FH_PAGE_KEY];
    fh_page_key(fh_vocabulary_number(store->shards[0].vocabulary), page, key);
    fh_status status = fh_xapian_set_meta(store->all, fh_str_from(key), bytes, err);
    return status == FH_OK ? fh_writer_unsettle(store, err) : status;
}

fh_status fh_writer_keep_vocabulary(fh_store *store, fh_error *err) {
    return fh_vocabulary_keep(store->shards[0].vocabulary, keep_page, store, err);
}

void fh_writer_reset_vocabulary(fh_store *store) {
    fh_coiner_free(store->writer->coiner);
    store->writer->coiner = NULL;
    fh_vocabulary_reset(store->shards[0].vocabulary);
}
