/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents are gone through once for each slot and meaning, however many facets share them; what values mean
 * is asked once, and kept with the column.  What several indexes have is added up in the column of the first.
 */
#include "store/match/tally.h"
#include "base/memory.h"
#include "store/value.h"
#include <stdlib.h>

/* ---- What values mean ---- */

static void take_map(fh_column *c, const fh_facet_request *request) {
    if (c->map == request->map && c->context == request->context) return;
    for (size_t i = 0; i < c->count; i++) c->counts[i].meant = c->counts[i].summed = FH_NOT_ASKED;
    c->map = request->map;
    c->context = request->context;
}

static void ask_meaning(fh_column *c, uint32_t number, fh_buf *room) {
    fh_str text = fh_arena_copy(c->memory, fh_value_unpack(c->slot, c->values[number].kept, room));
    int kind = 0;
    fh_str means = c->map ? c->map(c->context, text, &kind) : text;
    uint32_t meant = number;
    if (c->map && means.len == 0)
        meant = FH_NO_VALUE;
    else if (!fh_str_equal(means, text))
        meant = fh_column_number(c, fh_value_pack(c->slot, means, room));
    c->counts[number].meant = meant;
    if (meant == FH_NO_VALUE) return;
    c->values[meant].text = meant == number ? text : fh_arena_copy(c->memory, means);
    c->values[meant].kind = kind;
}

/* ---- Counting ---- */

static void touch(fh_column *c, uint32_t number) {
    c->touched = fh_grow(c->touched, c->touched_count, &c->touched_room, sizeof *c->touched);
    c->touched[c->touched_count++] = number;
}

/* What stands twice in a document counts once. */
static void count_value(fh_column *c, uint32_t number, uint32_t document, fh_buf *room) {
    if (c->counts[number].meant == FH_NOT_ASKED) ask_meaning(c, number, room);
    uint32_t meant = c->counts[number].meant;
    if (meant == FH_NO_VALUE || c->counts[meant].last == document) return;
    c->counts[meant].last = document;
    if (c->counts[meant].count++ == 0) touch(c, meant);
}

static void count_learned(fh_column *c, const uint32_t *documents, size_t count, fh_buf *room) {
    for (size_t i = 0; i < count; i++) {
        fh_column_numbers numbers = fh_column_of(c, documents[i]);
        while (numbers.at < numbers.end) count_value(c, fh_column_take(&numbers), documents[i], room);
    }
}

/* Of few documents, values are asked one by one. */
static bool count_asked(fh_matcher *m, fh_column *c, const uint32_t *documents, size_t count, fh_buf *room) {
    for (size_t i = 0; i < count; i++) {
        fh_str kept;
        if (!fh_matcher_kept(m, documents[i], c->slot, &kept)) return false;
        while (kept.len > 0) count_value(c, fh_column_number(c, fh_value_take(&kept)), documents[i], room);
    }
    return true;
}

static void forget_counts(fh_column *c) {
    for (size_t i = 0; i < c->touched_count; i++) {
        c->counts[c->touched[i]].count = 0;
        c->counts[c->touched[i]].last = 0;
    }
    c->touched_count = 0;
}

/* Once as much was asked one by one as learning all costs, all are learned. */
static bool is_worth_learning(fh_column *c, const fh_matcher *m, size_t count) {
    enum { DOCUMENTS_AN_ASKING = 2 }; /* learned in the time that one takes to be asked for */
    c->asked += count;
    return c->asked > m->documents / DOCUMENTS_AN_ASKING;
}

static bool count_values(fh_matcher *m, fh_column *c, const uint32_t *documents, size_t count) {
    fh_buf room = {0};
    bool good = true;
    if (!c->starts && is_worth_learning(c, m, count)) good = fh_column_learn(c, &m->postings, m->last);
    if (good && c->starts)
        count_learned(c, documents, count, &room);
    else if (good)
        good = count_asked(m, c, documents, count, &room);
    fh_buf_free(&room);
    return good;
}

/* ---- Several indexes ---- */

/* The number of one of the column's values in that of the first index, which takes up what it has not. */
static uint32_t number_in(fh_column *first, fh_column *c, uint32_t number) {
    const fh_column_value *value = &c->values[number];
    if (c->counts[number].summed == FH_NOT_ASKED) {
        uint32_t summed = fh_column_number(first, value->kept);
        first->values[summed].text = fh_arena_copy(first->memory, value->text);
        first->values[summed].kind = value->kind;
        c->counts[number].summed = summed;
    }
    return c->counts[number].summed;
}

