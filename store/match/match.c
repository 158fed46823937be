/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best of the documents that a query matches, all of them counted. */
#include "base/memory.h"
#include "store/match/best.h"
#include "store/match/pass.h"
#include "store/match/tally.h"
#include "store/match/tree.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 100, BETWEEN_LOOKS = 1024, STORIES_MORE = 2, STORIES_TOO = 16, STORIES_AGAIN = 8 };

/* What was found so far, in all indexes. */
typedef struct matched {
    fh_best_hits best;
    uint64_t seen;           /* documents that match */
    uint64_t unlooked;       /* that may match, and stand behind all hits in either case */
    uint64_t looked, stood;  /* for how many those stand that were looked at, and those that match */
    uint32_t sample, stride; /* looked at for the total alone since the stride grew; every how manyeth is */
    uint32_t skipped;        /* since the last of them */
    uint32_t *found;         /* takes all that match; NULL: nobody asks for them */
    size_t *ends;            /* of each index in `found` */
    bool late;
} matched;

/* ---- Walking ---- */

/* Of few documents, dates are asked one by one. */
static uint64_t date_of(fh_matching *g, uint32_t doc) {
    fh_str key;
    if (g->matcher->dates) return g->matcher->dates[doc];
    if (fh_matcher_kept(g->matcher, doc, FH_SLOT_PUBLISHED, &key)) {
        uint64_t rank = fh_date_rank(key);
        if (rank != FH_NO_RANK) return rank;
    }
    g->broken = true;
    return 0;
}

/* A date that is not known comes last on either way through them. */
static uint64_t rank_of(fh_matching *g, fh_sort sort, uint32_t doc) {
    if (sort == FH_SORT_RELEVANCE) return 0;
    uint64_t date = date_of(g, doc);
    return date == 0 || sort == FH_SORT_NEWEST ? date : FH_NO_RANK - date;
}

/* Is there a place for the document at hand?  Then with its number and score.  Of two alike the lower number
 * stands first, and may yet come, in a later index. */
static bool is_good(const fh_matching *g, fh_branch *root, const fh_best_hits *best, fh_best_hit *hit) {
    const fh_best_hit *last = best->items;
    bool full = fh_best_hits_are_full(best);
    double least = -1;
    if (full && (best->room == 0 || hit->rank < last->rank)) return false;
    hit->number = fh_matchers_number(g->all, g->part, root->doc);
    if (full && hit->rank == last->rank)
        least = hit->number > last->number ? last->score : nextafter(last->score, -1);
    hit->score = fh_branch_worth(g, root, least);
    return hit->score > least;
}

/* From this document on, counts those that are not worth a place. */
static uint32_t pass(const fh_matching *g, fh_passing *passing, matched *m, uint32_t *doc) {
    uint32_t *found = m->found ? m->found + m->seen : NULL;
    uint32_t passed = fh_pass(g, passing, m->best.items[0].score, BETWEEN_LOOKS, doc, found);
    m->seen += passed;
    m->looked += passed;
    return passed;
}

/* Is it looked at for the total alone?  So many are, then every second of twice as many, every fourth of four
 * times as many, and so on: wherever in the archive a phrase is at home, its share is seen.  None at all must
 * not be said of what is there. */
static bool is_sampled(matched *m, uint32_t look_to) {
    if (look_to == 0 || (++m->skipped < m->stride && m->seen > 0)) return false;
    if (m->sample == look_to) {
        m->stride *= 2;
        m->sample = 0;
    }
    m->sample++;
    m->skipped = 0;
    return true;
}

