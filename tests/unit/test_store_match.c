/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our matcher beside Xapian's: on random archives, both say the same of any query. */
#include "store/match/bounds.h"
#include "tests/unit/test_match.h"

#include <sys/resource.h>

enum { ARTICLES = 600, QUERIES = 300, MANY = 7000, MORE = 7500, FEW_QUERIES = 60 };

static void put_article(fixture *made, uint32_t number) {
    put_rolled(made, fh_arena_format(made->arena, "%u", number).ptr, LONGEST_BODY, NULL);
}

static void fill(fixture *made, fh_writing_by by, uint32_t from, uint32_t to) {
    const fh_writing how = {.by = by, .memory = FH_WRITE_MEMORY, .stemming = rolled_stemming};
    open_writable(made);
    fh_store_write_by(made->store, &how);
    begin(made);
    for (uint32_t i = from; i < to; i++) put_article(made, i);
    commit(made);
    close_store(made);
}

static void kill_some(fixture *made, uint32_t of) {
    open_writable(made);
    begin(made);
    for (uint32_t i = 0; i < of / 20; i++) {
        bool found;
        fh_str id = fh_arena_format(made->arena, "%u", roll(of));
        assert_ok(made, fh_store_delete(made->store, id, &found, &made->err));
    }
    commit(made);
    close_store(made);
}

/* In commits of very different sizes, as which they are put together or not. */
static void fill_a_few(fixture *made, uint32_t from, uint32_t to) {
    while (from < to) {
        uint32_t some = 1 + roll((to - from) / (1 + roll(5)) + 1);
        if (some > to - from) some = to - from;
        fill(made, FH_WRITE_A_FEW, from, from + some);
        from += some;
    }
}

/* By all writers, and with the dead between the living. */
static void make_archive(fixture *made, uint32_t first_seed) {
    seed = first_seed;
    uint32_t listed = ARTICLES / 2 + roll(ARTICLES / 4);
    fill(made, FH_WRITE_IN_BULK, 0, ARTICLES / 2);
    fill(made, FH_WRITE_BY_LIBRARY, ARTICLES / 2, listed);
    fill_a_few(made, listed, ARTICLES);
    kill_some(made, ARTICLES);
    open_readable(made);
}

static void assert_same_data(const fh_matched *ours, const fh_matched *theirs) {
    for (size_t i = 0; i < ours->hit_count; i++)
        if (ours->hits[i].number == theirs->hits[i].number)
            assert_str_equal(ours->hits[i].data, theirs->hits[i].data);
}

static void compare(fixture *made, const fh_find *find) {
    fh_matched ours = found_by_us(made, find), theirs = found_by_xapian(made, find);
    assert_true(ours.total_exact);
    if (theirs.total_exact) assert_int_equal(ours.total, theirs.total);
    assert_same_hits(&ours, &theirs, find->sort != FH_SORT_RELEVANCE);
    assert_same_data(&ours, &theirs);
    for (size_t i = 0; i < find->facet_count; i++) assert_same_facet(&ours.facets[i], &theirs.facets[i]);
}

static void both_matchers_say_the_same_of_any_query(void **state) {
    fixture *made = *state;
    make_archive(made, 20240504);
    for (int i = 0; i < QUERIES; i++) {
        fh_find find = rolled_find(made);
        compare(made, &find);
    }
}

static void compare_some(fixture *made) {
    open_readable(made);
    for (int i = 0; i < QUERIES / 3; i++) {
        fh_find find = rolled_find(made);
        compare(made, &find);
    }
}

