/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operator, sort and facet of a query, over one index and over several. */
#include "tests/unit/test_store.h"

#include <math.h>

/* The small archive of these tests. */
static void put_page(fixture *made, const char *id, const char *title, const char *body,
                     const char *published, const char *entities) {
    paper page;
    write_paper(&page, id, title, body);
    add_value(&page, FH_SLOT_PUBLISHED, published);
    add_value(&page, FH_SLOT_ENTITIES, entities);
    add_value(&page, FH_SLOT_SOURCE, id[0] < 'd' ? "early" : "late");
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static void put_archive(fixture *made) {
    open_writable(made);
    begin(made);
    put_page(made, "a", "red", "green blue red", "20240101", "x\x1fy\x1f");
    put_page(made, "b", "green", "red blue green", "20240301093000", "x\x1fx\x1f");
    put_page(made, "c", "blue", "white red black green", "", "");
    put_page(made, "d", "white", "black white", "20240201", "y\x1f");
    put_page(made, "e", "redder", "reddish white", "20231231", "z\x1f");
    commit(made);
}

static const char *sorted(const char *ids) {
    static char letters[64];
    size_t count = 0;
    for (int letter = 'a'; letter <= 'z'; letter++) {
        if (strchr(ids, letter)) letters[count++] = (char)letter;
    }
    letters[count] = '\0';
    return letters;
}

#define assert_finds(made, query, wanted) assert_string_equal(sorted(found_by((made), (query))), (wanted))

/* ---- Operators ---- */

static void all_and_none(void **state) {
    fixture *made = *state;
    put_archive(made);
    assert_finds(made, node(made, FH_OP_ALL, 0, NULL), "abcde");
    assert_finds(made, node(made, FH_OP_NONE, 0, NULL), "");
}

static void terms_are_of_their_field(void **state) {
    fixture *made = *state;
    put_archive(made);
    assert_finds(made, word(made, "red"), "abc");
    assert_finds(made, leaf(made, FH_OP_TERM, FH_FIELD_TITLE, "red"), "a");
    assert_finds(made, leaf(made, FH_OP_TERM, FH_FIELD_ID, "b"), "b");
    assert_finds(made, word(made, ""), "");
}

static void and_or_not(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_query *red = word(made, "red"), *blue = word(made, "blue"), *black = word(made, "black");
    assert_finds(made, node(made, FH_OP_AND, 0, red, blue, NULL), "abc");
    assert_finds(made, node(made, FH_OP_AND, 0, red, black, NULL), "c");
    assert_finds(made, node(made, FH_OP_OR, 0, red, black, NULL), "abcd");
    assert_finds(made, node(made, FH_OP_NOT, 0, red, black, NULL), "ab");
    assert_finds(made, node(made, FH_OP_NOT, 0, node(made, FH_OP_ALL, 0, NULL), red, black, NULL), "e");
}

static void operators_without_kids_find_nothing(void **state) {
    fixture *made = *state;
    put_archive(made);
    static const fh_op ops[] = {FH_OP_AND,     FH_OP_OR,     FH_OP_NOT,  FH_OP_FILTER, FH_OP_MAYBE,
                                FH_OP_SYNONYM, FH_OP_PHRASE, FH_OP_NEAR, FH_OP_SCALE};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) assert_finds(made, node(made, ops[i], 0, NULL), "");
    fh_query *none = node(made, FH_OP_AND, 0, NULL), *red = word(made, "red");
    assert_finds(made, node(made, FH_OP_OR, 0, red, none, NULL), "abc");
    assert_finds(made, node(made, FH_OP_AND, 0, red, none, NULL), "");
    assert_finds(made, node(made, FH_OP_NOT, 0, red, none, NULL), "abc");
    assert_finds(made, node(made, FH_OP_MAYBE, 0, red, none, NULL), "abc");
    assert_finds(made, node(made, FH_OP_FILTER, 0, red, none, NULL), "");
    assert_finds(made, node(made, FH_OP_SYNONYM, 0, red, word(made, ""), NULL), "abc");
}

