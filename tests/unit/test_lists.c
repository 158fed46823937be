/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posting lists as they are written and read: those that are deflated say the same as plain ones. */
#include "base/file.h"
#include "store/glass/deflate.h"
#include "store/glass/entries.h"
#include "store/glass/listed.h"
#include "store/glass/version.h"
#include "tests/unit/chance.h"
#include "tests/unit/test_store.h"

enum { LONGEST = 20000, LISTS = 4, RING = 1 << 20 };

/* From one that is not worth deflating to one of many chunks. */
static const uint32_t COUNTS[LISTS] = {255, 256, 1500, LONGEST};

typedef struct posting {
    uint32_t number, wdf;
} posting;

typedef struct lists {
    posting postings[LISTS][LONGEST];
    uint32_t last;
    fh_glass_version version;
    fh_buf bytes; /* of the table */
    fh_proof proof;
    fh_inflated *inflated;
    fh_mapped table;
    fh_arena *arena;
} lists;

static void roll_lists(lists *all) {
    uint64_t seed = 20261122;
    for (size_t i = 0; i < LISTS; i++) {
        uint32_t number = 0;
        for (uint32_t k = 0; k < COUNTS[i]; k++) {
            uint32_t gap = below(&seed, below(&seed, 50) ? 60 : 3000);
            number += 1 + gap;
            all->postings[i][k] = (posting){number, below(&seed, 5) ? 1 : 1 + below(&seed, 300)};
        }
        if (number > all->last) all->last = number;
    }
}

static fh_str term_of(fixture *made, size_t list) {
    return fh_arena_format(made->arena, "word%zu", list);
}

static void write_lists(fixture *made, const lists *all, bool small) {
    fh_glass_postings to = {.small = small};
    fh_glass_stats stats = {.documents = all->last, .last = all->last};
    assert_ok(made, fh_glass_create(made->dir, &to.glass, &made->err));
    for (size_t i = 0; i < LISTS; i++) {
        fh_glass_postings_begin(&to, term_of(made, i), COUNTS[i], COUNTS[i]);
        for (uint32_t k = 0; k < COUNTS[i]; k++)
            fh_glass_postings_add(&to, all->postings[i][k].number, all->postings[i][k].wdf);
        fh_glass_postings_end(&to);
    }
    assert_ok(made, fh_glass_finish(to.glass, &stats, &made->err));
    fh_glass_postings_free(&to);
    fh_glass_close(to.glass);
}

static lists *open_lists(fixture *made, bool small, size_t ring) {
    lists *all = fh_arena_take_zeroed(made->arena, sizeof *all);
    roll_lists(all);
    write_lists(made, all, small);
    fh_str path = fh_arena_format(made->arena, "%s/%s", made->dir, fh_glass_file(FH_GLASS_POSTLIST));
    assert_ok(made, fh_file_read(path.ptr, SIZE_MAX, &all->bytes, &made->err));
    assert_ok(made, fh_glass_version_read(made->dir, &all->version, &made->err));
    all->inflated = fh_inflated_new(ring);
    all->arena = fh_arena_new();
    all->table = (fh_mapped){.bytes = (const unsigned char *)all->bytes.ptr,
                             .size = all->bytes.len,
                             .root = all->version.tables[FH_GLASS_POSTLIST].root,
                             .level = all->version.tables[FH_GLASS_POSTLIST].level,
                             .name = FH_GLASS_POSTLIST,
                             .proof = &all->proof,
                             .inflated = all->inflated};
    return all;
}

static void close_lists(lists *all) {
    fh_inflated_free(all->inflated);
    fh_arena_free(all->arena);
    fh_buf_free(&all->bytes);
}

/* Nothing is kept any more. */
static void forget(lists *all) {
    fh_inflated_free(all->inflated);
    all->table.inflated = all->inflated = fh_inflated_new(RING);
}

static fh_list open_list(fixture *made, const lists *all, size_t i) {
    fh_list list;
    fh_buf key = {0};
    fh_list_key(term_of(made, i), &key);
    fh_list_open(&list, &all->table, all->last, fh_buf_str(&key), all->arena);
    fh_buf_free(&key);
    return list;
}

