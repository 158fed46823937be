/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nobody else looks at: Xapian knows nothing of pages of rare terms and of fresh ones, nor of told
 * lists. */
#include "store/match/matcher.h"

/* Documents of it rise to its end, and there are as many as it says. */
static bool is_whole(const fh_list_place *place, uint32_t last) {
    fh_list list;
    uint32_t seen = 0;
    for (fh_list_open_at(&list, place, last); list.doc != FH_LIST_END; fh_list_next(&list)) seen++;
    return !list.broken && seen == list.frequency;
}

uint64_t fh_matchers_damaged_lists(const fh_matchers *all) {
    uint64_t damaged = 0;
    fh_arena *arena = fh_arena_new();
    fh_terms terms = fh_terms_of(all, arena);
    for (bool more = fh_terms_seek(&terms, FH_FIRST_LIST); more; more = fh_terms_next(&terms)) {
        for (size_t i = 0; i < all->count; i++) {
            fh_list_place place;
            if (fh_terms_place(&terms, i, &place)) damaged += !is_whole(&place, all->parts[i]->last);
        }
    }
    damaged += terms.broken;
    fh_arena_free(arena);
    return damaged;
}
