/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles and queries by chance, for what compares two ways to answer. */
#ifndef FH_TESTS_UNIT_TEST_MATCH_H
#define FH_TESTS_UNIT_TEST_MATCH_H

#include "store/handle.h"
#include "tests/unit/oracle.h"
#include "tests/unit/plain.h"
#include "tests/unit/test_store.h"

#include <math.h>

enum { WORDS = 120, DEEP = 3, LONGEST_BODY = 150 };

/* ---- Dice ---- */

static uint32_t seed;

static inline uint32_t roll(uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* Some words are in most articles, and most are in few; they begin in one of a few ways. */
static inline const char *rolled_word(fixture *made) {
    static const char *const beginnings[] = {"ab", "ac", "b", "ca", "كا", "كت"};
    uint32_t number = roll(1 + roll(1 + roll(WORDS)));
    return fh_arena_format(made->arena, "%s%u", beginnings[number % 6], number).ptr;
}

static inline const char *rolled_text(fixture *made, uint32_t most) {
    fh_str text = fh_str_from(rolled_word(made));
    for (uint32_t left = roll(most); left > 0; left--)
        text = fh_arena_format(made->arena, "%.*s %s", FH_STR_ARG(text), rolled_word(made));
    return text.ptr;
}

static inline const char *rolled_date(fixture *made) {
    fh_str day = fh_arena_format(made->arena, "2024%02u%02u", 1 + roll(3), 1 + roll(28));
    uint32_t kind = roll(5);
    if (kind == 0) return "";
    return kind < 4 ? day.ptr : fh_arena_format(made->arena, "%s%02u3000", day.ptr, roll(24)).ptr;
}

/* ---- Archives ---- */

static inline const char *rolled_source(fixture *made) {
    return fh_arena_format(made->arena, "outlet%02u", roll(1 + roll(12))).ptr;
}

/* Some of them twice. */
static inline const char *rolled_entities(fixture *made) {
    static const char *const beginnings[] = {"person:", "place:", "plain"};
    fh_str ids = FH_STR("");
    for (uint32_t left = roll(5); left > 0; left--)
        ids = fh_arena_format(made->arena, "%.*s%s%u%c", FH_STR_ARG(ids), beginnings[roll(3)],
                              roll(1 + roll(40)), FH_VALUE_END);
    return ids.ptr;
}

/* "ab1" is the stem of "ab12". */
static inline fh_str rolled_stem(const void *context, fh_str word, fh_arena *arena) {
    (void)context;
    (void)arena;
    return fh_str_slice(word, 0, word.len > 1 ? word.len - 1 : word.len);
}

static const fh_stemming rolled_stemming = {rolled_stem, NULL};

static inline void add_stems(paper *page) {
    for (size_t i = 0, words = page->document.posting_count; i < words; i++) {
        const fh_posting *from = &page->postings[i];
        if (from->field != FH_FIELD_WORD) continue;
        assert_true(page->document.posting_count < MAX_POSTINGS);
        page->postings[page->document.posting_count++] =
            (fh_posting){.field = FH_FIELD_STEM, .weight = 1, .word = rolled_stem(NULL, from->word, NULL)};
    }
}

/* With up to so many words in its body; `embargo` NULL: none. */
static inline void put_rolled(fixture *made, const char *id, uint32_t longest, const char *embargo) {
    paper page;
    write_paper(&page, id, rolled_text(made, 5), rolled_text(made, longest));
    add_stems(&page);
    add_value(&page, FH_SLOT_PUBLISHED, rolled_date(made));
    if (roll(4)) add_value(&page, FH_SLOT_SOURCE, rolled_source(made));
    add_value(&page, FH_SLOT_ENTITIES, rolled_entities(made));
    if (roll(3) == 0) add_value(&page, FH_SLOT_STORY, fh_arena_format(made->arena, "story%u", roll(20)).ptr);
    add_value(&page, FH_SLOT_EMBARGO, embargo);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

/* ---- Queries ---- */

static inline fh_query *rolled_outlets(fixture *made) {
    return between(made, FH_SLOT_SOURCE, rolled_source(made), roll(2) ? "outlet06" : "");
}

static inline fh_query *rolled_leaf(fixture *made) {
    static const char *const starts[] = {"a", "ab", "b1", "c", "كت", "كا1", "nothing"};
    fh_query *leaf_ = leaf(made, FH_OP_TERM, roll(4) ? FH_FIELD_WORD : FH_FIELD_TITLE, rolled_word(made));
    if (roll(4) == 0) {
        leaf_->field = FH_FIELD_STEM;
        leaf_->word = rolled_stem(NULL, leaf_->word, NULL);
    }
    switch (roll(16)) {
    case 0: return leaf(made, FH_OP_PREFIX, leaf_->field, starts[roll(7)]);
    case 1: return between(made, FH_SLOT_PUBLISHED, "202402", roll(2) ? "20240315~" : "");
    case 2: return leaf(made, FH_OP_ALL, FH_FIELD_WORD, "");
    case 3: return word(made, "nowhere");
    case 4: return node(made, FH_OP_FILTER, 0, leaf_, rolled_outlets(made), NULL);
    case 5: return between(made, FH_SLOT_PUBLISHED, "", roll(3) ? "202402" : "");
    case 6: return between(made, FH_SLOT_SOURCE, "", rolled_source(made));
    case 7: return between(made, FH_SLOT_ENTITIES, roll(3) ? "person:2" : "", roll(2) ? "place:1" : "");
    default: return leaf_;
    }
}

static inline fh_query *rolled_phrase(fixture *made) {
    fh_op op = roll(2) ? FH_OP_PHRASE : FH_OP_NEAR;
    return node(made, op, 2 + roll(6), word(made, rolled_word(made)), word(made, rolled_word(made)), NULL);
}

static inline fh_query *rolled_synonym(fixture *made) {
    return node(made, FH_OP_SYNONYM, 0, word(made, rolled_word(made)),
                leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, roll(2) ? "ac" : "كا"), word(made, rolled_word(made)),
                NULL);
}

static inline fh_query *rolled_query(fixture *made, int deep) {
    static const fh_op ops[] = {FH_OP_AND, FH_OP_OR, FH_OP_NOT, FH_OP_FILTER, FH_OP_MAYBE, FH_OP_SCALE};
    if (deep == 0 || roll(4) == 0) {
        uint32_t kind = roll(6);
        return kind == 0 ? rolled_phrase(made) : kind == 1 ? rolled_synonym(made) : rolled_leaf(made);
    }
    fh_query *query = leaf(made, ops[roll(6)], FH_FIELD_WORD, "");
    query->kid_count = query->op == FH_OP_SCALE ? 1 : 1 + roll(3);
    query->factor = roll(3) * 0.4;
    query->kids = FH_ARENA_ARRAY(made->arena, fh_query *, 3);
    for (size_t i = 0; i < query->kid_count; i++) query->kids[i] = rolled_query(made, deep - 1);
    return query;
}

/* "person:1" is "person:2", and "place:3" is nothing. */
static inline fh_str rolled_meaning(const void *context, fh_str id, int *kind) {
    (void)context;
    if (fh_str_equal(id, FH_STR("place:3"))) return FH_STR("");
    if (fh_str_starts(id, FH_STR("person:"))) *kind = 1;
    if (fh_str_starts(id, FH_STR("place:"))) *kind = 2;
    return fh_str_equal(id, FH_STR("person:1")) ? FH_STR("person:2") : id;
}

static inline void roll_facets(fixture *made, fh_find *find) {
    fh_facet_request *asked = FH_ARENA_ARRAY(made->arena, fh_facet_request, 5);
    find->facet_count = roll(5);
    for (size_t i = 0; i < find->facet_count; i++) {
        asked[i] = (fh_facet_request){.slot = roll(3) ? FH_SLOT_ENTITIES : FH_SLOT_SOURCE,
                                      .limit = roll(4) ? roll(9) : SIZE_MAX};
        if (asked[i].slot == FH_SLOT_SOURCE || roll(3) == 0) continue;
        asked[i].map = rolled_meaning;
        asked[i].kind = (int)roll(3);
    }
    find->facets = asked;
}

static inline fh_find rolled_find(fixture *made) {
    static const double k1s[] = {1.2, 1.2, 0}, bs[] = {0.75, 0, 1};
    fh_find find = plain_find(rolled_query(made, DEEP));
    find.bm25 = (fh_bm25){k1s[roll(3)], bs[roll(3)]};
    find.sort = (fh_sort)roll(3);
    find.offset = roll(3) ? 0 : roll(30);
    find.limit = roll(40);
    find.collapse = roll(3) == 0;
    find.look_to = UINT32_MAX;
    if (roll(2)) roll_facets(made, &find);
    return find;
}

/* ---- Both ---- */

static inline fh_matchers *matchers_of(fixture *made) {
    fh_matchers *all = NULL;
    assert_ok(made, fh_store_matchers(made->store, &all, &made->err));
    return all;
}

static inline fh_matched found_by_us(fixture *made, const fh_find *find) {
    fh_matched found;
    assert_true(fh_matchers_find(matchers_of(made), find, (fh_hidden){0}, made->arena, &found));
    return found;
}

/* In the indexes that are open. */
static inline oracle *open_oracle(fixture *made) {
    const fh_store *store = made->store;
    const char **dirs = FH_ARENA_ARRAY(made->arena, const char *, store->shard_count);
    for (size_t i = 0; i < store->shard_count; i++) dirs[i] = plain_copy(made, store->shards[i].dir);
    oracle *xapian = oracle_open(dirs, store->shard_count);
    assert_non_null(xapian);
    return xapian;
}

static inline fh_matched found_by_xapian(fixture *made, const fh_find *find) {
    fh_matched found;
    oracle *xapian = open_oracle(made);
    assert_true(oracle_find(xapian, find, made->arena, &found));
    oracle_close(xapian);
    return found;
}

static const double CLOSE = 1e-9;

static inline void assert_same_hits(const fh_matched *ours, const fh_matched *theirs, bool dated) {
    assert_int_equal(ours->hit_count, theirs->hit_count);
    for (size_t i = 0; i < ours->hit_count; i++) {
        const fh_matched_hit *a = &ours->hits[i], *b = &theirs->hits[i];
        bool close = fabs(a->score - b->score) <= CLOSE * (1 + fabs(b->score));
        if (!close)
            fail_msg("hit %zu: %u with %.12g, not %u with %.12g", i, a->number, a->score, b->number,
                     b->score);
        if (a->number == b->number) continue;
        /* Sums of scores differ in their last bit, so equals may change places. */
        bool equals = !dated && fabs(a->score - b->score) <= CLOSE;
        if (!equals && !dated) fail_msg("hit %zu: %u, not %u", i, a->number, b->number);
    }
}

static inline void assert_same_facet(const fh_facet *ours, const fh_facet *theirs) {
    assert_int_equal(ours->slot, theirs->slot);
    assert_int_equal(ours->values_in_all, theirs->values_in_all);
    assert_int_equal(ours->value_count, theirs->value_count);
    for (size_t i = 0; i < ours->value_count; i++) {
        assert_str_equal(ours->values[i].value, theirs->values[i].value);
        assert_int_equal(ours->values[i].articles, theirs->values[i].articles);
    }
}

/* ---- Words ---- */

static inline bool visit_word(void *context, fh_str found, uint32_t articles) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%.*s %u\n", FH_STR_ARG(to->text), FH_STR_ARG(found), articles);
    return ++to->count != to->stop_after;
}