static void assert_walked(fixture *made, const lists *all) {
    for (size_t i = 0; i < LISTS; i++) {
        fh_list list = open_list(made, all, i);
        assert_int_equal(list.frequency, COUNTS[i]);
        for (uint32_t k = 0; k < COUNTS[i]; k++, fh_list_next(&list)) {
            assert_int_equal(list.doc, all->postings[i][k].number);
            assert_int_equal(list.wdf, all->postings[i][k].wdf);
        }
        assert_int_equal(list.doc, FH_LIST_END);
        assert_false(list.broken);
    }
}

/* Goes by steps of up to `most` documents. */
static void assert_skipped(fixture *made, const lists *all, uint32_t most) {
    uint64_t seed = most;
    for (size_t i = 0; i < LISTS; i++) {
        fh_list list = open_list(made, all, i);
        uint32_t k = 0;
        for (uint32_t to = 1; to <= all->last; to += 1 + below(&seed, most)) {
            while (k < COUNTS[i] && all->postings[i][k].number < to) k++;
            fh_list_to(&list, to);
            assert_int_equal(list.doc, k < COUNTS[i] ? all->postings[i][k].number : FH_LIST_END);
            if (k < COUNTS[i]) assert_int_equal(list.wdf, all->postings[i][k].wdf);
        }
        assert_false(list.broken);
    }
}

/* The chunk that a document is in has all of the list from there on. */
static void assert_near(fixture *made, const lists *all) {
    uint64_t seed = 3;
    for (size_t i = 0; i < LISTS; i++) {
        fh_buf key = {0};
        fh_list_key(term_of(made, i), &key);
        for (uint32_t doc = 1, k = 0; doc <= all->last; doc += 1 + below(&seed, all->last / 200)) {
            fh_list list;
            while (k < COUNTS[i] && all->postings[i][k].number < doc) k++;
            fh_list_open_near(&list, &all->table, all->last, fh_buf_str(&key), doc, all->arena);
            if (k > 0) assert_in_range(list.doc, 1, all->postings[i][k - 1].number);
            if (k < COUNTS[i] && all->postings[i][k].number == doc)
                assert_in_range(doc, list.doc, list.chunk_last);
            fh_list_to(&list, doc);
            assert_int_equal(list.doc, k < COUNTS[i] ? all->postings[i][k].number : FH_LIST_END);
            assert_false(list.broken);
        }
        fh_buf_free(&key);
    }
}

static void assert_read(fixture *made, bool small, size_t ring) {
    lists *all = open_lists(made, small, ring);
    for (int again = 0; again < 3; again++) {
        assert_walked(made, all);
        assert_skipped(made, all, 30);
        assert_skipped(made, all, 60000);
        assert_near(made, all);
    }
    close_lists(all);
}

static void a_list_says_the_same_plain_and_deflated(void **state) {
    assert_read(*state, false, RING);
    shell(*state, "mv db plain");
    assert_read(*state, true, RING);
    shell(*state, "test $(stat -c %s db/postlist.glass) -lt $(stat -c %s plain/postlist.glass)");
}

static void what_the_ring_has_no_room_for_is_inflated_again(void **state) {
    assert_read(*state, true, 2 * FH_INFLATED_MOST);
}

static void longer_lists_are_deflated_but_for_their_beginning(void **state) {
    fixture *made = *state;
    lists *all = open_lists(made, true, RING);
    for (size_t i = 0; i < LISTS; i++) {
        fh_list list = open_list(made, all, i);
        assert_false(list.place.deflated);
        assert_int_equal(list.last_chunk, COUNTS[i] < 256);
        while (!list.last_chunk) {
            fh_list_to(&list, list.chunk_last + 1);
            assert_true(list.place.deflated);
        }
    }
    close_lists(all);
}

/* A chunk that is passed is not inflated: even if it cannot be, what comes behind it is read. */
static void a_chunk_that_is_passed_is_not_inflated(void **state) {
    fixture *made = *state;
    lists *all = open_lists(made, true, RING);
    fh_list list = open_list(made, all, 3);
    fh_list_next(&list);
    assert_true(list.place.deflated);
    uint32_t last = list.chunk_last;
    all->bytes.ptr[list.place.where] = '\xff'; /* a block of a kind that there is none of */
    forget(all);
    list = open_list(made, all, 3);
    fh_list_to(&list, last + 1000);
    assert_false(list.broken);
    assert_true(list.doc > last && list.doc < FH_LIST_END);
    list = open_list(made, all, 3);
    fh_list_next(&list);
    assert_true(list.broken);
    assert_int_equal(list.doc, FH_LIST_END);
    close_lists(all);
}

