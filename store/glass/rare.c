/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A term of a page: how much of its key is that of the term before, the rest of the key, how many documents,
 * the first of them, how long the postings are, and those.  What can be told is left out: the length of a
 * single posting, and the key of the first term, which is that of the page. */
#include "store/glass/rare.h"
#include "store/glass/pack.h"

/* ---- Writing ---- */

static void set(fh_buf *to, fh_str bytes) {
    fh_buf_clear(to);
    fh_buf_add(to, bytes);
}

void fh_rare_end(fh_rare_writer *to) {
    if (to->page.len == 0) return;
    fh_glass_add_small(to->glass, FH_GLASS_RARE, fh_buf_str(&to->first), fh_buf_str(&to->page),
                       FH_GLASS_OF_LISTS);
    fh_buf_clear(&to->page);
}

static size_t shared_len(fh_str a, fh_str b) {
    size_t len = 0;
    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len]) len++;
    return len;
}

void fh_rare_add(fh_rare_writer *to, fh_str key, uint32_t documents, uint32_t first, fh_str postings) {
    size_t most = 2 + key.len + 3 * FH_GLASS_UINT_MAX + postings.len;
    if (to->page.len + most > FH_INFLATED_MOST) fh_rare_end(to);
    if (to->page.len == 0) {
        set(&to->first, key);
        set(&to->last, key);
    }
    size_t shared = shared_len(fh_buf_str(&to->last), key);
    fh_buf_add_char(&to->page, (char)shared);
    fh_buf_add_char(&to->page, (char)(key.len - shared));
    fh_buf_add(&to->page, fh_str_slice(key, shared, key.len));
    fh_glass_uint(&to->page, documents);
    fh_glass_uint(&to->page, first);
    if (documents > 1) fh_glass_uint(&to->page, postings.len);
    fh_buf_add(&to->page, postings);
    set(&to->last, key);
}

void fh_rare_writer_free(fh_rare_writer *writer) {
    fh_buf_free(&writer->first);
    fh_buf_free(&writer->last);
    fh_buf_free(&writer->page);
}

/* ---- A page ---- */

fh_rare_page fh_rare_page_of(fh_str key, fh_str tag) {
    fh_rare_page page = {.rest = tag, .key_len = key.len};
    memcpy(page.key, key.ptr, key.len);
    return page;
}

static bool damaged(fh_rare_page *page) {
    page->broken = true;
    page->rest = (fh_str){0};
    return false;
}

static bool take_key(fh_rare_page *page) {
    if (page->rest.len < 2) return false;
    size_t shared = (unsigned char)page->rest.ptr[0], own = (unsigned char)page->rest.ptr[1];
    if (shared > page->key_len || shared + own > sizeof page->key || 2 + own > page->rest.len) return false;
    memcpy(page->key + shared, page->rest.ptr + 2, own);
    page->key_len = shared + own;
    page->rest = fh_str_slice(page->rest, 2 + own, page->rest.len);
    return true;
}

/* How long the only posting is, that is its one number. */
static size_t single_len(fh_str rest) {
    size_t len = 0;
    while (len < rest.len && (unsigned char)rest.ptr[len] >= 0x80) len++;
    return len + 1;
}

bool fh_rare_next(fh_rare_page *page) {
    if (page->rest.len == 0) return false;
    if (!take_key(page)) return damaged(page);
    uint64_t documents = fh_glass_take_uint(&page->rest), first = fh_glass_take_uint(&page->rest);
    uint64_t len = documents > 1 ? fh_glass_take_uint(&page->rest) : single_len(page->rest);
    if (documents == 0 || documents > len || first == 0 || first > UINT32_MAX || len > FH_RARE_MOST ||
        len > page->rest.len)
        return damaged(page);
    page->list =
        (fh_rare_list){(uint32_t)documents, (uint32_t)first, fh_str_slice(page->rest, 0, (size_t)len)};
    page->rest = fh_str_slice(page->rest, (size_t)len, page->rest.len);
    return true;
}

/* ---- A table ---- */

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
        uint64_t where = place->where | (uint64_t)place->table->name << 56;
        if (!walk->room) walk->room = fh_arena_take(place->arena, FH_INFLATED_MOST);
        tag = (fh_str){walk->room, inflated ? fh_inflated_take(inflated, where, tag, walk->room) : 0};
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
    walk->page = (fh_rare_page){0};
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
    fh_rare_walk walk = fh_rare_walk_in(table, arena);
    *out = (fh_rare_list){0};
    if (fh_rare_walk_seek(&walk, key) && fh_str_equal(fh_rare_key(&walk.page), key)) *out = walk.page.list;
    return !walk.broken;
}
