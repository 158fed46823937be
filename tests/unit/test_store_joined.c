/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several indexes searched as one: they answer as one index of all their articles does, and as Xapian answers
 * of databases that it has joined. */
#include "tests/unit/test_match.h"

enum { MOST_PARTS = 3, QUERIES = 200, HELD_IN = 23, DEAD_IN = 19, HIDDEN = 30 };

/* Indexes of random articles, of the same ids in all of them, and one that has what they all have, in the
 * order in which they are dealt out. */
typedef struct archive {
    fixture *made; /* the indexes as one */
    fixture whole;
    size_t count;
    uint32_t sizes[MOST_PARTS]; /* articles */
    uint32_t *numbers;          /* of each document of the whole one, that among the joined; rising */
    uint32_t number_count;
} archive;

/* ---- Making ---- */

/* Each index has longer articles than the one before it; the dice of neighbours are alike at first. */
static void put_its(fixture *made, const char *id, size_t part, uint32_t number) {
    seed = (uint32_t)(number * 7919 + part * 104729 + 1);
    for (int i = 0; i < 5; i++) roll(2);
    put_rolled(made, id, (uint32_t)(20 + 60 * part), roll(HELD_IN) ? NULL : "2999-01-01T00:00:00Z");
}

static bool is_to_die(size_t part, uint32_t number) {
    return (number + part) % DEAD_IN == 0;
}

static void kill_one(fixture *made, fh_str id) {
    bool found;
    assert_ok(made, fh_store_delete(made->store, id, &found, &made->err));
    assert_true(found);
}

static fh_str own_id(archive *a, uint32_t number) {
    return fh_arena_format(a->made->arena, "%u", number);
}

static fh_str whole_id(archive *a, size_t part, uint32_t number) {
    return fh_arena_format(a->made->arena, "%u.%u", (unsigned)part, number);
}

static void fill_part(archive *a, size_t part) {
    static const fh_writing_by writers[] = {FH_WRITE_IN_BULK, FH_WRITE_BY_LIBRARY, FH_WRITE_A_FEW};
    const fh_writing how = {.by = writers[part % 3], .memory = FH_WRITE_MEMORY, .stemming = rolled_stemming};
    open_writable(a->made);
    fh_store_write_by(a->made->store, &how);
    begin(a->made);
    for (uint32_t i = 0; i < a->sizes[part]; i++) put_its(a->made, own_id(a, i).ptr, part, i);
    commit(a->made);
    begin(a->made);
    for (uint32_t i = 0; i < a->sizes[part]; i++)
        if (is_to_die(part, i)) kill_one(a->made, own_id(a, i));
    commit(a->made);
    close_store(a->made);
}

static void fill_whole(archive *a) {
    a->numbers = FH_ARENA_ARRAY(a->made->arena, uint32_t, 1 + a->sizes[0] + a->sizes[1] + a->sizes[2]);
    open_writable(&a->whole);
    begin(&a->whole);
    for (uint32_t i = 0; i < a->sizes[0] || i < a->sizes[1] || i < a->sizes[2]; i++) {
        for (size_t part = 0; part < a->count; part++) {
            if (i >= a->sizes[part]) continue;
            put_its(&a->whole, whole_id(a, part, i).ptr, part, i);
            a->numbers[a->number_count++] = (uint32_t)(i * a->count + part + 1);
        }
    }
    for (size_t part = 0; part < a->count; part++)
        for (uint32_t i = 0; i < a->sizes[part]; i++)
            if (is_to_die(part, i)) kill_one(&a->whole, whole_id(a, part, i));
    commit(&a->whole);
    close_store(&a->whole);
    open_readable(&a->whole);
}

static void move_to(fixture *made, size_t part) {
    snprintf(made->dir, sizeof made->dir, "%s/db%u", made->home, (unsigned)part);
}

static void open_parts(archive *a) {
    char places[MOST_PARTS][sizeof a->made->dir];
    const char *dirs[MOST_PARTS];
    for (size_t part = 0; part < a->count; part++) {
        move_to(a->made, part);
        dirs[part] = memcpy(places[part], a->made->dir, sizeof places[part]);
    }
    assert_ok(a->made, fh_store_open(dirs, a->count, ANALYSER, &a->made->store, &a->made->err));
}