static void one_kid_is_the_kid(void **state) {
    fixture *made = *state;
    put_archive(made);
    static const fh_op ops[] = {FH_OP_AND,   FH_OP_OR,      FH_OP_NOT,    FH_OP_FILTER,
                                FH_OP_MAYBE, FH_OP_SYNONYM, FH_OP_PHRASE, FH_OP_NEAR};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        assert_finds(made, node(made, ops[i], 0, word(made, "black"), NULL), "cd");
    }
}

static void a_phrase_is_exact(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_query *red = word(made, "red"), *blue = word(made, "blue"), *green = word(made, "green");
    assert_finds(made, node(made, FH_OP_PHRASE, 2, red, blue, NULL), "b");
    assert_finds(made, node(made, FH_OP_PHRASE, 2, blue, red, NULL), "a");
    assert_finds(made, node(made, FH_OP_PHRASE, 3, green, blue, red, NULL), "a");
    assert_finds(made, node(made, FH_OP_PHRASE, 0, green, blue, red, NULL),
                 "a"); /* never narrower than its words */
    assert_finds(made, node(made, FH_OP_PHRASE, 2, red, green, NULL), "");
    assert_finds(made, node(made, FH_OP_PHRASE, 3, red, green, NULL), "bc");
    assert_finds(made, node(made, FH_OP_PHRASE, 2, red, word(made, "nowhere"), NULL), "");
}

static void near_is_in_any_order(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_query *red = word(made, "red"), *blue = word(made, "blue"), *green = word(made, "green");
    assert_finds(made, node(made, FH_OP_NEAR, 2, red, blue, NULL), "ab");
    assert_finds(made, node(made, FH_OP_NEAR, 3, green, red, NULL), "abc");
    assert_finds(made, node(made, FH_OP_NEAR, 2, green, red, NULL), "");
}

static void a_prefix_stands_for_the_words_that_begin_so(void **state) {
    fixture *made = *state;
    put_archive(made);
    assert_finds(made, leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "redd"), "e");
    assert_finds(made, leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "red"), "abce");
    assert_finds(made, leaf(made, FH_OP_PREFIX, FH_FIELD_TITLE, "red"), "ae");
    assert_finds(made, leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, "S"), "");
    fh_results results;
    fh_find find = plain_find(leaf(made, FH_OP_PREFIX, FH_FIELD_WORD, ""));
    assert_status(made, fh_store_find(made->store, &find, made->arena, &results, &made->err), FH_ERR_LIMIT);
    assert_says(made->err.what, "too many words begin so");
    assert_says(made->err.hint, "write more letters");
}

static void a_range_has_both_ends_in_and_empty_ends_open(void **state) {
    fixture *made = *state;
    put_archive(made);
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "20240101", "20240201"), "ad");
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "20240102", ""), "bd");
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "", "20240101"),
                 "ae"); /* not "c", which has no date */
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "20240202", "20240201"), "");
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "2023-12", "20240101"),
                 "ae"); /* a "-" is before digits */
    assert_finds(made, between(made, FH_SLOT_PUBLISHED, "", "2024 noon"), "e");
}

/* ---- Weights ---- */

static double score_of(fixture *made, const fh_query *query, const char *id) {
    fh_find find = plain_find(query);
    fh_results results = run(made, &find);
    for (size_t i = 0; i < results.hit_count; i++) {
        if (!fh_str_equal(results.hits[i].article.id, fh_str_from(id))) continue;
        double alone;
        assert_ok(made, fh_store_score(made->store, query, find.bm25, results.hits[i].document, &alone,
                                       &made->err));
        assert_true(fabs(alone - results.hits[i].score) < 1e-9);
        return alone;
    }
    return -1;
}

static bool same(double a, double b) {
    return fabs(a - b) < 1e-9;
}

