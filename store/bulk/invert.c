/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms in a hash table, and the documents of each as a stream of numbers: how far from the one before, and
 * its wdf where that is not 1. */
#include "store/bulk/invert.h"
#include "base/arena.h"
#include "base/memory.h"
#include "store/bulk/sort.h"
#include "store/bulk/stream.h"
#include <assert.h>
#include <stdalign.h>
#include <stdlib.h>

enum {
    LINE = 64,                     /* bytes */
    ENTRY_BLOCK = FH_LARGE / LINE, /* entries allocated at once */
    ARRIVALS = 32,
    FIRST_SLOTS = FH_LARGE / (2 * sizeof(uint32_t)),
    NAME_ROUNDING = 16, /* what an arena spends on a name beyond its bytes, at most */
};

/* Beside the increase of a document's number. */
enum { WDF_IS_1 = 1, FLAG_BITS = 1 };

/* All of a term that its documents come to, in one line of a processor's cache. */
typedef struct entry {
    alignas(LINE) fh_sort_key key;
    const char *name; /* behind a byte of its length */
    fh_stream stream;
    uint32_t documents, last, all_wdf;
    /* In the document at hand: */
    uint32_t document, wdf;
} entry;
static_assert(sizeof(entry) == LINE, "a term is more than a line");

/* A term that waits for what it needs to come from memory. */
typedef struct arrival {
    fh_sort_key key;
    uint32_t hash, weight;
    uint8_t len;
    char name[UINT8_MAX];
} arrival;

/* An entry by its hash; entry 0 is nobody's. */
typedef struct slot {
    uint32_t hash, entry;
} slot;

struct fh_inverter {
    entry **blocks;
    size_t block_count, block_capacity;
    uint32_t entry_count;
    slot *slots;
    size_t slot_count, name_bytes;
    fh_arena *names;
    fh_streams streams;
    /* The document at hand: */
    arrival arrivals[ARRIVALS];
    size_t arrival_count;
    uint32_t document; /* counts from 1 */
    uint32_t *touched;
    size_t touched_count, touched_capacity;
    fh_sort_item *items; /* that are put in order */
    size_t item_capacity;
    uint32_t *wdfs; /* of the terms of a document */
    size_t wdf_capacity;
    /* Coming out: */
    size_t next_item, item_count;
    entry *current;
    uint32_t left; /* documents of it */
};

/* Room for `count` items, without what was there.  No more than that: all terms may be asked for at once. */
static void *room_for(void *items, size_t count, size_t *capacity, size_t item_bytes) {
    if (count <= *capacity) return items;
    *capacity = count;
    free(items);
    return fh_alloc(count * item_bytes);
}

static fh_str name_of(const entry *at) {
    return (fh_str){at->name, (unsigned char)at->name[-1]};
}

static entry *entry_at(const fh_inverter *inverter, uint32_t number) {
    return &inverter->blocks[number / ENTRY_BLOCK][number % ENTRY_BLOCK];
}

fh_inverter *fh_inverter_new(void) {
    fh_inverter *inverter = fh_alloc_zeroed(1, sizeof *inverter);
    inverter->names = fh_arena_new();
    inverter->slots = fh_alloc_large(FIRST_SLOTS * sizeof *inverter->slots);
    inverter->slot_count = FIRST_SLOTS;
    inverter->entry_count = 1;
    inverter->document = 1;
    return inverter;
}

void fh_inverter_free(fh_inverter *inverter) {
    if (!inverter) return;
    for (size_t i = 0; i < inverter->block_count; i++) free(inverter->blocks[i]);
    free(inverter->blocks);
    free(inverter->slots);
    fh_arena_free(inverter->names);
    fh_streams_free(&inverter->streams);
    free(inverter->touched);
    free(inverter->items);
    free(inverter->wdfs);
    free(inverter);
}

size_t fh_inverter_bytes(const fh_inverter *inverter) {
    size_t sorting = 2 * sizeof *inverter->items; /* each term, in the end; slots, which are less, are gone */
    return inverter->entry_count * (sizeof(entry) + sorting) + inverter->name_bytes +
           fh_streams_bytes(&inverter->streams);
}

/* ---- Terms ---- */