/* Words are told by their stems, written out again where stems are not known, and then told again. */
static void both_matchers_say_the_same_whether_words_are_told_or_not(void **state) {
    fixture *made = *state;
    make_archive(made, 1123);
    assert_non_null(matchers_of(made)->parts[0]->told.bytes);
    for (int told = 0; told < 2; told++) {
        close_store(made);
        assert_ok(made, fh_store_compact(made->dir, told ? &rolled_stemming : NULL, &made->err));
        compare_some(made);
        assert_int_equal(matchers_of(made)->parts[0]->told.bytes != NULL, told);
        close_store(made);
        fill(made, told ? FH_WRITE_IN_BULK : FH_WRITE_BY_LIBRARY, ARTICLES, ARTICLES + 50);
        fill_a_few(made, ARTICLES + 50, ARTICLES + 60);
        kill_some(made, ARTICLES);
        compare_some(made);
    }
}

/* Rare words lead through lists of many chunks, which are inflated the first time and kept. */
static void both_matchers_say_the_same_where_lists_are_deflated(void **state) {
    fixture *made = *state;
    seed = 1122;
    fill(made, FH_WRITE_IN_BULK, 0, MANY / 2);
    open_readable(made);
    const fh_matcher *matcher = matchers_of(made)->parts[0];
    fh_term term;
    fh_list list;
    fh_term_make(FH_FIELD_STEM, FH_STR("ab"), &term);
    fh_list_open(&list, &matcher->postings, matcher->last, fh_term_str(&term), made->arena);
    fh_list_next(&list);
    assert_true(list.place.deflated && !list.last_chunk);
    for (int i = 0; i < FEW_QUERIES; i++) {
        fh_find find = rolled_find(made);
        compare(made, &find);
        compare(made, &find);
    }
}

/* A word, or one of some, each with what it is spelled like beside it. */
static fh_query *rolled_frequent(fixture *made) {
    static const char *const frequent[] = {"ab0", "ac1", "b2"};
    fh_query *some[3];
    for (size_t i = 0; i < 3; i++) {
        fh_query *more = roll(3) ? word(made, rolled_word(made)) : rolled_synonym(made);
        fh_query *beside = node(made, FH_OP_SCALE, 0, more, NULL);
        beside->factor = roll(3) * 0.3;
        fh_query *lead = word(made, roll(2) ? frequent[i] : rolled_word(made));
        some[i] = roll(3) ? node(made, FH_OP_MAYBE, 0, lead, beside, NULL) : lead;
    }
    return roll(2) ? some[0] : node(made, FH_OP_OR, 0, some[0], some[1], roll(2) ? some[2] : NULL, NULL);
}

static fh_find rolled_few(fixture *made) {
    fh_find find = plain_find(rolled_frequent(made));
    find.limit = 1 + roll(12);
    find.look_to = UINT32_MAX;
    if (roll(4) == 0) roll_facets(made, &find);
    return find;
}

/* Nobody sees them, but they count, and facets have them. */
static void what_is_worth_too_little_is_counted(void **state) {
    fixture *made = *state;
    make_archive(made, 1923);
    for (int i = 0; i < QUERIES; i++) {
        fh_find find = rolled_few(made);
        compare(made, &find);
    }
}

/* Where no hit is wanted, nothing is worth too little. */
static void compare_total(fixture *made, fh_find find) {
    fh_matched some = found_by_us(made, &find);
    find.limit = 0;
    assert_int_equal(some.total, found_by_us(made, &find).total);
}

/* Of lists that are long, blocks are known from the second time on, and used from the third at the latest. */
static void compare_blocks(fixture *made) {
    for (int dead = 0; dead < 2; dead++) {
        if (dead) kill_some(made, MORE);
        open_readable(made);
        for (int i = 0; i < FEW_QUERIES; i++) {
            fh_find find = rolled_few(made);
            for (int time = 0; time < 3; time++) compare(made, &find);
            compare_total(made, find);
        }
        close_store(made);
    }
}

static void blocks_of_what_is_worth_too_little_are_counted(void **state) {
    fixture *made = *state;
    seed = 1445;
    fill(made, FH_WRITE_IN_BULK, 0, MANY);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err)); /* in chunks */
    fill(made, FH_WRITE_BY_LIBRARY, MANY, (MANY + MORE) / 2);
    fill_a_few(made, (MANY + MORE) / 2, MORE);
    compare_blocks(made);
}