static void filter_maybe_and_scale_weigh_as_they_say(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_query *red = word(made, "red"), *black = word(made, "black");
    double alone = score_of(made, red, "c"), other = score_of(made, black, "c");
    assert_true(alone > 0 && other > 0);
    assert_true(same(score_of(made, node(made, FH_OP_AND, 0, red, black, NULL), "c"), alone + other));
    assert_true(same(score_of(made, node(made, FH_OP_FILTER, 0, red, black, NULL), "c"), alone));
    assert_true(same(score_of(made, node(made, FH_OP_MAYBE, 0, red, black, NULL), "c"), alone + other));
    assert_finds(made, node(made, FH_OP_MAYBE, 0, red, black, NULL), "abc");
    fh_query *scaled = node(made, FH_OP_SCALE, 0, red, NULL);
    scaled->factor = 2.5;
    assert_true(same(score_of(made, scaled, "c"), 2.5 * alone));
    scaled->factor = 0;
    assert_true(same(score_of(made, scaled, "c"), 0));
    assert_finds(made, scaled, "abc");
    assert_true(same(score_of(made, between(made, FH_SLOT_PUBLISHED, "2024", ""), "a"), 0));
}

static void bm25_is_as_published(void **state) {
    fixture *made = *state;
    fh_store_stats stats;
    put_archive(made);
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    /* "reddish" stands once in "e", whose words and title words make a length of 4, and in 1 of 5 articles.
     */
    double k1 = 1.2, b = 0.75, frequency = 1, length = 4;
    double idf = log((5 - frequency + 0.5) / (frequency + 0.5));
    double norm = k1 * ((1 - b) + b * length / stats.average_length);
    assert_true(fabs(score_of(made, word(made, "reddish"), "e") - idf * (k1 + 1) / (norm + 1)) < 1e-9);
}

static void words_of_a_synonym_weigh_as_one(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_query *red = word(made, "red"), *green = word(made, "green");
    fh_query *either = node(made, FH_OP_SYNONYM, 0, red, green, NULL);
    assert_finds(made, either, "abc");
    assert_true(score_of(made, either, "a") < score_of(made, node(made, FH_OP_OR, 0, red, green, NULL), "a"));
}

static void a_tree_that_does_not_match_scores_nothing(void **state) {
    fixture *made = *state;
    double score = -1;
    put_archive(made);
    fh_find find = plain_find(word(made, "black"));
    fh_results results = run(made, &find);
    assert_ok(made, fh_store_score(made->store, word(made, "blue"), find.bm25, results.hits[0].document,
                                   &score, &made->err));
    assert_true(score >= 0);
    assert_ok(made, fh_store_score(made->store, word(made, "nowhere"), find.bm25, results.hits[0].document,
                                   &score, &made->err));
    assert_true(same(score, 0));
    assert_status(made, fh_store_score(made->store, word(made, "red"), find.bm25, 4711, &score, &made->err),
                  FH_ERR_NOT_FOUND);
}

static void what_is_no_query_is_refused(void **state) {
    fixture *made = *state;
    fh_results results;
    double score;
    put_archive(made);
    fh_query *scaled = node(made, FH_OP_SCALE, 0, word(made, "red"), NULL);
    scaled->factor = -1;
    fh_find find = plain_find(node(made, FH_OP_OR, 0, word(made, "blue"), scaled, NULL));
    assert_status(made, fh_store_find(made->store, &find, made->arena, &results, &made->err),
                  FH_ERR_INTERNAL);
    assert_status(made, fh_store_score(made->store, scaled, find.bm25, 1, &score, &made->err),
                  FH_ERR_INTERNAL);
    find.query = node(made, FH_OP_SYNONYM, 0, word(made, "red"), node(made, FH_OP_AND, 0, NULL), NULL);
    assert_status(made, fh_store_find(made->store, &find, made->arena, &results, &made->err),
                  FH_ERR_INTERNAL);
}

/* ---- Stories ---- */

enum { STORIES = 60, COPIES = 3 };

/* Of each story three articles, all with the word "all": the first one the best, the second one newer, the
 * third one newer still and of another outlet. */
