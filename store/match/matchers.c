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

/* All numbers must be below FH_LIST_END. */
static bool have_numbers(const fh_matchers *all) {
    for (size_t i = 0; i < all->count; i++)
        if (all->parts[i]->last >= FH_LIST_END / all->count) return false;
    return true;
}

bool fh_matchers_add(fh_matchers *all, const char *dir, fh_xapian *db, fh_vocabulary *vocabulary) {
    fh_matcher *added = fh_matcher_new(dir, db, vocabulary);
    uint64_t length = 0;
    if (!added) return false;
    all->parts = fh_grow(all->parts, all->count, &all->room, sizeof *all->parts);
    all->parts[all->count++] = added;
    all->documents += added->documents;
    all->dead += added->dead.count;
    for (size_t i = 0; i < all->count; i++) length += all->parts[i]->length;
    all->average_length = all->documents ? (double)length / (double)all->documents : 0;
    return have_numbers(all);
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
