/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of posting lists (docs/glass.md, "The postlist table"). */
#include "store/glass/listed.h"
#include "store/glass/pack.h"

void fh_list_key(fh_str term, fh_buf *out) {
    if (term.len == 0)
        fh_buf_add(out, FH_KEY_LENGTHS);
    else
        fh_glass_sorted_string(out, term, true);
}

void fh_list_break(fh_list *list) {
    list->broken = true;
    list->at = list->end = NULL;
    list->last_chunk = true;
    list->doc = FH_LIST_END;
}

/* Takes the beginning of a chunk, of which `first` is the first document. */
static void take_chunk(fh_list *list, fh_str tag, uint64_t first) {
    bool begins = tag.len > 0 && (*tag.ptr == '0' || *tag.ptr == '1');
    list->last_chunk = begins && *tag.ptr == '1';
    if (begins) tag = fh_str_slice(tag, 1, tag.len);
    uint64_t last = first + fh_glass_take_uint(&tag);
    if (!begins || tag.len == 0 || last > list->limit) {
        fh_list_break(list);
        return;
    }
    list->at = (const unsigned char *)tag.ptr;
    list->end = list->at + tag.len;
    list->chunk_last = (uint32_t)last;
    list->wdf = fh_list_number(list);
    if (!list->broken) list->doc = (uint32_t)first;
}

/* Takes the beginning of the chunk at hand, whatever it lies in. */
static void enter_chunk(fh_list *list, uint32_t first) {
    const fh_lookup *place = &list->place;
    fh_inflated *inflated = place->table->inflated;
    if (!place->deflated) {
        take_chunk(list, place->tag, first);
        return;
    }
    if (!list->room) list->room = fh_arena_take(place->arena, FH_INFLATED_MOST);
    size_t len = inflated ? fh_inflated_take(inflated, place->where, place->tag, list->room) : 0;
    take_chunk(list, (fh_str){list->room, len}, first);
}

uint32_t fh_list_frequency(fh_lookup *place) {
    fh_str tag = place->tag;
    place->broken |= place->deflated;
    return place->deflated ? 0 : (uint32_t)fh_glass_take_uint(&tag);
}

void fh_list_open_at(fh_list *list, const fh_lookup *place, uint32_t limit) {
    *list = (fh_list){.limit = limit, .place = *place, .key_len = place->key.len};
    fh_str tag = place->tag;
    list->frequency = fh_list_frequency(&list->place);
    fh_glass_take_uint(&tag);
    fh_glass_take_uint(&tag); /* the sum of its wdf */
    uint64_t first = fh_glass_take_uint(&tag) + 1;
    if (list->place.broken)
        fh_list_break(list);
    else
        take_chunk(list, tag, first);
}

void fh_list_open(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, fh_arena *arena) {
    fh_lookup place = fh_lookup_in(table, arena);
    if (fh_lookup_find(&place, key)) {
        fh_list_open_at(list, &place, limit);
    } else {
        *list = (fh_list){.doc = FH_LIST_END, .last_chunk = true, .broken = place.broken};
    }
}

/* The first document of a further chunk of the list whose key is `own`; 0: it is none.  Its key is that one
 * and a number; it tells by which of the two ends of a term how many bytes are between. */
static uint32_t first_of_chunk(fh_str own, fh_str key) {
    bool lengths = fh_str_equal(own, FH_KEY_LENGTHS);
    if (!fh_str_starts(key, own)) return 0;
    fh_str rest = fh_str_slice(key, own.len, key.len);
    if (!lengths && (rest.len == 0 || *rest.ptr != '\0')) return 0;
    if (!lengths) rest = fh_str_slice(rest, 1, rest.len);
    return fh_glass_take_sorted_uint(&rest);
}

static void add_chunk_key(fh_str own, uint32_t doc, fh_buf *out) {
    fh_buf_add(out, own);
    if (!fh_str_equal(own, FH_KEY_LENGTHS)) fh_buf_add_char(out, '\0');
    fh_glass_sorted_uint(out, doc);
}

void fh_list_open_near(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, uint32_t doc,
                       fh_arena *arena) {
    fh_buf wanted = {0};
    fh_lookup place = fh_lookup_in(table, arena);
    add_chunk_key(key, doc, &wanted);
    uint32_t first = fh_lookup_find_last(&place, fh_buf_str(&wanted)) ? first_of_chunk(key, place.key) : 0;
    fh_buf_free(&wanted);
    if (first == 0 && !place.broken) {
        fh_list_open(list, table, limit, key, arena);
        return;
    }
    *list = (fh_list){.limit = limit, .place = place, .key_len = key.len};
    if (place.broken)
        fh_list_break(list);
    else
        enter_chunk(list, first);
}

/* Does the chunk behind the one at hand begin no later than at `doc`? */
static bool is_passed(const fh_list *list, fh_str own, uint32_t doc) {
    fh_str key;
    uint32_t first = fh_lookup_peek(&list->place, &key) ? first_of_chunk(own, key) : 0;
    return first > 0 && first <= doc;
}

void fh_list_turn(fh_list *list, uint32_t doc) {
    fh_str own = list->place.key;
    uint32_t before = list->chunk_last, first;
    if (list->last_chunk) {
        list->doc = FH_LIST_END;
        return;
    }
    own.len = list->key_len;
    do {
        first = fh_lookup_next(&list->place) ? first_of_chunk(own, list->place.key) : 0;
        if (first <= before) {
            fh_list_break(list);
            return;
        }
        before = first;
    } while (list->place.deflated && first < doc && is_passed(list, own, doc));
    enter_chunk(list, first);
}
