/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a matcher keeps of a commit: its tables, and columns of numbers by document. */
#include "store/match/matcher.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include <stdlib.h>

enum {
    DATE_LETTERS = 15,
    DATE_BITS = 4,
    BEHIND_DIGITS = 15,
    MERGED_BYTES = 16 << 20,
    STANDS_BYTES = 4 << 20
};

/* Numbers are spread so thinly, or so wrongly, that columns of them would be mostly air. */
static bool is_thin(const fh_matcher *m) {
    enum { AIR = 8, FEW = 1000 };
    return m->documents > m->postings.size || m->last / AIR > m->documents + FEW;
}

/* ---- Opening ---- */

static bool open_tables(fh_matcher *m) {
    fh_error ignored;
    fh_glass_version version;
    if (fh_glass_version_read(m->dir, &version, &ignored) != FH_OK) return false;
    m->documents = version.documents;
    m->last = version.last;
    m->length = version.length;
    return fh_proof_open(m->dir, &version, &m->proof) &&
           fh_mapped_open(m->dir, FH_GLASS_POSTLIST, &version, &m->proof, &m->postings) && !is_thin(m) &&
           fh_mapped_open(m->dir, FH_GLASS_DOCDATA, &version, &m->proof, &m->data) &&
           fh_xapian_dead(m->db, m->memory, &m->dead, &ignored) == FH_OK;
}

fh_matcher *fh_matcher_new(const char *dir, fh_xapian *db, fh_vocabulary *vocabulary) {
    fh_matcher *m = fh_alloc_zeroed(1, sizeof *m);
    m->dir = dir;
    m->db = db;
    m->vocabulary = vocabulary;
    m->memory = fh_arena_new();
    m->scratch = fh_arena_new();
    m->merged = fh_kept_new(MERGED_BYTES);
    m->stands = fh_kept_new(STANDS_BYTES);
    if (open_tables(m)) return m;
    fh_matcher_free(m);
    return NULL;
}

void fh_matcher_free(fh_matcher *m) {
    if (!m) return;
    fh_mapped_close(&m->postings);
    fh_mapped_close(&m->data);
    fh_proof_close(&m->proof);
    fh_arena_free(m->memory);
    fh_arena_free(m->scratch);
    free(m->lengths);
    free(m->dates);
    free(m->counts);
    free(m->touched);
    for (fh_slot slot = 0; slot < FH_SLOTS; slot++) fh_column_free(m->columns[slot]);
    fh_kept_free(m->merged);
    fh_kept_free(m->stands);
    free(m);
}

/* ---- Columns ---- */

bool fh_matcher_learn_lengths(fh_matcher *m) {
    if (m->lengths) return true;
    fh_list list;
    fh_arena *arena = fh_arena_new();
    fh_buf key = {0};
    uint32_t *lengths = fh_alloc_zeroed((size_t)m->last + 1, sizeof *lengths);
    fh_list_key((fh_str){0}, &key);
    for (fh_list_open(&list, &m->postings, m->last, fh_buf_str(&key), arena); list.doc != FH_LIST_END;
         fh_list_next(&list))
        lengths[list.doc] = list.wdf;
    fh_buf_free(&key);
    fh_arena_free(arena);
    if (list.broken)
        free(lengths);
    else
        m->lengths = lengths;
    return !list.broken;
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

bool fh_matcher_data(const fh_matcher *m, uint32_t number, fh_arena *arena, fh_str *out) {
    fh_lookup place = fh_lookup_in(&m->data, arena);
    fh_buf key = {0};
    fh_glass_sorted_uint(&key, number);
    bool found = fh_lookup_find(&place, fh_buf_str(&key)) && !place.deflated;
    fh_buf_free(&key);
    if (found) *out = fh_lookup_keep(&place);
    return found;
}
