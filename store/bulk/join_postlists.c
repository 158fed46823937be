/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The postlist table of a join: metadata, values, lengths of documents, and postings term by term. */
#include "base/memory.h"
#include "store/bulk/tell.h"
#include "store/glass/pack.h"
#include "store/schema.h"
#include <stdlib.h>

/* ---- Metadata ---- */

static void add_fact(fh_joining *j, fh_str name, fh_str value) {
    fh_buf_clear(&j->key);
    fh_buf_add(&j->key, FH_KEY_FACT);
    fh_buf_add(&j->key, name);
    fh_glass_add(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->key), value);
}

/* Terms that were fresh will be among all others. */
static bool is_moved(fh_str name) {
    return !fh_str_equal(name, FH_STR(FH_META_DEAD)) && !fh_str_starts(name, FH_STR(FH_META_FRESH));
}

static void learn_runs(fh_joining *j, fh_joined_part *from, fh_str name) {
    if (!fh_str_equal(name, FH_STR(FH_META_FRESH)) || fh_fresh_take(from->at.tag, &from->fresh)) return;
    j->status = fh_glass_damaged(from->reader, j->err);
    from->at.there = false;
}

static void join_facts(fh_joining *j) {
    fh_buf tag = {0};
    const fh_facts *given = j->how->facts;
    for (size_t i = 0; given && i < given->count; i++)
        add_fact(j, given->items[i].key, given->items[i].value);
    while (fh_joining_lowest(j, FH_KEY_FACT, fh_whole_len)) {
        fh_str name = fh_str_slice(fh_buf_str(&j->name), FH_KEY_FACT.len, j->name.len);
        for (size_t i = 0; i < j->count; i++) {
            if (!fh_joining_is_at(j, &j->parts[i], fh_whole_len)) continue;
            learn_runs(j, &j->parts[i], name);
            fh_buf_clear(&tag);
            fh_buf_add(&tag, j->parts[i].at.tag);
            fh_joining_advance(j, &j->parts[i]);
        }
        if (!given && is_moved(name)) add_fact(j, name, fh_buf_str(&tag));
    }
    fh_buf_free(&tag);
}

/* ---- Values, moved in whole chunks ---- */

static void set_where(bool wanted, fh_buf *to, fh_str bytes) {
    if (!wanted) return;
    fh_buf_clear(to);
    fh_buf_add(to, bytes);
}

static void join_value_facts(fh_joining *j) {
    fh_buf least = {0}, most = {0}, tag = {0};
    while (fh_joining_lowest(j, FH_KEY_VALUE_FACTS, fh_whole_len)) {
        uint64_t all = 0;
        for (size_t i = 0; i < j->count; i++) {
            if (!fh_joining_is_at(j, &j->parts[i], fh_whole_len)) continue;
            fh_str rest = j->parts[i].at.tag;
            uint64_t count = fh_glass_take_uint(&rest);
            fh_str low = fh_glass_take_string(&rest), high = rest.len ? rest : low;
            set_where(all == 0 || fh_str_compare(low, fh_buf_str(&least)) < 0, &least, low);
            set_where(all == 0 || fh_str_compare(high, fh_buf_str(&most)) > 0, &most, high);
            all += count;
            fh_joining_advance(j, &j->parts[i]);
        }
        fh_buf_clear(&tag);
        fh_glass_uint(&tag, all);
        fh_glass_string(&tag, fh_buf_str(&least));
        if (!fh_str_equal(fh_buf_str(&least), fh_buf_str(&most))) fh_buf_add(&tag, fh_buf_str(&most));
        fh_glass_add(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->name), fh_buf_str(&tag));
    }
    fh_buf_free(&least);
    fh_buf_free(&most);
    fh_buf_free(&tag);
}

/* Slots have numbers of one byte. */
static size_t slot_len(fh_str key) {
    return key.len < FH_KEY_VALUES.len + 1 ? key.len : FH_KEY_VALUES.len + 1;
}

