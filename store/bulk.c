/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents on their way into segments, and their records on the way to a dictionary. */
#include "store/bulk.h"
#include "base/memory.h"
#include "store/bulk_ids.h"
#include "store/bulk_segment.h"
#include <stdlib.h>

struct fh_bulk {
    fh_buf building; /* the directory of segments */
    fh_segment *segment;
    uint32_t segments; /* begun so far */
    fh_ids ids;
    bool replaces;   /* an article that was there already may have come */
    fh_buf gone;     /* ids that were deleted after they were put, each ended by a zero byte */
    fh_sample plain; /* records: those that wait for the first dictionary, or a sample for the next one */
    fh_sample names; /* ids of those that wait */
    bool waiting;
    uint64_t records; /* since the last dictionary */
};

fh_status fh_bulk_new(fh_store *store, fh_error *err) {
    fh_bulk *bulk = fh_alloc_zeroed(1, sizeof *bulk);
    fh_status status = fh_building_path(store->shards[0].dir, &bulk->building, err);
    if (status == FH_OK) status = fh_building_remove(bulk->building.ptr, err);
    if (status == FH_OK) status = fh_building_make(bulk->building.ptr, err);
    bulk->waiting = store->writer->dictionary == 0 && store->writer->may_learn;
    if (status == FH_OK) {
        store->writer->bulk = bulk;
    } else {
        fh_bulk_free(bulk);
    }
    return status;
}

void fh_bulk_free(fh_bulk *bulk) {
    if (!bulk) return;
    fh_error ignored; /* what stays is taken in or removed the next time */
    fh_segment_free(bulk->segment);
    if (bulk->building.len) fh_building_remove(bulk->building.ptr, &ignored);
    fh_buf_free(&bulk->building);
    fh_ids_free(&bulk->ids);
    fh_buf_free(&bulk->gone);
    fh_sample_free(&bulk->plain);
    fh_sample_free(&bulk->names);
    free(bulk);
}

/* ---- Records ---- */

static void pack(fh_store *store, fh_str id, fh_str plain) {
    fh_buf_clear(&store->packed);
    fh_record_pack(store->codec, id, store->writer->dictionary, plain, &store->packed);
    fh_segment_add_data(store->writer->bulk->segment, fh_buf_str(&store->packed));
}

static fh_str piece(const fh_sample *sample, size_t i) {
    size_t start = i ? sample->ends[i - 1] : 0;
    return fh_str_slice(fh_buf_str(&sample->bytes), start, sample->ends[i]);
}

/* Packs what waited, with the dictionary if there is one now. */
static void pack_waiting(fh_store *store) {
    fh_bulk *bulk = store->writer->bulk;
    for (size_t i = 0; i < bulk->names.count; i++)
        pack(store, piece(&bulk->names, i), piece(&bulk->plain, i));
    fh_sample_free(&bulk->plain);
    fh_sample_free(&bulk->names);
}

static fh_status learn(fh_store *store, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_status status = fh_writer_learn_from(store, &bulk->plain, err);
    if (status != FH_OK) return status;
    pack_waiting(store);
    bulk->waiting = false;
    bulk->records = 0;
    return FH_OK;
}

/* One record in so many is kept for the next dictionary, so that it is learned from what came since the last
 * one, as a whole. */
static bool is_sampled(const fh_store *store) {
    const fh_writer *writer = store->writer;
    if (!writer->may_learn || writer->dictionary == 0 || writer->dictionary >= FH_LEARN_MOST) return false;
    return writer->articles == 0 &&
           writer->bulk->records % (UINT64_C(1) << (FH_LEARN_GROWTH_BITS * writer->dictionary)) == 0;
}

static fh_status keep_record(fh_store *store, fh_str id, fh_str plain, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    if (bulk->waiting) {
        fh_sample_add(&bulk->names, id);
        fh_sample_add(&bulk->plain, plain);
    } else {
        if (is_sampled(store)) fh_sample_add(&bulk->plain, plain);
        bulk->records++;
        pack(store, id, plain);
    }
    bool enough = bulk->plain.count == FH_LEARN_SAMPLE || bulk->plain.bytes.len >= FH_LEARN_BYTES;
    return enough ? learn(store, err) : FH_OK;
}

