/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of rare terms: what is put together there is found as if each list stood by itself. */
#include "base/file.h"
#include "store/glass/entries.h"
#include "store/glass/listed.h"
#include "store/glass/pack.h"
#include "store/glass/version.h"
#include "tests/unit/chance.h"
#include "tests/unit/test_store.h"

enum { TERMS = 3000, LAST = 100000, MOST = 90, LATER = LAST / 2, RING = 1 << 20 };

typedef struct posting {
    uint32_t number, wdf;
} posting;

typedef struct term {
    fh_str bytes;
    uint32_t count, early; /* early: how many of them came before the page was written */
    posting postings[MOST];
} term;

typedef struct archive {
    term terms[TERMS]; /* in the order of their keys */
    fh_glass_version version;
    fh_buf bytes[2]; /* of the two tables */
    fh_proof proof;
    fh_inflated *inflated;
    fh_mapped lists, pages;
    fh_arena *arena;
} archive;

/* ---- Writing ---- */

static int by_bytes(const void *left, const void *right) {
    const term *a = left, *b = right;
    return fh_str_compare(a->bytes, b->bytes);
}

/* Letters of few kinds, so that terms have much in common; zero bytes too. */
static fh_str roll_term(fixture *made, uint64_t *seed, uint32_t number) {
    static const char letters[] = {'a', 'b', '\xd3', '\0', '\xff'};
    fh_buf bytes = {0};
    fh_buf_add_char(&bytes, "aZ\xc1"[below(seed, 3)]);
    for (uint32_t left = below(seed, 12); left > 0; left--)
        fh_buf_add_char(&bytes, letters[below(seed, sizeof letters)]);
    fh_buf_printf(&bytes, "%u", number);
    if (below(seed, 50) == 0)
        for (int i = 0; i < 200; i++) fh_buf_add_char(&bytes, 'x');
    fh_str copy = fh_arena_copy(made->arena, fh_buf_str(&bytes));
    fh_buf_free(&bytes);
    return copy;
}

static size_t bytes_of(const term *at, uint32_t count) {
    fh_buf bytes = {0};
    for (uint32_t k = 0; k < count; k++) {
        if (k > 0) fh_glass_uint(&bytes, at->postings[k].number - at->postings[k - 1].number - 1);
        fh_glass_uint(&bytes, at->postings[k].wdf);
    }
    size_t len = bytes.len;
    fh_buf_free(&bytes);
    return len;
}

static void roll(fixture *made, archive *all, bool mixed) {
    uint64_t seed = 20261122;
    for (uint32_t i = 0; i < TERMS; i++) {
        term *at = &all->terms[i];
        at->bytes = roll_term(made, &seed, i);
        at->count = below(&seed, 3) ? 1 : 1 + below(&seed, MOST);
        uint32_t number = 0;
        for (uint32_t k = 0; k < at->count; k++) {
            number += 1 + below(&seed, below(&seed, 9) ? LAST / MOST - 1 : 100);
            at->postings[k] = (posting){number, below(&seed, 9) ? below(&seed, 3) : below(&seed, 1u << 31)};
            at->early += !mixed || number < LATER;
        }
        if (bytes_of(at, at->early) > FH_RARE_MOST) at->early = at->count;
    }
    qsort(all->terms, TERMS, sizeof *all->terms, by_bytes);
}

static void write_lists(fixture *made, const archive *all) {
    fh_rare_writer rare = {0};
    fh_glass_postings to = {0};
    fh_glass_stats stats = {.documents = LAST, .last = LAST};
    assert_ok(made, fh_glass_create(made->dir, &to.glass, &made->err));
    rare.glass = to.glass;
    for (const term *at = all->terms; at < all->terms + TERMS; at++) {
        const uint32_t ends[] = {at->early, at->count};
        uint32_t k = 0;
        for (int later = 0; later < 2; later++) {
            if (k == ends[later]) continue;
            to.rare = later ? NULL : &rare;
            fh_glass_postings_begin(&to, at->bytes, ends[later] - k, 0);
            for (; k < ends[later]; k++)
                fh_glass_postings_add(&to, at->postings[k].number, at->postings[k].wdf);
            fh_glass_postings_end(&to);
        }
    }
    fh_rare_end(&rare);
    assert_ok(made, fh_glass_finish(to.glass, &stats, &made->err));
    fh_rare_writer_free(&rare);
    fh_glass_postings_free(&to);
    fh_glass_close(to.glass);
}