static void so_are_blocks_of_lists_that_are_told(void **state) {
    fixture *made = *state;
    seed = 1446;
    fill(made, FH_WRITE_IN_BULK, 0, MANY);
    fill_a_few(made, MANY, MORE);
    compare_blocks(made);
}

/* Whoever has committed since may have written over it. */
static void a_place_that_is_not_in_its_chunk_breaks_the_list(void **state) {
    (void)state;
    static const unsigned char bytes[] = {4, 1, 9, 1, 19, 1}; /* of which two are before the chunk */
    static const uint32_t ends[] = {40, 90}, shares[] = {sizeof bytes, 0};
    fh_bounds bounds = {.ends = ends, .shares = shares, .count = 2};
    fh_list list = {.doc = 1, .wdf = 1, .chunk_last = 90, .at = bytes + 2, .end = bytes + sizeof bytes};
    fh_bounds_to(&bounds, &list, 60);
    assert_true(list.broken);
    assert_int_equal(list.doc, FH_LIST_END);
}

/* Values are first asked one by one, and then learned. */
static void facets_are_the_same_at_the_first_time_and_later(void **state) {
    fixture *made = *state;
    make_archive(made, 41);
    for (int i = 0; i < 40; i++) {
        fh_find find = rolled_find(made);
        roll_facets(made, &find);
        if (i % 4 == 0) {
            close_store(made);
            open_readable(made);
        }
        find.query = i % 2 ? word(made, "ab0") : word(made, "ca117");
        compare(made, &find);
    }
}

/* As in Xapian's slots, all values of an article are one string. */
static void a_slot_of_several_values_is_compared_as_one(void **state) {
    fixture *made = *state;
    static const char *const ends[] = {"", "person:", "place:1", "place:2", "plain~"};
    make_archive(made, 43);
    for (int low = 0; low < 5; low++) {
        for (int high = 0; high < 5; high++) {
            fh_find find = plain_find(between(made, FH_SLOT_ENTITIES, ends[low], ends[high]));
            find.look_to = UINT32_MAX;
            compare(made, &find);
        }
    }
}

/* What each is worth, to the last bit. */
static void assert_worth(const fh_matched *found, double worth) {
    for (size_t i = 0; i < found->hit_count; i++) {
        if (found->hits[i].score != worth) fail_msg("%.17g, not %.17g", found->hits[i].score, worth);
        if (i > 0) assert_true(found->hits[i - 1].number < found->hits[i].number);
    }
}

static void with_no_k1_all_that_have_a_word_are_worth_the_same(void **state) {
    fixture *made = *state;
    make_archive(made, 31);
    fh_find find = plain_find(word(made, "ab0"));
    find.bm25.k1 = 0;
    fh_matched ours = found_by_us(made, &find), theirs = found_by_xapian(made, &find);
    assert_true(ours.hit_count > 20 && theirs.hit_count == ours.hit_count);
    assert_worth(&ours, ours.hits[0].score);
    assert_worth(&theirs, theirs.hits[0].score);
}