/* What is unsure is looked at if it is good, or for the total. */
static void walk(fh_matching *g, fh_branch *root, const fh_find *find, matched *m) {
    const uint32_t between = root->unsure ? 1 : BETWEEN_LOOKS;
    fh_branch *lead = root->kind == FH_BRANCH_MAYBE ? root->kids[0] : root; /* saves a step, of every hit */
    fh_passing passing;
    const bool passes =
        find->sort == FH_SORT_RELEVANCE && m->best.room > 0 && fh_passing_of(g, root, &passing);
    uint32_t doc = fh_branch_to(lead, 1);
    for (uint32_t turn = 0; doc != FH_LIST_END; doc = fh_branch_to(lead, doc + 1)) {
        uint32_t passed = 0;
        if (passes && fh_best_hits_are_full(&m->best)) {
            passed = pass(g, &passing, m, &doc);
            if ((doc = fh_branch_to(lead, doc)) == FH_LIST_END) break;
        }
        root->doc = doc;
        if ((turn++ % between == 0 || passed >= BETWEEN_LOOKS) && fh_matching_is_late(g)) {
            m->late = true;
            return;
        }
        fh_best_hit hit = {.rank = rank_of(g, find->sort, doc)};
        bool good = is_good(g, root, &m->best, &hit);
        bool sampled = root->unsure && !good && !m->found;
        if (sampled && !is_sampled(m, find->look_to)) {
            m->unlooked++;
            continue;
        }
        uint32_t stands_for = sampled ? m->stride : 1;
        m->looked += stands_for;
        if (fh_branch_stands(root)) {
            m->stood += stands_for;
            if (m->found) m->found[m->seen] = doc;
            m->seen++;
            if (good) fh_best_hits_take(&m->best, hit);
        }
    }
}

static fh_matching begin(const fh_matchers *all, fh_bm25 bm25, double deadline, fh_arena *arena) {
    const double least = FH_BM25_LEAST;
    double k1 = bm25.k1 > least ? bm25.k1 : least, b = bm25.b;
    double per_average = all->average_length > 0 ? 1 / all->average_length : 0;
    return (fh_matching){.all = all,
                         .arena = arena,
                         .k1 = k1,
                         .per_length = k1 * b * per_average,
                         .flat = k1 * (1 - b) + least * least,
                         .deadline = deadline};
}

/* Makes one of the indexes the one at hand. */
static void turn_to(fh_matching *g, size_t part) {
    g->part = part;
    g->matcher = g->all->parts[part];
}

/* Goes through the index at hand. */
static bool match_part(fh_matching *g, const fh_find *find, fh_hidden hidden, matched *out) {
    const fh_numbers *dead = &g->matcher->dead;
    fh_branch *root = fh_branch_grow(g, find->query, 1);
    root = fh_branch_without(g, root, dead->items, dead->count);
    root = fh_branch_without(g, root, hidden.numbers, hidden.count);
    bool many = find->sort != FH_SORT_RELEVANCE && root->most > FEW;
    if (g->broken || (many && !fh_matcher_learn_dates(g->matcher))) return false;
    walk(g, root, find, out);
    fh_branch_keep(g, root);
    out->late |= g->late;
    return !g->broken && !g->matcher->lost && !fh_branch_is_broken(root);
}

static uint32_t *room_for_found(fh_matchers *all) {
    size_t room = 0;
    for (size_t i = 0; i < all->count; i++) room += (size_t)all->parts[i]->last + 1;
    if (!all->found) all->found = fh_alloc(room * sizeof *all->found);
    return all->found;
}

/* Finds the best `room` documents, in order. */
static bool match(fh_matchers *all, const fh_find *find, const fh_hidden *hidden, size_t room,
                  fh_arena *arena, matched *out) {
    fh_matching g = begin(all, find->bm25, find->deadline, arena);
    *out = (matched){.best = fh_best_hits_for(room, arena),
                     .stride = 1,
                     .ends = FH_ARENA_ARRAY(arena, size_t, all->count)};
    if (find->facet_count) out->found = room_for_found(all);
    for (size_t i = 0; i < all->count; i++) {
        turn_to(&g, i);
        if (!out->late && !match_part(&g, find, hidden[i], out)) return false;
        out->ends[i] = out->seen;
    }
    fh_best_hits_sort(&out->best);
    return true;
}

/* ---- Stories ---- */

static bool has_story_before(const fh_matched_hit *hits, size_t count, fh_str story) {
    for (size_t i = 0; i < count; i++)
        if (fh_str_equal(hits[i].story, story)) return true;
    return false;
}

/* Of each story the best.  False: the slot cannot be read. */
static bool collapse(const fh_matchers *all, const fh_best_hits *best, size_t wanted, fh_arena *arena,
                     fh_matched *out) {
    for (size_t i = 0; i < best->count && out->hit_count < wanted; i++) {
        uint32_t document;
        fh_matched_hit hit = {.number = best->items[i].number, .score = best->items[i].score};
        fh_matcher *m = all->parts[fh_matchers_part(all, hit.number, &document)];
        if (!fh_matcher_value(m, document, FH_SLOT_STORY, arena, &hit.story)) return false;
        if (hit.story.len && has_story_before(out->hits, out->hit_count, hit.story)) continue;
        out->hits[out->hit_count++] = hit;
    }
    return true;
}

