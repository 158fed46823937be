/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each index is walked through by itself, and of what they stand at, the lowest is at hand. */
#include "store/match/terms.h"
#include "store/match/matcher.h"

fh_terms fh_terms_of(const fh_matchers *all, fh_arena *arena) {
    fh_terms t = {.places = FH_ARENA_ARRAY(arena, fh_term_place, all->count), .count = all->count};
    for (size_t i = 0; i < t.count; i++)
        t.places[i] = (fh_term_place){.lookup = fh_lookup_in(&all->parts[i]->postings, arena)};
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

static void take_up(fh_terms *t, fh_term_place *place) {
    place->here = true;
    t->articles += fh_list_frequency(&place->lookup);
}

static bool take_lowest(fh_terms *t) {
    const fh_term_place *lowest = NULL;
    for (const fh_term_place *at = t->places; at < t->places + t->count; at++)
        if (at->more && (!lowest || fh_str_compare(at->lookup.key, lowest->lookup.key) < 0)) lowest = at;
    if (!lowest || t->broken) return false;
    t->key = lowest->lookup.key;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++)
        if (at == lowest || (at->more && fh_str_equal(at->lookup.key, t->key))) take_up(t, at);
    return true;
}

bool fh_terms_seek(fh_terms *t, fh_str key) {
    for (size_t i = 0; i < t->count; i++) settle(t, &t->places[i], fh_lookup_seek(&t->places[i].lookup, key));
    return take_lowest(t);
}

bool fh_terms_next(fh_terms *t) {
    for (fh_term_place *at = t->places; at < t->places + t->count; at++)
        if (at->here) settle(t, at, fh_lookup_next(&at->lookup));
    return take_lowest(t);
}

bool fh_terms_find(fh_terms *t, fh_str key) {
    bool found = false;
    t->key = key;
    t->articles = 0;
    for (fh_term_place *at = t->places; at < t->places + t->count; at++) {
        at->here = at->more = false;
        if (fh_lookup_find(&at->lookup, key)) take_up(t, at);
        found |= at->here;
        t->broken |= at->lookup.broken;
    }
    return found && !t->broken;
}