static void put_stories(fixture *made) {
    open_writable(made);
    begin(made);
    for (unsigned i = 0; i < STORIES * COPIES; i++) {
        unsigned number = i % STORIES, copy = i / STORIES;
        char id[32], body[64], story[FH_STORY_WORD + 1] = {0}, value[32], date[32];
        paper page;
        snprintf(id, sizeof id, "%u.%u", number, copy);
        snprintf(body, sizeof body, "all s%u%s", number, copy == 0 ? "" : " and more words");
        snprintf(value, sizeof value, "the story is number %04u", number);
        snprintf(date, sizeof date, "202401%02u", 10 + copy);
        fh_story_word(fh_str_from(value), story);
        write_paper(&page, id, "t", body);
        page.article.source = copy == 2 ? FH_STR("late") : FH_STR("early");
        page.article.published = (fh_date){.year = 2024, .month = 1, .day = (uint8_t)(10 + copy)};
        add_value(&page, FH_SLOT_STORY, value);
        add_value(&page, FH_SLOT_PUBLISHED, date);
        page.postings[page.document.posting_count++] =
            (fh_posting){.field = FH_FIELD_STORY, .word = fh_str_from(story)};
        assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    }
    commit(made);
}

static fh_results find_stories(fixture *made, const char *word, uint32_t limit, fh_sort sort) {
    fh_query query = {.op = FH_OP_TERM, .field = FH_FIELD_WORD, .word = fh_str_from(word)};
    fh_find find = {.query = &query, .sort = sort, .bm25 = {1.2, 0.75}, .limit = limit, .collapse = true};
    fh_results results;
    assert_ok(made, fh_store_find(made->store, &find, made->arena, &results, &made->err));
    return results;
}

static void of_a_story_one_is_shown_and_all_are_counted(void **state) {
    fixture *made = *state;
    put_stories(made);
    for (uint32_t limit = 1; limit <= 2 * STORIES; limit *= 2) {
        fh_results found = find_stories(made, "all", limit, FH_SORT_RELEVANCE);
        assert_int_equal(found.hit_count, limit < STORIES ? limit : STORIES);
        assert_int_equal(found.total, STORIES * COPIES);
        assert_true(found.total_exact);
        for (size_t i = 0; i < found.hit_count; i++) assert_int_equal(found.hits[i].duplicates, COPIES - 1);
    }
    fh_results none = find_stories(made, "nothing", 10, FH_SORT_RELEVANCE);
    assert_int_equal(none.total, 0);
    assert_true(none.total_exact);
}

static void the_newest_of_its_outlet_stands_for_a_story(void **state) {
    fixture *made = *state;
    put_stories(made);
    fh_results found = find_stories(made, "s7", 10, FH_SORT_RELEVANCE);
    assert_int_equal(found.hit_count, 1);
    assert_text(found.hits[0].article.id, "7.1");
    found = find_stories(made, "s7", 10, FH_SORT_OLDEST);
    assert_text(found.hits[0].article.id, "7.0");
    found = find_stories(made, "s7", 10, FH_SORT_NEWEST);
    assert_text(found.hits[0].article.id, "7.2");
}

/* ---- Pages, totals, sorts ---- */

static void pages_are_cut_from_the_whole(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_find find = plain_find(node(made, FH_OP_ALL, 0, NULL));
    fh_results whole = run(made, &find);
    assert_int_equal(whole.total, 5);
    assert_true(whole.total_exact);
    find.offset = 3;
    find.limit = 1;
    fh_results page = run(made, &find);
    assert_int_equal(page.hit_count, 1);
    assert_int_equal(page.hits[0].document, whole.hits[3].document);
    find.offset = UINT32_MAX;
    find.limit = UINT32_MAX;
    assert_int_equal(run(made, &find).hit_count, 0);
    find.offset = 0;
    find.limit = 0;
    page = run(made, &find);
    assert_int_equal(page.hit_count, 0);
    assert_int_equal(page.total, 5);
}

static void sorted_by_date_unknown_dates_come_last(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_find find = plain_find(node(made, FH_OP_ALL, 0, NULL));
    find.sort = FH_SORT_NEWEST;
    fh_results results = run(made, &find);
    assert_string_equal(ids_of(made, &results), "b d a e c ");
    find.sort = FH_SORT_OLDEST;
    results = run(made, &find);
    assert_string_equal(ids_of(made, &results), "e a d b c ");
}

static void of_one_date_the_better_comes_first(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_page(made, "a", "", "red blue blue blue", "20240101", "");
    put_page(made, "b", "", "red red red blue", "20240101", "");
    put_page(made, "d", "", "white", "20240101", "");
    put_page(made, "e", "", "white", "20240101", "");
    put_page(made, "f", "", "white", "20240101", "");
    commit(made);
    fh_find find = plain_find(word(made, "red"));
    find.sort = FH_SORT_OLDEST;
    fh_results results = run(made, &find);
    assert_string_equal(ids_of(made, &results), "b a ");
}

