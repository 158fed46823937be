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
    list->at = (const unsigned char *)tag.ptr;
    list->end = list->at + tag.len;
    if (!begins || tag.len == 0 || last > list->limit) {
        fh_list_break(list);
        return;
    }
    list->chunk_last = (uint32_t)last;
    list->wdf = fh_list_number(list);
    if (!list->broken) list->doc = (uint32_t)first;
}

uint32_t fh_list_frequency(fh_str tag) {
    return (uint32_t)fh_glass_take_uint(&tag);
}

void fh_list_open_at(fh_list *list, const fh_lookup *place, uint32_t limit) {
    *list = (fh_list){.limit = limit, .place = *place, .key_len = place->key.len};
    fh_str tag = place->tag;
    list->frequency = (uint32_t)fh_glass_take_uint(&tag);
    fh_glass_take_uint(&tag); /* the sum of its wdf */
    uint64_t first = fh_glass_take_uint(&tag) + 1;
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

/* A further chunk's key is that of the first one, and a number; it tells by which of the two ends of a term
 * how many bytes are between. */
void fh_list_turn(fh_list *list) {
    fh_str own = list->place.key;
    uint32_t before = list->doc;
    if (list->last_chunk) {
        list->doc = FH_LIST_END;
        return;
    }
    own.len = list->key_len;
    bool lengths = fh_str_equal(own, FH_KEY_LENGTHS);
    if (!fh_lookup_next(&list->place) || !fh_str_starts(list->place.key, own)) {
        fh_list_break(list);
        return;
    }
    fh_str rest = fh_str_slice(list->place.key, own.len, list->place.key.len);
    bool ended = lengths || (rest.len > 0 && *rest.ptr == '\0');
    if (!lengths && ended) rest = fh_str_slice(rest, 1, rest.len);
    uint32_t first = ended ? fh_glass_take_sorted_uint(&rest) : 0;
    if (first <= before || first <= list->chunk_last)
        fh_list_break(list);
    else
        take_chunk(list, list->place.tag, first);
}
