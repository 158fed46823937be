/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: what they count, what they leave in the index, and that threads change nothing. */
#include "tests/unit/test_indexer.h"

#include "stemmer/stemmer.h"

static const int jobs_of_runs[] = {1, 2, 5};
enum { RUNS = sizeof jobs_of_runs / sizeof *jobs_of_runs };

typedef struct outcome {
    fh_index_totals totals;
    size_t problems; /* that the observer was told */
    uint64_t last;   /* articles, when it was last called */
    bool in_order;   /* they never went down */
} outcome;

static void observe(void *context, const fh_index_totals *totals, fh_progress progress, const fh_error *err) {
    outcome *o = context;
    (void)progress;
    o->problems += err != NULL;
    o->in_order = o->in_order && totals->articles >= o->last;
    o->last = totals->articles;
}

static fh_store *open_store(reading *r, const char *name) {
    fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION, .stemmer = "light"};
    fh_store *store;
    fh_error err;
    assert_int_equal(fh_store_open_writable(place(r, name), &identity, &store, &err), FH_OK);
    return store;
}

/* Runs over the sources, into the index called `db`. */
static outcome run(reading *r, const char *db, int jobs, bool prune, const volatile bool *stop,
                   const char *const *sources, size_t count) {
    fh_reader_options reading_options = {.sources = sources, .source_count = count};
    fh_reader *reader;
    fh_error err = {0};
    assert_int_equal(fh_reader_new(&reading_options, &reader, &err), FH_OK);
    fh_store *store = open_store(r, db);
    outcome o = {.in_order = true};
    fh_index_options options = {.reader = reader,
                                .store = store,
                                .stemmer = FH_STEMMER_LIGHT,
                                .names = {.all = fh_gazetteer_builtin(), .listed = fh_gazetteer_builtin()},
                                .jobs = jobs,
                                .prune = prune,
                                .observer = observe,
                                .context = &o,
                                .stop = stop};
    fh_status status = fh_index_run(&options, &o.totals, &err);
    assert_string_equal(err.what, "");
    assert_int_equal(status, FH_OK);
    fh_store_close(store);
    fh_reader_free(reader);
    return o;
}

static outcome run_file(reading *r, const char *db, int jobs, const char *text) {
    const char *source = put_file(r, "news.jsonl", fh_str_from(text));
    return run(r, db, jobs, false, NULL, &source, 1);
}

static const char *db_name(reading *r, int jobs) {
    return fh_arena_format(r->arena, "db%d", jobs).ptr;
}

static void assert_counts(const outcome *o, uint64_t added, uint64_t replaced, uint64_t unchanged,
                          uint64_t rejected) {
    assert_int_equal(o->totals.added, added);
    assert_int_equal(o->totals.replaced, replaced);
    assert_int_equal(o->totals.unchanged, unchanged);
    assert_int_equal(o->totals.rejected, rejected);
    assert_int_equal(o->totals.articles, added + replaced + unchanged);
    assert_int_equal(o->problems, rejected + o->totals.unreadable);
    assert_true(o->in_order);
}

static bool add_id(void *context, fh_str id) {
    fh_buf *all = context;
    fh_buf_printf(all, "%s%.*s", all->len ? " " : "", FH_STR_ARG(id));
    return true;
}

/* The ids in the index, in the order they came in. */
static fh_str stored_ids(reading *r, const char *db) {
    fh_store *store = open_store(r, db);
    fh_buf all = {0};
    fh_error err;
    assert_int_equal(fh_store_ids(store, add_id, &all, &err), FH_OK);
    fh_str text = fh_arena_copy(r->arena, fh_buf_str(&all));
    fh_buf_free(&all);
    fh_store_close(store);
    return text;
}

static fh_str stored_body(reading *r, const char *db, const char *id) {
    fh_store *store = open_store(r, db);
    fh_article article;
    fh_error err;
    assert_int_equal(fh_store_article(store, fh_str_from(id), r->arena, &article, &err), FH_OK);
    fh_store_close(store);
    return article.body;
}

#define ONE(id, body) "{\"id\": \"" id "\", \"body\": \"" body "\"}\n"