static void ids_only_leaves_the_rest_out(void **state) {
    fixture *made = *state;
    put_archive(made);
    fh_find find = plain_find(word(made, "black"));
    fh_results results = run(made, &find);
    assert_true(results.hits[0].article.body.len > 0);
    find.ids_only = true;
    results = run(made, &find);
    assert_int_equal(results.hit_count, 2);
    assert_int_equal(results.hits[0].article.id.len, 1);
    assert_int_equal(results.hits[0].article.body.len, 0);
}

/* ---- Facets ---- */

static void assert_facet(const fh_facet *facet, const char *wanted, size_t in_all) {
    char text[128];
    size_t used = 0;
    for (size_t i = 0; i < facet->value_count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s:%u ",
                                 FH_STR_ARG(facet->values[i].value), facet->values[i].articles);
    }
    text[used] = '\0';
    assert_string_equal(text, wanted);
    assert_int_equal(facet->values_in_all, in_all);
}

static void facets_count_articles_whatever_the_page(void **state) {
    fixture *made = *state;
    put_archive(made);
    const fh_facet_request asked[] = {{.slot = FH_SLOT_ENTITIES, .limit = 10},
                                      {.slot = FH_SLOT_SOURCE, .limit = 1},
                                      {.slot = FH_SLOT_AUTHOR, .limit = 3}};
    fh_find find = plain_find(node(made, FH_OP_ALL, 0, NULL));
    find.limit = 1;
    find.facets = asked;
    find.facet_count = 3;
    fh_results results = run(made, &find);
    assert_int_equal(results.hit_count, 1);
    assert_int_equal(results.facet_count, 3);
    assert_int_equal(results.facets[0].slot, FH_SLOT_ENTITIES);
    assert_facet(&results.facets[0], "x:2 y:2 z:1 ",
                 3); /* "x" twice in "b" is one article; ties in byte order */
    assert_facet(&results.facets[1], "early:3 ", 2);
    assert_facet(&results.facets[2], "", 0);
    find.query = word(made, "black");
    results = run(made, &find);
    assert_facet(&results.facets[0], "y:1 ", 1);
}

/* "x" and "y" are one; "z" is not asked for. */
typedef struct asked_of {
    int *calls;
} asked_of;

static fh_str x_for_y(const void *context, fh_str value, int *kind) {
    const asked_of *asked = context;
    ++*asked->calls;
    *kind = 0;
    return fh_str_equal(value, FH_STR("z")) ? FH_STR("") : FH_STR("x");
}

static void a_facet_counts_what_values_stand_for_once_an_article(void **state) {
    fixture *made = *state;
    int calls = 0;
    put_archive(made);
    fh_find find = plain_find(node(made, FH_OP_ALL, 0, NULL));
    const asked_of asked = {&calls};
    find.facets =
        &(fh_facet_request){.slot = FH_SLOT_ENTITIES, .limit = 10, .map = x_for_y, .context = &asked};
    find.facet_count = 1;
    fh_results results = run(made, &find);
    assert_facet(&results.facets[0], "x:3 ", 1);
    assert_int_equal(calls, 3);
}

/* ---- Several indexes ---- */

static void each_index_keeps_its_own_facts(void **state) {
    fixture *made = *state;
    char other[96];
    const char *dirs[] = {made->dir, other};
    fh_strs facts;
    for (int i = 0; i < 2; i++) {
        memcpy(other, made->dir, sizeof other);
        snprintf(made->dir, sizeof made->dir, "%s/%d", made->home, i);
        open_writable(made);
        begin(made);
        assert_ok(made,
                  fh_store_set_meta(made->store, "fact", i ? FH_STR("second") : FH_STR("first"), &made->err));
        commit(made);
        close_store(made);
    }
    assert_ok(made, fh_store_open(dirs, 2, ANALYSER, &made->store, &made->err));
    assert_ok(made, fh_store_get_each_meta(made->store, "fact", made->arena, &facts, &made->err));
    assert_int_equal(facts.count, 2);
    assert_text(facts.items[0], "second");
    assert_text(facts.items[1], "first");
    assert_ok(made, fh_store_get_each_meta(made->store, "none", made->arena, &facts, &made->err));
    assert_text(facts.items[1], "");
}