/* An outlet's articles, of which one has no words: the whole of its length weighs, and there is none. */
static void what_has_no_words_is_found_by_its_facts(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    for (int i = 0; i < 3; i++) {
        paper page;
        write_paper(&page, (const char *[]){"a", "b", "c"}[i], "", i == 1 ? "" : "words");
        page.postings[page.document.posting_count++] =
            (fh_posting){.field = FH_FIELD_SOURCE, .word = FH_STR("outlet")};
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
    commit(made);
    close_store(made);
    open_readable(made);
    fh_find find = plain_find(leaf(made, FH_OP_TERM, FH_FIELD_SOURCE, "outlet"));
    for (int k1 = 0; k1 < 2; k1++) {
        find.bm25 = (fh_bm25){k1, 1};
        fh_results found = run(made, &find);
        fh_matched theirs = found_by_xapian(made, &find);
        assert_string_equal(ids_of(made, &found), "a b c ");
        assert_int_equal(theirs.hit_count, 3);
        assert_worth(&theirs, 0);
    }
}

static void a_total_is_exact_as_far_as_it_is_asked_for(void **state) {
    fixture *made = *state;
    make_archive(made, 7);
    fh_query *phrase = node(made, FH_OP_PHRASE, 2, word(made, "ab0"), word(made, "ab0"), NULL);
    fh_find find = plain_find(phrase);
    find.limit = 5;
    find.look_to = UINT32_MAX;
    fh_matched found = found_by_us(made, &find);
    uint64_t all = found.total;
    assert_true(found.total_exact && all > 20);
    find.look_to = 10;
    found = found_by_us(made, &find);
    assert_false(found.total_exact);
    assert_in_range(found.total, all * 3 / 4, all * 4 / 3);
    find.limit = 0;
    find.look_to = 1; /* what is there is not told to be missing */
    found = found_by_us(made, &find);
    assert_in_range(found.total, 1, ARTICLES);
    find.look_to = 0; /* nothing is looked at */
    found = found_by_us(made, &find);
    assert_false(found.total_exact);
    assert_in_range(found.total, all, ARTICLES);
    find.look_to = 1;
    find.facets = &(fh_facet_request){.slot = FH_SLOT_SOURCE, .limit = 1};
    find.facet_count = 1; /* then all are counted */
    found = found_by_us(made, &find);
    assert_true(found.total_exact);
    assert_int_equal(found.total, all);
}

/* What was looked at the first time is known the second, also where more is asked for. */
static void a_phrase_that_is_asked_for_again_is_the_same(void **state) {
    fixture *made = *state;
    make_archive(made, 23);
    for (int i = 0; i < 60; i++) {
        fh_find find = plain_find(rolled_phrase(made));
        find.limit = roll(10);
        find.look_to = roll(50);
        assert_in_range(found_by_us(made, &find).hit_count, 0, 9);
        find.limit = roll(40);
        find.look_to = UINT32_MAX;
        compare(made, &find);
        compare(made, &find);
    }
}

/* ---- Words ---- */

static void words_and_frequencies_are_those_of_xapian(void **state) {
    fixture *made = *state;
    const uint32_t numbers[] = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89};
    make_archive(made, 99);
    assert_words_are_those_of_xapian(made, (fh_hidden){numbers, 10});
}

static void a_walk_that_is_stopped_goes_no_farther(void **state) {
    fixture *made = *state;
    make_archive(made, 5);
    for (size_t stop = 1; stop < 40; stop++) {
        visited to = {.arena = made->arena, .text = FH_STR(""), .stop_after = stop};
        assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), visit_word, &to,
                                       &made->err));
        assert_int_equal(to.count, stop);
    }
}

enum { MANY_WORDS = 70000, OF_ONE_ARTICLE = 500 };

static void write_numbered_word(uint32_t number, char out[16]) {
    snprintf(out, 16, "w%06u", number);
}

static bool visit_numbered_word(void *context, fh_str found, uint32_t articles) {
    uint32_t *count = context;
    char wanted[16];
    write_numbered_word((*count)++, wanted);
    assert_str_equal(found, fh_str_from(wanted));
    assert_int_equal(articles, 1);
    return true;
}

static void a_walk_through_very_many_words_meets_each_once(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    for (uint32_t from = 0; from < MANY_WORDS; from += OF_ONE_ARTICLE) {
        fh_buf body = {0};
        char id[16];
        for (uint32_t number = from; number < from + OF_ONE_ARTICLE; number++) {
            char name[16];
            write_numbered_word(number, name);
            fh_buf_printf(&body, number == from ? "%s" : " %s", name);
        }
        snprintf(id, sizeof id, "%u", from);
        put_text(made, id, "", body.ptr);
        fh_buf_free(&body);
    }
    commit(made);
    uint32_t count = 0;
    assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR("w"), FH_STR(""), visit_numbered_word,
                                   &count, &made->err));
    assert_int_equal(count, MANY_WORDS);
}