static uint32_t first_of_chunk(const fh_joined_part *from) {
    fh_str rest = fh_str_slice(from->at.key, slot_len(from->at.key), from->at.key.len);
    return fh_glass_take_sorted_uint(&rest);
}

static size_t slot_at_hand(const fh_joining *j) {
    return (unsigned char)j->name.ptr[j->name.len - 1];
}

static void move_chunk(fh_joining *j, const fh_joined_part *from) {
    fh_buf_clear(&j->key);
    fh_buf_add(&j->key, fh_buf_str(&j->name));
    fh_glass_sorted_uint(&j->key, fh_joining_number(from, first_of_chunk(from)));
    if (from->at.deflated)
        fh_glass_add_deflated(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->key), from->at.tag);
    else if (fh_slot_is_deflated((uint32_t)slot_at_hand(j)))
        fh_glass_add_small(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->key), from->at.tag, FH_GLASS_OF_TEXTS);
    else
        fh_glass_add(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->key), from->at.tag);
}

static void join_values(fh_joining *j) {
    while (fh_joining_lowest(j, FH_KEY_VALUES, slot_len)) {
        for (size_t i = 0; i < j->count; i++) {
            fh_joined_part *from = &j->parts[i];
            for (; fh_joining_is_at(j, from, slot_len); fh_joining_advance(j, from)) move_chunk(j, from);
        }
    }
}

/* ---- Values, gathered anew because some are left out ---- */

static void skip(fh_joining *j, fh_str prefix) {
    for (size_t i = 0; i < j->count; i++) {
        while (j->parts[i].at.there && fh_str_starts(j->parts[i].at.key, prefix))
            fh_joining_advance(j, &j->parts[i]);
    }
}

static void gather_chunk(fh_joining *j, fh_joined_part *from, fh_glass_slot *to) {
    if (!fh_joining_plain(j, from)) return;
    fh_str rest = from->at.tag;
    uint32_t number = first_of_chunk(from);
    for (;;) {
        fh_str value = fh_glass_take_string(&rest);
        uint32_t moved = fh_joining_number(from, number);
        if (moved > 0 && value.len > 0) fh_glass_slot_add(to, moved, value);
        if (rest.len == 0) return;
        number += (uint32_t)fh_glass_take_uint(&rest) + 1;
    }
}

/* What is whole of the slots goes to `to`, or nowhere, as it comes. */
static void gather_slots(fh_joining *j, fh_glass_slot slots[FH_SLOTS], fh_glass *to) {
    while (j->status == FH_OK && fh_joining_lowest(j, FH_KEY_VALUES, slot_len)) {
        uint32_t slot = (uint32_t)slot_at_hand(j);
        bool known = slot < FH_SLOTS, small = fh_slot_is_deflated(slot);
        for (size_t i = 0; i < j->count; i++) {
            for (; fh_joining_is_at(j, &j->parts[i], slot_len); fh_joining_advance(j, &j->parts[i])) {
                if (!known) continue;
                gather_chunk(j, &j->parts[i], &slots[slot]);
                fh_glass_slot_write(&slots[slot], slot, small, true, to);
            }
        }
        if (known) fh_glass_slot_write(&slots[slot], slot, small, false, to);
    }
}

static void free_slots(fh_glass_slot slots[FH_SLOTS]) {
    for (size_t i = 0; i < FH_SLOTS; i++) fh_glass_slot_free(&slots[i]);
}

/* Twice, since what is known of all values stands before them, and they are too many to wait. */
static void sift_values(fh_joining *j) {
    fh_glass_slot counted[FH_SLOTS] = {{0}}, slots[FH_SLOTS] = {{0}};
    for (uint32_t i = 0; i < FH_SLOTS; i++) slots[i].long_chunks = fh_slot_is_deflated(i);
    skip(j, FH_KEY_VALUE_FACTS);
    gather_slots(j, counted, NULL);
    fh_glass_slots_write_facts(counted, FH_SLOTS, j->to);
    free_slots(counted);
    fh_joining_open(j, FH_GLASS_POSTLIST);
    skip(j, FH_KEY_FACT);
    skip(j, FH_KEY_VALUE_FACTS);
    gather_slots(j, slots, j->to);
    free_slots(slots);
}

