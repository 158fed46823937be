/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing: transactions, and articles in and out. */
#include "base/limits.h"
#include "store/bulk.h"
#include "store/few.h"
#include "store/glass/sums.h"
#include "store/handle.h"

enum {
    COMMIT_BYTES = 16 << 20, /* of text between commits of Xapian's writer, which holds it all in memory */
    MANY = 200,              /* articles that are worth a merge, in an index of any size */
    MANY_PART = 20,          /* the part of an index that is, in a larger one */
    FORESEEN = 4,            /* the part of these that must have come, where the others are expected */
    DEAD = 500,              /* articles that are dead are bearable in an index of any size */
    DEAD_PART = 4,           /* and one for so many living ones, in a larger one */
};

/* ---- Which writer ---- */

fh_status fh_writer_count(fh_store *store, fh_error *err) {
    fh_store_stats stats;
    fh_fresh fresh;
    fh_status status = fh_xapian_statistics(store->all, &stats, err);
    if (status == FH_OK) status = fh_fresh_read(store->all, store->shards[0].dir, &fresh, err);
    if (status != FH_OK) return status;
    store->writer->articles = stats.articles;
    store->writer->puts = fh_fresh_documents(&fresh);
    store->writer->fresh = fresh.count > 0;
    return FH_OK;
}

void fh_store_write_by(fh_store *store, const fh_writing *how) {
    fh_writing *mine = &store->writer->how;
    *mine = *how;
    if (mine->memory == 0) mine->memory = FH_WRITE_MEMORY;
    if (mine->memory > FH_WRITE_MEMORY_MOST) mine->memory = FH_WRITE_MEMORY_MOST;
}

void fh_store_hold(fh_store *store, size_t bytes) {
    store->writer->held = bytes;
}

void fh_store_expect(fh_store *store, uint64_t articles) {
    store->writer->expected = articles;
}

/* A merge reads and writes the whole index, and takes in what is fresh, which is asked for besides all else.
 * What is only expected may turn out to be there already: the newest often come first. */
static bool goes_in_bulk(const fh_writer *writer) {
    if (writer->how.by != FH_WRITE_BY_SIZE) return writer->how.by == FH_WRITE_IN_BULK;
    uint64_t part = writer->articles / MANY_PART, many = part > MANY ? part : MANY;
    if (writer->articles == 0 || writer->puts >= many) return true;
    return writer->puts >= many / FORESEEN && writer->puts + writer->expected >= many;
}

bool fh_store_is_due(const fh_store *store) {
    return store->writer && store->writer->uncommitted >= COMMIT_BYTES;
}

/* ---- Transactions ---- */

static fh_status must_write(const fh_store *store, bool begun, fh_error *err) {
    if (!store->writer)
        return fh_fail(err, FH_ERR_INTERNAL, store->shards[0].dir, NULL, "the index is open for reading");
    if (store->writer->begun == begun) return FH_OK;
    return fh_fail(err, FH_ERR_INTERNAL, store->shards[0].dir, NULL,
                   begun ? "no transaction was begun" : "a transaction was begun already");
}

void fh_store_foresee(fh_store *store) {
    fh_writer *writer = store->writer;
    if (writer && !writer->whole && !writer->asked) writer->asked = fh_inquiry_begin(store->shards[0].dir);
}

/* Xapian's writer believes what it reads: it may go on in damaged tables without end, and gives what it
 * writes a good sum.  So all blocks are looked at before the first change. */
static fh_status must_change(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status != FH_OK || store->writer->whole) return status;
    status = store->writer->asked ? fh_inquiry_end(store->writer->asked, err)
                                  : fh_sums_demand(store->shards[0].dir, err);
    store->writer->asked = NULL;
    store->writer->whole = status == FH_OK;
    return status;
}

fh_status fh_store_begin(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, false, err);
    if (status == FH_OK) status = fh_xapian_begin(store->all, err);
    if (status == FH_OK) store->writer->begun = true;
    return status;
}

static void forget_bulk(fh_store *store) {
    fh_bulk_free(store->writer->bulk);
    store->writer->bulk = NULL;
}

static void forget_fresh(fh_store *store) {
    fh_few_free(store->writer->few);
    store->writer->few = NULL;
}

/* What is dead takes room, and counts in how rare a word is. */
static fh_status sweep(fh_store *store, fh_error *err) {
    fh_numbers dead;
    fh_store_stats stats = {0};
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_dead(store->all, store->scratch, &dead, err);
    if (status == FH_OK) status = fh_xapian_statistics(store->all, &stats, err);
    if (status != FH_OK || dead.count < DEAD || dead.count * DEAD_PART < stats.articles) return status;
    status = fh_building_rewrite(store, &(fh_join){0}, err);
    return status == FH_OK ? fh_writer_count(store, err) : status;
}

