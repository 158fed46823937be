/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Through the doors of the rooms. */
#include "tests/truth/real.h"

#include "store/xapian.h"

#include "base/memory.h"
#include "indexer/export.h"
#include "indexer/indexer.h"
#include "tests/truth/real_program.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk) {
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

bool real_open(real *r, const char *programs, fh_stemmer stemmer, const fh_recogniser *recogniser) {
    *r = (real){.programs = programs,
                .place = "/tmp/fihris-truth-XXXXXX",
                .stemmer = stemmer,
                .recogniser = recogniser};
    if (!mkdtemp(r->place)) return false;
    r->arena = fh_arena_new();
    r->analyser = fh_analyser_new(stemmer);
    r->db = fh_arena_format(r->arena, "%s/db", r->place);
    return true;
}

static void stop_reading(real *r) {
    fh_searcher_free(r->searcher);
    fh_store_close(r->store);
    r->searcher = NULL;
    r->store = NULL;
}

void real_close(real *r, bool keep) {
    stop_reading(r);
    while (r->names_count > 0) fh_names_free(r->names[--r->names_count]);
    free(r->names);
    if (!keep) nftw(r->place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    fh_analyser_free(r->analyser);
    fh_arena_free(r->arena);
}

/* ---- Writing ---- */

static fh_str write_file(real *r, fh_str lines) {
    fh_str path = fh_arena_format(r->arena, "%s/%u.jsonl", r->place, r->files++);
    FILE *file = fopen(path.ptr, "wb");
    bool written = file && fwrite(lines.ptr, 1, lines.len, file) == lines.len;
    if (!file || fclose(file) != 0 || !written)
        fh_fail(&r->err, FH_ERR_IO, path.ptr, NULL, "cannot be written");
    return path;
}

static fh_str stem(const void *analyser, fh_str folded, fh_arena *arena) {
    return fh_analyser_stem(analyser, folded, arena);
}

/* Known in every second run: words are told by the lists of their stems, and then are not. */
static fh_stemming some_stemming(const real *r) {
    return r->files % 2 == 0 ? (fh_stemming){stem, r->analyser} : (fh_stemming){0};
}

static fh_status open_to_write(real *r, fh_store **out) {
    fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION,
                                  .stemmer = fh_stemmer_name(r->stemmer)};
    return fh_store_open_writable(r->db.ptr, &identity, out, &r->err);
}

static bool put_through_doors(real *r, const char *path, const real_run *run, int jobs) {
    fh_reader_options from = {.sources = &path, .source_count = 1};
    fh_store *store = NULL;
    fh_reader *reader;
    fh_status status = fh_reader_new(&from, &reader, &r->err);
    if (status == FH_OK) status = open_to_write(r, &store);
    if (status != FH_OK) return false;
    fh_store_write_by(store, &(fh_writing){.by = run->by, .stemming = some_stemming(r)});
    char since[] = "20240301";
    if (run->since.len) snprintf(since, sizeof since, "%.4s%.2s01", run->since.ptr, run->since.ptr + 5);
    fh_index_options options = {.reader = reader,
                                .store = store,
                                .stemmer = r->stemmer,
                                .names = {real_names(r), fh_gazetteer_builtin(), r->recogniser},
                                .since = run->since.len ? since : NULL,
                                .prune = run->prune,
                                .jobs = jobs};
    fh_index_totals totals;
    status = fh_index_run(&options, &totals, &r->err);
    if (status == FH_OK && totals.rejected)
        status = fh_fail(&r->err, FH_ERR_INPUT, path, NULL, "%u articles were rejected",
                         (unsigned)totals.rejected);
    fh_store_close(store);
    fh_reader_free(reader);
    return status == FH_OK;
}

bool real_put(real *r, fh_str lines, const real_run *run, dice *d) {
    fh_str path = write_file(r, lines);
    if (run->way == REAL_DOORS) return put_through_doors(r, path.ptr, run, (int)dice_between(d, 1, 3));
    return real_run_indexer(r, path.ptr, run, run->way == REAL_KILLED ? d : NULL);
}

bool real_delete(real *r, const fh_str *ids, size_t count, real_way way) {
    fh_store *store = NULL;
    bool found;
    if (way != REAL_DOORS) return real_run_delete(r, ids, count);
    fh_status status = open_to_write(r, &store);
    if (status == FH_OK) status = fh_store_begin(store, &r->err);
    for (size_t i = 0; i < count && status == FH_OK; i++)
        status = fh_store_delete(store, ids[i], &found, &r->err);
    if (status == FH_OK) status = fh_store_commit(store, &r->err);
    fh_store_close(store);
    return status == FH_OK;
}

bool real_compact(real *r, real_way way) {
    if (way != REAL_DOORS) return real_run_compact(r);
    stop_reading(r);
    fh_stemming stemming = some_stemming(r);
    return fh_store_compact(r->db.ptr, &stemming, &r->err) == FH_OK;
}

/* ---- Reading ---- */

const fh_gazetteer *real_names(const real *r) {
    return r->names_count ? fh_names_gazetteer(r->names[r->names_count - 1]) : fh_gazetteer_builtin();
}

bool real_read(real *r, const real *other) {
    const char *dirs[] = {r->db.ptr, other ? other->db.ptr : NULL};
    fh_names *names = NULL;
    stop_reading(r);
    fh_status status = fh_store_open(dirs, other ? 2 : 1, FH_ANALYSER_VERSION, &r->store, &r->err);
    if (status == FH_OK) status = fh_names_open(r->store, fh_gazetteer_builtin(), &names, &r->err);
    if (status != FH_OK) return false;
    r->names = fh_grow(r->names, r->names_count, &r->names_capacity, sizeof(fh_names *));
    r->names[r->names_count++] = names;
    return fh_searcher_new(r->store, fh_names_gazetteer(names), &r->searcher, &r->err) == FH_OK;
}

bool real_count_dead(real *r, size_t *out) {
    fh_xapian *db;
    fh_numbers dead;
    if (fh_xapian_open(r->db.ptr, &db, &r->err) != FH_OK) return false;
    fh_arena *arena = fh_arena_new();
    bool counted = fh_xapian_dead(db, arena, &dead, &r->err) == FH_OK;
    if (counted) *out = dead.count;
    fh_arena_free(arena);
    fh_xapian_close(db);
    return counted;
}

typedef struct listing {
    fh_arena *arena;
    fh_strs *out;
} listing;

static bool list_one(void *context, fh_str line) {
    listing *l = context;
    l->out->items[l->out->count++] =
        fh_arena_copy(l->arena, fh_str_slice(line, 0, line.len - 1)); /* its end */
    return true;
}

bool real_list(real *r, fh_arena *arena, fh_strs *out) {
    fh_store_stats stats;
    if (fh_store_statistics(r->store, &stats, &r->err) != FH_OK) return false;
    *out = (fh_strs){FH_ARENA_ARRAY(arena, fh_str, stats.articles + 1), 0};
    return fh_export(r->store, list_one, &(listing){arena, out}, &r->err) == FH_OK;
}

fh_status real_ask(real *r, const fh_search *search, fh_arena *arena, fh_answer *out) {
    return fh_search_run(r->searcher, search, arena, out, &r->err);
}
