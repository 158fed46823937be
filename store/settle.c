/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words get their codes as they come, and those of deleted and replaced articles may stand in the vocabulary
 * still.  So another one is made, the most frequent words first, and the index is written anew in its codes.
 */
#include "store/settle.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

struct fh_turn {
    fh_store *store;
    fh_recoding recoding;
    uint32_t from; /* the number of the vocabulary before */
    uint32_t *translated;
    fh_vocabulary *settled;
    fh_arena *arena; /* of the new facts */
    fh_facts facts;
    size_t capacity;
    fh_join how;
};

static fh_status recode(void *context, fh_str data, fh_buf *out, fh_error *err) {
    const fh_turn *t = context;
    fh_record record;
    fh_status status = fh_record_read(data, &record, err);
    if (status == FH_OK && record.vocabulary != t->from) return fh_record_damaged(&record, err);
    return status == FH_OK ? fh_record_recode(&record, &t->recoding, out, err) : status;
}

/* ---- Facts ---- */

static void add_fact(fh_turn *t, fh_str key, fh_str value) {
    t->facts.items = fh_grow(t->facts.items, t->facts.count, &t->capacity, sizeof *t->facts.items);
    t->facts.items[t->facts.count++] = (fh_fact){key, value};
}

static fh_status add_page(void *context, uint32_t page, fh_str bytes, fh_error *err) {
    fh_turn *t = context;
    char key[FH_PAGE_KEY];
    (void)err;
    fh_page_key(t->recoding.to, page, key);
    add_fact(t, fh_arena_copy(t->arena, fh_str_from(key)), fh_arena_copy(t->arena, bytes));
    return FH_OK;
}

static bool is_of_vocabulary(fh_str key) {
    char page[FH_PAGE_KEY];
    fh_page_key(0, 0, page);
    fh_str start = fh_str_slice(fh_str_from(page), 0, (size_t)(strchr(page, '0') - page));
    return fh_str_starts(key, start) || fh_str_equal(key, FH_STR(FH_META_VOCABULARY));
}

static int by_key(const void *a, const void *b) {
    return fh_str_compare(((const fh_fact *)a)->key, ((const fh_fact *)b)->key);
}

/* The index's facts with the new vocabulary in the place of the old one. */
static fh_status new_facts(fh_turn *t, bool whole, fh_error *err) {
    fh_facts old;
    fh_status status = fh_xapian_facts(t->store->all, t->arena, &old, err);
    if (status != FH_OK) return status;
    for (size_t i = 0; i < old.count; i++) {
        fh_str key = old.items[i].key;
        bool passed = is_of_vocabulary(key) || (whole && fh_str_equal(key, FH_STR(FH_META_UNSETTLED)));
        if (!passed) add_fact(t, key, old.items[i].value);
    }
    add_fact(t, FH_STR(FH_META_VOCABULARY), fh_arena_format(t->arena, "%u", t->recoding.to));
    status = fh_vocabulary_keep(t->settled, add_page, t, err);
    qsort(t->facts.items, t->facts.count, sizeof *t->facts.items, by_key);
    return status;
}

/* ---- The turn ---- */

static fh_status no_page(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out, fh_error *err) {
    (void)context;
    (void)vocabulary;
    (void)page;
    (void)out;
    (void)err;
    return FH_OK;
}

static fh_turn *turn_new(fh_store *store) {
    fh_turn *t = fh_alloc_zeroed(1, sizeof *t);
    t->store = store;
    t->arena = fh_arena_new();
    t->settled = fh_vocabulary_new(no_page, NULL);
    t->recoding.from = store->shards[0].vocabulary;
    t->from = fh_vocabulary_number(t->recoding.from);
    t->recoding.to = t->from + 1;
    t->how = (fh_join){.facts = &t->facts, .change = recode, .context = t};
    return t;
}

void fh_turn_free(fh_turn *t) {
    if (!t) return;
    fh_writer_reset_vocabulary(t->store);
    fh_vocabulary_free(t->settled);
    fh_arena_free(t->arena);
    free(t->translated);
    free(t->facts.items);
    free(t);
}

/* By what the coiner has met. */
static fh_status settle(fh_turn *t, fh_coiner *coiner, bool whole, fh_error *err) {
    t->recoding.coiner = coiner;
    t->translated = fh_alloc(FH_CODES * sizeof *t->translated);
    fh_status status = fh_coiner_settle(coiner, t->settled, err);
    if (status == FH_OK) status = fh_coiner_translate(coiner, t->recoding.from, t->translated, err);
    if (status == FH_OK) status = new_facts(t, whole, err);
    t->recoding.translated = t->translated;
    return status;
}

fh_status fh_turn_new(fh_store *store, bool whole, fh_turn **out, fh_error *err) {
    *out = turn_new(store);
    return settle(*out, store->writer->coiner, whole, err);
}

const fh_join *fh_turn_join(const fh_turn *turn) {
    return &turn->how;
}

/* ---- Of an index that is there ---- */

/* All words that are left are met once. */
static fh_status meet_all(fh_turn *t, fh_error *err) {
    fh_store *store = t->store;
    fh_buf ignored = {0};
    uint32_t number = 0;
    fh_status status = FH_OK;
    while (status == FH_OK) {
        fh_str data;
        fh_arena_reset(store->scratch);
        fh_buf_clear(&ignored);
        status = fh_xapian_next(store->all, number, store->scratch, &number, &data, NULL, err);
        if (status == FH_OK) status = recode(t, data, &ignored, err);
    }
    fh_buf_free(&ignored);
    return status == FH_END ? FH_OK : status;
}

static fh_status turn_over(fh_store *store, fh_error *err) {
    fh_vocabulary *met = fh_vocabulary_new(no_page, NULL);
    fh_coiner *coiner = NULL;
    fh_turn *t = turn_new(store);
    fh_status status = fh_coiner_new(met, &coiner, err);
    t->recoding.coiner = coiner;
    if (status == FH_OK) status = meet_all(t, err);
    if (status == FH_OK) status = settle(t, coiner, true, err);
    if (status == FH_OK) status = fh_building_rewrite(store, &t->how, err);
    fh_turn_free(t);
    fh_coiner_free(coiner);
    fh_vocabulary_free(met);
    return status;
}

fh_status fh_store_settle(fh_store *store, fh_error *err) {
    fh_str unsettled;
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_get_meta(store->all, FH_META_UNSETTLED, store->scratch, &unsettled, err);
    if (status != FH_OK || unsettled.len == 0) return status;
    if (!store->writer->coiner) status = fh_writer_coin(store, err);
    if (status == FH_OK) status = turn_over(store, err);
    if (status == FH_OK) store->writer->unsettled = false;
    return status;
}