fh_status fh_store_commit(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = fh_writer_keep_vocabulary(store, err);
    if (status == FH_OK && store->writer->few) status = fh_few_write(store->writer->few, err);
    if (status == FH_OK) status = fh_xapian_commit(store->all, err);
    if (status != FH_OK) return status;
    if (store->writer->few) store->writer->fresh = true;
    forget_fresh(store);
    fh_store_forget_matchers(store);
    store->writer->begun = store->writer->changed = false;
    store->writer->committed = true;
    store->writer->uncommitted = 0;
    /* Xapian renames its main file and leaves it at that: the next commit may overwrite what the old one
     * needs. */
    status = fh_place_sync(store->shards[0].dir, err);
    if (status == FH_OK && !store->writer->bulk) return sweep(store, err);
    if (status != FH_OK) return status;
    status = fh_bulk_commit(store, err);
    forget_bulk(store);
    return status == FH_OK ? fh_writer_count(store, err) : status;
}

fh_status fh_store_cancel(fh_store *store, fh_error *err) {
    fh_status status = must_write(store, true, err);
    if (status == FH_OK) status = fh_xapian_cancel(store->all, err);
    if (status != FH_OK) return status;
    store->writer->begun = store->writer->changed = store->writer->unsettled = false;
    store->writer->uncommitted = 0;
    forget_bulk(store);
    forget_fresh(store);
    fh_writer_reset_vocabulary(store);
    return FH_OK;
}

fh_status fh_store_set_meta(fh_store *store, const char *key, fh_str value, fh_error *err) {
    fh_status status = must_change(store, err);
    return status == FH_OK ? fh_xapian_set_meta(store->all, fh_str_from(key), value, err) : status;
}

/* ---- Articles ---- */

static fh_status check_id(fh_str id, fh_error *err) {
    bool fits = id.len > 0 && id.len <= FH_MAX_ID;
    for (size_t i = 0; fits && i < id.len; i++) fits = (unsigned char)id.ptr[i] >= ' ' && id.ptr[i] != '\x7f';
    if (fits) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, NULL, "give it a short one",
                   "the article's id is empty, longer than %u bytes, or has control characters", FH_MAX_ID);
}

fh_status fh_writer_unsettle(fh_store *store, fh_error *err) {
    if (store->writer->unsettled) return FH_OK;
    store->writer->unsettled = true;
    return fh_xapian_set_meta(store->all, FH_STR(FH_META_UNSETTLED), FH_STR("1"), err);
}

/* Whoever asks for libxapian's writer has its lists, unless there are fresh terms, behind whose documents
 * none can come in a list. */
static bool are_a_few(const fh_writer *writer) {
    return writer->how.by != FH_WRITE_BY_LIBRARY || writer->fresh || writer->few;
}

static fh_status put_by_library(fh_store *store, const fh_document *document, fh_error *err) {
    const fh_article *article = document->article;
    fh_writer *writer = store->writer;
    fh_str data = fh_buf_str(&store->packed);
    fh_added added = {0};
    fh_status status;
    writer->puts++;
    writer->uncommitted += article->title.len + article->body.len;
    if (are_a_few(writer)) {
        if (!writer->few) writer->few = fh_few_new(store->all, store->shards[0].dir);
        status = fh_few_put(writer->few, document, data, &added, err);
    } else {
        status = fh_xapian_put(store->all, document, data, NULL, &added, err);
    }
    return status == FH_OK && added.replaced ? fh_writer_unsettle(store, err) : status;
}

static fh_status put_in_bulk(fh_store *store, const fh_document *document, fh_error *err) {
    fh_status status = store->writer->bulk ? FH_OK : fh_bulk_new(store, err);
    return status == FH_OK ? fh_bulk_put(store, document, fh_buf_str(&store->packed), err) : status;
}

/* The vocabulary is read while the blocks may still be looked at; which of them is wrong says more than what
 * could not be read. */
static fh_status must_coin(fh_store *store, fh_error *err) {
    fh_error unread;
    fh_status status = must_write(store, true, err);
    if (status != FH_OK) return status;
    fh_status coining = store->writer->coiner ? FH_OK : fh_writer_coin(store, &unread);
    status = must_change(store, err);
    if (status != FH_OK || coining == FH_OK) return status;
    *err = unread;
    return coining;
}

fh_status fh_store_put(fh_store *store, const fh_document *document, fh_error *err) {
    fh_str id = document->article->id;
    fh_status status = must_coin(store, err);
    if (status == FH_OK) status = check_id(id, err);
    if (status != FH_OK) return status;

    fh_writer *writer = store->writer;
    writer->changed = true;
    fh_buf_clear(&store->packed);
    status = fh_record_pack(document, writer->coiner, fh_vocabulary_number(store->shards[0].vocabulary),
                            &writer->placing, &store->packed, err);
    if (status != FH_OK) {
        fh_error_within(err, fh_arena_copy(store->scratch, id).ptr);
        return status;
    }
    return store->writer->bulk || goes_in_bulk(store->writer) ? put_in_bulk(store, document, err)
                                                              : put_by_library(store, document, err);
}

fh_status fh_store_delete(fh_store *store, fh_str id, bool *found, fh_error *err) {
    fh_status status = must_change(store, err);
    if (status != FH_OK) return status;
    store->writer->changed = true;
    status = fh_xapian_delete(store->all, id, found, err);
    if (status == FH_OK && store->writer->bulk && fh_bulk_delete(store->writer->bulk, id)) *found = true;
    return status == FH_OK && *found ? fh_writer_unsettle(store, err) : status;
}