/* ---- Segments ---- */

static fh_status begin_segment(fh_bulk *bulk, fh_error *err) {
    fh_buf path = {0};
    fh_building_part(bulk->building.ptr, bulk->segments, 0, &path);
    fh_status status = fh_segment_new(path.ptr, &bulk->segment, err);
    if (status == FH_OK) bulk->segments++;
    fh_buf_free(&path);
    return status;
}

static fh_status end_segment(fh_store *store, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_facts facts;
    if (bulk->waiting) pack_waiting(store);
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_facts(store->all, store->scratch, &facts, err);
    if (status == FH_OK) status = fh_segment_finish(bulk->segment, &facts, err);
    fh_segment_free(bulk->segment);
    bulk->segment = NULL;
    return status == FH_OK ? fh_building_fold(bulk->building.ptr, bulk->segments, err) : status;
}

/* ---- Articles ---- */

static uint64_t content_hash(const fh_document *document) {
    for (size_t i = 0; i < document->value_count; i++) {
        if (document->values[i].slot == FH_SLOT_CONTENT) return fh_ids_hash(document->values[i].bytes);
    }
    return fh_ids_hash(FH_STR(""));
}

/* Is there an article of this id, in this transaction or in the index? */
static fh_status note_id(fh_store *store, const fh_document *document, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_str id = document->article->id;
    uint64_t *content = fh_ids_at(&bulk->ids, id);
    uint32_t number = 0;
    fh_status status = FH_OK;
    if (*content != 0) bulk->replaces = true;
    *content = content_hash(document);
    bool may_be_there = store->writer->articles + store->writer->puts > 0;
    if (!bulk->replaces && may_be_there) status = fh_xapian_lookup(store->all, id, &number, err);
    if (number > 0) bulk->replaces = true;
    return status;
}

fh_status fh_bulk_put(fh_store *store, const fh_document *document, fh_str plain, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_status status = note_id(store, document, err);
    if (status == FH_OK && !bulk->segment) status = begin_segment(bulk, err);
    if (status != FH_OK) return status;
    fh_segment_add(bulk->segment, document);
    status = keep_record(store, document->article->id, plain, err);
    if (status != FH_OK) return status;
    size_t held = fh_segment_bytes(bulk->segment) + bulk->plain.bytes.capacity;
    return held >= store->writer->how.memory ? end_segment(store, err) : FH_OK;
}

fh_presence fh_bulk_presence(fh_bulk *bulk, fh_str id, fh_str content) {
    uint64_t known = *fh_ids_at(&bulk->ids, id);
    return known == 0 ? FH_ABSENT : known == fh_ids_hash(content) ? FH_SAME : FH_CHANGED;
}

bool fh_bulk_delete(fh_bulk *bulk, fh_str id) {
    uint64_t *content = fh_ids_at(&bulk->ids, id);
    if (*content == 0) return false;
    *content = 0;
    bulk->replaces = true;
    fh_buf_add(&bulk->gone, id);
    fh_buf_add_char(&bulk->gone, '\0');
    return true;
}

/* An article may have come again after it was deleted. */
static void forget_returned(fh_bulk *bulk) {
    size_t kept = 0;
    for (size_t at = 0; at < bulk->gone.len;) {
        fh_str id = fh_str_from(bulk->gone.ptr + at);
        at += id.len + 1;
        if (*fh_ids_at(&bulk->ids, id) != 0) continue;
        memmove(bulk->gone.ptr + kept, id.ptr, id.len + 1);
        kept += id.len + 1;
    }
    bulk->gone.len = kept;
}

fh_status fh_bulk_commit(fh_store *store, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_status status = bulk->segment ? end_segment(store, err) : FH_OK;
    forget_returned(bulk);
    if (status == FH_OK)
        status = fh_building_take_in(store, bulk->building.ptr, bulk->replaces, fh_buf_str(&bulk->gone), err);
    if (status == FH_OK) return FH_OK;
    fh_buf_free(&bulk->building); /* the segments are whole: they stay for the next one that writes */
    return status;
}
