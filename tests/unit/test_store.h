/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the store share: a directory that goes away, articles of a few words, queries in one
 * line. */
#ifndef FH_TESTS_UNIT_TEST_STORE_H
#define FH_TESTS_UNIT_TEST_STORE_H

#include "tests/unit/test.h"

#include "base/buf.h"
#include "store/bulk/join.h"
#include "store/store.h"
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANALYSER = 7, MAX_POSTINGS = 512 };

static const fh_store_identity IDENTITY = {.analyser_version = ANALYSER, .stemmer = "light"};

typedef struct fixture { /* what every test gets as its state */
    char home[64], dir[96];
    fh_arena *arena;
    fh_store *store;
    fh_error err;
} fixture;

static inline int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *walk) {
    (void)facts;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int set_up(void **state) {
    fixture *made = calloc(1, sizeof *made);
    *state = made;
    snprintf(made->home, sizeof made->home, "/tmp/fihris-test-XXXXXX");
    if (!mkdtemp(made->home)) return -1;
    snprintf(made->dir, sizeof made->dir, "%s/db", made->home);
    made->arena = fh_arena_new();
    return 0;
}

static inline int tear_down(void **state) {
    fixture *made = *state;
    fh_store_close(made->store);
    fh_arena_free(made->arena);
    nftw(made->home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(made);
    return 0;
}

/* Runs a shell command in the home of the test, where the index is "db". */
static inline void shell(fixture *made, const char *command) {
    assert_int_equal(system(fh_arena_format(made->arena, "cd %s && %s", made->home, command).ptr), 0);
}

/* A status that should be FH_OK, with its message where it is not. */
#define assert_ok(made, call)                                                                                \
    do {                                                                                                     \
        fh_status got_ = (call);                                                                             \
        if (got_ != FH_OK) fail_msg("%s: %s: %s", #call, (made)->err.where, (made)->err.what);               \
    } while (0)

#define assert_status(made, call, wanted)                                                                    \
    do {                                                                                                     \
        fh_status got_ = (call);                                                                             \
        if (got_ != (wanted))                                                                                \
            fail_msg("%s gave %d (%s), not %s", #call, got_, got_ ? (made)->err.what : "", #wanted);         \
        assert_true((made)->err.what[0] != '\0');                                                            \
    } while (0)

#define assert_text(got, wanted) assert_str_equal((got), fh_str_from(wanted))

static inline void assert_says(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static inline void open_writable(fixture *made) {
    assert_ok(made, fh_store_open_writable(made->dir, &IDENTITY, &made->store, &made->err));
}

static inline void open_readable(fixture *made) {
    const char *dir = made->dir;
    assert_ok(made, fh_store_open(&dir, 1, ANALYSER, &made->store, &made->err));
}

static inline void close_store(fixture *made) {
    fh_store_close(made->store);
    made->store = NULL;
}

/* A document of up to MAX_POSTINGS words, each a posting of FH_FIELD_WORD at its place, and of the title's
 * words. */
typedef struct paper {
    fh_posting postings[MAX_POSTINGS];
    fh_value values[FH_SLOTS];
    fh_article article;
    fh_document document;
} paper;

static inline uint32_t add_words(paper *to, fh_field field, fh_str text, uint32_t position) {
    for (size_t at = 0; at < text.len;) {
        size_t end = fh_str_find(text, FH_STR(" "), at);
        if (end == SIZE_MAX) end = text.len;
        position++;
        to->postings[to->document.posting_count++] = (fh_posting){
            .field = field, .position = position, .weight = 1, .word = fh_str_slice(text, at, end)};
        at = end + 1;
    }
    return position;
}

static inline void add_value(paper *to, fh_slot slot, const char *bytes) {
    if (!bytes || !*bytes) return;
    to->values[to->document.value_count++] = (fh_value){slot, fh_str_from(bytes)};
}

static inline void write_paper(paper *out, const char *id, const char *title, const char *body) {
    memset(out, 0, sizeof *out);
    out->article =
        (fh_article){.id = fh_str_from(id), .title = fh_str_from(title), .body = fh_str_from(body)};
    out->document = (fh_document){.article = &out->article, .postings = out->postings, .values = out->values};
    uint32_t position = add_words(out, FH_FIELD_WORD, out->article.title, 0);
    add_words(out, FH_FIELD_TITLE, out->article.title, 0);
    add_words(out, FH_FIELD_WORD, out->article.body, position + 100);
}

static inline void put_text(fixture *made, const char *id, const char *title, const char *body) {
    paper page;
    write_paper(&page, id, title, body);
    add_value(&page, FH_SLOT_CONTENT, body);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
}

static inline void begin(fixture *made) {
    assert_ok(made, fh_store_begin(made->store, &made->err));
}

static inline void commit(fixture *made) {
    assert_ok(made, fh_store_commit(made->store, &made->err));
}

/* ---- Queries ---- */

static inline fh_query *leaf(fixture *made, fh_op op, fh_field field, const char *word) {
    fh_query *query = fh_arena_take_zeroed(made->arena, sizeof *query);
    *query = (fh_query){.op = op, .field = field, .word = fh_str_from(word)};
    return query;
}

static inline fh_query *word(fixture *made, const char *text) {
    return leaf(made, FH_OP_TERM, FH_FIELD_WORD, text);
}

/* Kids up to a NULL. */
static inline fh_query *node(fixture *made, fh_op op, uint32_t window, ...) {
    fh_query *query = leaf(made, op, FH_FIELD_WORD, "");
    query->window = window;
    query->kids = FH_ARENA_ARRAY(made->arena, fh_query *, 8);
    va_list kids;
    va_start(kids, window);
    for (fh_query *kid; (kid = va_arg(kids, fh_query *));) query->kids[query->kid_count++] = kid;
    va_end(kids);
    return query;
}

static inline fh_query *between(fixture *made, fh_slot slot, const char *low, const char *high) {
    fh_query *query = leaf(made, FH_OP_RANGE, FH_FIELD_WORD, "");
    query->slot = slot;
    query->low = fh_str_from(low);
    query->high = fh_str_from(high);
    return query;
}

static inline fh_find plain_find(const fh_query *query) {
    return (fh_find){.query = query, .bm25 = {1.2, 0.75}, .limit = 100};
}

static inline fh_results run(fixture *made, const fh_find *find) {
    fh_results results;
    assert_ok(made, fh_store_find(made->store, find, made->arena, &results, &made->err));
    return results;
}

/* The ids of the hits, with a space after each. */
static inline const char *ids_of(fixture *made, const fh_results *results) {
    fh_str text = FH_STR("");
    for (size_t i = 0; i < results->hit_count; i++) {
        fh_str id = results->hits[i].article.id;
        text = fh_arena_format(made->arena, "%.*s%.*s ", FH_STR_ARG(text), FH_STR_ARG(id));
    }
    return text.ptr;
}

static inline const char *found_by(fixture *made, const fh_query *query) {
    fh_find find = plain_find(query);
    fh_results results = run(made, &find);
    return ids_of(made, &results);
}

/* Turns one bit of a file of the index. */
static inline void flip_in_file(fixture *made, const char *name, long at) {
    fh_str path = fh_arena_format(made->arena, "%s/%s", made->dir, name);
    FILE *file = fopen(path.ptr, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    fputc(byte ^ 4, file);
    assert_int_equal(fclose(file), 0);
}

/* Collects what is visited, with a space after each. */
typedef struct visited {
    fh_arena *arena;
    fh_str text;
    size_t count, stop_after;
} visited;

static inline bool visit_id(void *context, fh_str id) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%.*s ", FH_STR_ARG(to->text), FH_STR_ARG(id));
    return ++to->count != to->stop_after;
}

/* Writes the index anew with data that `change` has made. */
static inline void change_data(fixture *made, fh_data_change *change, void *context) {
    fh_join_part part = {.path = made->dir};
    fh_join how = {.parts = &part, .count = 1, .change = change, .context = context};
    fh_str changed = fh_arena_format(made->arena, "%s.changed", made->dir);
    assert_ok(made, fh_join_write(&how, changed.ptr, &made->err));
    shell(made, "rm -r db && mv db.changed db");
}

#endif
