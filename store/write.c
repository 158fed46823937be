/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing: transactions, and articles in and out. */
#include "store/handle.h"
#include "store/record.h"

/* ---- Transactions ---- */

static fh_status must_write(const fh_store *store, bool begun, fh_error *err) {
    if (!store->writer)
        return fh_fail(err, FH_ERR_INTERNAL, store->shards[0].dir, NULL, "the index is open for reading");
    if (store->writer->begun == begun) return FH_OK;
    return fh_fail(err, FH_ERR_INTERNAL, store->shards[0].dir, NULL,
                   begun ? "no transaction was begun" : "a transaction was begun already");
}

fh_status fh_store_begin(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, false, err);
    if (status == FH_OK) status = fh_xapian_begin(store->all, err);
    if (status == FH_OK) store->writer->begun = true;
    return status;
}

fh_status fh_store_commit(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = fh_xapian_commit(store->all, err);
    if (status == FH_OK) store->writer->begun = false;
    return status;
}

fh_status fh_store_cancel(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = fh_xapian_cancel(store->all, err);
    if (status != FH_OK) return status;
    store->writer->begun = false;
    store->shards[0].dictionary_count = 0; /* one may have been learned since begin */
    return fh_writer_prime(store, err);
}

fh_status fh_store_set_meta(fh_store *store, const char *key, fh_str value, fh_error *err) {
    fh_status status = must_write(store, true, err);
    return status == FH_OK ? fh_xapian_set_meta(store->all, key, value, err) : status;
}

/* ---- Articles ---- */

static fh_status check_id(fh_str id, fh_error *err) {
    bool fits = id.len > 0 && id.len <= FH_MAX_ID;
    for (size_t i = 0; fits && i < id.len; i++) fits = (unsigned char)id.ptr[i] >= ' ' && id.ptr[i] != '\x7f';
    if (fits) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, NULL, "give it a short one",
                   "the article's id is empty, longer than %u bytes, or has control characters", FH_MAX_ID);
}

fh_status fh_store_put(fh_store *store, const fh_document *document, fh_error *err) {
    fh_str id = document->article->id;
    uint32_t number;
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = check_id(id, err);
    if (status != FH_OK) return status;

    fh_buf_clear(&store->plain);
    fh_buf_clear(&store->packed);
    status = fh_record_flatten(store->codec, document->article, &store->plain, err);
    if (status != FH_OK) {
        fh_error_within(err, fh_arena_copy(store->scratch, id).ptr);
        return status;
    }
    fh_record_pack(store->codec, id, store->writer->dictionary, fh_buf_str(&store->plain), &store->packed);
    status = fh_xapian_put(store->all, document, fh_buf_str(&store->packed), &number, err);
    return status == FH_OK ? fh_writer_learn(store, err) : status;
}

fh_status fh_store_delete(fh_store *store, fh_str id, bool *found, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = fh_xapian_delete(store->all, id, found, err);
    if (status != FH_OK || !*found || store->writer->dictionary == 0) return status;
    return fh_xapian_set_meta(store->all, FH_META_DELETED, FH_STR("1"), err);
}
