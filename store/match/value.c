/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's value is in the last chunk that does not begin behind the document, if it has one. */
#include "store/match/value.h"
#include "base/memory.h"
#include "store/glass/deflate.h"
#include "store/glass/pack.h"
#include "store/schema.h"
#include <stdlib.h>

/* ---- Chunks ---- */

/* The value at hand, and what is behind it. */
typedef struct chunk {
    fh_str kept, rest; /* of a damaged chunk the rest is a NULL */
    uint32_t document, last;
} chunk;

/* Goes to the first value. */
static bool begin_chunk(chunk *c, fh_str bytes, uint32_t first, uint32_t last) {
    *c = (chunk){.rest = bytes, .document = first, .last = last};
    if (first == 0 || first > last) c->rest = (fh_str){0};
    c->kept = fh_glass_take_string(&c->rest);
    return c->rest.ptr;
}

/* Goes to the next one.  False: there is none, or the chunk is damaged. */
static bool next_in_chunk(chunk *c) {
    if (c->rest.len == 0) return false;
    uint64_t gap = fh_glass_take_uint(&c->rest);
    if (gap >= c->last - c->document) c->rest = (fh_str){0};
    c->document += (uint32_t)gap + 1;
    c->kept = fh_glass_take_string(&c->rest);
    return c->rest.ptr;
}

static fh_str key_of_slot(fh_slot slot, fh_buf *out) {
    fh_buf_add(out, FH_KEY_VALUES);
    fh_glass_uint(out, fh_slot_number(slot));
    return fh_buf_str(out);
}

/* The first document of the chunk with this key, which begins with that of its slot. */
static uint32_t first_of(fh_str key, fh_str start) {
    fh_str number = fh_str_slice(key, start.len, key.len);
    return fh_glass_take_sorted_uint(&number);
}

/* ---- All documents ---- */

typedef struct walk {
    fh_slot_visitor *visit;
    void *context;
    uint32_t before, last; /* documents: the one visited last, and the highest that there is */
} walk;

static bool visit_chunk(walk *w, fh_str bytes, uint32_t first) {
    chunk c;
    if (first <= w->before || !begin_chunk(&c, bytes, first, w->last)) return false;
    do {
        w->before = c.document;
        if (!w->visit(w->context, c.document, c.kept)) return false;
    } while (next_in_chunk(&c));
    return c.rest.ptr;
}

bool fh_slot_visit(const fh_mapped *postings, fh_slot slot, uint32_t last, fh_slot_visitor *visit,
                   void *context) {
    walk w = {.visit = visit, .context = context, .last = last};
    fh_arena *arena = fh_arena_new();
    fh_lookup place = fh_lookup_in(postings, arena);
    fh_glass_inflater *inflater = fh_glass_inflater_new();
    fh_buf key = {0};
    fh_str start = key_of_slot(slot, &key);
    bool good = true, more = fh_lookup_seek(&place, start);
    for (; good && more && fh_str_starts(place.key, start); more = good && fh_lookup_next(&place)) {
        uint32_t first = first_of(place.key, start);
        fh_str bytes = place.tag;
        good = !place.deflated || fh_glass_inflate(inflater, &bytes);
        good = good && visit_chunk(&w, bytes, first);
        fh_arena_reset(arena);
    }
    fh_buf_free(&key);
    fh_glass_inflater_free(inflater);
    fh_arena_free(arena);
    return good && !place.broken;
}

/* ---- One document ---- */

struct fh_values {
    const fh_mapped *postings;
    uint32_t last;
    fh_buf key; /* of the slot, and behind it room for a number */
    size_t start;
    fh_arena *arena; /* what lies in several pieces */
    fh_glass_inflater *inflater;
    fh_str bytes;   /* of the chunk that was found last */
    uint32_t first; /* its first document; 0: none was found yet */
    chunk at;
};

fh_values *fh_values_new(const fh_mapped *postings, fh_slot slot, uint32_t last) {
    fh_values *v = fh_alloc_zeroed(1, sizeof *v);
    v->postings = postings;
    v->last = last;
    v->start = key_of_slot(slot, &v->key).len;
    v->arena = fh_arena_new();
    return v;
}

void fh_values_free(fh_values *v) {
    if (!v) return;
    fh_buf_free(&v->key);
    fh_arena_free(v->arena);
    fh_glass_inflater_free(v->inflater);
    free(v);
}

/* Takes up the chunk that was found. */
static bool take_chunk(fh_values *v, const fh_lookup *place, uint32_t first) {
    v->bytes = place->tag;
    if (place->deflated) {
        if (!v->inflater) v->inflater = fh_glass_inflater_new();
        if (!fh_glass_inflate(v->inflater, &v->bytes)) return false;
    }
    if (!begin_chunk(&v->at, v->bytes, first, v->last)) return false;
    v->first = first;
    return true;
}

/* Finds the chunk that the document's value is in, if it has one.  False: there is none, or it is damaged. */
static bool find_chunk(fh_values *v, uint32_t document, bool *broken) {
    v->key.len = v->start;
    fh_str start = fh_buf_str(&v->key);
    fh_glass_sorted_uint(&v->key, document);
    start.ptr = v->key.ptr;
    v->first = 0;
    fh_arena_reset(v->arena);
    fh_lookup place = fh_lookup_in(v->postings, v->arena);
    bool found = fh_lookup_find_last(&place, fh_buf_str(&v->key)) && fh_str_starts(place.key, start);
    *broken = place.broken;
    if (!found) return false;
    *broken = !take_chunk(v, &place, first_of(place.key, start));
    return !*broken;
}

/* Goes on in the chunk, or from its beginning, to the first value that is not before the document's. */
static bool go_to(fh_values *v, uint32_t document) {
    if (v->first == 0 || document < v->first) return false;
    bool there = v->at.document <= document || begin_chunk(&v->at, v->bytes, v->first, v->last);
    while (there && v->at.document < document) there = next_in_chunk(&v->at);
    return there;
}

bool fh_values_of(fh_values *v, uint32_t document, fh_str *kept) {
    bool broken = false;
    bool there = go_to(v, document) || (find_chunk(v, document, &broken) && go_to(v, document));
    *kept = there && v->at.document == document ? v->at.kept : FH_STR("");
    return !broken && (v->first == 0 || v->at.rest.ptr);
}