/* ---- Reading ---- */

static fh_mapped map(fixture *made, archive *all, fh_glass_table table, fh_buf *bytes) {
    fh_str path = fh_arena_format(made->arena, "%s/%s", made->dir, fh_glass_file(table));
    assert_ok(made, fh_file_read(path.ptr, SIZE_MAX, bytes, &made->err));
    return (fh_mapped){.bytes = (const unsigned char *)bytes->ptr,
                       .size = bytes->len,
                       .root = all->version.tables[table].root,
                       .level = all->version.tables[table].level,
                       .name = table,
                       .proof = &all->proof,
                       .inflated = all->inflated};
}

static archive *made_of(fixture *made, bool mixed) {
    archive *all = fh_arena_take_zeroed(made->arena, sizeof *all);
    roll(made, all, mixed);
    write_lists(made, all);
    assert_ok(made, fh_glass_version_read(made->dir, &all->version, &made->err));
    all->inflated = fh_inflated_new(RING);
    all->arena = fh_arena_new();
    all->lists = map(made, all, FH_GLASS_POSTLIST, &all->bytes[0]);
    all->pages = map(made, all, FH_GLASS_RARE, &all->bytes[1]);
    all->lists.rare = &all->pages;
    all->lists.mixed = mixed;
    return all;
}

static void let_go(archive *all) {
    fh_inflated_free(all->inflated);
    fh_arena_free(all->arena);
    fh_buf_free(&all->bytes[0]);
    fh_buf_free(&all->bytes[1]);
}

static fh_str key_of(const archive *all, fh_str bytes) {
    fh_buf key = {0};
    fh_list_key(bytes, &key);
    fh_str copy = fh_arena_copy(all->arena, fh_buf_str(&key));
    fh_buf_free(&key);
    return copy;
}

static fh_list open_list(const archive *all, fh_str bytes) {
    fh_list list;
    fh_list_open(&list, &all->lists, LAST, key_of(all, bytes), all->arena);
    return list;
}

static void assert_read(const archive *all) {
    uint64_t seed = 5;
    for (const term *at = all->terms; at < all->terms + TERMS; at++) {
        fh_list list = open_list(all, at->bytes), leaping = list;
        assert_int_equal(list.frequency, at->count);
        assert_true(fh_str_equal(fh_str_slice(list.place.key, 0, list.key_len), key_of(all, at->bytes)));
        for (uint32_t k = 0; k < at->count; k++, fh_list_next(&list)) {
            assert_int_equal(list.doc, at->postings[k].number);
            assert_int_equal(list.wdf, at->postings[k].wdf);
        }
        assert_int_equal(list.doc, FH_LIST_END);
        assert_false(list.broken);
        uint32_t to = 1 + below(&seed, LAST), k = 0;
        while (k < at->count && at->postings[k].number < to) k++;
        fh_list_to(&leaping, to);
        assert_int_equal(leaping.doc, k < at->count ? at->postings[k].number : FH_LIST_END);
    }
}

static void what_is_in_a_page_is_found(void **state) {
    archive *all = made_of(*state, false);
    assert_read(all);
    assert_read(all);
    let_go(all);
}

static void what_came_later_is_read_behind_the_page(void **state) {
    archive *all = made_of(*state, true);
    assert_read(all);
    let_go(all);
}

static void what_is_in_no_page_is_not_found(void **state) {
    fixture *made = *state;
    archive *all = made_of(made, false);
    uint64_t seed = 6;
    for (uint32_t i = 0; i < TERMS; i++) {
        fh_list list = open_list(all, roll_term(made, &seed, TERMS + i));
        assert_int_equal(list.frequency, 0);
        assert_int_equal(list.doc, FH_LIST_END);
        assert_false(list.broken);
    }
    let_go(all);
}

