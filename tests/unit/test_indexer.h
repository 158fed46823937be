/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in a folder of their own, and what a reader makes of them: articles and errors, in order. */
#ifndef FH_TESTS_UNIT_TEST_INDEXER_H
#define FH_TESTS_UNIT_TEST_INDEXER_H

#include "tests/unit/test.h"

#include "base/buf.h"
#include "indexer/indexer.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_READ 64 /* articles and errors of one case */

typedef struct reading {
    char folder[64];
    fh_arena *arena;
    fh_read_article articles[MAX_READ];
    size_t count;
    fh_error errors[MAX_READ];
    size_t error_count;
    fh_progress progress;
} reading;

static inline int make_reading(void **state) {
    reading *r = calloc(1, sizeof *r);
    assert_non_null(r);
    strcpy(r->folder, "/tmp/fihris-unit-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->arena = fh_arena_new();
    *state = r;
    return 0;
}

static inline int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int free_reading(void **state) {
    reading *r = *state;
    nftw(r->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    fh_arena_free(r->arena);
    free(r);
    return 0;
}

/* The path of a file of the case. */
static inline const char *place(const reading *r, const char *name) {
    return fh_arena_format(r->arena, "%s/%s", r->folder, name).ptr;
}

static inline const char *put_file(const reading *r, const char *name, fh_str bytes) {
    const char *path = place(r, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* Reads a source to its end. */
static inline void read_as(reading *r, const char *source, const char *format) {
    fh_reader_options options = {.sources = &source, .source_count = 1, .format = format};
    fh_reader *reader;
    fh_error err;
    assert_int_equal(fh_reader_new(&options, &reader, &err), FH_OK);
    r->count = r->error_count = 0;
    fh_status status;
    fh_read_article article;
    while ((status = fh_reader_next(reader, r->arena, &article, &err)) != FH_END) {
        assert_true(r->count < MAX_READ && r->error_count < MAX_READ);
        if (status == FH_OK)
            r->articles[r->count++] = article;
        else
            r->errors[r->error_count++] = err;
    }
    r->progress = fh_reader_progress(reader);
    fh_reader_free(reader);
}

static inline void read_source(reading *r, const char *source) {
    read_as(r, source, NULL);
}

/* One file of these bytes, read to its end. */
static inline void read_bytes(reading *r, const char *name, fh_str bytes) {
    read_source(r, put_file(r, name, bytes));
}

static inline void read_text(reading *r, const char *name, const char *text) {
    read_bytes(r, name, fh_str_from(text));
}

/* "a b c": the ids that were read, in order. */
static inline fh_str ids(const reading *r) {
    fh_str all = FH_STR("");
    for (size_t i = 0; i < r->count; i++)
        all = fh_arena_format(r->arena, "%.*s%s%.*s", FH_STR_ARG(all), i ? " " : "",
                              FH_STR_ARG(r->articles[i].article.id));
    return all;
}

/* The error says `what`, and where: the file's name, then `behind`. */
static inline void assert_error(const reading *r, size_t number, const char *behind, const char *what) {
    assert_true(number < r->error_count);
    const fh_error *err = &r->errors[number];
    if (!fh_str_ends(fh_str_from(err->where), fh_str_from(behind))) assert_string_equal(err->where, behind);
    if (!strstr(err->what, what)) assert_string_equal(err->what, what);
}

#endif