static void take_all(const fh_best_hits *best, fh_matched *out) {
    for (size_t i = 0; i < best->count; i++)
        out->hits[out->hit_count++] =
            (fh_matched_hit){.number = best->items[i].number, .score = best->items[i].score};
}

/* ---- The whole ---- */

/* The best `wanted` hits, without their data; of stories that many tell, more are looked at. */
static bool find_best(fh_matchers *all, const fh_find *find, fh_hidden hidden, size_t wanted, fh_arena *arena,
                      fh_matched *out) {
    matched m;
    const fh_hidden *each = fh_matchers_deal(all, hidden, arena);
    size_t room = find->collapse && wanted ? STORIES_MORE * wanted + STORIES_TOO : wanted;
    out->hits = FH_ARENA_ARRAY(arena, fh_matched_hit, wanted + 1);
    for (;; room *= STORIES_AGAIN) {
        if (room > all->documents) room = all->documents;
        if (!match(all, find, each, room, arena, &m)) return false;
        out->hit_count = 0;
        if (!find->collapse) {
            take_all(&m.best, out);
            break;
        }
        if (!collapse(all, &m.best, wanted, arena, out)) return false;
        if (out->hit_count == wanted || m.seen + m.unlooked <= room || m.late) break;
    }
    out->total = m.seen + (m.looked ? m.unlooked * m.stood / m.looked : m.unlooked);
    out->partial = m.late;
    out->total_exact = !m.late && m.unlooked == 0;
    return find->facet_count == 0 || fh_matchers_tally(all, find, m.found, m.ends, arena, &out->facets);
}

static int by_number(const void *left, const void *right) {
    const fh_matched_hit *const *a = left, *const *b = right;
    return (*a)->number < (*b)->number ? -1 : 1;
}

/* In the order of documents, since the values of those near each other lie together. */
static bool take_data(fh_matchers *all, bool ids_only, fh_arena *arena, fh_matched *out) {
    fh_matched_hit **hits = FH_ARENA_ARRAY(arena, fh_matched_hit *, out->hit_count + 1);
    for (size_t i = 0; i < out->hit_count; i++) hits[i] = &out->hits[i];
    if (out->hit_count) qsort(hits, out->hit_count, sizeof *hits, by_number);
    for (size_t i = 0; i < out->hit_count; i++) {
        fh_matched_hit *hit = hits[i];
        if (!fh_matchers_data(all, hit->number, arena, &hit->data, ids_only ? NULL : &hit->entities))
            return false;
    }
    return true;
}

static void keep_what_is_used(const fh_matchers *all) {
    for (size_t i = 0; i < all->count; i++) {
        fh_kept_begin(all->parts[i]->merged);
        fh_kept_begin(all->parts[i]->stands);
        fh_kept_begin(all->parts[i]->bounds);
    }
}

bool fh_matchers_find(fh_matchers *all, const fh_find *find, fh_hidden hidden, fh_arena *arena,
                      fh_matched *out) {
    fh_matched found = {0};
    keep_what_is_used(all);
    size_t first = find->offset < all->documents ? find->offset : all->documents;
    size_t shown = find->limit < all->documents - first ? find->limit : all->documents - first;
    if (!find_best(all, find, hidden, first + shown, arena, &found)) return false;
    if (first > found.hit_count) first = found.hit_count;
    found.hits += first;
    found.hit_count -= first;
    if (!take_data(all, find->ids_only, arena, &found)) return false;
    *out = found;
    return true;
}

bool fh_matchers_score(fh_matchers *all, const fh_query *query, fh_bm25 bm25, uint32_t number,
                       fh_arena *arena, double *out) {
    uint32_t document;
    fh_matching g = begin(all, bm25, 0, arena);
    keep_what_is_used(all);
    turn_to(&g, fh_matchers_part(all, number, &document));
    fh_branch *root = fh_branch_grow(&g, query, 1);
    bool matches = fh_branch_to(root, document) == document && fh_branch_stands(root);
    double score = matches ? fh_branch_worth(&g, root, -1) : 0;
    if (g.broken || g.matcher->lost || fh_branch_is_broken(root)) return false;
    *out = score;
    return true;
}
