/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last entry of a table that is not above a key; and what stands in a slot of one document, which is in
 * such an entry. */
#include "store/glass/glass.h"
#include "store/glass/sums.h"
#include "store/handle.h"
#include "tests/unit/chance.h"
#include "tests/unit/test_store.h"

#include <sys/mman.h>

/* ---- Tables ---- */

enum {
    MANY = 60000,  /* make a tree of several levels */
    STEP = 3,      /* from a key to the next, so that there are numbers between */
    LONG = 40000,  /* bytes, in pieces through some blocks */
    EVERY = 1000,  /* entries, a long one */
    LOOKS = 20000, /* at a damaged table */
};

static fh_str key_of(fixture *made, uint32_t number) {
    return fh_arena_format(made->arena, "%08u", number);
}

/* What an entry has begins with its number. */
static size_t tag_len(uint32_t entry) {
    return entry % EVERY == EVERY - 1 ? LONG : 8 + entry * 7919u % 300;
}

/* A table of so many entries, at the numbers STEP, 2 STEP and so on. */
static void make_table(fixture *made, uint32_t entries) {
    fh_glass *glass;
    fh_buf tag = {0};
    shell(made, "rm -rf db");
    assert_ok(made, fh_glass_create(made->dir, &glass, &made->err));
    for (uint32_t i = 1; i <= entries; i++) {
        fh_buf_clear(&tag);
        fh_buf_printf(&tag, "%08u", i * STEP);
        while (tag.len < tag_len(i)) fh_buf_add_char(&tag, (char)('a' + tag.len % 26));
        fh_glass_add(glass, FH_GLASS_POSTLIST, key_of(made, i * STEP), fh_buf_str(&tag));
    }
    fh_buf_free(&tag);
    assert_ok(made, fh_glass_finish(glass, &(fh_glass_stats){0}, &made->err));
    fh_glass_close(glass);
}

typedef struct opened {
    fh_glass_version version;
    fh_proof proof;
    fh_mapped table;
} opened;

static void open_table(fixture *made, opened *out) {
    assert_ok(made, fh_glass_version_read(made->dir, &out->version, &made->err));
    assert_true(fh_proof_open(made->dir, &out->version, &out->proof));
    assert_true(fh_mapped_open(made->dir, FH_GLASS_POSTLIST, &out->version, &out->proof, &out->table));
}

static void close_table(opened *of) {
    fh_mapped_close(&of->table);
    fh_proof_close(&of->proof);
}

/* What is found for this number is the entry at the highest one that is not above it. */
static void look_for(fixture *made, const opened *in, uint32_t number, uint32_t entries) {
    uint32_t wanted = number / STEP < entries ? number / STEP : entries;
    fh_arena *arena = fh_arena_new();
    fh_lookup place = fh_lookup_in(&in->table, arena);
    fh_str key = key_of(made, number);
    bool found = fh_lookup_find_last(&place, key);
    assert_false(place.broken);
    assert_int_equal(found, wanted > 0);
    if (found) {
        assert_str_equal(place.key, key_of(made, wanted * STEP));
        assert_int_equal(place.tag.len, tag_len(wanted));
        assert_str_equal(fh_str_slice(place.tag, 0, 8), place.key);
        bool more = fh_lookup_next(&place); /* and from there it goes on */
        assert_int_equal(more, wanted < entries);
        if (more) assert_str_equal(place.key, key_of(made, (wanted + 1) * STEP));
    }
    fh_arena_free(arena);
}

static void the_last_key_that_is_not_above_is_found(void **state) {
    static const uint32_t sizes[] = {1, 2, 50, 2000, MANY};
    fixture *made = *state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        opened in;
        make_table(made, sizes[i]);
        open_table(made, &in);
        uint32_t end = (sizes[i] + 2) * STEP, step = sizes[i] > EVERY ? 7 : 1;
        for (uint32_t number = 0; number < end; number += step) look_for(made, &in, number, sizes[i]);
        for (uint32_t number = end - 3 * STEP; number < end; number++) look_for(made, &in, number, sizes[i]);
        if (sizes[i] == MANY) assert_true(in.table.level >= 2);
        close_table(&in);
    }
}

static void of_an_empty_table_nothing_is_found(void **state) {
    fixture *made = *state;
    opened in;
    make_table(made, 0);
    open_table(made, &in);
    fh_lookup place = fh_lookup_in(&in.table, made->arena);
    assert_false(fh_lookup_find_last(&place, FH_STR("x")));
    assert_false(place.broken);
    close_table(&in);
}

/* A long tag that begins in one leaf and ends in another stands before the key that is looked for. */
static void a_tag_of_many_pieces_is_found_from_behind(void **state) {
    fixture *made = *state;
    opened in;
    make_table(made, 3 * EVERY);
    open_table(made, &in);
    for (uint32_t entry = EVERY - 1; entry < 3 * EVERY; entry += EVERY)
        for (uint32_t more = 0; more <= STEP; more++) look_for(made, &in, entry * STEP + more, 3 * EVERY);
    close_table(&in);
}

