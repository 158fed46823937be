/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page is the last one whose key is not above what is looked for; those that were inflated are kept. */
#include "store/glass/rare_walk.h"

fh_rare_walk fh_rare_walk_in(const fh_mapped *table, fh_arena *arena) {
    return (fh_rare_walk){.place = fh_lookup_in(table, arena)};
}

/* Takes the page that was found, whether it is deflated or not. */
static bool open_page(fh_rare_walk *walk, bool found) {
    fh_lookup *place = &walk->place;
    fh_str tag = place->tag;
    walk->broken |= place->broken;
    if (!found || walk->broken) return false;
    if (place->deflated) {
        fh_inflated *inflated = place->table->inflated;
        if (!walk->room) walk->room = fh_arena_take(place->arena, FH_INFLATED_MOST);
        tag = (fh_str){walk->room,
                       inflated ? fh_inflated_take(inflated, fh_lookup_where(place), tag, walk->room) : 0};
    }
    walk->page = fh_rare_page_of(place->key, tag);
    walk->broken = tag.len == 0;
    return !walk->broken;
}

bool fh_rare_walk_next(fh_rare_walk *walk) {
    while (!fh_rare_next(&walk->page)) {
        walk->broken |= walk->page.broken;
        if (walk->broken || !open_page(walk, fh_lookup_next(&walk->place))) return false;
    }
    return true;
}

bool fh_rare_walk_seek(fh_rare_walk *walk, fh_str key) {
    fh_lookup from = walk->place;
    walk->page.at = walk->page.end = NULL;
    bool found = fh_lookup_find_last(&walk->place, key);
    if (!found && !walk->place.broken) { /* it is below all pages */
        walk->place = from;
        found = fh_lookup_seek(&walk->place, key);
    }
    bool more = open_page(walk, found) && fh_rare_walk_next(walk);
    while (more && fh_str_compare(fh_rare_key(&walk->page), key) < 0) more = fh_rare_walk_next(walk);
    return more;
}

bool fh_rare_find(const fh_mapped *table, fh_str key, fh_arena *arena, fh_rare_list *out) {
    fh_lookup place = fh_lookup_in(table, arena);
    *out = (fh_rare_list){0};
    if (!fh_lookup_find_last(&place, key)) return !place.broken;
    fh_str tag = place.tag;
    if (place.deflated) {
        fh_inflated *inflated = table->inflated;
        tag = inflated ? fh_inflated_look(inflated, fh_lookup_where(&place), tag) : FH_STR("");
    }
    if (tag.len == 0) return false;
    fh_rare_page page = fh_rare_page_of(place.key, tag);
    if (fh_rare_page_find(&page, key)) {
        *out = page.list;
        out->postings = fh_arena_copy(arena, page.list.postings);
    }
    return !page.broken;
}