typedef struct steps {
    visited visited;
    fh_str last;
} steps;

static bool visit_and_note(void *context, fh_str found, uint32_t articles) {
    steps *to = context;
    to->last = fh_arena_copy(to->visited.arena, found);
    return visit_word(&to->visited, found, articles);
}

/* In steps of `step` words, each behind the last of the one before it. */
static fh_str words_in_steps(fixture *made, const char *prefix, size_t step) {
    steps to = {{.arena = made->arena, .text = FH_STR(""), .stop_after = step}, FH_STR("")};
    do {
        to.visited.count = 0;
        assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, fh_str_from(prefix), to.last,
                                       visit_and_note, &to, &made->err));
    } while (to.visited.count == step);
    return to.visited.text;
}

static void a_walk_goes_on_behind_a_word(void **state) {
    fixture *made = *state;
    static const char *const prefixes[] = {"", "a", "كا", "zz"};
    make_archive(made, 7);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        fh_str all = words_in_steps(made, prefixes[i], 1000000);
        for (size_t step = 1; step < 8; step += 3)
            assert_str_equal(words_in_steps(made, prefixes[i], step), all);
    }
}

/* w000 stands in one article, w001 in two, …: of more than 200 that begin so, the rarest are left out. */
static void a_beginning_stands_for_its_most_frequent_words(void **state) {
    enum { BEGUN = 230 };
    fixture *made = *state;
    open_writable(made);
    begin(made);
    for (int article = 0; article < BEGUN; article++) {
        fh_str body = FH_STR("x");
        paper page;
        for (int i = article; i < BEGUN; i++)
            body = fh_arena_format(made->arena, "%.*s w%03d", FH_STR_ARG(body), i);
        write_paper(&page, fh_arena_format(made->arena, "%03d", article).ptr, "t", body.ptr);
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
    commit(made);
    close_store(made);
    open_readable(made);
    fh_find find = plain_find(leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "w"));
    find.limit = BEGUN;
    compare(made, &find);
    fh_results all = run(made, &find);
    assert_int_equal(all.total, BEGUN);
    find.query = leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "w0"); /* asked again, and others between */
    compare(made, &find);
    find.query = leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "w");
    compare(made, &find);
}

/* ---- One commit ---- */

/* By the library, which writes over blocks that nothing needs any more, or as a few. */
static void commit_some(const fixture *made, uint32_t turns) {
    fixture writer = *made;
    writer.store = NULL;
    for (uint32_t turn = 0; turn < turns; turn++)
        fill(&writer, turn % 2 ? FH_WRITE_A_FEW : FH_WRITE_BY_LIBRARY, ARTICLES + 20 * turn,
             ARTICLES + 20 * (turn + 1));
}

static void a_newer_commit_is_taken_up(void **state) {
    fixture *made = *state;
    make_archive(made, 3);
    for (int i = 0; i < 20; i++) {
        fh_find find = rolled_find(made);
        run(made, &find);
        if (i % 5 == 0) commit_some(made, 4);
        run(made, &find);
        compare(made, &find);
    }
}

/* What is under embargo, by numbers of articles, changes with the commit. */
static void what_a_newer_commit_holds_back_is_not_shown(void **state) {
    fixture *made = *state, writer = *made;
    make_archive(made, 29);
    fh_find find = plain_find(word(made, "secret"));
    assert_int_equal(run(made, &find).total, 0);
    writer.store = NULL;
    open_writable(&writer);
    begin(&writer);
    put_rolled(&writer, "before", 3, NULL);
    paper page;
    write_paper(&page, "held", "secret", "secret");
    add_value(&page, FH_SLOT_EMBARGO, "2999-01-01T00:00:00Z");
    assert_ok(&writer, fh_store_put(writer.store, &page.document, &writer.err));
    commit(&writer);
    close_store(&writer);
    assert_int_equal(run(made, &find).total, 0);
    find.held_too = true;
    assert_int_equal(run(made, &find).total, 1);
}