static void several_indexes_are_searched_as_one(void **state) {
    fixture *made = *state;
    char other[96];
    fh_article article;
    const char *dirs[] = {made->dir, other};
    put_archive(made);
    close_store(made);
    memcpy(other, made->dir, sizeof other);
    snprintf(made->dir, sizeof made->dir, "%s/two", made->home);
    open_writable(made);
    begin(made);
    put_page(made, "k", "", "red green", "20250101", "x\x1f");
    put_page(made, "m", "", "yellow", "20190101", "");
    commit(made);
    close_store(made);
    assert_ok(made, fh_store_open(dirs, 2, ANALYSER, &made->store, &made->err));
    assert_finds(made, word(made, "red"), "abck");
    assert_ok(made, fh_store_article(made->store, FH_STR("m"), made->arena, &article, &made->err));
    assert_text(article.body, "yellow");
    assert_ok(made, fh_store_article(made->store, FH_STR("e"), made->arena, &article, &made->err));
    assert_text(article.body, "reddish white");
    fh_find find = plain_find(node(made, FH_OP_ALL, 0, NULL));
    find.sort = FH_SORT_NEWEST;
    fh_results results = run(made, &find);
    assert_string_equal(ids_of(made, &results), "k b d a e m c ");
    assert_true(score_of(made, word(made, "red"), "k") > 0);
    find.facets = &(fh_facet_request){.slot = FH_SLOT_ENTITIES, .limit = 10};
    find.facet_count = 1;
    results = run(made, &find);
    assert_facet(&results.facets[0], "x:3 y:2 z:1 ", 3);
}

static void several_indexes_read_each_with_its_own_vocabulary(void **state) {
    fixture *made = *state;
    char first[96];
    static const char *const phrases[] = {"أعلن المتحدث باسم الوزارة أن الاجتماع الذي عقد",
                                          "فاز الفريق على ضيفه بهدفين مقابل هدف"};
    for (int i = 0; i < 2; i++) {
        if (i == 1) {
            memcpy(first, made->dir, sizeof first);
            snprintf(made->dir, sizeof made->dir, "%s/two", made->home);
        }
        open_writable(made);
        begin(made);
        for (int n = 0; n < 1001; n++) {
            char id[32], body[256];
            snprintf(id, sizeof id, "%d.%d", i, n);
            snprintf(body, sizeof body, "%s %d %s %d", phrases[i], n * 7919, phrases[i], n * 104729);
            put_text(made, id, "", body);
        }
        commit(made);
        close_store(made);
    }
    fh_article article;
    const char *dirs[] = {first, made->dir};
    assert_ok(made, fh_store_open(dirs, 2, ANALYSER, &made->store, &made->err));
    assert_ok(made, fh_store_article(made->store, FH_STR("0.1000"), made->arena, &article, &made->err));
    assert_true(fh_str_starts(article.body, fh_str_from(phrases[0])));
    assert_ok(made, fh_store_article(made->store, FH_STR("1.3"), made->arena, &article, &made->err));
    assert_true(fh_str_starts(article.body, fh_str_from(phrases[1])));
}

/* ---- While somebody writes ---- */

static void put_many(fixture *made, int round) {
    begin(made);
    for (int n = 0; n < 400; n++) {
        char id[16], body[128];
        snprintf(id, sizeof id, "n%d", n);
        snprintf(body, sizeof body, "green blue red round%d number%d word%d", round, n, n * 31 % 400);
        put_page(made, id, "red", body, "20240101", "x\x1f");
    }
    commit(made);
}