static void add_counts(fh_column *first, fh_column *c) {
    for (size_t i = 0; i < c->touched_count; i++) {
        uint32_t number = number_in(first, c, c->touched[i]);
        if (first->counts[number].count == 0) touch(first, number);
        first->counts[number].count += c->counts[c->touched[i]].count;
    }
}

/* ---- The most frequent ---- */

static int by_count(const void *left, const void *right) {
    const fh_facet_value *a = left, *b = right;
    if (a->articles != b->articles) return a->articles < b->articles ? 1 : -1;
    return fh_str_compare(a->value, b->value);
}

static size_t cut(fh_facet_value *values, size_t count, size_t limit) {
    if (count) qsort(values, count, sizeof *values, by_count);
    return count < limit ? count : limit;
}

/* Sorts whenever there are twice as many as wanted: most values are behind those at the first look. */
static void take_best(const fh_column *c, const fh_facet_request *request, fh_arena *arena, fh_facet *out) {
    size_t limit = request->limit < c->touched_count ? request->limit : c->touched_count, full = 2 * limit;
    fh_facet_value *best = FH_ARENA_ARRAY(arena, fh_facet_value, full + 1);
    size_t count = 0, sorted = 0, in_all = 0;
    for (size_t i = 0; i < c->touched_count; i++) {
        const fh_column_value *value = &c->values[c->touched[i]];
        if (request->kind != 0 && request->kind != value->kind) continue;
        in_all++;
        best[count] = (fh_facet_value){value->text, c->counts[c->touched[i]].count};
        if (sorted == limit && (limit == 0 || by_count(&best[count], &best[limit - 1]) > 0)) continue;
        if (++count == full) sorted = count = cut(best, count, limit);
    }
    count = cut(best, count, limit);
    for (size_t i = 0; i < count; i++) best[i].value = fh_arena_copy(arena, best[i].value);
    *out = (fh_facet){.slot = request->slot, .values = best, .value_count = count, .values_in_all = in_all};
}

/* ---- All facets ---- */

static bool counts_the_same(const fh_facet_request *a, const fh_facet_request *b) {
    return a->slot == b->slot && a->map == b->map && a->context == b->context;
}

static bool count_part(fh_matcher *m, const fh_facet_request *asked, const uint32_t *documents,
                       size_t count) {
    fh_column *c = fh_matcher_column(m, asked->slot);
    take_map(c, asked);
    return count_values(m, c, documents, count);
}

/* The facet, and all behind it that count the same. */
static bool tally_from(const fh_matchers *all, const fh_find *find, size_t facet, const uint32_t *documents,
                       const size_t *ends, fh_arena *arena, fh_facet *facets) {
    const fh_facet_request *asked = &find->facets[facet];
    fh_column *first = fh_matcher_column(all->parts[0], asked->slot);
    bool good = count_part(all->parts[0], asked, documents, ends[0]);
    for (size_t i = 1; good && i < all->count; i++) {
        fh_column *c = fh_matcher_column(all->parts[i], asked->slot);
        good = count_part(all->parts[i], asked, documents + ends[i - 1], ends[i] - ends[i - 1]);
        add_counts(first, c);
        forget_counts(c);
    }
    for (size_t i = facet; good && i < find->facet_count; i++)
        if (counts_the_same(asked, &find->facets[i])) take_best(first, &find->facets[i], arena, &facets[i]);
    forget_counts(first);
    return good;
}

static bool was_counted(const fh_find *find, size_t facet) {
    for (size_t i = 0; i < facet; i++)
        if (counts_the_same(&find->facets[i], &find->facets[facet])) return true;
    return false;
}

bool fh_matchers_tally(const fh_matchers *all, const fh_find *find, const uint32_t *documents,
                       const size_t *ends, fh_arena *arena, fh_facet **out) {
    fh_facet *facets = FH_ARENA_ARRAY(arena, fh_facet, find->facet_count + 1);
    for (size_t i = 0; i < find->facet_count; i++)
        if (!was_counted(find, i) && !tally_from(all, find, i, documents, ends, arena, facets)) return false;
    *out = facets;
    return true;
}
