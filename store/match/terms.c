/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each index is walked through by itself, its rare terms beside the others, and of what they stand at, the
 * lowest is at hand. */
#include "store/match/terms.h"
#include "store/match/matcher.h"

fh_terms fh_terms_of(const fh_matchers *all, fh_arena *arena) {
    fh_terms t = {.places = FH_ARENA_ARRAY(arena, fh_term_place, all->count), .count = all->count};
    for (size_t i = 0; i < t.count; i++)
        t.places[i] = (fh_term_place){.lookup = fh_lookup_in(&all->parts[i]->postings, arena),
                                      .rare = fh_rare_walk_in(&all->parts[i]->rare, arena)};
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

static void settle_rare(fh_terms *t, fh_term_place *place, bool more) {
    place->rare_more = more;
    place->rare_here = false;
    t->broken |= place->rare.broken;
}

/* ---- The lowest ---- */

static fh_str rare_key(const fh_term_place *place) {
    return fh_rare_key(&place->rare.page);
}

static void lower(bool there, fh_str key, fh_str *lowest) {
    if (there && (!lowest->ptr || fh_str_compare(key, *lowest) < 0)) *lowest = key;
}

static void take_up(fh_terms *t, fh_term_place *place) {
    if (place->here) t->articles += fh_list_frequency(&place->lookup);
    if (place->rare_here) t->articles += place->rare_list.documents;
}

static bool take_lowest(fh_terms *t) {
    fh_str lowest = {0};
    for (const fh_term_place *at = t->places; at < t->places + t->count; at++) {
        lower(at->more, at->lookup.key, &lowest);
        lower(at->rare_more, rare_key(at), &lowest);
    }
    if (!lowest.ptr || t->broken) return false;
    t->key = lowest;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        at->here = at->more && fh_str_equal(at->lookup.key, lowest);
        at->rare_here = at->rare_more && fh_str_equal(rare_key(at), lowest);
        at->rare_list = at->rare.page.list;
        take_up(t, at);
    }
    return true;
}

/* ---- Going ---- */

bool fh_terms_seek(fh_terms *t, fh_str key) {
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        settle(t, at, fh_lookup_seek(&at->lookup, key));
        settle_rare(t, at, fh_rare_walk_seek(&at->rare, key));
    }
    return take_lowest(t);
}

bool fh_terms_next(fh_terms *t) {
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        if (at->here) settle(t, at, fh_lookup_next(&at->lookup));
        if (at->rare_here) settle_rare(t, at, fh_rare_walk_next(&at->rare));
    }
    return take_lowest(t);
}

bool fh_terms_find(fh_terms *t, fh_str key) {
    bool found = false;
    t->key = key;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        at->more = at->rare_more = false;
        at->here = fh_lookup_find(&at->lookup, key);
        at->rare_list = (fh_rare_list){0};
        if (!at->here || at->lookup.table->mixed)
            t->broken |= !fh_rare_find(at->rare.place.table, key, at->lookup.arena, &at->rare_list);
        at->rare_here = at->rare_list.documents > 0;
        take_up(t, at);
        found |= at->here || at->rare_here;
        t->broken |= at->lookup.broken;
    }
    return found && !t->broken;
}

bool fh_terms_place(const fh_terms *t, size_t index, fh_list_place *out) {
    const fh_term_place *at = &t->places[index];
    *out = (fh_list_place){.key = t->key, .chunks = at->lookup, .in_chunks = at->here};
    if (at->rare_here) out->rare = at->rare_list;
    return at->here || at->rare_here;
}