static archive make_archive(fixture *made, size_t count, uint32_t first, uint32_t second, uint32_t third) {
    archive a = {.made = made, .whole = *made, .count = count, .sizes = {first, second, third}};
    for (size_t part = 0; part < count; part++) {
        move_to(made, part);
        fill_part(&a, part);
    }
    fill_whole(&a);
    open_parts(&a);
    return a;
}

static void close_archive(archive *a) {
    close_store(a->made);
    close_store(&a->whole);
}

/* ---- Comparing ---- */

/* Of beginnings Xapian weighs, and chooses, the words of each database alone; and it estimates by each alone
 * in how many articles any of some words is. */
static bool is_weighed_by_all(const fh_query *query) {
    if (query->op == FH_OP_PREFIX || query->op == FH_OP_SYNONYM) return false;
    for (size_t i = 0; i < query->kid_count; i++)
        if (!is_weighed_by_all(query->kids[i])) return false;
    return true;
}

static void assert_same(const fh_matched *ours, const fh_matched *theirs, const fh_find *find) {
    if (theirs->total_exact) assert_int_equal(ours->total, theirs->total);
    assert_same_hits(ours, theirs, find->sort != FH_SORT_RELEVANCE);
    for (size_t i = 0; i < find->facet_count; i++) assert_same_facet(&ours->facets[i], &theirs->facets[i]);
}

/* Where not all that match are to be counted, the best are found in the same way. */
static void assert_same_if_not_counted(archive *a, const fh_find *find, const fh_matched *counted) {
    fh_find quick = *find;
    quick.look_to = 0;
    quick.facet_count = 0;
    fh_matched found = found_by_us(a->made, &quick);
    assert_int_equal(found.hit_count, counted->hit_count);
    for (size_t i = 0; i < found.hit_count; i++) {
        assert_int_equal(found.hits[i].number, counted->hits[i].number);
        assert_true(found.hits[i].score == counted->hits[i].score);
    }
    if (found.total_exact) assert_int_equal(found.total, counted->total);
}

static void compare_with_xapian(fixture *made, const fh_find *find) {
    fh_matched ours = found_by_us(made, find), theirs = found_by_xapian(made, find);
    assert_same(&ours, &theirs, find);
    for (size_t i = 0; i < ours.hit_count; i++)
        if (ours.hits[i].number == theirs.hits[i].number)
            assert_str_equal(ours.hits[i].data, theirs.hits[i].data);
}

static void compare(archive *a, const fh_find *find) {
    fixture *made = a->made;
    assert_int_equal(matchers_of(made)->count, a->count);
    fh_matched ours = found_by_us(made, find);
    assert_true(ours.total_exact);
    assert_same_if_not_counted(a, find, &ours);
    if (is_weighed_by_all(find->query)) compare_with_xapian(made, find);
    fh_matched theirs = found_by_us(&a->whole, find);
    for (size_t i = 0; i < theirs.hit_count; i++)
        theirs.hits[i].number = a->numbers[theirs.hits[i].number - 1];
    assert_same(&ours, &theirs, find);
}

static void compare_many(fixture *made, size_t count, uint32_t first, uint32_t second, uint32_t third) {
    archive a = make_archive(made, count, first, second, third);
    seed = 20240504;
    for (int i = 0; i < QUERIES; i++) {
        fh_find find = rolled_find(made);
        compare(&a, &find);
    }
    close_archive(&a);
}

static void two_indexes_answer_as_one_of_all_articles(void **state) {
    compare_many(*state, 2, 250, 170, 0);
}

static void three_indexes_answer_as_one_of_all_articles(void **state) {
    compare_many(*state, 3, 60, 300, 140);
}

static void an_empty_index_among_them_changes_nothing(void **state) {
    compare_many(*state, 3, 200, 0, 20);
}

static void of_none_but_empty_indexes_nothing_is_found(void **state) {
    fixture *made = *state;
    archive a = make_archive(made, 2, 0, 0, 0);
    fh_find find = plain_find(word(made, "ab0"));
    find.facets = &(fh_facet_request){.slot = FH_SLOT_SOURCE, .limit = 3};
    find.facet_count = 1;
    fh_results found = run(made, &find);
    assert_int_equal(found.total, 0);
    assert_int_equal(found.facets[0].values_in_all, 0);
    assert_true(found.total_exact);
    close_archive(&a);
}

/* Many are worth the same: which of them are shown goes by their numbers, though the second index is gone
 * through when there is no room any more. */
