/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of posting lists (docs/glass.md, "The postlist table"). */
#include "store/glass/listed.h"
#include "store/glass/pack.h"
#include "store/glass/told.h"

/* False: what tells of runs is damaged, and nothing shows that by its sum, which is noticed later. */
static bool take_runs(fh_mapped *postings) {
    if (!postings->mixed) return true;
    fh_arena *arena = fh_arena_new();
    fh_lookup place = fh_lookup_in(postings, arena);
    bool found = fh_lookup_find(&place, FH_STR(FH_KEY_OF_FACT(FH_META_FRESH)));
    bool whole = !place.broken && fh_fresh_take(found ? place.tag : FH_STR(""), &postings->fresh);
    fh_arena_free(arena);
    return whole || postings->proof->wrong;
}

bool fh_list_tables_open(const fh_list_tables *to, const char *dir, const fh_glass_version *version,
                         fh_proof *proof, fh_inflated *inflated) {
    bool opened = fh_mapped_open(dir, FH_GLASS_POSTLIST, version, proof, to->postings) &&
                  fh_mapped_open(dir, FH_GLASS_RARE, version, proof, to->rare) &&
                  fh_mapped_open(dir, FH_GLASS_TOLD, version, proof, to->told);
    to->postings->inflated = to->rare->inflated = inflated;
    to->postings->rare = to->rare->bytes ? to->rare : NULL;
    to->postings->told = to->told->bytes ? to->told : NULL;
    to->postings->mixed = !fh_glass_is_untouched(version);
    return opened && take_runs(to->postings);
}

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
    list->fresh = NULL;
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

/* The last document that can be in a page of rare terms or in a chunk. */
static uint32_t last_before_runs(const fh_list *list) {
    const fh_mapped *table = list->place.table;
    uint32_t before = table && table->fresh.count > 0 ? table->fresh.runs[0].first - 1 : list->limit;
    return before < list->limit ? before : list->limit;
}

/* Takes what the next run has that has any. */
static void take_run(fh_list *list) {
    const fh_fresh *fresh = &list->place.table->fresh;
    const fh_rare_list *next = list->fresh;
    while (next && list->next_run < fresh->count && next[list->next_run].documents == 0) list->next_run++;
    if (!next || list->next_run == fresh->count) {
        list->doc = FH_LIST_END;
        return;
    }
    uint32_t last = fresh->runs[list->next_run].last;
    next += list->next_run++;
    if (last > list->limit || next->first > last || next->first <= list->chunk_last) {
        fh_list_break(list);
        return;
    }
    list->at = (const unsigned char *)next->postings.ptr;
    list->end = list->at + next->postings.len;
    list->chunk_last = last;
    list->wdf = fh_list_number(list);
    if (!list->broken) list->doc = next->first;
}

/* Takes the first chunk, whose documents are behind `before`. */
static void take_first_chunk(fh_list *list, uint32_t before) {
    fh_str tag = list->place.tag;
    fh_glass_take_uint(&tag); /* how many documents */
    fh_glass_take_uint(&tag); /* the sum of their wdf */
    uint64_t first = fh_glass_take_uint(&tag) + 1;
    if (list->place.broken || first <= before)
        fh_list_break(list);
    else
        take_chunk(list, tag, first);
}

static void take_rare(fh_list *list, const fh_rare_list *rare, bool more) {
    list->chunk_last = last_before_runs(list);
    if (rare->first > list->chunk_last) {
        fh_list_break(list);
        return;
    }
    list->at = (const unsigned char *)rare->postings.ptr;
    list->end = list->at + rare->postings.len;
    list->wdf = fh_list_number(list);
    if (list->broken) return;
    list->doc = rare->first;
    list->ahead = more;
    list->last_chunk = !more;
}

static void open_at(fh_list *list, const fh_list_place *place, const fh_rare_list *rare, uint32_t limit) {
    *list = (fh_list){.limit = limit, .place = place->chunks};
    if (!place->in_chunks) list->place.key = place->key; /* not that of the entry behind */
    list->key_len = list->place.key.len;
    list->frequency = rare->documents + (place->in_chunks ? fh_list_frequency(&list->place) : 0);
    list->fresh = place->fresh;
    for (size_t i = 0; list->fresh && i < list->place.table->fresh.count; i++)
        list->frequency += list->fresh[i].documents;
    if (rare->documents > 0) {
        take_rare(list, rare, place->in_chunks);
    } else if (place->in_chunks) {
        take_first_chunk(list, 0);
    } else {
        list->last_chunk = true;
        take_run(list);
    }
}

void fh_list_open_at(fh_list *list, const fh_list_place *place, uint32_t limit) {
    fh_rare_list rare = place->rare;
    bool whole = !fh_rare_is_told(&rare) || fh_told_resolve(place, limit, &rare);
    open_at(list, place, &rare, limit);
    if (!whole) fh_list_break(list);
}

/* Finds where it was before there were runs.  False: something is damaged. */
static bool find_old_place(const fh_mapped *table, fh_str key, fh_arena *arena, fh_list_place *out) {
    *out = (fh_list_place){.key = key, .chunks = fh_lookup_in(table, arena)};
    out->in_chunks = fh_lookup_find(&out->chunks, key);
    if (!table->rare || (out->in_chunks && !table->mixed)) return !out->chunks.broken;
    return fh_rare_find(fh_pages_of_rare(table->rare), key, arena, &out->rare) && !out->chunks.broken;
}

/* What is in runs.  False: something is damaged. */
static bool find_fresh(const fh_mapped *table, fh_str key, fh_arena *arena, const fh_rare_list **out) {
    const size_t count = table->fresh.count;
    bool whole = true, any = false;
    *out = NULL;
    if (count == 0 || fh_str_equal(key, FH_KEY_LENGTHS)) return true;
    fh_rare_list *lists = FH_ARENA_ARRAY(arena, fh_rare_list, count);
    for (size_t i = 0; i < count; i++) {
        whole &= fh_rare_find(fh_pages_of_run(table, i), key, arena, &lists[i]);
        any |= lists[i].documents > 0;
    }
    if (any) *out = lists;
    return whole;
}

void fh_list_open(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, fh_arena *arena) {
    fh_list_place place;
    bool whole = find_old_place(table, key, arena, &place) && find_fresh(table, key, arena, &place.fresh);
    fh_list_open_at(list, &place, limit);
    if (!whole) fh_list_break(list);
}

void fh_list_open_plain(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, fh_arena *arena) {
    fh_list_place place;
    bool whole = find_old_place(table, key, arena, &place) && !fh_rare_is_told(&place.rare);
    open_at(list, &place, &place.rare, limit);
    if (!whole) fh_list_break(list);
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
    if (place.broken || !find_fresh(table, key, arena, &list->fresh))
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
        take_run(list);
        return;
    }
    if (list->ahead) {
        list->ahead = false;
        take_first_chunk(list, list->doc);
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
