/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posting lists in the blocks of a table: whatever the bytes are, documents rise, and none is beyond the
 * last. */
#include "tests/fuzz/fuzz.h"

#include "store/glass/deflate.h"
#include "store/glass/listed.h"
#include "store/glass/rare_walk.h"

enum { LAST = 100000, MOST_ENTRIES = 500, STEP = 1000, KEPT = 1 << 16 };

/* From one document to the next, or past some of them. */
static void walk_list(const fh_list_place *at, bool by_steps) {
    fh_list list;
    fh_list_open_at(&list, at, LAST);
    for (uint32_t before = 0; list.doc != FH_LIST_END;) {
        must(list.doc <= LAST && (before == 0 || list.doc > before));
        before = list.doc;
        if (by_steps)
            fh_list_to(&list, list.doc + STEP);
        else
            fh_list_next(&list);
    }
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

/* The same entries as pages of rare terms, and as what is told: of every term, alone and before a list. */
static void walk_pages(fh_mapped *table, fh_arena *arena) {
    const fh_mapped pages = *table;
    fh_buf last = {0};
    table->rare = table->told = &pages;
    table->mixed = true;
    fh_rare_walk walk = fh_rare_walk_in(&pages, arena);
    bool more = fh_rare_walk_seek(&walk, FH_STR(""));
    for (int i = 0; more && i < MOST_ENTRIES; i++, more = fh_rare_walk_next(&walk)) {
        fh_str key = fh_rare_key(&walk.page);
        fh_list_place place = {.key = key, .chunks = fh_lookup_in(table, arena), .rare = walk.page.list};
        walk_list(&place, false);
        walk_list(&place, true);
        fh_list list;
        fh_list_open(&list, table, LAST, key, arena);
        must(list.doc == FH_LIST_END || list.doc <= LAST);
        fh_buf_clear(&last);
        fh_buf_add(&last, key);
        fh_rare_list found;
        fh_rare_find(&pages, fh_buf_str(&last), arena, &found);
    }
    fh_buf_free(&last);
}

/* A table whose root is its last block. */
void fuzz_lists(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_proof none = {0};
    size_t blocks = input.len / FH_GLASS_BLOCK;
    const unsigned char *bytes = (const unsigned char *)input.ptr;
    fh_mapped table = {.bytes = blocks ? bytes : NULL, .size = blocks * FH_GLASS_BLOCK, .proof = &none};
    inflate(input);
    if (blocks > 0) {
        table.root = (uint32_t)blocks - 1;
        table.level = bytes[table.root * FH_GLASS_BLOCK + FH_BLOCK_LEVEL] % FH_GLASS_LEVELS;
    }
    table.inflated = fh_inflated_new(KEPT);
    fh_lookup at = fh_lookup_in(&table, arena);
    bool more = fh_lookup_seek(&at, FH_STR(""));
    for (int i = 0; more && i < MOST_ENTRIES; i++, more = fh_lookup_next(&at)) {
        fh_list_place place = {.key = at.key, .chunks = at, .in_chunks = true};
        walk_list(&place, false);
        walk_list(&place, true);
    }
    walk_pages(&table, arena);
    fh_inflated_free(table.inflated);
    fh_arena_free(arena);
}