/* Without sums, what is found may be wrong, but comes from within the file, and the search ends. */
static void of_a_damaged_tree_nothing_beyond_it_is_read(void **state) {
    fixture *made = *state;
    uint64_t dice = 5;
    opened in;
    make_table(made, 3 * EVERY);
    for (int turn = 0; turn < 10; turn++) {
        open_table(made, &in);
        unsigned char *bytes =
            mmap(NULL, in.table.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_true(bytes != MAP_FAILED);
        memcpy(bytes, in.table.bytes, in.table.size);
        for (int i = 0; i < 300; i++) {
            size_t block = below(&dice, (uint32_t)(in.table.size / FH_GLASS_BLOCK)) * FH_GLASS_BLOCK;
            bytes[block + below(&dice, below(&dice, 4) ? 40 : FH_GLASS_BLOCK)] ^=
                (unsigned char)below(&dice, 256);
        }
        const unsigned char *whole = in.table.bytes;
        in.table.bytes = bytes;
        fh_arena *arena = fh_arena_new();
        for (int i = 0; i < LOOKS / 10; i++, fh_arena_reset(arena)) {
            fh_lookup place = fh_lookup_in(&in.table, arena);
            fh_str key = fh_arena_format(arena, "%08u", below(&dice, 3 * EVERY * STEP));
            if (fh_lookup_find_last(&place, key)) assert_true(fh_hash(FH_HASH_START, place.tag) != 1);
        }
        fh_arena_free(arena);
        munmap(bytes, in.table.size);
        in.table.bytes = whole;
        close_table(&in);
    }
}

static void what_is_not_as_it_was_written_is_not_found(void **state) {
    fixture *made = *state;
    opened in;
    make_table(made, EVERY);
    assert_ok(made, fh_sums_renew(made->dir, &made->err));
    unsigned broken = 0, right = 0;
    for (long block = 0; block < 10; block++) {
        flip_in_file(made, "postlist.glass", block * FH_GLASS_BLOCK + 8000);
        open_table(made, &in);
        for (uint32_t number = STEP; number < EVERY * STEP; number += 50) {
            fh_lookup place = fh_lookup_in(&in.table, made->arena);
            bool found = fh_lookup_find_last(&place, key_of(made, number));
            assert_true(found != place.broken);
            if (found) assert_str_equal(place.key, key_of(made, number / STEP * STEP));
            broken += place.broken;
            right += found;
        }
        close_table(&in);
        flip_in_file(made, "postlist.glass", block * FH_GLASS_BLOCK + 8000);
    }
    assert_true(broken > 0 && right > broken);
}

/* ---- Values ---- */

enum { ARTICLES = 500, HALF = ARTICLES / 2 };

static const fh_slot slots[] = {FH_SLOT_PUBLISHED, FH_SLOT_SOURCE,  FH_SLOT_AUTHOR, FH_SLOT_ENTITIES,
                                FH_SLOT_STORY,     FH_SLOT_CONTENT, FH_SLOT_FORMAT};
enum { SLOTS = sizeof slots / sizeof *slots };

/* The more seldom a slot is, the more documents are between two values; of no article there is a format. */
static void put_values(fixture *made, uint32_t number) {
    paper page;
    write_paper(&page, fh_arena_format(made->arena, "%u", number).ptr, "title", "word");
    add_value(&page, FH_SLOT_CONTENT, fh_arena_format(made->arena, "content%u", number).ptr);
    if (number % 2)
        add_value(&page, FH_SLOT_SOURCE, fh_arena_format(made->arena, "outlet%u", number % 7).ptr);
    if (number % 100 == 50) add_value(&page, FH_SLOT_AUTHOR, "author");
    if (number % 3) add_value(&page, FH_SLOT_PUBLISHED, fh_arena_format(made->arena, "2024%04u", number).ptr);
    fh_str ids = FH_STR("");
    for (uint32_t i = 0; i < number % 5; i++)
        ids = fh_arena_format(made->arena, "%.*sperson:%u name\x1f", FH_STR_ARG(ids), number * i % 40);
    add_value(&page, FH_SLOT_ENTITIES, ids.ptr);
    if (number % 50 == 0) { /* in pieces, and over the room of a chunk */
        fh_str story = FH_STR("");
        for (int i = 0; i < 500; i++)
            story = fh_arena_format(made->arena, "%.*s%09u.", FH_STR_ARG(story), number);
        add_value(&page, FH_SLOT_STORY, story.ptr);
    }
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static void fill(fixture *made, fh_writing_by by, uint32_t from, uint32_t to) {
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = by, .memory = FH_WRITE_MEMORY});
    begin(made);
    for (uint32_t i = from; i < to; i++) put_values(made, i);
    commit(made);
    close_store(made);
}

static void compare_value(fixture *made, fh_matcher *matcher, fh_xapian *db, uint32_t number, fh_slot slot) {
    fh_str ours, theirs;
    assert_ok(made, fh_xapian_value(db, number, slot, made->arena, &theirs, &made->err));
    assert_true(fh_matcher_value(matcher, number, slot, made->arena, &ours));
    assert_str_equal(ours, theirs);
}