static void a_reader_takes_up_the_newest_commit_when_its_own_is_gone(void **state) {
    fixture *made = *state;
    fh_store *reader;
    const char *dir = made->dir;
    put_archive(made);
    put_many(made, 0);
    assert_ok(made, fh_store_open(&dir, 1, ANALYSER, &reader, &made->err));
    fixture view = {.arena = made->arena, .store = reader};
    const fh_query *phrase = node(&view, FH_OP_PHRASE, 2, word(&view, "blue"), word(&view, "red"), NULL);
    bool taken_up = false;
    for (int round = 1; round < 10; round++) {
        put_many(made, round);
        assert_says(found_by(&view, phrase), "a ");
        assert_finds(&view, leaf(&view, FH_OP_PREFIX, FH_FIELD_WORD, "redd"), "e");
        visited all = {view.arena, FH_STR(""), 0, 0};
        assert_ok(&view, fh_store_ids(reader, visit_id, &all, &view.err));
        assert_int_equal(all.count, 405);
        taken_up |= found_by(&view, word(&view, "round0"))[0] == '\0';
    }
    assert_true(taken_up);
    fh_store_close(reader);
}

static void a_writer_finds_what_it_has_committed(void **state) {
    fixture *made = *state;
    uint32_t articles;
    put_archive(made);
    assert_finds(made, word(made, "red"), "abc");
    begin(made);
    put_page(made, "f", "red", "orange", "20240101", "");
    assert_finds(made, word(made, "red"), "abc");
    commit(made);
    assert_finds(made, word(made, "red"), "abcf");
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR("orange"), &articles, &made->err));
    assert_int_equal(articles, 1);
}

/* ---- Embargoes ---- */

static void put_held(fixture *made, const char *id, const char *body, const char *until) {
    paper page;
    write_paper(&page, id, "t", body);
    page.article.embargo = fh_str_from(until);
    add_value(&page, FH_SLOT_EMBARGO, until);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static bool join_word(void *context, fh_str word, uint32_t articles) {
    fh_buf_printf(context, "%.*s:%u ", FH_STR_ARG(word), articles);
    return true;
}

static void what_is_under_embargo_shows_no_word(void **state) {
    fixture *made = *state;
    fh_buf words = {0};
    uint32_t articles;
    fh_article article;
    open_writable(made);
    begin(made);
    put_text(made, "f", "t", "zone zoo");
    put_held(made, "h", "zoo zulu", "2999-01-01T00:00:00Z");
    put_held(made, "o", "zebra", "2001-01-01T00:00:00Z");
    commit(made);
    assert_ok(made, fh_store_words(made->store, FH_FIELD_WORD, FH_STR("z"), FH_STR(""), join_word, &words,
                                   &made->err));
    assert_string_equal(words.ptr, "zebra:1 zone:1 zoo:2 ");
    fh_buf_free(&words);
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR("zulu"), &articles, &made->err));
    assert_int_equal(articles, 0);
    assert_finds(made, word(made, "zoo"), "f");
    fh_find all = plain_find(word(made, "zoo"));
    all.held_too = true;
    assert_int_equal(run(made, &all).hit_count, 2);
    assert_ok(made, fh_store_article(made->store, FH_STR("h"), made->arena, &article, &made->err));
    assert_true(fh_article_is_held(&article));
    assert_ok(made, fh_store_article(made->store, FH_STR("o"), made->arena, &article, &made->err));
    assert_false(fh_article_is_held(&article));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_under_embargo_shows_no_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_and_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(terms_are_of_their_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(and_or_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_story_one_is_shown_and_all_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_newest_of_its_outlet_stands_for_a_story, set_up, tear_down),
        cmocka_unit_test_setup_teardown(operators_without_kids_find_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_kid_is_the_kid, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_phrase_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(near_is_in_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_prefix_stands_for_the_words_that_begin_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_range_has_both_ends_in_and_empty_ends_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(filter_maybe_and_scale_weigh_as_they_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bm25_is_as_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_of_a_synonym_weigh_as_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tree_that_does_not_match_scores_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_query_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_are_cut_from_the_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sorted_by_date_unknown_dates_come_last, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_one_date_the_better_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_only_leaves_the_rest_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(facets_count_articles_whatever_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_facet_counts_what_values_stand_for_once_an_article, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_index_keeps_its_own_facts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_indexes_are_searched_as_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_indexes_read_each_with_its_own_vocabulary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_writer_finds_what_it_has_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reader_takes_up_the_newest_commit_when_its_own_is_gone, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
