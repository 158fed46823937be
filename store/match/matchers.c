/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several indexes as one: what they are together, and which number a document has in which. */
#include "base/memory.h"
#include "store/match/matcher.h"
#include <stdlib.h>

fh_matchers *fh_matchers_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_matchers));
}

void fh_matchers_free(fh_matchers *all) {
    if (!all) return;
    for (size_t i = 0; i < all->count; i++) fh_matcher_free(all->parts[i]);
    free(all->parts);
    free(all->found);
    free(all);
}

bool fh_matchers_add(fh_matchers *all, const char *dir, fh_vocabulary *vocabulary) {
    fh_matcher *added = fh_matcher_new(dir, vocabulary);
    uint64_t length = 0;
    if (!added) return false;
    all->parts = fh_grow(all->parts, all->count, &all->room, sizeof *all->parts);
    all->parts[all->count++] = added;
    all->documents += added->documents;
    all->dead += added->dead.count;
    for (size_t i = 0; i < all->count; i++) length += all->parts[i]->length;
    all->average_length = all->documents ? (double)length / (double)all->documents : 0;
    return true;
}

void fh_matchers_release(const fh_matchers *all) {
    for (size_t i = 0; i < all->count; i++) fh_matcher_release(all->parts[i]);
}

fh_hidden *fh_matchers_deal(const fh_matchers *all, fh_hidden hidden, fh_arena *arena) {
    fh_hidden *each = FH_ARENA_ARRAY(arena, fh_hidden, all->count);
    for (size_t part = 0; part < all->count; part++) {
        uint32_t *numbers = FH_ARENA_ARRAY(arena, uint32_t, hidden.count + 1);
        each[part] = (fh_hidden){numbers, 0};
        for (size_t i = 0; i < hidden.count; i++) {
            uint32_t document;
            if (fh_matchers_part(all, hidden.numbers[i], &document) == part)
                numbers[each[part].count++] = document;
        }
    }
    return each;
}

/* ---- What they have ---- */

bool fh_matchers_lookup(fh_matchers *all, fh_str id, uint32_t *number) {
    *number = 0;
    for (size_t part = 0; part < all->count; part++) {
        uint32_t document;
        if (!fh_matcher_lookup(all->parts[part], id, &document)) return false;
        uint32_t found = document ? fh_matchers_number(all, part, document) : 0;
        if (found > *number) *number = found;
    }
    return true;
}

bool fh_matchers_data(fh_matchers *all, uint32_t number, fh_arena *arena, fh_str *data, fh_str *entities) {
    uint32_t document;
    fh_matcher *m = all->parts[fh_matchers_part(all, number, &document)];
    return fh_matcher_data(m, document, arena, data) &&
           (!entities || fh_matcher_value(m, document, FH_SLOT_ENTITIES, arena, entities));
}

fh_store_stats fh_matchers_statistics(const fh_matchers *all) {
    return (fh_store_stats){all->documents - all->dead, all->average_length};
}

typedef struct numbering {
    const fh_matchers *all;
    size_t part;
    fh_value_visitor *visit;
    void *context;
    bool ended;
} numbering;

static bool visit_numbered(void *context, uint32_t document, fh_str value) {
    numbering *n = context;
    n->ended = !n->visit(n->context, fh_matchers_number(n->all, n->part, document), value);
    return !n->ended;
}

bool fh_matchers_values(fh_matchers *all, fh_slot slot, fh_value_visitor *visit, void *context) {
    numbering n = {.all = all, .visit = visit, .context = context};
    for (; n.part < all->count && !n.ended; n.part++)
        if (!fh_matcher_values(all->parts[n.part], slot, visit_numbered, &n)) return false;
    return true;
}