static void of_equals_the_lower_number_is_shown(void **state) {
    fixture *made = *state;
    archive a = make_archive(made, 3, 90, 90, 90);
    for (uint32_t limit = 1; limit < 40; limit++) {
        fh_find find = plain_find(leaf(made, FH_OP_ALL, FH_FIELD_WORD, ""));
        find.limit = limit;
        find.look_to = UINT32_MAX;
        compare(&a, &find);
        find.query = word(made, "ab0");
        find.bm25.k1 = 0;
        compare(&a, &find);
        fh_results found = run(made, &find);
        for (uint32_t i = 1; i < found.hit_count; i++)
            assert_true(found.hits[i - 1].document < found.hits[i].document);
    }
    close_archive(&a);
}

/* ---- Beginnings ---- */

static fh_str told(fixture *made, const fh_results *found) {
    fh_str text = fh_arena_format(made->arena, "%llu %d\n", (unsigned long long)found->total, found->partial);
    for (size_t i = 0; i < found->hit_count; i++)
        text = fh_arena_format(made->arena, "%.*s%u %.6f %u\n", FH_STR_ARG(text), found->hits[i].document,
                               found->hits[i].score, found->hits[i].duplicates);
    for (size_t f = 0; f < found->facet_count; f++)
        for (size_t i = 0; i < found->facets[f].value_count; i++)
            text = fh_arena_format(made->arena, "%.*s%.*s %u\n", FH_STR_ARG(text),
                                   FH_STR_ARG(found->facets[f].values[i].value),
                                   found->facets[f].values[i].articles);
    return text;
}

enum { MANY = 230, CHOSEN = 200 };

/* w000 stands in one article, w001 in two, …, in turn in the one index and in the other. */
static void make_rising(archive *a) {
    fixture *made = a->made;
    for (size_t part = 0; part < 2; part++) {
        move_to(made, part);
        open_writable(made);
        begin(made);
        for (int article = (int)part; article < MANY; article += 2) {
            fh_buf body = {0};
            for (int i = article; i < MANY; i++) fh_buf_printf(&body, "%sw%03d", i > article ? " " : "", i);
            put_text(made, fh_arena_format(made->arena, "%03d", article).ptr, "t", body.ptr);
            fh_buf_free(&body);
        }
        commit(made);
        close_store(made);
    }
    open_parts(a);
}

/* Of more than 200 that begin so, the rarest are left out by what both indexes have. */
static void a_beginning_stands_for_the_most_frequent_words_of_all(void **state) {
    fixture *made = *state;
    archive a = {.made = made, .count = 2};
    fh_query chosen = {.op = FH_OP_SYNONYM, .kids = FH_ARENA_ARRAY(made->arena, fh_query *, CHOSEN)};
    make_rising(&a);
    for (int i = MANY - CHOSEN; i < MANY; i++)
        chosen.kids[chosen.kid_count++] = word(made, fh_arena_format(made->arena, "w%03d", i).ptr);
    for (int turn = 0; turn < 3; turn++) { /* asked again, and others between */
        fh_find find = plain_find(leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, turn == 1 ? "w0" : "w"));
        find.limit = MANY;
        fh_results begun = run(made, &find);
        assert_int_equal(begun.total, turn == 1 ? 100 : MANY);
        if (turn == 1) continue;
        find.query = &chosen;
        fh_results listed = run(made, &find);
        assert_str_equal(told(made, &begun), told(made, &listed));
    }
}

/* ---- Through the door ---- */

static fh_matched as_matched(fixture *made, const fh_results *found) {
    fh_matched same = {.hits = FH_ARENA_ARRAY(made->arena, fh_matched_hit, found->hit_count),
                       .hit_count = found->hit_count,
                       .total = found->total,
                       .facets = found->facets};
    for (size_t i = 0; i < found->hit_count; i++)
        same.hits[i] = (fh_matched_hit){.number = found->hits[i].document, .score = found->hits[i].score};
    return same;
}

static void what_is_under_embargo_is_in_no_answer(void **state) {
    fixture *made = *state;
    archive a = make_archive(made, 2, 200, 130, 0);
    fh_query *held = between(made, FH_SLOT_EMBARGO, "2998", "");
    fh_find all = plain_find(held);
    assert_int_equal(run(made, &all).total, 0);
    all.held_too = true;
    assert_true(run(made, &all).total > 5);
    for (int i = 0; i < 100; i++) {
        fh_find find = rolled_find(made);
        if (!is_weighed_by_all(find.query)) continue;
        find.collapse = false; /* the newest of a story has the place of the best */
        fh_results found = run(made, &find);
        find.query = node(made, FH_OP_NOT, 0, find.query, held, NULL);
        fh_matched ours = as_matched(made, &found), theirs = found_by_xapian(made, &find);
        assert_same(&ours, &theirs, &find);
    }
    close_archive(&a);
}

