/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best of the documents that a query matches, all of them counted. */
#include "base/memory.h"
#include "store/match/tally.h"
#include "store/match/tree.h"

#include <stdlib.h>

enum { FEW = 100, BETWEEN_LOOKS = 1024, STORIES_MORE = 2, STORIES_TOO = 16, STORIES_AGAIN = 8 };

typedef struct best_hit {
    double score;
    uint64_t rank; /* by date: the higher stands first */
    uint32_t doc;
} best_hit;

/* The best so far, the least of them on top. */
typedef struct best_hits {
    best_hit *items;
    size_t count, room;
    uint64_t seen;           /* documents that match */
    uint64_t unlooked;       /* that may match, and stand behind all hits in either case */
    uint64_t looked, stood;  /* for how many those stand that were looked at, and those that match */
    uint32_t sample, stride; /* looked at for the total alone since the stride grew; every how manyeth is */
    uint32_t skipped;        /* since the last of them */
    uint32_t *found;         /* takes all that match; NULL: nobody asks for them */
    bool late;
} best_hits;

/* ---- The order of hits ---- */

static bool stands_before(const best_hit *a, const best_hit *b) {
    if (a->rank != b->rank) return a->rank > b->rank;
    if (a->score != b->score) return a->score > b->score;
    return a->doc < b->doc;
}

static int in_order(const void *left, const void *right) {
    return stands_before(left, right) ? -1 : 1;
}

static void sink(best_hits *best) {
    best_hit *items = best->items, moved = items[0];
    size_t at = 0;
    for (size_t kid; (kid = 2 * at + 1) < best->count; at = kid) {
        if (kid + 1 < best->count && stands_before(&items[kid], &items[kid + 1])) kid++;
        if (!stands_before(&moved, &items[kid])) break;
        items[at] = items[kid];
    }
    items[at] = moved;
}

static void rise(best_hits *best, size_t at) {
    best_hit *items = best->items, moved = items[at];
    for (; at > 0 && stands_before(&items[(at - 1) / 2], &moved); at = (at - 1) / 2)
        items[at] = items[(at - 1) / 2];
    items[at] = moved;
}

/* Takes up a hit, in the place of the least one where there is no room. */
static void take_up(best_hits *best, best_hit hit) {
    if (best->count < best->room) {
        best->items[best->count] = hit;
        rise(best, best->count++);
    } else {
        best->items[0] = hit;
        sink(best);
    }
}

/* ---- Walking ---- */

/* Of few documents, dates are asked one by one. */
static uint64_t date_of(fh_matching *g, uint32_t doc) {
    fh_error ignored;
    fh_str key;
    if (g->matcher->dates) return g->matcher->dates[doc];
    if (fh_xapian_value(g->matcher->db, doc, FH_SLOT_PUBLISHED, g->arena, &key, &ignored) == FH_OK) {
        uint64_t rank = fh_date_rank(key);
        if (rank != FH_NO_RANK) return rank;
    }
    g->declined = true;
    return 0;
}

/* A date that is not known comes last on either way through them. */
static uint64_t rank_of(fh_matching *g, fh_sort sort, uint32_t doc) {
    if (sort == FH_SORT_RELEVANCE) return 0;
    uint64_t date = date_of(g, doc);
    return date == 0 || sort == FH_SORT_NEWEST ? date : FH_NO_RANK - date;
}

/* Is there a place for it?  Then with its score. */
static bool is_good(const fh_matching *g, fh_branch *root, const best_hits *best, best_hit *hit) {
    bool full = best->count == best->room;
    if (full && (best->room == 0 || hit->rank < best->items[0].rank)) return false;
    bool must = full && hit->rank == best->items[0].rank; /* be worth more, since it comes later */
    double least = must ? best->items[0].score : -1;
    hit->score = fh_branch_worth(g, root, least);
    return hit->score > least;
}

/* The first document from this one on that has anything but the lead. */
static uint32_t nearest_beside(fh_branch *root, uint32_t doc) {
    uint32_t nearest = FH_LIST_END;
    for (size_t i = 1; i < root->kid_count; i++) {
        uint32_t found = fh_branch_to(root->kids[i], doc);
        if (found < nearest) nearest = found;
    }
    return nearest;
}

/* Goes on past documents that are not worth more than `least`. */
static uint32_t pass_below(const fh_matching *g, fh_branch *lead, double least, uint32_t end,
                           best_hits *best) {
    if (least <= 0) return 0;
    uint32_t *found = best->found ? best->found + best->seen : NULL;
    uint32_t passed = fh_branch_pass(g, lead, least, end, BETWEEN_LOOKS, found);
    best->seen += passed;
    best->looked += passed;
    return passed;
}

