/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posting lists in the blocks of a table, in pages of rare terms and of fresh ones, and told ones: whatever
 * the bytes are, documents rise, and none is beyond the last. */
#include "tests/fuzz/fuzz.h"

#include "store/glass/deflate.h"
#include "store/glass/listed.h"
#include "store/glass/told.h"

enum { LAST = 100000, MOST_ENTRIES = 500, STEP = 1000, KEPT = 1 << 16 };

/* From one document to the next, or past some of them. */
static void walk_list(fh_list list, bool by_steps) {
    for (uint32_t before = 0; list.doc != FH_LIST_END;) {
        must(list.doc > before && list.doc <= LAST);
        before = list.doc;
        if (by_steps)
            fh_list_to(&list, list.doc + STEP);
        else
            fh_list_next(&list);
    }
}

static void walk_both_ways(const fh_list_place *place) {
    fh_list list;
    fh_list_open_at(&list, place, LAST);
    walk_list(list, false);
    fh_list_open_at(&list, place, LAST);
    walk_list(list, true);
}

static void walk_chunks(const fh_mapped *table, fh_arena *arena) {
    fh_lookup at = fh_lookup_in(table, arena);
    bool more = fh_lookup_seek(&at, FH_STR(""));
    for (int i = 0; more && i < MOST_ENTRIES; i++, more = fh_lookup_next(&at))
        walk_both_ways(&(fh_list_place){.key = at.key, .chunks = at, .in_chunks = true});
}

/* What a walk comes to, and what is found by its key. */
static void walk_pages(const fh_mapped *table, fh_arena *arena) {
    fh_rare_walk at = fh_rare_walk_in(fh_pages_of_rare(table->rare), arena);
    bool more = fh_rare_walk_seek(&at, FH_STR(""));
    for (int i = 0; more && i < MOST_ENTRIES; i++, more = fh_rare_walk_next(&at)) {
        fh_str key = fh_rare_key(&at.page);
        fh_list list;
        must(key.len <= FH_GLASS_KEY_MAX && at.page.list.documents > 0);
        must(at.page.list.postings.len <= FH_RARE_MOST);
        walk_both_ways(
            &(fh_list_place){.key = key, .chunks = fh_lookup_in(table, arena), .rare = at.page.list});
        fh_list_open(&list, table, LAST, key, arena);
        walk_list(list, false);
    }
}

/* The same of runs, whose pages stand among the lists. */
static void walk_runs(const fh_mapped *table, fh_arena *arena) {
    for (size_t run = 0; run < table->fresh.count; run++) {
        fh_rare_walk at = fh_rare_walk_in(fh_pages_of_run(table, run), arena);
        bool more = fh_rare_walk_seek(&at, FH_STR(""));
        for (int i = 0; more && i < MOST_ENTRIES; i++, more = fh_rare_walk_next(&at)) {
            fh_list list;
            fh_rare_list *fresh = fh_arena_take_zeroed(arena, FH_FRESH_RUNS * sizeof *fresh);
            fresh[run] = at.page.list;
            walk_both_ways(&(fh_list_place){
                .key = fh_rare_key(&at.page), .chunks = fh_lookup_in(table, arena), .fresh = fresh});
            fh_list_open(&list, table, LAST, fh_rare_key(&at.page), arena);
            walk_list(list, true);
        }
    }
}

/* What tells of runs, whatever it is: what was told is told again. */
static void take_runs(fh_str fact) {
    fh_fresh fresh, again;
    if (!fh_fresh_take(fact, &fresh)) return;
    fh_buf told = {0};
    fh_fresh_put(&fresh, &told);
    must(fh_fresh_take(fh_buf_str(&told), &again) &&
         fh_fresh_documents(&again) == fh_fresh_documents(&fresh));
    fh_buf_free(&told);
}

/* A tag as it may stand in any table. */
static void inflate(fh_str tag) {
    fh_glass_inflater *inflater = fh_glass_inflater_new();
    char room[FH_INFLATED_MOST];
    size_t len = 0;
    fh_str plain = tag;
    bool whole = fh_glass_inflate(inflater, &plain);
    must(!fh_glass_inflate_to(inflater, tag, room, sizeof room, &len) || (whole && len == plain.len));
    fh_glass_inflater_free(inflater);
}

/* The root of a table is its first block or its last one. */
static fh_mapped table_of(fh_str blocks, fh_glass_table name, bool first, fh_proof *proof) {
    const unsigned char *bytes = (const unsigned char *)blocks.ptr;
    size_t count = blocks.len / FH_GLASS_BLOCK;
    fh_mapped table = {.name = name, .proof = proof};
    if (count == 0) return table;
    table.bytes = bytes;
    table.size = count * FH_GLASS_BLOCK;
    table.root = first ? 0 : (uint32_t)count - 1;
    table.level = bytes[table.root * FH_GLASS_BLOCK + FH_BLOCK_LEVEL] % FH_GLASS_LEVELS;
    return table;
}

/* Pages begin at the first block; lists, and what is told by them, at the last one. */
void fuzz_lists(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_proof none = {0};
    fh_mapped rare = table_of(input, FH_GLASS_RARE, true, &none);
    fh_mapped told = table_of(input, FH_GLASS_TOLD, false, &none);
    fh_mapped table = table_of(input, FH_GLASS_POSTLIST, false, &none);
    inflate(input);
    take_runs(input);
    table.inflated = rare.inflated = told.inflated = fh_inflated_new(KEPT);
    walk_chunks(&table, arena);
    table.rare = &rare;
    table.told = &told;
    table.mixed = true;
    walk_pages(&table, arena);
    table.fresh = (fh_fresh){.runs = {{2, STEP}, {STEP + 1, LAST}}, .count = 2};
    walk_runs(&table, arena);
    table.fresh = (fh_fresh){.runs = {{LAST + 1, LAST + STEP}}, .count = 1}; /* behind all that there are */
    walk_runs(&table, arena);
    fh_inflated_free(table.inflated);
    fh_arena_free(arena);
}