/* ---- Postings ---- */

void fh_gathered_add(fh_gathered *to, uint32_t number, uint32_t wdf) {
    to->items = fh_grow(to->items, to->count, &to->capacity, sizeof *to->items);
    to->items[to->count++] = (struct fh_gathered_posting){number, wdf};
    to->occurrences += wdf;
}

/* `number` is the first document's. */
static void gather_postings(const fh_joined_part *from, uint32_t number, fh_str rest, fh_gathered *out) {
    while (rest.len) {
        uint32_t wdf = (uint32_t)fh_glass_take_uint(&rest), moved = fh_joining_number(from, number);
        if (moved > 0) fh_gathered_add(out, moved, wdf);
        if (rest.len) number += (uint32_t)fh_glass_take_uint(&rest) + 1;
    }
}

/* Of a chunk, behind what only a first one has. */
static void gather_chunk_of_list(const fh_joined_part *from, uint32_t number, fh_str rest, fh_gathered *out) {
    if (rest.len) rest = fh_str_slice(rest, 1, rest.len); /* whether it is the last one */
    fh_glass_take_uint(&rest);                            /* how far its last document is */
    gather_postings(from, number, rest, out);
}

static size_t lengths_len(fh_str key) {
    return key.len < FH_KEY_LENGTHS.len ? key.len : FH_KEY_LENGTHS.len;
}

/* All chunks of the term whose first one is at hand; keys of the others are longer, with a number. */
static void gather_chunks(fh_joining *j, fh_joined_part *from, fh_name_len *len_of, size_t head,
                          fh_gathered *out) {
    if (!fh_joining_plain(j, from)) return;
    fh_str rest = from->at.tag;
    fh_glass_take_uint(&rest); /* documents */
    fh_glass_take_uint(&rest); /* occurrences */
    uint32_t first = (uint32_t)fh_glass_take_uint(&rest) + 1;
    gather_chunk_of_list(from, first, rest, out);
    for (fh_joining_advance(j, from); fh_joining_is_at(j, from, len_of); fh_joining_advance(j, from)) {
        if (!fh_joining_plain(j, from)) return;
        fh_str key = fh_str_slice(from->at.key, head, from->at.key.len);
        gather_chunk_of_list(from, fh_glass_take_sorted_uint(&key), from->at.tag, out);
    }
}

static void write_gathered(const fh_gathered *from, fh_glass_postings *to) {
    for (size_t i = 0; i < from->count; i++)
        fh_glass_postings_add(to, from->items[i].number, from->items[i].wdf);
    fh_glass_postings_end(to);
}

static void count_length(fh_glass_stats *stats, uint32_t length) {
    if (length > 0 && (stats->shortest == 0 || length < stats->shortest)) stats->shortest = length;
    if (length > stats->longest) stats->longest = length;
    stats->length += length;
    stats->documents++;
}

static void join_lengths(fh_joining *j, fh_gathered *lengths, fh_glass_postings *to) {
    fh_buf_clear(&j->name);
    fh_buf_add(&j->name, FH_KEY_LENGTHS);
    for (size_t i = 0; i < j->count; i++) {
        if (fh_joining_is_at(j, &j->parts[i], fh_whole_len))
            gather_chunks(j, &j->parts[i], lengths_len, FH_KEY_LENGTHS.len, lengths);
    }
    for (size_t i = 0; i < lengths->count; i++) count_length(&j->stats, lengths->items[i].wdf);
    if (lengths->count == 0) return;
    fh_glass_postings_begin(to, FH_STR(""), 0, 0);
    write_gathered(lengths, to);
}

/* The bytes of a term as they are in a key. */
static void unpack_term(fh_str packed, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < packed.len; i++) {
        fh_buf_add_char(out, packed.ptr[i]);
        if (packed.ptr[i] == '\0') i++;
    }
}

