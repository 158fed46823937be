/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postings and values as tags of a glass database. */
#include "store/glass/entries.h"
#include "base/memory.h"
#include "store/glass/inflated.h"
#include "store/glass/pack.h"
#include <stdlib.h>

/* ---- Postings ---- */

/* Documents of a list that is deflated: below them it saves less than it takes to inflate it. */
enum { WORTH_DEFLATING = 256 };

/* A chunk's head is two numbers at most, and so is the posting that ends it. */
_Static_assert(FH_GLASS_CHUNK + 4 * FH_GLASS_UINT_MAX <= FH_INFLATED_MOST,
               "whatever is deflated is inflated");

static void make_key(fh_glass_postings *from) {
    fh_buf_clear(&from->key);
    if (from->term.len == 0)
        fh_buf_add(&from->key, FH_KEY_LENGTHS);
    else
        fh_glass_sorted_string(&from->key, from->term, from->in_first_chunk);
}

static void write_chunk(fh_glass_postings *from, bool last) {
    make_key(from);
    fh_buf_clear(&from->tag);
    if (from->in_first_chunk) {
        fh_glass_uint(&from->tag, from->documents);
        fh_glass_uint(&from->tag, from->occurrences);
        fh_glass_uint(&from->tag, from->first - 1);
    } else {
        fh_glass_sorted_uint(&from->key, from->first);
    }
    fh_buf_add_char(&from->tag, last ? '1' : '0');
    fh_glass_uint(&from->tag, from->last - from->first);
    fh_buf_add(&from->tag, fh_buf_str(&from->body));
    fh_str key = fh_buf_str(&from->key), tag = fh_buf_str(&from->tag);
    if (from->deflates && !from->in_first_chunk)
        fh_glass_add_small(from->glass, FH_GLASS_POSTLIST, key, tag, FH_GLASS_OF_LISTS);
    else
        fh_glass_add(from->glass, FH_GLASS_POSTLIST, key, tag);
    fh_buf_clear(&from->body);
    from->in_first_chunk = false;
}

void fh_glass_postings_begin(fh_glass_postings *to, fh_str term, uint32_t documents, uint64_t occurrences) {
    to->term = term;
    to->documents = documents;
    to->occurrences = occurrences;
    to->in_first_chunk = true;
    to->deflates = to->small && documents >= WORTH_DEFLATING;
}

/* The first chunk of a list that is deflated says how many documents there are, with the first of them, and
 * can be read at a glance. */
static size_t most_of_chunk(const fh_glass_postings *of) {
    return of->deflates && of->in_first_chunk ? 1 : FH_GLASS_CHUNK;
}

void fh_glass_postings_add(fh_glass_postings *to, uint32_t number, uint32_t wdf) {
    if (to->body.len >= most_of_chunk(to)) write_chunk(to, false);
    if (to->body.len == 0) {
        to->first = number;
    } else {
        fh_glass_uint(&to->body, number - to->last - 1);
    }
    to->last = number;
    fh_glass_uint(&to->body, wdf);
}

void fh_glass_postings_end(fh_glass_postings *to) {
    if (to->rare && to->in_first_chunk && to->body.len <= FH_RARE_MOST) {
        make_key(to);
        fh_rare_add(to->rare, fh_buf_str(&to->key), to->documents, to->first, fh_buf_str(&to->body));
        fh_buf_clear(&to->body);
    } else {
        write_chunk(to, true);
    }
}

void fh_glass_postings_free(fh_glass_postings *to) {
    fh_buf_free(&to->body);
    fh_buf_free(&to->key);
    fh_buf_free(&to->tag);
}

/* ---- Values ---- */

static void set(fh_buf *to, fh_str bytes) {
    fh_buf_clear(to);
    fh_buf_add(to, bytes);
}

static bool chunk_is_full(const fh_glass_slot *slot) {
    size_t bytes = slot->bytes.len - slot->chunks[slot->chunk_count - 1].start;
    return bytes >= (slot->long_chunks ? FH_GLASS_LONG_CHUNK : FH_GLASS_CHUNK);
}