static uint32_t hash_of(const fh_sort_key *key, fh_str term) {
    uint64_t hash = key->high * 0x9e3779b97f4a7c15ULL;             /* Knuth's multiplicative hash */
    hash = (hash ^ hash >> 32 ^ key->low) * 0xff51afd7ed558ccdULL; /* and one of MurmurHash3's numbers */
    if (term.len > FH_SORT_KEY_BYTES) hash = fh_hash(hash, fh_str_slice(term, FH_SORT_KEY_BYTES, term.len));
    return (uint32_t)(hash >> 32);
}

static bool is_term(const entry *at, const arrival *term) {
    if (at->key.high != term->key.high || at->key.low != term->key.low) return false;
    return term->len <= FH_SORT_KEY_BYTES || fh_str_equal(name_of(at), (fh_str){term->name, term->len});
}

static void grow_slots(fh_inverter *inverter) {
    size_t count = inverter->slot_count * 2;
    slot *slots = fh_alloc_large(count * sizeof *slots);
    for (size_t i = 0; i < inverter->slot_count; i++) {
        if (inverter->slots[i].entry == 0) continue;
        size_t at = inverter->slots[i].hash & (count - 1);
        while (slots[at].entry) at = (at + 1) & (count - 1);
        slots[at] = inverter->slots[i];
    }
    free(inverter->slots);
    inverter->slots = slots;
    inverter->slot_count = count;
}

static void add_block(fh_inverter *inverter) {
    inverter->blocks =
        fh_grow(inverter->blocks, inverter->block_count, &inverter->block_capacity, sizeof *inverter->blocks);
    inverter->blocks[inverter->block_count++] = fh_alloc_large(ENTRY_BLOCK * sizeof(entry));
}

static uint32_t add_entry(fh_inverter *inverter, const arrival *term) {
    uint32_t number = inverter->entry_count++;
    if (number / ENTRY_BLOCK >= inverter->block_count) add_block(inverter);
    entry *at = entry_at(inverter, number);
    char *name = fh_arena_take(inverter->names, 1u + term->len);
    name[0] = (char)term->len;
    memcpy(name + 1, term->name, term->len);
    at->key = term->key;
    at->name = name + 1;
    inverter->name_bytes += term->len + NAME_ROUNDING;
    return number;
}

static uint32_t find(fh_inverter *inverter, const arrival *term) {
    size_t mask = inverter->slot_count - 1, at = term->hash & mask;
    for (; inverter->slots[at].entry; at = (at + 1) & mask) {
        const slot *there = &inverter->slots[at];
        if (there->hash == term->hash && is_term(entry_at(inverter, there->entry), term)) return there->entry;
    }
    uint32_t number = add_entry(inverter, term);
    inverter->slots[at] = (slot){term->hash, number};
    if ((size_t)inverter->entry_count * 2 > inverter->slot_count) grow_slots(inverter);
    return number;
}

/* ---- The document at hand ---- */

static void touch(fh_inverter *inverter, entry *at, uint32_t number) {
    if (at->stream.slice) __builtin_prefetch(fh_stream_byte(&inverter->streams, at->stream.at), 1);
    at->document = inverter->document;
    at->wdf = 0;
    inverter->touched = fh_grow(inverter->touched, inverter->touched_count, &inverter->touched_capacity,
                                sizeof *inverter->touched);
    inverter->touched[inverter->touched_count++] = number;
}

/* The terms that have arrived, whose places in the hash table are on their way: first all are looked at, so
 * that their entries come while others are waited for. */
static void take_arrivals(fh_inverter *inverter) {
    size_t mask = inverter->slot_count - 1;
    for (size_t i = 0; i < inverter->arrival_count; i++) {
        uint32_t number = inverter->slots[inverter->arrivals[i].hash & mask].entry;
        if (number) __builtin_prefetch(entry_at(inverter, number), 1);
    }
    for (size_t i = 0; i < inverter->arrival_count; i++) {
        const arrival *term = &inverter->arrivals[i];
        uint32_t number = find(inverter, term);
        entry *at = entry_at(inverter, number);
        if (at->document != inverter->document) touch(inverter, at, number);
        at->wdf += term->weight;
    }
    inverter->arrival_count = 0;
}