/* Forwards, backwards, and here and there. */
static void compare_values(fixture *made) {
    fh_xapian *db;
    uint64_t dice = 3;
    fh_matcher *matcher = fh_matcher_new(made->dir, NULL);
    assert_non_null(matcher);
    assert_ok(made, fh_xapian_open(made->dir, &db, &made->err));
    for (size_t i = 0; i < SLOTS; i++) {
        for (uint32_t number = 1; number <= matcher->last; number++)
            compare_value(made, matcher, db, number, slots[i]);
        for (uint32_t number = matcher->last; number > 0; number--)
            compare_value(made, matcher, db, number, slots[i]);
        for (uint32_t turn = 0; turn < ARTICLES; turn++)
            compare_value(made, matcher, db, 1 + below(&dice, matcher->last), slots[i]);
    }
    fh_str none;
    assert_true(fh_matcher_value(matcher, matcher->last + 1, FH_SLOT_CONTENT, made->arena, &none));
    assert_text(none, "");
    fh_xapian_close(db);
    fh_matcher_free(matcher);
}

static void values_of_the_bulk_writer_are_those_that_xapian_reads(void **state) {
    fixture *made = *state;
    fill(made, FH_WRITE_IN_BULK, 0, ARTICLES);
    compare_values(made);
}

static void values_of_xapians_writer_are_those_that_it_reads(void **state) {
    fixture *made = *state;
    fill(made, FH_WRITE_BY_LIBRARY, 0, ARTICLES);
    compare_values(made);
}

/* What stood deflated is then plain, and chunks are cut elsewhere. */
static void values_that_xapian_has_changed_are_those_that_it_reads(void **state) {
    fixture *made = *state;
    fill(made, FH_WRITE_IN_BULK, 0, HALF);
    fill(made, FH_WRITE_BY_LIBRARY, HALF, ARTICLES);
    fill(made, FH_WRITE_A_FEW, HALF - 20, HALF + 20); /* again: the former ones are dead */
    compare_values(made);
}

static bool add_number(void *context, uint32_t document, fh_str value) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%u=%.*s ", FH_STR_ARG(to->text), document, FH_STR_ARG(value));
    return ++to->count != to->stop_after;
}

static void all_values_of_the_living_are_visited(void **state) {
    fixture *made = *state;
    fh_xapian *db;
    fill(made, FH_WRITE_IN_BULK, 0, ARTICLES);
    fill(made, FH_WRITE_BY_LIBRARY, 40, 60);
    fh_matcher *matcher = fh_matcher_new(made->dir, NULL);
    assert_ok(made, fh_xapian_open(made->dir, &db, &made->err));
    for (size_t most = 0; most < 100; most += 33) { /* 0: all */
        visited ours = {.arena = made->arena, .stop_after = most},
                theirs = {.arena = made->arena, .stop_after = most};
        assert_true(fh_matcher_values(matcher, FH_SLOT_AUTHOR, add_number, &ours));
        assert_ok(made, fh_xapian_values(db, FH_SLOT_AUTHOR, add_number, &theirs, &made->err));
        assert_true(ours.count > 0);
        assert_str_equal(ours.text, theirs.text);
    }
    fh_xapian_close(db);
    fh_matcher_free(matcher);
}

static void an_article_is_looked_up_by_its_id_among_the_living(void **state) {
    fixture *made = *state;
    fh_xapian *db;
    bool found;
    fill(made, FH_WRITE_IN_BULK, 0, HALF);
    fill(made, FH_WRITE_BY_LIBRARY, HALF - 20, HALF + 20);
    open_writable(made);
    begin(made);
    assert_ok(made, fh_store_delete(made->store, FH_STR("7"), &found, &made->err));
    commit(made);
    close_store(made);
    fh_matcher *matcher = fh_matcher_new(made->dir, NULL);
    assert_ok(made, fh_xapian_open(made->dir, &db, &made->err));
    for (uint32_t i = 0; i < HALF + 30; i++) {
        uint32_t ours, theirs;
        fh_str id = fh_arena_format(made->arena, "%u", i);
        assert_true(fh_matcher_lookup(matcher, id, &ours));
        assert_ok(made, fh_xapian_lookup(db, id, &theirs, &made->err));
        assert_int_equal(ours, theirs);
        assert_int_equal(ours == 0, i == 7 || i >= HALF + 20);
    }
    fh_xapian_close(db);
    fh_matcher_free(matcher);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_last_key_that_is_not_above_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_an_empty_table_nothing_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tag_of_many_pieces_is_found_from_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_damaged_tree_nothing_beyond_it_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_as_it_was_written_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_of_the_bulk_writer_are_those_that_xapian_reads, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(values_of_xapians_writer_are_those_that_it_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_that_xapian_has_changed_are_those_that_it_reads, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(all_values_of_the_living_are_visited, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_article_is_looked_up_by_its_id_among_the_living, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
