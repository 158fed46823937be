/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each index is walked through by itself, its rare terms beside the others, and of what they stand at, the
 * lowest is at hand. */
#include "store/match/terms.h"
#include "store/match/matcher.h"

static fh_term_place place_in(const fh_matcher *in, fh_arena *arena) {
    const size_t runs = in->postings.fresh.count;
    fh_term_place place = {.lookup = fh_lookup_in(&in->postings, arena),
                           .paged = FH_ARENA_ARRAY(arena, fh_paged_place, 1 + runs),
                           .paged_count = 1 + runs,
                           .fresh = FH_ARENA_ARRAY(arena, fh_rare_list, runs)};
    for (size_t i = 0; i < place.paged_count; i++) {
        fh_pages pages = i == 0 ? fh_pages_of_rare(&in->rare) : fh_pages_of_run(&in->postings, i - 1);
        place.paged[i] = (fh_paged_place){.pages = pages, .walk = fh_rare_walk_in(pages, arena)};
    }
    return place;
}

fh_terms fh_terms_of(const fh_matchers *all, fh_arena *arena) {
    fh_terms t = {.places = FH_ARENA_ARRAY(arena, fh_term_place, all->count), .count = all->count};
    for (size_t i = 0; i < t.count; i++) t.places[i] = place_in(all->parts[i], arena);
    return t;
}

/* Goes on past further chunks of lists, whose keys have a zero. */
static void settle(fh_terms *t, fh_term_place *place, bool more) {
    while (more && memchr(place->lookup.key.ptr, '\0', place->lookup.key.len))
        more = fh_lookup_next(&place->lookup);
    place->more = more;
    place->here = false;
    t->broken |= place->lookup.broken;
}

static void settle_paged(fh_terms *t, fh_paged_place *place, bool more) {
    place->more = more;
    place->here = false;
    t->broken |= place->walk.broken;
}

/* ---- The lowest ---- */

static fh_str key_of(const fh_paged_place *place) {
    return fh_rare_key(&place->walk.page);
}

static void lower(bool there, fh_str key, fh_str *lowest) {
    if (there && (!lowest->ptr || fh_str_compare(key, *lowest) < 0)) *lowest = key;
}

static fh_str lowest_of(const fh_terms *t) {
    fh_str lowest = {0};
    for (const fh_term_place *at = t->places; at < t->places + t->count; at++) {
        lower(at->more, at->lookup.key, &lowest);
        for (size_t i = 0; i < at->paged_count; i++) lower(at->paged[i].more, key_of(&at->paged[i]), &lowest);
    }
    return lowest;
}

static void take_up(fh_terms *t, fh_term_place *place) {
    if (place->here) t->articles += fh_list_frequency(&place->lookup);
    for (size_t i = 0; i < place->paged_count; i++)
        if (place->paged[i].here) t->articles += place->paged[i].list.documents;
}

static bool take_lowest(fh_terms *t) {
    fh_str lowest = lowest_of(t);
    if (!lowest.ptr || t->broken) return false;
    t->key = lowest;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        at->here = at->more && fh_str_equal(at->lookup.key, lowest);
        for (fh_paged_place *paged = at->paged; paged < at->paged + at->paged_count; paged++) {
            paged->here = paged->more && fh_str_equal(key_of(paged), lowest);
            paged->list = paged->walk.page.list;
        }
        take_up(t, at);
    }
    return true;
}

/* ---- Going ---- */

bool fh_terms_seek(fh_terms *t, fh_str key) {
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        settle(t, at, fh_lookup_seek(&at->lookup, key));
        for (size_t i = 0; i < at->paged_count; i++)
            settle_paged(t, &at->paged[i], fh_rare_walk_seek(&at->paged[i].walk, key));
    }
    return take_lowest(t);
}

bool fh_terms_next(fh_terms *t) {
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        if (at->here) settle(t, at, fh_lookup_next(&at->lookup));
        for (fh_paged_place *paged = at->paged; paged < at->paged + at->paged_count; paged++)
            if (paged->here) settle_paged(t, paged, fh_rare_walk_next(&paged->walk));
    }
    return take_lowest(t);
}

static void find_in_pages(fh_terms *t, const fh_term_place *at, fh_paged_place *paged, fh_str key) {
    bool is_rare = paged == at->paged;
    paged->more = false;
    paged->list = (fh_rare_list){0};
    if (!is_rare || !at->here || at->lookup.table->mixed)
        t->broken |= !fh_rare_find(paged->pages, key, at->lookup.arena, &paged->list);
    paged->here = paged->list.documents > 0;
}

bool fh_terms_find(fh_terms *t, fh_str key) {
    t->key = key;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        at->more = false;
        at->here = fh_lookup_find(&at->lookup, key);
        for (size_t i = 0; i < at->paged_count; i++) find_in_pages(t, at, &at->paged[i], key);
        take_up(t, at);
        t->broken |= at->lookup.broken;
    }
    return t->articles > 0 && !t->broken;
}

bool fh_terms_place(const fh_terms *t, size_t index, fh_list_place *out) {
    const fh_term_place *at = &t->places[index];
    const fh_paged_place *rare = at->paged;
    bool any = at->here || rare->here;
    *out = (fh_list_place){.key = t->key, .chunks = at->lookup, .in_chunks = at->here};
    if (rare->here) out->rare = rare->list;
    for (size_t i = 1; i < at->paged_count; i++) {
        at->fresh[i - 1] = at->paged[i].here ? at->paged[i].list : (fh_rare_list){0};
        if (at->paged[i].here) out->fresh = at->fresh;
        any |= at->paged[i].here;
    }
    return any;
}
