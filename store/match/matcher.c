/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a matcher keeps of a commit: its tables, and columns of numbers by document. */
#include "store/match/matcher.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include "store/value.h"
#include <stdlib.h>

enum {
    DATE_LETTERS = 15,
    DATE_BITS = 4,
    BEHIND_DIGITS = 15,
    MERGED_BYTES = 16 << 20,
    STANDS_BYTES = 4 << 20,
    BOUNDS_BYTES = 2 << 20,
    INFLATED_BYTES = 16 << 20
};

/* Numbers are spread so thinly, or so wrongly, that columns of them would be mostly air. */
static bool is_thin(const fh_matcher *m) {
    enum { AIR = 8, FEW = 1000 };
    return m->documents > m->postings.size || m->last / AIR > m->documents + FEW;
}

/* ---- Opening ---- */

/* The dead, as store/xapian.cc packs them. */
static bool take_dead(fh_matcher *m) {
    fh_str packed;
    uint32_t last = 0;
    if (!fh_matcher_meta(m, FH_META_DEAD, m->memory, &packed)) return false;
    m->dead.items = FH_ARENA_ARRAY(m->memory, uint32_t, packed.len + 1);
    while (packed.len > 0) {
        uint64_t gap = fh_glass_take_uint(&packed);
        if (gap == 0 || gap > m->last - last) return false;
        last += (uint32_t)gap;
        m->dead.items[m->dead.count++] = last;
    }
    return true;
}

static bool open_lists(fh_matcher *m, const fh_glass_version *version) {
    const fh_list_tables to = {&m->postings, &m->rare, &m->told};
    return fh_list_tables_open(&to, m->dir, version, &m->proof, m->inflated);
}

/* Where what was read so far is not what was written, it is opened, and all that it gives is refused. */
static bool open_tables(fh_matcher *m) {
    fh_error ignored;
    fh_glass_version version;
    if (fh_glass_version_read(m->dir, &version, &ignored) != FH_OK) return false;
    m->documents = version.documents;
    m->last = version.last;
    m->length = version.length;
    return fh_proof_open(m->dir, &version, &m->proof) && open_lists(m, &version) && !is_thin(m) &&
           fh_mapped_open(m->dir, FH_GLASS_DOCDATA, &version, &m->proof, &m->data) &&
           (take_dead(m) || m->proof.wrong);
}

fh_matcher *fh_matcher_new(const char *dir, fh_vocabulary *vocabulary) {
    fh_matcher *m = fh_alloc_zeroed(1, sizeof *m);
    m->dir = dir;
    m->vocabulary = vocabulary;
    m->memory = fh_arena_new();
    m->scratch = fh_arena_new();
    m->merged = fh_kept_new(MERGED_BYTES);
    m->stands = fh_kept_new(STANDS_BYTES);
    m->bounds = fh_kept_new(BOUNDS_BYTES);
    m->inflated = fh_inflated_new(INFLATED_BYTES);
    if (!open_tables(m)) {
        fh_matcher_free(m);
        return NULL;
    }
    m->lengths = fh_alloc_zeroed((size_t)m->last + 1, sizeof *m->lengths);
    return m;
}

void fh_matcher_release(const fh_matcher *m) {
    fh_mapped_release(&m->postings);
    fh_mapped_release(&m->rare);
    fh_mapped_release(&m->told);
    fh_mapped_release(&m->data);
}

void fh_matcher_free(fh_matcher *m) {
    if (!m) return;
    fh_mapped_close(&m->postings);
    fh_mapped_close(&m->rare);
    fh_mapped_close(&m->told);
    fh_mapped_close(&m->data);
    fh_proof_close(&m->proof);
    fh_arena_free(m->memory);
    fh_arena_free(m->scratch);
    free(m->lengths);
    free(m->dates);
    free(m->counts);
    free(m->touched);
    for (fh_slot slot = 0; slot < FH_SLOTS; slot++) {
        fh_column_free(m->columns[slot]);
        fh_values_free(m->values[slot]);
    }
    fh_glass_inflater_free(m->inflater);
    fh_kept_free(m->merged);
    fh_kept_free(m->stands);
    fh_kept_free(m->bounds);
    fh_inflated_free(m->inflated);
    free(m);
}

/* ---- Columns ---- */

uint32_t fh_matcher_learn_length(fh_matcher *m, uint32_t document) {
    fh_list list;
    fh_arena *arena = fh_arena_new();
    fh_buf key = {0};
    fh_list_key((fh_str){0}, &key);
    fh_list_open_near(&list, &m->postings, m->last, fh_buf_str(&key), document, arena);
    for (uint32_t last = list.chunk_last; list.doc <= last; fh_list_next(&list)) {
        m->lengths[list.doc] = list.wdf + 1;
        if (list.doc == last) break;
    }
    m->lost |= list.broken;
    fh_buf_free(&key);
    fh_arena_free(arena);
    if (m->lengths[document] == 0) m->lengths[document] = 1; /* it is not there */
    return m->lengths[document] - 1;
}