void fh_inverter_add(fh_inverter *inverter, fh_str term, uint32_t weight) {
    arrival *next = &inverter->arrivals[inverter->arrival_count++];
    memset(next->name, 0, FH_SORT_KEY_BYTES + 1);
    memcpy(next->name, term.ptr, term.len);
    next->key = fh_sort_key_of_padded(next->name, term.len);
    next->hash = hash_of(&next->key, term);
    next->weight = weight;
    next->len = (uint8_t)term.len;
    __builtin_prefetch(&inverter->slots[next->hash & (inverter->slot_count - 1)]);
    if (inverter->arrival_count == ARRIVALS) take_arrivals(inverter);
}

static void append(fh_inverter *inverter, entry *at, uint32_t number) {
    fh_streams *pool = &inverter->streams;
    uint64_t increase = number - at->last;
    fh_stream_put(pool, &at->stream, increase << FLAG_BITS | (at->wdf == 1 ? WDF_IS_1 : 0u));
    if (at->wdf != 1) fh_stream_put(pool, &at->stream, at->wdf);
    at->last = number;
    at->documents++;
    at->all_wdf += at->wdf;
}

static void sort_entries(fh_inverter *inverter, size_t count) {
    inverter->items = room_for(inverter->items, count * 2, &inverter->item_capacity, sizeof *inverter->items);
    for (size_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)i + 1;
        const entry *at = entry_at(inverter, number);
        __builtin_prefetch(at->name - 1);
        inverter->items[i] = (fh_sort_item){at->key, at->name, number};
    }
    fh_sort(inverter->items, count, inverter->items + count);
}

const uint32_t *fh_inverter_end(fh_inverter *inverter, uint32_t number, size_t *count) {
    take_arrivals(inverter);
    *count = inverter->touched_count;
    inverter->wdfs = room_for(inverter->wdfs, *count, &inverter->wdf_capacity, sizeof *inverter->wdfs);
    for (size_t i = 0; i < *count; i++) {
        entry *at = entry_at(inverter, inverter->touched[i]);
        inverter->wdfs[i] = at->wdf;
        append(inverter, at, number);
    }
    inverter->document++;
    inverter->touched_count = 0;
    return inverter->wdfs;
}

/* ---- Coming out ---- */

void fh_inverter_turn(fh_inverter *inverter) {
    free(inverter->slots);
    inverter->slots = NULL;
    inverter->item_count = inverter->entry_count - 1;
    sort_entries(inverter, inverter->item_count);
    inverter->next_item = 0;
}

/* An entry that comes out so many terms later; NULL: there are not so many. */
static const entry *ahead(const fh_inverter *inverter, size_t terms) {
    size_t at = inverter->next_item + terms;
    return at < inverter->item_count ? entry_at(inverter, inverter->items[at].number) : NULL;
}

/* Lets come what the next terms need, which lies all over the memory: an entry, what it leads to, and what
 * that leads to. */
static void look_ahead(const fh_inverter *inverter) {
    enum { NEAR = 4, FAR = 8, FARTHEST = 16 }; /* terms */
    const entry *far = ahead(inverter, FAR), *near = ahead(inverter, NEAR);
    __builtin_prefetch(ahead(inverter, FARTHEST), 1);
    if (far) __builtin_prefetch(far->name - 1);
    if (far) fh_stream_expect(&inverter->streams, &far->stream);
    if (near) fh_stream_expect_more(&inverter->streams, &near->stream);
}

bool fh_inverter_term(fh_inverter *inverter, fh_inverted *out) {
    if (inverter->next_item == inverter->item_count) return false;
    look_ahead(inverter);
    entry *at = entry_at(inverter, inverter->items[inverter->next_item++].number);
    fh_stream_rewind(&at->stream);
    inverter->current = at;
    inverter->left = at->documents;
    at->last = 0;
    *out = (fh_inverted){name_of(at), at->documents, at->all_wdf};
    return true;
}

bool fh_inverter_occurrence(fh_inverter *inverter, fh_occurrence *out) {
    if (inverter->left == 0) return false;
    inverter->left--;
    entry *at = inverter->current;
    uint64_t first = fh_stream_take(&inverter->streams, &at->stream);
    at->last += (uint32_t)(first >> FLAG_BITS);
    *out = (fh_occurrence){.number = at->last, .wdf = 1};
    if (!(first & WDF_IS_1)) out->wdf = (uint32_t)fh_stream_take(&inverter->streams, &at->stream);
    return true;
}