static void a_hit_alone_is_worth_what_it_was_among_all(void **state) {
    fixture *made = *state;
    archive a = make_archive(made, 3, 80, 120, 40);
    for (int i = 0; i < 60; i++) {
        fh_find find = rolled_find(made);
        fh_results found = run(made, &find);
        for (size_t hit = 0; hit < found.hit_count; hit++) {
            double score;
            if (find.collapse) continue; /* the newest of a story has the place of the best */
            assert_ok(made, fh_store_score(made->store, find.query, find.bm25, found.hits[hit].document,
                                           &score, &made->err));
            assert_true(fabs(score - found.hits[hit].score) <= CLOSE * (1 + score));
        }
    }
    double score;
    assert_status(made,
                  fh_store_score(made->store, word(made, "ab0"), (fh_bm25){1, 1}, 4711, &score, &made->err),
                  FH_ERR_NOT_FOUND);
    close_archive(&a);
}

static void words_and_frequencies_are_those_of_xapian(void **state) {
    fixture *made = *state;
    uint32_t numbers[HIDDEN];
    archive a = make_archive(made, 3, 250, 90, 30);
    for (uint32_t i = 0; i < HIDDEN; i++) numbers[i] = 1 + 7 * i;
    assert_words_are_those_of_xapian(made, (fh_hidden){numbers, HIDDEN});
    close_archive(&a);
}

/* ---- One commit of each ---- */

static void a_newer_commit_of_one_of_them_is_taken_up(void **state) {
    fixture *made = *state, writer = *made;
    archive a = make_archive(made, 2, 60, 50, 0);
    fh_find find = plain_find(word(made, "ab0"));
    find.limit = 200;
    uint64_t before = run(made, &find).total;
    move_to(&writer, 1);
    open_writable(&writer);
    begin(&writer);
    put_text(&writer, "more", "ab0", "ab0");
    commit(&writer);
    close_store(&writer);
    assert_true(before > 0);
    assert_int_equal(run(made, &find).total, before + 1);
    find.facets = &(fh_facet_request){.slot = FH_SLOT_SOURCE, .limit = 30};
    find.facet_count = 1;
    compare_with_xapian(made, &find);
    close_archive(&a);
}

static void damage_in_one_of_them_is_named(void **state) {
    fixture *made = *state;
    fh_results found;
    archive a = make_archive(made, 2, 60, 50, 0);
    fh_find find = plain_find(leaf(made, FH_OP_ALL, FH_FIELD_WORD, ""));
    close_store(made);
    move_to(made, 1);
    flip_in_file(made, "docdata.glass", 8000);
    open_parts(&a);
    assert_status(made, fh_store_find(made->store, &find, made->arena, &found, &made->err), FH_ERR_CORRUPT);
    assert_says(made->err.where, "db1/docdata.glass");
    close_archive(&a);
}

static void a_deadline_that_has_passed_leaves_a_part(void **state) {
    fixture *made = *state;
    archive a = make_archive(made, 2, 60, 50, 0);
    fh_find find = plain_find(word(made, "ab0"));
    find.facets = &(fh_facet_request){.slot = FH_SLOT_SOURCE, .limit = 3};
    find.facet_count = 1;
    find.deadline = 1e-9;
    fh_results found = run(made, &find);
    assert_true(found.partial);
    assert_false(found.total_exact);
    assert_int_equal(found.facets[0].values_in_all, 0);
    close_archive(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_indexes_answer_as_one_of_all_articles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(three_indexes_answer_as_one_of_all_articles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_index_among_them_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_none_but_empty_indexes_nothing_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_equals_the_lower_number_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_beginning_stands_for_the_most_frequent_words_of_all, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_under_embargo_is_in_no_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hit_alone_is_worth_what_it_was_among_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_and_frequencies_are_those_of_xapian, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_commit_of_one_of_them_is_taken_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_in_one_of_them_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_deadline_that_has_passed_leaves_a_part, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
