/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settling: words got their codes as they came, and those of deleted and replaced articles may stand in the
 * vocabulary still.  So another one is made from the articles that are there, the most frequent words first,
 * and the index is written anew in its codes. */
#include "base/memory.h"
#include "store/bulk.h"
#include "store/handle.h"

#include <stdio.h>
#include <stdlib.h>

/* Articles on their way from one vocabulary to the next. */
typedef struct turn {
    fh_store *store;
    fh_coiner *coiner;
    uint32_t number; /* of the next vocabulary */
    fh_arena *arena; /* of the new facts */
    fh_facts *facts;
    size_t capacity;
} turn;

static fh_status recode(void *context, fh_str data, fh_buf *out, fh_error *err) {
    turn *t = context;
    fh_vocabulary *old = t->store->shards[0].vocabulary;
    fh_record record;
    fh_status status = fh_record_read(data, &record, err);
    if (status == FH_OK) status = fh_vocabulary_select(old, record.vocabulary, err);
    return status == FH_OK ? fh_record_recode(&record, old, t->coiner, t->number, out, err) : status;
}

/* All words that are left are met once. */
static fh_status meet_all(turn *t, fh_error *err) {
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

/* ---- Facts ---- */

static void add_fact(turn *t, fh_str key, fh_str value) {
    t->facts->items = fh_grow(t->facts->items, t->facts->count, &t->capacity, sizeof *t->facts->items);
    t->facts->items[t->facts->count++] = (fh_fact){key, value};
}

static fh_status add_page(void *context, uint32_t page, fh_str bytes, fh_error *err) {
    turn *t = context;
    char key[FH_PAGE_KEY];
    (void)err;
    fh_page_key(t->number, page, key);
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
static fh_status new_facts(turn *t, fh_vocabulary *settled, fh_error *err) {
    fh_facts old;
    fh_status status = fh_xapian_facts(t->store->all, t->arena, &old, err);
    if (status != FH_OK) return status;
    for (size_t i = 0; i < old.count; i++) {
        fh_str key = old.items[i].key;
        if (!is_of_vocabulary(key) && !fh_str_equal(key, FH_STR(FH_META_UNSETTLED)))
            add_fact(t, key, old.items[i].value);
    }
    add_fact(t, FH_STR(FH_META_VOCABULARY), fh_arena_format(t->arena, "%u", t->number));
    status = fh_vocabulary_keep(settled, add_page, t, err);
    qsort(t->facts->items, t->facts->count, sizeof *t->facts->items, by_key);
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

static fh_status make_turn(turn *t, fh_vocabulary *met, fh_vocabulary *settled, fh_error *err) {
    fh_join how = {.facts = t->facts, .change = recode, .context = t};
    fh_status status = fh_coiner_new(met, &t->coiner, err);
    if (status == FH_OK) status = meet_all(t, err);
    if (status == FH_OK) status = fh_coiner_settle(t->coiner, settled, err);
    if (status == FH_OK) status = new_facts(t, settled, err);
    return status == FH_OK ? fh_building_rewrite(t->store, &how, err) : status;
}

static fh_status turn_over(fh_store *store, fh_error *err) {
    fh_facts facts = {0};
    fh_vocabulary *met = fh_vocabulary_new(no_page, NULL), *settled = fh_vocabulary_new(no_page, NULL);
    turn t = {.store = store, .arena = fh_arena_new(), .facts = &facts};
    fh_status status = store->writer->coiner ? FH_OK : fh_writer_coin(store, err);
    t.number = fh_vocabulary_number(store->shards[0].vocabulary) + 1;
    if (status == FH_OK) status = make_turn(&t, met, settled, err);
    fh_coiner_free(t.coiner);
    fh_vocabulary_free(met);
    fh_vocabulary_free(settled);
    fh_arena_free(t.arena);
    free(facts.items);
    fh_writer_reset_vocabulary(store);
    return status;
}

fh_status fh_store_settle(fh_store *store, fh_error *err) {
    fh_str unsettled;
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_get_meta(store->all, FH_META_UNSETTLED, store->scratch, &unsettled, err);
    if (status != FH_OK || unsettled.len == 0) return status;
    status = turn_over(store, err);
    if (status == FH_OK) store->writer->unsettled = false;
    return status;
}