static void of_a_damaged_list_nothing_beyond_it_is_read(void **state) {
    fixture *made = *state;
    lists *all = open_lists(made, true, RING);
    uint64_t seed = 3;
    unsigned broken = 0;
    for (int i = 0; i < 3000; i++) {
        size_t at = below(&seed, (uint32_t)all->bytes.len);
        char was = all->bytes.ptr[at];
        all->bytes.ptr[at] = (char)(was ^ (1 << below(&seed, 8)));
        forget(all);
        for (size_t k = 0; k < LISTS; k++) {
            fh_list list = open_list(made, all, k);
            for (uint32_t before = 0; list.doc != FH_LIST_END; before = list.doc, fh_list_next(&list))
                assert_true(list.doc > before && list.doc <= all->last);
            broken += list.broken;
        }
        all->bytes.ptr[at] = was;
        fh_arena_reset(all->arena);
    }
    forget(all);
    assert_true(broken > 0);
    assert_walked(made, all);
    close_lists(all);
}

/* ---- What is kept of them ---- */

static fh_str deflated(fixture *made, fh_str plain) {
    fh_glass_deflater *deflater = fh_glass_deflater_new(FH_GLASS_OF_LISTS);
    assert_true(fh_glass_deflate(deflater, &plain));
    fh_str kept = fh_arena_copy(made->arena, plain);
    fh_glass_deflater_free(deflater);
    return kept;
}

static fh_str filled(fixture *made, char letter, size_t len) {
    char *bytes = fh_arena_take(made->arena, len);
    memset(bytes, letter, len);
    return (fh_str){bytes, len};
}

static void what_was_asked_for_of_late_is_kept(void **state) {
    fixture *made = *state;
    char out[FH_INFLATED_MOST];
    fh_inflated *inflated = fh_inflated_new(10 * 1000);
    fh_str nothing = FH_STR("");
    for (uint64_t i = 0; i < 50; i++) { /* the first one is asked for between the others */
        fh_str tag = deflated(made, filled(made, (char)i, 1000));
        assert_int_equal(fh_inflated_take(inflated, i, tag, out), 1000);
        assert_int_equal(fh_inflated_take(inflated, 0, nothing, out), 1000);
        assert_int_equal(out[999], 0);
    }
    assert_int_equal(fh_inflated_take(inflated, 49, nothing, out), 1000);
    assert_int_equal(out[0], 49);
    assert_int_equal(fh_inflated_take(inflated, 1, nothing, out), 0);
    fh_inflated_free(inflated);
}

static void a_tag_that_is_too_long_is_damaged(void **state) {
    fixture *made = *state;
    char out[FH_INFLATED_MOST];
    fh_inflated *inflated = fh_inflated_new(RING);
    fh_str fits = filled(made, 'a', FH_INFLATED_MOST), beyond = filled(made, 'b', FH_INFLATED_MOST + 1);
    assert_int_equal(fh_inflated_take(inflated, 1, deflated(made, fits), out), FH_INFLATED_MOST);
    assert_int_equal(fh_inflated_take(inflated, 2, deflated(made, beyond), out), 0);
    assert_int_equal(fh_inflated_take(inflated, 3, FH_STR("no such thing"), out), 0);
    fh_inflated_free(inflated);
}

/* A megabyte becomes a thousand bytes, and comes back. */
static void a_tag_of_any_length_is_inflated(void **state) {
    fixture *made = *state;
    fh_glass_inflater *inflater = fh_glass_inflater_new();
    const size_t LENGTHS[] = {64, 1 << 14, (1 << 14) + 1, 1 << 20};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        fh_str plain = filled(made, 'x', LENGTHS[i]), tag = deflated(made, plain);
        fh_str cut = fh_str_slice(tag, 0, tag.len - 1), none = FH_STR("");
        assert_true(fh_glass_inflate(inflater, &tag));
        assert_true(fh_str_equal(tag, plain));
        assert_false(fh_glass_inflate(inflater, &cut));
        assert_false(fh_glass_inflate(inflater, &none));
    }
    fh_glass_inflater_free(inflater);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_says_the_same_plain_and_deflated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_ring_has_no_room_for_is_inflated_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(longer_lists_are_deflated_but_for_their_beginning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chunk_that_is_passed_is_not_inflated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_damaged_list_nothing_beyond_it_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_asked_for_of_late_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tag_that_is_too_long_is_damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tag_of_any_length_is_inflated, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
