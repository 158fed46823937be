/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nobody else looks at: Xapian knows nothing of pages of rare terms and of fresh ones, nor of told
 * lists. */
#include "base/buf.h"
#include "store/match/matcher.h"

/* Documents of it rise to its end, and there are as many as it says. */
static bool is_whole(const fh_list_place *place, uint32_t last) {
    fh_list list;
    uint32_t seen = 0;
    for (fh_list_open_at(&list, place, last); list.doc != FH_LIST_END; fh_list_next(&list)) seen++;
    return !list.broken && seen == list.frequency;
}

static uint64_t damaged_at(const fh_matchers *all, const fh_terms *terms) {
    uint64_t damaged = 0;
    for (size_t i = 0; i < all->count; i++) {
        fh_list_place place;
        if (fh_terms_place(terms, i, &place)) damaged += !is_whole(&place, all->parts[i]->last);
    }
    return damaged;
}

/* What a walk meets stays in its arena; so it ends here, and another one goes on with an empty one. */
enum { TERMS_A_WALK = 1 << 15 };

/* `next` is the key to go on with; false: there is none. */
static bool walk_terms(const fh_matchers *all, fh_buf *next, fh_arena *arena, uint64_t *damaged) {
    fh_terms terms = fh_terms_of(all, arena);
    bool more = fh_terms_seek(&terms, fh_buf_str(next));
    terms.broken |= more && fh_str_compare(terms.key, fh_buf_str(next)) < 0;
    for (size_t walked = 0; more && !terms.broken && walked < TERMS_A_WALK; walked++) {
        *damaged += damaged_at(all, &terms);
        more = fh_terms_next(&terms);
    }
    *damaged += terms.broken;
    fh_buf_clear(next);
    if (more) fh_buf_add(next, terms.key);
    return more && !terms.broken;
}

uint64_t fh_matchers_damaged_lists(const fh_matchers *all) {
    uint64_t damaged = 0;
    fh_buf next = {0};
    fh_arena *arena = fh_arena_new();
    fh_buf_add(&next, FH_FIRST_LIST);
    while (walk_terms(all, &next, arena, &damaged)) {
        fh_arena_reset(arena);
        fh_matchers_release(all);
    }
    fh_buf_free(&next);
    fh_arena_free(arena);
    return damaged;
}