/* The keys of a term's further chunks have an end behind it. */
static bool stands_at_first_chunk(const fh_joining *j, const fh_joined_part *from) {
    return fh_joining_is_at(j, from, fh_whole_len);
}

static bool is_at_page_of(const fh_joining *j, const fh_joined_pages *from) {
    return from->there && fh_str_equal(fh_rare_key(&from->page), fh_buf_str(&j->name));
}

static void gather_page(fh_joining *j, const fh_joined_part *part, fh_joined_pages *from, fh_gathered *out) {
    gather_postings(part, from->page.list.first, from->page.list.postings, out);
    fh_joining_advance_page(j, from);
}

/* Of one part, what its page has comes first, and what is fresh comes last.  False: it has nothing. */
static bool gather_term(fh_joining *j, fh_joined_part *from, fh_gathered *out) {
    bool rare = is_at_page_of(j, &from->rare), stands = stands_at_first_chunk(j, from), any = rare || stands;
    if (rare && fh_rare_is_told(&from->rare.page.list)) {
        fh_tell_gather(j, from, out);
        fh_joining_advance_page(j, &from->rare);
    } else if (rare) {
        gather_page(j, from, &from->rare, out);
    }
    if (stands) gather_chunks(j, from, fh_glass_sorted_len, j->name.len + 1, out);
    for (size_t i = 0; i < from->fresh.count; i++) {
        if (!is_at_page_of(j, &from->runs[i])) continue;
        gather_page(j, from, &from->runs[i], out);
        any = true;
    }
    return any;
}

/* libxapian's writer looks for ids: they stay where it sees them. */
static bool is_id(fh_str term) {
    fh_term start;
    fh_term_start(FH_FIELD_ID, FH_STR(""), &start);
    return fh_str_starts(term, fh_term_str(&start));
}

/* That of an id may be its document's length (fh_xapian_put). */
static void forget_wdf(fh_gathered *list) {
    for (size_t i = 0; i < list->count; i++) list->items[i].wdf = 0;
    list->occurrences = 0;
}

static void join_term(fh_joining *j, fh_gathered *all, fh_buf *term, fh_rare_writer *rare,
                      fh_glass_postings *to) {
    bool any = false;
    all->count = 0;
    all->occurrences = 0;
    for (size_t i = 0; i < j->count; i++) any |= gather_term(j, &j->parts[i], all);
    if (!any && j->status == FH_OK)
        j->status = fh_fail(j->err, FH_ERR_CORRUPT, j->parts[0].path, "build it anew from its source",
                            "the lists of the index's words are damaged");
    if (j->status != FH_OK || all->count == 0) return;
    unpack_term(fh_buf_str(&j->name), term);
    bool id = is_id(fh_buf_str(term));
    if (id) forget_wdf(all);
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].wdf > j->stats.highest_wdf) j->stats.highest_wdf = all->items[i].wdf;
    }
    to->rare = j->how->passing || id ? NULL : rare;
    fh_tell_keep(j, fh_buf_str(term), all);
    if (to->rare && fh_tell(j, fh_buf_str(term), all, rare)) return;
    fh_glass_postings_begin(to, fh_buf_str(term), (uint32_t)all->count, all->occurrences);
    write_gathered(all, to);
}

void fh_join_postlists(fh_joining *j) {
    fh_glass_postings to = {.glass = j->to, .small = !j->how->passing};
    fh_rare_writer rare = {.glass = j->to};
    fh_gathered all = {0};
    fh_buf term = {0};
    fh_joining_open(j, FH_GLASS_POSTLIST);
    join_facts(j);
    if (j->any_dead) {
        sift_values(j);
    } else {
        join_value_facts(j);
        join_values(j);
    }
    join_lengths(j, &all, &to);
    fh_joining_open_pages(j);
    while (j->status == FH_OK && fh_joining_lowest_term(j)) join_term(j, &all, &term, &rare, &to);
    fh_rare_end(&rare);
    fh_tell_end(j);
    fh_rare_writer_free(&rare);
    fh_glass_postings_free(&to);
    fh_buf_free(&term);
    free(all.items);
}