/* The walk has shown some words when a commit comes. */
typedef struct interrupted {
    visited to;
    const fixture *made;
} interrupted;

static bool visit_and_commit(void *context, fh_str found, uint32_t articles) {
    interrupted *walk = context;
    (void)articles;
    if (walk->to.count == 20) commit_some(walk->made, 4);
    return visit_word(&walk->to, found, 0);
}

static void a_walk_goes_on_in_a_newer_commit(void **state) {
    fixture *made = *state;
    make_archive(made, 37);
    interrupted walk = {{.arena = made->arena, .text = FH_STR("")}, made};
    visited after = {.arena = made->arena, .text = FH_STR("")};
    assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), visit_and_commit,
                                   &walk, &made->err));
    oracle *xapian = open_oracle(made);
    assert_true(oracle_words(xapian, FH_FIELD_WORD, FH_STR(""), (fh_hidden){0}, visit_word, &after));
    oracle_close(xapian);
    assert_in_range(walk.to.count, after.count - 20, after.count);
    assert_true(walk.to.count > 100);
}

static bool visit_and_change(void *context, fh_str found, uint32_t articles) {
    interrupted *walk = context;
    commit_some(walk->made, 1);
    return visit_word(&walk->to, found, articles);
}

static void a_walk_that_is_stopped_does_not_go_on_in_a_newer_commit(void **state) {
    fixture *made = *state;
    make_archive(made, 61);
    interrupted walk = {{.arena = made->arena, .text = FH_STR(""), .stop_after = 1}, made};
    assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), visit_and_change,
                                   &walk, &made->err));
    assert_int_equal(walk.to.count, 1);
}

static void a_writer_may_be_faster_than_a_walk(void **state) {
    fixture *made = *state;
    make_archive(made, 47);
    interrupted walk = {{.arena = made->arena, .text = FH_STR("")}, made};
    assert_status(made,
                  fh_store_words(made->store, FH_FIELD_WORD, FH_STR(""), FH_STR(""), visit_and_change, &walk,
                                 &made->err),
                  FH_ERR_IO);
    assert_says(made->err.what, "changes faster than it can be read");
    assert_says(made->err.hint, "try again");
    fh_find find = plain_find(word(made, "ab0"));
    compare(made, &find);
}

static void while_there_is_no_index_what_is_open_answers(void **state) {
    fixture *made = *state;
    make_archive(made, 53);
    fh_find find = plain_find(node(made, FH_OP_PHRASE, 4, word(made, "ab0"), word(made, "ac1"), NULL));
    shell(made, "mv db away");
    fh_results found = run(made, &find);
    const char *before = ids_of(made, &found);
    shell(made, "mv away db");
    found = run(made, &find);
    assert_true(found.hit_count > 0);
    assert_string_equal(ids_of(made, &found), before);
}

