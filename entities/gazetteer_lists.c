/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The growing lists of entities and spellings; entities are found again by their ids. */
#include "entities/gazetteer_text.h"

#include "base/memory.h"
#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

void fh_lists_start(const fh_gazetteer *base, fh_lists *out) {
    *out = (fh_lists){.arena = fh_arena_new(), .analyser = fh_analyser_new(FH_STEMMER_NONE), .base = base};
}

void fh_lists_free(fh_lists *lists) {
    fh_analyser_free(lists->analyser);
    fh_arena_free(lists->arena);
    free(lists->entities);
    free(lists->spellings);
    free(lists->nevers);
    free(lists->givens);
    free(lists->aliases);
    free(lists->slots);
}

static size_t slot_of(const fh_lists *lists, fh_str id) {
    size_t at = fh_hash(FH_HASH_START, id) % lists->slot_count;
    while (lists->slots[at] && !fh_str_equal(lists->entities[lists->slots[at] - 1]->id, id))
        at = (at + 1) % lists->slot_count;
    return at;
}

/* Slots are never more than half full. */
static void make_room(fh_lists *lists) {
    lists->entities =
        fh_grow(lists->entities, lists->entity_count, &lists->entity_capacity, sizeof *lists->entities);
    if (2 * (lists->entity_count + 1) <= lists->slot_count) return;
    free(lists->slots);
    lists->slot_count = lists->slot_count ? 2 * lists->slot_count : FIRST_SLOTS;
    lists->slots = fh_alloc_zeroed(lists->slot_count, sizeof *lists->slots);
    for (size_t i = 0; i < lists->entity_count; i++)
        lists->slots[slot_of(lists, lists->entities[i]->id)] = (uint32_t)i + 1;
}

fh_listed *fh_lists_find(const fh_lists *lists, fh_str id) {
    if (!lists->slot_count) return NULL;
    uint32_t found = lists->slots[slot_of(lists, id)];
    return found ? lists->entities[found - 1] : NULL;
}

fh_listed *fh_lists_add(fh_lists *lists, fh_str id, fh_entity_type type) {
    fh_listed *entity = fh_arena_take_zeroed(lists->arena, sizeof *entity);
    *entity = (fh_listed){.id = id, .type = type};
    make_room(lists);
    lists->entities[lists->entity_count++] = entity;
    lists->slots[slot_of(lists, id)] = (uint32_t)lists->entity_count;
    return entity;
}

void fh_lists_add_spelling(fh_lists *lists, const fh_spelling *spelling) {
    lists->spellings =
        fh_grow(lists->spellings, lists->spelling_count, &lists->spelling_capacity, sizeof *lists->spellings);
    lists->spellings[lists->spelling_count++] = *spelling;
}
