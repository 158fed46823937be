/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All values of a slot are read, and each gets a number. */
#include "store/match/column.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include <stdlib.h>

/* ---- Numbers ---- */

struct fh_column_place {
    uint32_t hash, number; /* FH_NO_VALUE: it is free */
};

fh_column *fh_column_new(fh_slot slot) {
    fh_column *c = fh_alloc_zeroed(1, sizeof *c);
    c->slot = slot;
    c->memory = fh_arena_new();
    return c;
}

void fh_column_free(fh_column *c) {
    if (!c) return;
    free(c->values);
    free(c->counts);
    free(c->places);
    free(c->starts);
    free(c->touched);
    fh_buf_free(&c->numbers);
    fh_arena_free(c->memory);
    free(c);
}

static struct fh_column_place *free_place(const fh_column *c, uint32_t hash) {
    size_t at = hash & (c->place_count - 1);
    while (c->places[at].number != FH_NO_VALUE) at = (at + 1) & (c->place_count - 1);
    return &c->places[at];
}

static void make_room(fh_column *c) {
    enum { FIRST = 64 };
    struct fh_column_place *old = c->places;
    size_t old_count = c->place_count;
    c->place_count = old_count ? 2 * old_count : FIRST;
    c->places = fh_alloc(c->place_count * sizeof *c->places);
    for (size_t i = 0; i < c->place_count; i++) c->places[i].number = FH_NO_VALUE;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].number != FH_NO_VALUE) *free_place(c, old[i].hash) = old[i];
    free(old);
}

uint32_t fh_column_number(fh_column *c, fh_str kept) {
    unsigned long long mixed = fh_hash(FH_HASH_START, kept);
    uint32_t hash = (uint32_t)(mixed ^ mixed >> 32);
    if (2 * c->count >= c->place_count) make_room(c);
    for (size_t at = hash & (c->place_count - 1);; at = (at + 1) & (c->place_count - 1)) {
        const struct fh_column_place *place = &c->places[at];
        if (place->number == FH_NO_VALUE) break;
        if (place->hash == hash && fh_str_equal(c->values[place->number].kept, kept)) return place->number;
    }
    size_t room = c->room;
    c->counts = fh_grow(c->counts, c->count, &room, sizeof *c->counts);
    c->values = fh_grow(c->values, c->count, &c->room, sizeof *c->values);
    c->counts[c->count] = (fh_column_count){.meant = FH_NOT_ASKED, .summed = FH_NOT_ASKED};
    c->values[c->count] = (fh_column_value){.kept = fh_arena_copy(c->memory, kept)};
    *free_place(c, hash) = (struct fh_column_place){hash, (uint32_t)c->count};
    return (uint32_t)c->count++;
}

/* ---- Learning ---- */

fh_str fh_value_take(fh_str *list) {
    const char *end = list->len ? memchr(list->ptr, FH_VALUE_END, list->len) : NULL;
    size_t len = end ? (size_t)(end - list->ptr) : list->len;
    fh_str value = fh_str_slice(*list, 0, len);
    *list = fh_str_slice(*list, end ? len + 1 : len, list->len);
    return value;
}

typedef struct learning {
    fh_column *column;
    uint32_t *starts;
    uint32_t next; /* the first document whose start is not known */
} learning;

static void start_up_to(learning *l, uint32_t document) {
    while (l->next <= document) l->starts[l->next++] = (uint32_t)l->column->numbers.len;
}

static bool learn_document(void *context, uint32_t document, fh_str kept) {
    learning *l = context;
    fh_column *c = l->column;
    start_up_to(l, document);
    c->listed |= kept.len && memchr(kept.ptr, FH_VALUE_END, kept.len);
    while (kept.len > 0) fh_glass_uint(&c->numbers, fh_column_number(c, fh_value_take(&kept)));
    return c->numbers.len <= UINT32_MAX;
}

bool fh_column_learn(fh_column *c, const fh_mapped *postings, uint32_t last) {
    if (c->starts) return true;
    learning l = {.column = c, .starts = fh_alloc(((size_t)last + 2) * sizeof *l.starts)};
    fh_buf_clear(&c->numbers);
    if (!fh_slot_visit(postings, c->slot, last, learn_document, &l)) {
        free(l.starts);
        return false;
    }
    start_up_to(&l, last + 1);
    c->starts = l.starts;
    return true;
}