uint64_t fh_date_rank(fh_str key) {
    uint64_t rank = 0;
    if (key.len == 0 || key.len > DATE_LETTERS) return key.len ? FH_NO_RANK : 0;
    for (size_t i = 0; i < key.len; i++) {
        char letter = key.ptr[i];
        bool end = letter == '~' && i + 1 == key.len;
        if (!end && (letter < '0' || letter > '9')) return FH_NO_RANK;
        rank = rank << DATE_BITS | (end ? BEHIND_DIGITS : (uint64_t)(letter - '0') + 1);
    }
    return rank << DATE_BITS * (DATE_LETTERS - key.len);
}

static bool learn_date(void *context, uint32_t document, fh_str key) {
    uint64_t *dates = context;
    dates[document] = fh_date_rank(key);
    return dates[document] != FH_NO_RANK;
}

bool fh_matcher_learn_dates(fh_matcher *m) {
    if (m->dates) return true;
    uint64_t *dates = fh_alloc_zeroed((size_t)m->last + 1, sizeof *dates);
    if (!fh_slot_visit(&m->postings, FH_SLOT_PUBLISHED, m->last, learn_date, dates)) {
        free(dates);
        return false;
    }
    m->dates = dates;
    return true;
}

fh_column *fh_matcher_column(fh_matcher *m, fh_slot slot) {
    if (!m->columns[slot]) m->columns[slot] = fh_column_new(slot);
    return m->columns[slot];
}

/* ---- Data ---- */

bool fh_matcher_meta(const fh_matcher *m, const char *key, fh_arena *arena, fh_str *out) {
    fh_lookup place = fh_lookup_in(&m->postings, arena);
    fh_buf name = {0};
    fh_buf_add(&name, FH_KEY_FACT);
    fh_buf_add(&name, fh_str_from(key));
    bool found = fh_lookup_find(&place, fh_buf_str(&name));
    fh_buf_free(&name);
    *out = found ? fh_lookup_keep(&place) : FH_STR("");
    return !place.broken && !place.deflated;
}

/* Xapian's writer deflates what it puts in; inflated, it is good until the next time. */
static bool inflate(fh_matcher *m, fh_lookup *place) {
    if (!m->inflater) m->inflater = fh_glass_inflater_new();
    place->joined = false;
    return fh_glass_inflate(m->inflater, &place->tag);
}

bool fh_matcher_data(fh_matcher *m, uint32_t number, fh_arena *arena, fh_str *out) {
    fh_lookup place = fh_lookup_in(&m->data, arena);
    fh_buf key = {0};
    fh_glass_sorted_uint(&key, number);
    bool found = fh_lookup_find(&place, fh_buf_str(&key));
    fh_buf_free(&key);
    if (found && place.deflated) found = inflate(m, &place);
    if (found) *out = fh_lookup_keep(&place);
    return found;
}

/* ---- Values ---- */

bool fh_matcher_kept(fh_matcher *m, uint32_t number, fh_slot slot, fh_str *kept) {
    if (!m->values[slot]) m->values[slot] = fh_values_new(&m->postings, slot, m->last);
    return fh_values_of(m->values[slot], number, kept);
}

bool fh_matcher_value(fh_matcher *m, uint32_t number, fh_slot slot, fh_arena *arena, fh_str *out) {
    fh_str kept;
    fh_buf room = {0};
    if (!fh_matcher_kept(m, number, slot, &kept)) return false;
    *out = fh_arena_copy(arena, fh_value_unpack(slot, kept, &room));
    fh_buf_free(&room);
    return true;
}

typedef struct living {
    const fh_matcher *matcher;
    fh_slot slot;
    fh_value_visitor *visit;
    void *context;
    fh_buf room;
    bool ended;
} living;

static bool visit_living(void *context, uint32_t document, fh_str kept) {
    living *l = context;
    const fh_numbers *dead = &l->matcher->dead;
    if (fh_is_among(dead->items, dead->count, document)) return true;
    l->ended = !l->visit(l->context, document, fh_value_unpack(l->slot, kept, &l->room));
    return !l->ended;
}

bool fh_matcher_values(fh_matcher *m, fh_slot slot, fh_value_visitor *visit, void *context) {
    living l = {.matcher = m, .slot = slot, .visit = visit, .context = context};
    bool all = fh_slot_visit(&m->postings, slot, m->last, visit_living, &l);
    fh_buf_free(&l.room);
    return all || l.ended;
}