void fh_glass_slot_add(fh_glass_slot *to, uint32_t number, fh_str value) {
    if (to->count == 0 || chunk_is_full(to)) {
        to->chunks = fh_grow(to->chunks, to->chunk_count, &to->chunk_capacity, sizeof *to->chunks);
        to->chunks[to->chunk_count++] = (struct fh_glass_chunk){number, to->bytes.len};
    } else {
        fh_glass_uint(&to->bytes, number - to->last - 1);
    }
    fh_glass_string(&to->bytes, value);
    if (to->count == 0 || fh_str_compare(value, fh_buf_str(&to->lowest)) < 0) set(&to->lowest, value);
    if (to->count == 0 || fh_str_compare(value, fh_buf_str(&to->highest)) > 0) set(&to->highest, value);
    to->last = number;
    to->count++;
}

size_t fh_glass_slot_bytes(const fh_glass_slot *slot) {
    return slot->bytes.capacity + slot->chunk_capacity * sizeof *slot->chunks;
}

void fh_glass_slot_free(fh_glass_slot *slot) {
    fh_buf_free(&slot->lowest);
    fh_buf_free(&slot->highest);
    fh_buf_free(&slot->bytes);
    free(slot->chunks);
}

static void write_facts(const fh_glass_slot *slot, uint32_t number, fh_glass *glass) {
    fh_buf key = {0}, tag = {0};
    fh_buf_add(&key, FH_KEY_VALUE_FACTS);
    if (number > 0) fh_buf_add_char(&key, (char)number);
    fh_glass_uint(&tag, slot->count);
    fh_glass_string(&tag, fh_buf_str(&slot->lowest));
    if (!fh_str_equal(fh_buf_str(&slot->lowest), fh_buf_str(&slot->highest)))
        fh_buf_add(&tag, fh_buf_str(&slot->highest));
    fh_glass_add(glass, FH_GLASS_POSTLIST, fh_buf_str(&key), fh_buf_str(&tag));
    fh_buf_free(&key);
    fh_buf_free(&tag);
}

static void write_chunks(const fh_glass_slot *slot, size_t count, uint32_t number, bool small,
                         fh_glass *glass) {
    fh_buf key = {0};
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < slot->chunk_count ? slot->chunks[i + 1].start : slot->bytes.len;
        fh_buf_clear(&key);
        fh_buf_add(&key, FH_KEY_VALUES);
        fh_glass_uint(&key, number);
        fh_glass_sorted_uint(&key, slot->chunks[i].first);
        fh_str tag = fh_str_slice(fh_buf_str(&slot->bytes), slot->chunks[i].start, end);
        if (small)
            fh_glass_add_small(glass, FH_GLASS_POSTLIST, fh_buf_str(&key), tag, FH_GLASS_OF_TEXTS);
        else
            fh_glass_add(glass, FH_GLASS_POSTLIST, fh_buf_str(&key), tag);
    }
    fh_buf_free(&key);
}

void fh_glass_slot_write(fh_glass_slot *slot, uint32_t number, bool small, bool more, fh_glass *glass) {
    size_t kept = more && slot->chunk_count ? 1 : 0, count = slot->chunk_count - kept;
    if (count == 0) return;
    if (glass) write_chunks(slot, count, number, small, glass);
    size_t from = kept ? slot->chunks[count].start : slot->bytes.len;
    if (kept) slot->chunks[0] = (struct fh_glass_chunk){slot->chunks[count].first, 0};
    slot->chunk_count = kept;
    memmove(slot->bytes.ptr, slot->bytes.ptr + from, slot->bytes.len - from);
    slot->bytes.len -= from;
}

void fh_glass_slots_write_facts(const fh_glass_slot *slots, uint32_t count, fh_glass *glass) {
    for (uint32_t i = 0; i < count; i++)
        if (slots[i].count) write_facts(&slots[i], i, glass);
}

void fh_glass_slots_write(const fh_glass_slot *slots, uint32_t count, uint32_t small, fh_glass *glass) {
    fh_glass_slots_write_facts(slots, count, glass);
    for (uint32_t i = 0; i < count; i++)
        write_chunks(&slots[i], slots[i].chunk_count, i, small >> i & 1, glass);
}

/* ---- Documents ---- */

void fh_glass_number_key(fh_buf *out, uint32_t number) {
    fh_buf_clear(out);
    fh_glass_sorted_uint(out, number);
}