static uint32_t pass_one(const fh_matching *g, fh_branch *root, fh_branch *lead, best_hits *best) {
    uint32_t doc = lead->doc;
    if (doc == FH_LIST_END || !fh_branch_is_below(g, root, doc, best->items[0].score)) return 0;
    if (best->found) best->found[best->seen] = doc;
    best->seen++;
    best->looked++;
    fh_branch_to(lead, doc + 1);
    return 1;
}

/* From the document at hand on, counts those that are not worth a place: whatever else they have, because
 * they have nothing else, or with what they have. */
static uint32_t pass(const fh_matching *g, fh_branch *root, fh_branch *lead, best_hits *best) {
    double least = best->items[0].score, others = root->bound - lead->bound;
    uint32_t passed = 0;
    for (uint32_t more = 1; more > 0 && passed < BETWEEN_LOOKS; passed += more) {
        more = pass_below(g, lead, least - others, FH_LIST_END, best);
        if (root == lead) continue;
        uint32_t beside = nearest_beside(root, lead->doc);
        more += lead->doc < beside ? pass_below(g, lead, least, beside, best) : pass_one(g, root, lead, best);
    }
    return passed;
}

/* Is it a list that alone tells what matches, and no other place in the order than by worth? */
static bool can_pass(const fh_branch *root, const fh_branch *lead, fh_sort sort) {
    return sort == FH_SORT_RELEVANCE && lead->kind == FH_BRANCH_LIST && lead->weight > 0 && !root->unsure;
}

/* Is it looked at for the total alone?  So many are, then every second of twice as many, every fourth of four
 * times as many, and so on: wherever in the archive a phrase is at home, its share is seen.  None at all must
 * not be said of what is there. */
static bool is_sampled(best_hits *best, uint32_t look_to) {
    if (look_to == 0 || (++best->skipped < best->stride && best->seen > 0)) return false;
    if (best->sample == look_to) {
        best->stride *= 2;
        best->sample = 0;
    }
    best->sample++;
    best->skipped = 0;
    return true;
}

/* What is unsure is looked at if it is good, or for the total. */
static void walk(fh_matching *g, fh_branch *root, const fh_find *find, best_hits *best) {
    const uint32_t between = root->unsure ? 1 : BETWEEN_LOOKS;
    fh_branch *lead = root->kind == FH_BRANCH_MAYBE ? root->kids[0] : root; /* saves a step, of every hit */
    const bool passing = can_pass(root, lead, find->sort);
    uint32_t doc = fh_branch_to(lead, 1);
    for (uint32_t turn = 0; doc != FH_LIST_END; doc = fh_branch_to(lead, doc + 1)) {
        uint32_t passed = 0;
        if (passing && best->room > 0 && best->count == best->room) {
            passed = pass(g, root, lead, best);
            if ((doc = lead->doc) == FH_LIST_END) break;
        }
        root->doc = doc;
        if ((turn++ % between == 0 || passed >= BETWEEN_LOOKS) && fh_matching_is_late(g)) {
            best->late = true;
            return;
        }
        best_hit hit = {.rank = rank_of(g, find->sort, doc), .doc = doc};
        bool good = is_good(g, root, best, &hit);
        bool sampled = root->unsure && !good && !best->found;
        if (sampled && !is_sampled(best, find->look_to)) {
            best->unlooked++;
            continue;
        }
        uint32_t stands_for = sampled ? best->stride : 1;
        best->looked += stands_for;
        if (fh_branch_stands(root)) {
            best->stood += stands_for;
            if (best->found) best->found[best->seen] = doc;
            best->seen++;
            if (good) take_up(best, hit);
        }
    }
}

static fh_matching begin(fh_matcher *m, const fh_find *find, fh_arena *arena) {
    const double least = FH_BM25_LEAST;
    double k1 = find->bm25.k1 > least ? find->bm25.k1 : least, b = find->bm25.b;
    double per_average = m->average_length > 0 ? 1 / m->average_length : 0;
    return (fh_matching){.matcher = m,
                         .arena = arena,
                         .k1 = k1,
                         .per_length = k1 * b * per_average,
                         .flat = k1 * (1 - b) + least * least,
                         .deadline = find->deadline};
}

static uint32_t *room_for_found(fh_matcher *m) {
    if (!m->found) m->found = fh_alloc(((size_t)m->last + 1) * sizeof *m->found);
    return m->found;
}