/* It has to be opened anew, and cannot be. */
static void for_lack_of_descriptors_nothing_is_damaged(void **state) {
    fixture *made = *state;
    fh_results found;
    struct rlimit files, none;
    make_archive(made, 59);
    fh_find find = plain_find(word(made, "ab0"));
    run(made, &find);
    commit_some(made, 1);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = files.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    fh_status status = fh_store_find(made->store, &find, made->arena, &found, &made->err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
    assert_status(made, status, FH_ERR_IO);
    compare(made, &find);
}

static unsigned long long hash_all(fh_str version, const fh_str *records) {
    unsigned long long hash = fh_hash(FH_HASH_START, version);
    for (uint32_t i = 0; i < ARTICLES; i++) hash = fh_hash(hash, records[i]);
    return hash;
}

static void what_was_read_stays_whatever_is_committed_later(void **state) {
    fixture *made = *state;
    fh_str version, records[ARTICLES];
    make_archive(made, 13);
    fh_matchers *all = matchers_of(made);
    assert_true(fh_matcher_meta(all->parts[0], FH_META_SCHEMA, made->arena, &version));
    for (uint32_t i = 0; i < ARTICLES; i++)
        if (!fh_matcher_data(all->parts[0], i + 1, made->arena, &records[i])) records[i] = FH_STR("");
    unsigned long long before = hash_all(version, records);
    commit_some(made, 6);
    assert_true(hash_all(version, records) == before);
}

static void a_record_of_many_pieces_is_read_whole(void **state) {
    fixture *made = *state;
    fh_buf body = {0};
    for (int i = 0; i < 200000; i++) fh_buf_printf(&body, "%d%c", i * 7919 % 100003, i % 20 ? ' ' : '\n');
    paper page;
    write_paper(&page, "long", "title", "few words");
    page.article.body = fh_buf_str(&body);
    open_writable(made);
    begin(made);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    commit(made);
    close_store(made);
    open_readable(made);
    fh_find find = plain_find(word(made, "few"));
    fh_results found = run(made, &find);
    assert_int_equal(found.hit_count, 1);
    assert_str_equal(found.hits[0].article.body, fh_buf_str(&body));
    fh_buf_free(&body);
}

static void a_deadline_that_has_passed_leaves_a_part(void **state) {
    fixture *made = *state;
    make_archive(made, 11);
    fh_find find = plain_find(word(made, "ab0"));
    find.deadline = 1e-9;
    fh_results found = run(made, &find);
    assert_true(found.partial);
    assert_false(found.total_exact);
}

/* ---- Damage ---- */

static void damage(fixture *made, const char *file) {
    fh_str path = fh_arena_format(made->arena, "%s/%s", made->dir, file);
    FILE *table = fopen(path.ptr, "r+b");
    assert_non_null(table);
    fseek(table, 0, SEEK_END);
    uint32_t size = (uint32_t)ftell(table);
    for (int i = 0; i < 40; i++) {
        fseek(table, (long)roll(size), SEEK_SET);
        fputc((int)roll(256), table);
    }
    fclose(table);
}

/* What our own code makes of it, which may be wrong, but comes from within the files. */
static void ask_all(fixture *made, fh_matchers *all) {
    fh_word_walk walk =
        fh_matchers_words(all, FH_FIELD_WORD, FH_STR("a"), (fh_term){0}, (fh_hidden){0}, made->arena);
    while (fh_word_walk_next(&walk)) assert_in_range(walk.word.len, 1, sizeof walk.word.bytes);
    for (int i = 0; i < 20; i++) {
        fh_matched found;
        fh_find find = rolled_find(made);
        find.sort = FH_SORT_RELEVANCE;
        find.collapse = false;
        find.offset = find.limit = 0;
        if (!fh_matchers_find(all, &find, (fh_hidden){0}, made->arena, &found)) continue;
        assert_in_range(found.total, 0, all->parts[0]->last);
    }
}

static void of_damaged_tables_nothing_beyond_them_is_read(void **state) {
    fixture *made = *state;
    make_archive(made, 17);
    shell(made, "cp -r db whole");
    for (int turn = 0; turn < 10; turn++) {
        close_store(made);
        shell(made, "rm -r db && cp -r whole db");
        open_readable(made);
        fh_matchers *all = matchers_of(made);
        damage(made, "postlist.glass");
        ask_all(made, all);
        damage(made, "docdata.glass");
        for (uint32_t number = 1; number < ARTICLES; number++) {
            fh_str data;
            if (fh_matcher_data(all->parts[0], number, made->arena, &data)) assert_non_null(data.ptr);
        }
    }
}

/* ---- Small things ---- */

static void dates_rank_as_their_keys_are_ordered(void **state) {
    (void)state;
    static const char *const keys[] = {
        "",          "0",        "1987",  "20240229", "20240229000000", "20240229235959",
        "20240229~", "20240301", "2024~", "9999"};
    for (size_t i = 1; i < sizeof keys / sizeof *keys; i++)
        assert_true(fh_date_rank(fh_str_from(keys[i - 1])) < fh_date_rank(fh_str_from(keys[i])));
    assert_true(fh_date_rank(FH_STR("2024-05-04")) == FH_NO_RANK);
    assert_true(fh_date_rank(FH_STR("2024050409300000")) == FH_NO_RANK);
}

static void what_was_not_asked_for_longest_is_dropped(void **state) {
    enum { LARGE = 300000 };
    fixture *made = *state;
    uint32_t *numbers = fh_arena_take_zeroed(made->arena, LARGE * sizeof *numbers);
    const fh_kept_docs merged = {numbers, numbers, LARGE, 5};
    fh_kept *kept = fh_kept_new(16 << 20);
    for (int i = 0; i < 10; i++) {
        fh_kept_begin(kept);
        fh_kept_add(kept, fh_arena_format(made->arena, "%d", i), &merged);
        assert_non_null(fh_kept_find(kept, FH_STR("0")));
        assert_non_null(fh_kept_find(kept, fh_arena_format(made->arena, "%d", i)));
    }
    assert_null(fh_kept_find(kept, FH_STR("1")));
    fh_kept_free(kept);
}

static void what_a_query_has_found_stays_while_it_runs(void **state) {
    enum { LARGE = 1000000 };
    fixture *made = *state;
    uint32_t *numbers = fh_arena_take_zeroed(made->arena, LARGE * sizeof *numbers);
    const fh_kept_docs merged = {numbers, numbers, LARGE, 5};
    fh_kept *kept = fh_kept_new(16 << 20);
    fh_kept_begin(kept);
    for (int i = 0; i < 10; i++) fh_kept_add(kept, fh_arena_format(made->arena, "%d", i), &merged);
    assert_non_null(fh_kept_find(kept, FH_STR("0")));
    assert_null(fh_kept_find(kept, FH_STR("9")));
    fh_kept_free(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_matchers_say_the_same_of_any_query, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_matchers_say_the_same_whether_words_are_told_or_not, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(both_matchers_say_the_same_where_lists_are_deflated, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_worth_too_little_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(so_are_blocks_of_lists_that_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocks_of_what_is_worth_too_little_are_counted, set_up, tear_down),
        cmocka_unit_test(a_place_that_is_not_in_its_chunk_breaks_the_list),
        cmocka_unit_test_setup_teardown(facets_are_the_same_at_the_first_time_and_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slot_of_several_values_is_compared_as_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(with_no_k1_all_that_have_a_word_are_worth_the_same, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_has_no_words_is_found_by_its_facts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_total_is_exact_as_far_as_it_is_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_phrase_that_is_asked_for_again_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_and_frequencies_are_those_of_xapian, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_through_very_many_words_meets_each_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_goes_on_behind_a_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_that_is_stopped_goes_no_farther, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_beginning_stands_for_its_most_frequent_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_commit_is_taken_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_newer_commit_holds_back_is_not_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_goes_on_in_a_newer_commit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_walk_that_is_stopped_does_not_go_on_in_a_newer_commit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_writer_may_be_faster_than_a_walk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(for_lack_of_descriptors_nothing_is_damaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(while_there_is_no_index_what_is_open_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_read_stays_whatever_is_committed_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_of_many_pieces_is_read_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_deadline_that_has_passed_leaves_a_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_damaged_tables_nothing_beyond_them_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_rank_as_their_keys_are_ordered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_asked_for_longest_is_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_query_has_found_stays_while_it_runs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