static void the_rare_ones_and_no_others_are_in_pages(void **state) {
    archive *all = made_of(*state, false);
    unsigned rare = 0;
    for (const term *at = all->terms; at < all->terms + TERMS; at++) {
        fh_rare_list list;
        fh_lookup entry = fh_lookup_in(&all->lists, all->arena);
        bool is_rare = bytes_of(at, at->count) <= FH_RARE_MOST;
        assert_true(fh_rare_find(fh_pages_of_rare(&all->pages), key_of(all, at->bytes), all->arena, &list));
        assert_int_equal(list.documents, is_rare ? at->count : 0);
        assert_int_equal(fh_lookup_find(&entry, key_of(all, at->bytes)), !is_rare);
        rare += is_rare;
    }
    assert_in_range(rare, TERMS / 2, TERMS - 1);
    let_go(all);
}

static void pages_are_walked_in_the_order_of_keys(void **state) {
    fixture *made = *state;
    archive *all = made_of(made, false);
    uint64_t seed = 7;
    for (int turn = 0; turn < 300; turn++) {
        fh_str from = key_of(all, roll_term(made, &seed, below(&seed, 2 * TERMS)));
        fh_rare_walk walk = fh_rare_walk_in(fh_pages_of_rare(&all->pages), all->arena);
        bool more = fh_rare_walk_seek(&walk, turn ? from : FH_STR(""));
        for (const term *at = all->terms; at < all->terms + TERMS; at++) {
            fh_str key = key_of(all, at->bytes);
            if (bytes_of(at, at->count) > FH_RARE_MOST || (turn && fh_str_compare(key, from) < 0)) continue;
            assert_true(more);
            assert_true(fh_str_equal(fh_rare_key(&walk.page), key));
            assert_int_equal(walk.page.list.documents, at->count);
            assert_int_equal(walk.page.list.first, at->postings[0].number);
            more = fh_rare_walk_next(&walk);
            if (turn && below(&seed, 200) == 0) break; /* not always to the end */
        }
        assert_false(walk.broken);
        if (turn == 0) assert_false(more);
        fh_arena_reset(all->arena);
    }
    let_go(all);
}

static void of_a_damaged_page_nothing_beyond_it_is_read(void **state) {
    archive *all = made_of(*state, false);
    uint64_t seed = 8;
    unsigned broken = 0;
    for (int turn = 0; turn < 2000; turn++) {
        size_t at = below(&seed, (uint32_t)all->bytes[1].len);
        char was = all->bytes[1].ptr[at];
        all->bytes[1].ptr[at] = (char)(was ^ (1 << below(&seed, 8)));
        fh_inflated_free(all->inflated);
        all->lists.inflated = all->pages.inflated = all->inflated = fh_inflated_new(RING);
        fh_rare_walk walk = fh_rare_walk_in(fh_pages_of_rare(&all->pages), all->arena);
        for (bool more = fh_rare_walk_seek(&walk, FH_STR("")); more; more = fh_rare_walk_next(&walk)) {
            fh_list list;
            fh_list_open_at(
                &list,
                &(fh_list_place){.chunks = fh_lookup_in(&all->lists, all->arena), .rare = walk.page.list},
                LAST);
            for (uint32_t before = 0; list.doc != FH_LIST_END; before = list.doc, fh_list_next(&list))
                assert_true(list.doc > before && list.doc <= LAST);
        }
        fh_list one = open_list(all, all->terms[below(&seed, TERMS)].bytes);
        broken += walk.broken || one.broken;
        all->bytes[1].ptr[at] = was;
        fh_arena_reset(all->arena);
    }
    assert_true(broken > 0);
    let_go(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_in_a_page_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_later_is_read_behind_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_in_no_page_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_rare_ones_and_no_others_are_in_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_are_walked_in_the_order_of_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_damaged_page_nothing_beyond_it_is_read, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