/* Finds the best `room` documents, in order. */
static bool match(fh_matcher *m, const fh_find *find, fh_hidden hidden, size_t room, fh_arena *arena,
                  best_hits *out) {
    fh_matching g = begin(m, find, arena);
    fh_branch *root = fh_branch_grow(&g, find->query, 1);
    root = fh_branch_without(&g, root, m->dead.items, m->dead.count);
    root = fh_branch_without(&g, root, hidden.numbers, hidden.count);
    bool many = find->sort != FH_SORT_RELEVANCE && root->most > FEW;
    if (g.declined || (many && !fh_matcher_learn_dates(m))) return false;
    *out = (best_hits){.items = FH_ARENA_ARRAY(arena, best_hit, room + 1), .room = room, .stride = 1};
    if (find->facet_count) out->found = room_for_found(m);
    walk(&g, root, find, out);
    fh_branch_keep(&g, root);
    out->late |= g.late;
    if (out->count) qsort(out->items, out->count, sizeof *out->items, in_order);
    return !g.declined && !fh_branch_is_broken(root);
}

/* ---- Stories ---- */

static bool has_story_before(const fh_xapian_hit *hits, size_t count, fh_str story) {
    for (size_t i = 0; i < count; i++)
        if (fh_str_equal(hits[i].story, story)) return true;
    return false;
}

/* Of each story the best; false: what is asked for was not in the slot. */
static bool collapse(fh_matcher *m, const best_hits *best, size_t wanted, fh_arena *arena,
                     fh_xapian_found *out) {
    fh_error ignored;
    for (size_t i = 0; i < best->count && out->hit_count < wanted; i++) {
        fh_xapian_hit hit = {.number = best->items[i].doc, .score = best->items[i].score};
        if (fh_xapian_value(m->db, hit.number, FH_SLOT_STORY, arena, &hit.story, &ignored) != FH_OK)
            return false;
        if (hit.story.len && has_story_before(out->hits, out->hit_count, hit.story)) continue;
        out->hits[out->hit_count++] = hit;
    }
    return true;
}

static void take_all(const best_hits *best, fh_xapian_found *out) {
    for (size_t i = 0; i < best->count; i++)
        out->hits[out->hit_count++] =
            (fh_xapian_hit){.number = best->items[i].doc, .score = best->items[i].score};
}

/* ---- The whole ---- */

/* The best `wanted` hits, without their data; of stories that many tell, more are looked at. */
static bool find_best(fh_matcher *m, const fh_find *find, fh_hidden hidden, size_t wanted, fh_arena *arena,
                      fh_xapian_found *out) {
    best_hits best;
    size_t room = find->collapse && wanted ? STORIES_MORE * wanted + STORIES_TOO : wanted;
    out->hits = FH_ARENA_ARRAY(arena, fh_xapian_hit, wanted + 1);
    for (;; room *= STORIES_AGAIN) {
        if (room > m->documents) room = m->documents;
        if (!match(m, find, hidden, room, arena, &best)) return false;
        out->hit_count = 0;
        if (!find->collapse) {
            take_all(&best, out);
            break;
        }
        if (!collapse(m, &best, wanted, arena, out)) return false;
        if (out->hit_count == wanted || best.seen + best.unlooked <= room || best.late) break;
    }
    out->total = best.seen + (best.looked ? best.unlooked * best.stood / best.looked : best.unlooked);
    out->partial = best.late;
    out->total_exact = !best.late && best.unlooked == 0;
    return find->facet_count == 0 || fh_matcher_tally(m, find, best.found, best.seen, arena, &out->facets);
}

/* With the entities of what is to be shown, which the mapped table has deflated. */
static bool take_data(const fh_matcher *m, bool ids_only, fh_arena *arena, fh_xapian_found *out) {
    fh_error ignored;
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < out->hit_count; i++) {
        fh_xapian_hit *hit = &out->hits[i];
        if (!fh_matcher_data(m, hit->number, arena, &hit->data))
            status = fh_xapian_data(m->db, hit->number, arena, &hit->data, NULL, &ignored);
        if (status == FH_OK && !ids_only)
            status = fh_xapian_value(m->db, hit->number, FH_SLOT_ENTITIES, arena, &hit->entities, &ignored);
    }
    return status == FH_OK;
}

bool fh_matcher_find(fh_matcher *m, const fh_find *find, fh_hidden hidden, fh_arena *arena,
                     fh_xapian_found *out) {
    fh_xapian_found found = {0};
    if (m->documents == 0 || !fh_matcher_learn_lengths(m)) return false;
    fh_kept_begin(m->merged);
    fh_kept_begin(m->stands);
    size_t first = find->offset < m->documents ? find->offset : m->documents;
    size_t shown = find->limit < m->documents - first ? find->limit : m->documents - first;
    if (!find_best(m, find, hidden, first + shown, arena, &found)) return false;
    if (first > found.hit_count) first = found.hit_count;
    found.hits += first;
    found.hit_count -= first;
    if (!take_data(m, find->ids_only, arena, &found)) return false;
    *out = found;
    return true;
}