static void a_second_run_changes_nothing(void **state) {
    reading *r = *state;
    for (size_t i = 0; i < RUNS; i++) {
        int jobs = jobs_of_runs[i];
        const char *db = db_name(r, jobs);
        outcome o = run_file(r, db, jobs, ONE("a", "نص") ONE("b", "") ONE("c", "نص"));
        assert_counts(&o, 2, 0, 0, 1);
        assert_int_equal(o.totals.text_bytes, 8);
        o = run_file(r, db, jobs, ONE("a", "نص") ONE("b", "") ONE("c", "نص"));
        assert_counts(&o, 0, 0, 2, 1);
        o = run_file(r, db, jobs, ONE("a", "نص") ONE("c", "نص آخر"));
        assert_counts(&o, 0, 1, 1, 0);
        assert_str_equal(stored_ids(r, db), FH_STR("a c"));
        assert_str_equal(stored_body(r, db, "c"), FH_STR("نص آخر"));
    }
}

static void of_one_id_the_last_article_stays(void **state) {
    reading *r = *state;
    for (size_t i = 0; i < RUNS; i++) {
        int jobs = jobs_of_runs[i];
        const char *db = db_name(r, jobs);
        outcome o = run_file(r, db, jobs,
                             ONE("a", "أول") ONE("a", "ثان") ONE("a", "ثان") ONE("b", "نص") ONE("a", "أول"));
        assert_counts(&o, 2, 2, 1, 0);
        assert_str_equal(stored_body(r, db, "a"), FH_STR("أول"));
        /* What the index has is the first of two: the second one still wins. */
        o = run_file(r, db, jobs, ONE("a", "ثان") ONE("a", "أول"));
        assert_counts(&o, 0, 2, 0, 0);
        assert_str_equal(stored_body(r, db, "a"), FH_STR("أول"));
    }
}

static void any_number_of_threads_gives_the_same_order(void **state) {
    reading *r = *state;
    fh_buf text = {0};
    for (int i = 0; i < 500; i++)
        fh_buf_printf(&text, "{\"id\": \"a%d\", \"body\": \"%s\"}\n", i, i % 7 ? "نص الخبر في مصر" : "");
    fh_str first = FH_STR("");
    for (size_t i = 0; i < RUNS; i++) {
        const char *db = db_name(r, jobs_of_runs[i]);
        outcome o = run_file(r, db, jobs_of_runs[i], text.ptr);
        assert_counts(&o, 428, 0, 0, 72);
        fh_str found = stored_ids(r, db);
        if (i == 0) first = found;
        assert_str_equal(found, first);
    }
    fh_buf_free(&text);
}

static void what_cannot_be_read_is_counted_apart(void **state) {
    reading *r = *state;
    const char *sources[] = {place(r, "nowhere"), put_file(r, "a.jsonl", FH_STR(ONE("a", "نص")))};
    outcome o = run(r, "db", 2, false, NULL, sources, 2);
    assert_int_equal(o.totals.unreadable, 1);
    assert_counts(&o, 1, 0, 0, 0);
}

static void prune_removes_what_was_not_read(void **state) {
    reading *r = *state;
    for (size_t i = 0; i < RUNS; i++) {
        int jobs = jobs_of_runs[i];
        const char *db = db_name(r, jobs);
        run_file(r, db, jobs, ONE("a", "نص") ONE("b", "نص") ONE("c", "نص"));
        const char *sources[] = {put_file(r, "fewer.jsonl", FH_STR(ONE("b", "نص") ONE("d", "نص"))),
                                 place(r, "nowhere")};
        outcome o = run(r, db, jobs, true, NULL, sources, 2);
        assert_int_equal(o.totals.removed, 0); /* a source is missing: nothing is known to be gone */
        const char *cut = put_file(r, "cut.json", FH_STR("[" ONE("b", "نص") ","));
        o = run(r, db, jobs, true, NULL, &cut, 1);
        assert_int_equal(o.totals.removed, 0); /* nor when it is cut off */
        o = run(r, db, jobs, true, NULL, sources, 1);
        assert_int_equal(o.totals.removed, 2);
        assert_str_equal(stored_ids(r, db), FH_STR("b d"));
    }
}

static void a_stop_keeps_what_is_there(void **state) {
    reading *r = *state;
    const volatile bool stop = true;
    run_file(r, "db", 1, ONE("a", "نص"));
    const char *source = put_file(r, "b.jsonl", FH_STR(ONE("b", "نص")));
    for (size_t i = 0; i < RUNS; i++) {
        outcome o = run(r, "db", jobs_of_runs[i], true, &stop, &source, 1);
        assert_int_equal(o.totals.removed, 0);
        assert_true(fh_str_starts(stored_ids(r, "db"), FH_STR("a")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_run_changes_nothing, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(of_one_id_the_last_article_stays, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(any_number_of_threads_gives_the_same_order, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_counted_apart, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(prune_removes_what_was_not_read, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_stop_keeps_what_is_there, make_reading, free_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
