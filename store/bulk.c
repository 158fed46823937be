/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents on their way into segments. */
#include "store/bulk.h"
#include "base/memory.h"
#include "store/bulk/ids.h"
#include "store/bulk/segment.h"
#include "store/settle.h"
#include <stdlib.h>

enum { LEAST_PART = 8 /* of the memory, for a segment */ };

typedef struct numbers {
    uint32_t *items;
    size_t count, capacity;
} numbers;

struct fh_bulk {
    fh_buf building; /* the directory of segments */
    fh_segment *segment;
    uint32_t segments; /* begun so far */
    fh_ids ids;        /* of all documents, in the order they were put */
    numbers replaced;  /* of the index, by what was put */
    numbers dead;      /* of what was put, because it came again or was deleted */
};

fh_status fh_bulk_new(fh_store *store, fh_error *err) {
    fh_bulk *bulk = fh_alloc_zeroed(1, sizeof *bulk);
    fh_status status = fh_building_path(store->shards[0].dir, &bulk->building, err);
    if (status == FH_OK) status = fh_building_remove(bulk->building.ptr, err);
    if (status == FH_OK) status = fh_building_make(bulk->building.ptr, err);
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
    free(bulk->replaced.items);
    free(bulk->dead.items);
    free(bulk);
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
    fh_arena_reset(store->scratch);
    fh_status status = fh_writer_keep_vocabulary(store, err);
    if (status == FH_OK) status = fh_xapian_facts(store->all, store->scratch, &facts, err);
    if (status == FH_OK) status = fh_segment_finish(bulk->segment, &facts, err);
    fh_segment_free(bulk->segment);
    bulk->segment = NULL;
    return status == FH_OK ? fh_building_fold(bulk->building.ptr, bulk->segments, err) : status;
}

/* ---- Articles ---- */

static fh_str content_of(const fh_document *document) {
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == FH_SLOT_CONTENT) return document->values[i].bytes;
    return FH_STR("");
}

static void add_number(numbers *to, uint32_t number) {
    to->items = fh_grow(to->items, to->count, &to->capacity, sizeof *to->items);
    to->items[to->count++] = number;
}

/* What was there of this id, in this transaction or in the index, is dead. */
static fh_status note_id(fh_store *store, const fh_document *document, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_str id = document->article->id;
    uint32_t before = fh_ids_find(&bulk->ids, id), number = 0;
    bool may_be_there = store->writer->articles + store->writer->puts > 0;
    fh_status status = FH_OK;
    if (before > 0) {
        add_number(&bulk->dead, before);
    } else if (may_be_there) {
        status = fh_xapian_lookup(store->all, id, &number, err);
        if (number > 0) add_number(&bulk->replaced, number);
    }
    fh_ids_add(&bulk->ids, id, content_of(document));
    return status == FH_OK && (before > 0 || number > 0) ? fh_writer_unsettle(store, err) : status;
}

static size_t bytes_of(const numbers *of) {
    return of->capacity * sizeof *of->items;
}

/* What everything else leaves of the memory, and some of it at least: with less, segments are too small. */
static size_t segment_room(const fh_writer *writer) {
    const fh_bulk *bulk = writer->bulk;
    size_t all = writer->how.memory, least = all / LEAST_PART;
    size_t taken = writer->held + fh_coiner_bytes(writer->coiner) + fh_ids_bytes(&bulk->ids) +
                   bytes_of(&bulk->replaced) + bytes_of(&bulk->dead);
    return taken < all - least ? all - taken : least;
}

fh_status fh_bulk_put(fh_store *store, const fh_document *document, fh_str record, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_status status = note_id(store, document, err);
    if (status == FH_OK && !bulk->segment) status = begin_segment(bulk, err);
    if (status != FH_OK) return status;
    fh_segment_add(bulk->segment, document);
    fh_segment_add_data(bulk->segment, record);
    return fh_segment_bytes(bulk->segment) >= segment_room(store->writer) ? end_segment(store, err) : FH_OK;
}

fh_presence fh_bulk_presence(fh_bulk *bulk, fh_str id, fh_str content) {
    uint32_t known = fh_ids_find(&bulk->ids, id);
    if (known == 0) return FH_ABSENT;
    return fh_ids_is_content(&bulk->ids, known, content) ? FH_SAME : FH_CHANGED;
}

bool fh_bulk_delete(fh_bulk *bulk, fh_str id) {
    uint32_t known = fh_ids_find(&bulk->ids, id);
    if (known == 0) return false;
    fh_ids_forget(&bulk->ids, known);
    add_number(&bulk->dead, known);
    return true;
}

static int by_number(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

/* In order, each once: one that was replaced, deleted and put again was noted twice. */
static fh_numbers in_order(numbers *of) {
    size_t kept = 0;
    if (of->count > 0) qsort(of->items, of->count, sizeof *of->items, by_number);
    for (size_t i = 0; i < of->count; i++)
        if (kept == 0 || of->items[i] != of->items[kept - 1]) of->items[kept++] = of->items[i];
    return (fh_numbers){of->items, kept};
}

/* Words got their codes as they came: those of a new index get better ones, now that all are known. */
static fh_status take_in_settled(fh_store *store, const fh_leaving_out *dead, fh_error *err) {
    fh_turn *turn;
    bool whole = dead->of_index.count + dead->of_segments.count == 0;
    fh_status status = fh_turn_new(store, whole, &turn, err);
    if (status == FH_OK)
        status = fh_building_take_in(store, store->writer->bulk->building.ptr, dead, fh_turn_join(turn), err);
    fh_turn_free(turn);
    if (status == FH_OK) store->writer->unsettled = !whole;
    return status;
}

static fh_status take_in(fh_store *store, const fh_leaving_out *dead, fh_error *err) {
    const fh_writer *writer = store->writer;
    if (writer->coiner && fh_coiner_met_all(writer->coiner)) return take_in_settled(store, dead, err);
    return fh_building_take_in(store, writer->bulk->building.ptr, dead, &(fh_join){0}, err);
}

fh_status fh_bulk_commit(fh_store *store, fh_error *err) {
    fh_bulk *bulk = store->writer->bulk;
    fh_status status = bulk->segment ? end_segment(store, err) : FH_OK;
    const fh_leaving_out dead = {in_order(&bulk->replaced), in_order(&bulk->dead)};
    fh_ids_free(&bulk->ids); /* nothing more is put, and the join wants room */
    if (status == FH_OK) status = take_in(store, &dead, err);
    if (status == FH_OK) return FH_OK;
    fh_buf_free(&bulk->building); /* the segments are whole: they stay for the next one that writes */
    return status;
}
