/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page is the last one whose key is not above what is looked for; those that were inflated are kept. */
#include "store/glass/rare_walk.h"

fh_rare_walk fh_rare_walk_in(fh_pages pages, fh_arena *arena) {
    return (fh_rare_walk){.prefix = pages.prefix, .place = fh_lookup_in(pages.table, arena)};
}

/* The key of an entry that may have a page, in the room that is given. */
typedef char entry_key[2 * FH_GLASS_KEY_MAX];

static fh_str key_behind(fh_str prefix, fh_str key, entry_key room) {
    if (prefix.len == 0) return key;
    if (key.len > FH_GLASS_KEY_MAX) key.len = FH_GLASS_KEY_MAX; /* no term has so many bytes */
    memcpy(room, prefix.ptr, prefix.len);
    memcpy(room + prefix.len, key.ptr, key.len);
    return (fh_str){room, prefix.len + key.len};
}

/* The key of the page at an entry. */
static fh_str page_key(fh_str prefix, fh_str key) {
    return fh_str_slice(key, prefix.len, key.len);
}

/* Takes the page that was found, whether it is deflated or not. */
static bool open_page(fh_rare_walk *walk, bool found) {
    fh_lookup *place = &walk->place;
    fh_str tag = place->tag;
    walk->broken |= place->broken;
    if (!found || walk->broken || !fh_str_starts(place->key, walk->prefix)) return false;
    if (place->deflated) {
        fh_inflated *inflated = place->table->inflated;
        if (!walk->room) walk->room = fh_arena_take(place->arena, FH_INFLATED_MOST);
        tag = (fh_str){walk->room,
                       inflated ? fh_inflated_take(inflated, fh_lookup_where(place), tag, walk->room) : 0};
    }
    walk->page = fh_rare_page_of(page_key(walk->prefix, place->key), tag);
    walk->page.of_run = walk->prefix.len > 0;
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

/* Goes to the last page that may begin before the key, or to the first one. */
static bool seek_page(fh_rare_walk *walk, fh_str key) {
    entry_key room;
    fh_lookup from = walk->place;
    fh_str wanted = key_behind(walk->prefix, key, room);
    bool found = fh_lookup_find_last(&walk->place, wanted);
    if (walk->place.broken || (found && fh_str_starts(walk->place.key, walk->prefix))) return found;
    walk->place = from;
    return fh_lookup_seek(&walk->place, wanted);
}

bool fh_rare_walk_seek(fh_rare_walk *walk, fh_str key) {
    walk->page.at = walk->page.end = NULL;
    bool more = open_page(walk, seek_page(walk, key)) && fh_rare_walk_next(walk);
    while (more && fh_str_compare(fh_rare_key(&walk->page), key) < 0) more = fh_rare_walk_next(walk);
    return more;
}

bool fh_rare_find(fh_pages pages, fh_str key, fh_arena *arena, fh_rare_list *out) {
    entry_key room;
    fh_lookup place = fh_lookup_in(pages.table, arena);
    *out = (fh_rare_list){0};
    if (!fh_lookup_find_last(&place, key_behind(pages.prefix, key, room))) return !place.broken;
    if (!fh_str_starts(place.key, pages.prefix)) return true;
    fh_str tag = place.tag;
    if (place.deflated) {
        fh_inflated *inflated = pages.table->inflated;
        tag = inflated ? fh_inflated_look(inflated, fh_lookup_where(&place), tag) : FH_STR("");
    }
    if (tag.len == 0) return false;
    fh_rare_page page = fh_rare_page_of(page_key(pages.prefix, place.key), tag);
    page.of_run = pages.prefix.len > 0;
    if (fh_rare_page_find(&page, key)) {
        *out = page.list;
        if (place.deflated) out->postings = fh_arena_copy(arena, page.list.postings);
    }
    return !page.broken;
}