/* A walk of ours, and what is asked of each word that it comes to. */
static inline fh_str our_words(fixture *made, fh_str prefix, fh_hidden hidden) {
    visited ours = {.arena = made->arena, .text = FH_STR("")};
    const fh_matchers *all = matchers_of(made);
    fh_word_walk walk = fh_matchers_words(all, FH_FIELD_WORD, prefix, (fh_term){0}, hidden, made->arena);
    while (fh_word_walk_next(&walk)) {
        uint32_t one;
        fh_str found = fh_arena_copy(made->arena, (fh_str){walk.word.bytes, walk.word.len});
        visit_word(&ours, found, walk.articles);
        assert_true(fh_matchers_frequency(all, FH_FIELD_WORD, found, hidden, &one));
        assert_int_equal(one, walk.articles);
    }
    return ours.text;
}

static inline void assert_words_are_those_of_xapian(fixture *made, fh_hidden hidden) {
    static const char *const prefixes[] = {"", "a", "ab1", "كا", "z"};
    oracle *xapian = open_oracle(made);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        visited theirs = {.arena = made->arena, .text = FH_STR("")};
        fh_str prefix = fh_str_from(prefixes[i]);
        assert_true(oracle_words(xapian, FH_FIELD_WORD, prefix, hidden, visit_word, &theirs));
        assert_str_equal(our_words(made, prefix, hidden), theirs.text);
    }
    oracle_close(xapian);
}

#endif
