/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments on disk: putting them together, and making them the index.
 *
 * The index's lock is held all the while.  A segment is whole when its version file is there; what else
 * stands in the directory is what a kill left, and can go. */
#include "base/memory.h"
#include "store/bulk.h"
#include "store/glass/sums.h"
#include "store/glass/version.h"
#include "store/place.h"
#include "store/succession.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FOLD = 32, /* segments that are put together into one */
    DIRECTORY_MODE = 0777,
};

static const char WHOLE[] = "whole"; /* behind all numbers; what is unfinished there goes */

static fh_status io_error(const char *path, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the permissions there and the space on the disk",
                   "the index cannot be written: %s", strerror(errno));
}

/* ---- Paths ---- */

fh_status fh_building_path(const char *dir, fh_buf *out, fh_error *err) {
    char *path = realpath(dir, NULL); /* a symbolic link stays one */
    if (!path) return io_error(dir, err);
    fh_buf_printf(out, "%s.building", path);
    free(path);
    return FH_OK;
}

void fh_building_part(const char *building, uint32_t number, unsigned folds, fh_buf *out) {
    fh_buf_clear(out);
    fh_buf_printf(out, "%s/%08u.%u", building, number, folds);
}

fh_status fh_building_make(const char *building, fh_error *err) {
    if (mkdir(building, DIRECTORY_MODE) == 0) return FH_OK;
    return fh_fail(err, FH_ERR_IO, building,
                   "check the permissions there, or use fihris-index --writer library",
                   "articles cannot be gathered beside the index: %s", strerror(errno));
}

/* ---- What is there ---- */

typedef struct parts {
    char **paths; /* in order */
    size_t count, capacity;
} parts;

static void free_parts(parts *of) {
    for (size_t i = 0; i < of->count; i++) free(of->paths[i]);
    free(of->paths);
}

static int by_path(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that the directory holds; nothing where it is not there. */
static fh_status list(const char *building, parts *out, fh_error *err) {
    DIR *open = opendir(building);
    if (!open) return errno == ENOENT ? FH_OK : io_error(building, err);
    for (struct dirent *entry; (entry = readdir(open));) {
        if (entry->d_name[0] == '.') continue;
        fh_buf path = {0};
        fh_buf_printf(&path, "%s/%s", building, entry->d_name);
        out->paths = fh_grow(out->paths, out->count, &out->capacity, sizeof *out->paths);
        out->paths[out->count++] = path.ptr;
    }
    closedir(open);
    if (out->count) qsort(out->paths, out->count, sizeof *out->paths, by_path);
    return FH_OK;
}

static bool is_segment(const char *path) {
    fh_buf version = {0};
    fh_buf_printf(&version, "%s/" FH_GLASS_MAIN_FILE, path);
    fh_str name = fh_str_from(path);
    bool there = access(version.ptr, F_OK) == 0 && !fh_str_ends(name, fh_str_from(WHOLE));
    fh_buf_free(&version);
    return there;
}

/* Leaves the whole segments. */
static void drop_unfinished(parts *of) {
    size_t kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (is_segment(of->paths[i])) {
            of->paths[kept++] = of->paths[i];
        } else {
            free(of->paths[i]);
        }
    }
    of->count = kept;
}

/* What is left of a segment is none. */
static void unmake(const char *path) {
    fh_buf version = {0};
    fh_buf_printf(&version, "%s/" FH_GLASS_MAIN_FILE, path);
    unlink(version.ptr);
    fh_buf_free(&version);
}

/* A kill meanwhile must not leave a part of a segment that looks whole. */
static fh_status drop(const char *path, fh_error *err) {
    unmake(path);
    return fh_place_remove(path, err);
}

fh_status fh_building_remove(const char *building, fh_error *err) {
    parts all = {0};
    fh_status status = list(building, &all, err);
    for (size_t i = 0; status == FH_OK && i < all.count; i++) status = drop(all.paths[i], err);
    if (status == FH_OK && rmdir(building) != 0 && errno != ENOENT) status = io_error(building, err);
    free_parts(&all);
    return status;
}

/* ---- Putting together ---- */

static fh_status write_join(const fh_join *how, const char *to, fh_error *err) {
    fh_status status = fh_place_remove(to, err);
    return status == FH_OK ? fh_join_write(how, to, err) : status;
}

static fh_status fold(const char *building, uint32_t first, uint32_t step, unsigned folds, fh_error *err) {
    fh_buf paths[FOLD] = {{0}}, to = {0}, target = {0};
    fh_join_part from[FOLD] = {{0}};
    for (uint32_t i = 0; i < FOLD; i++) {
        fh_building_part(building, first + i * step, folds, &paths[i]);
        from[i].path = paths[i].ptr;
    }
    fh_buf_printf(&to, "%s/%s", building, WHOLE);
    fh_building_part(building, first, folds + 1, &target);
    fh_status status = write_join(&(fh_join){.parts = from, .count = FOLD, .passing = true}, to.ptr, err);
    if (status == FH_OK && rename(to.ptr, target.ptr) != 0) status = io_error(target.ptr, err);
    /* From the first on: what a kill leaves are the last ones, which are right to come again. */
    for (size_t i = 0; i < FOLD; i++) {
        if (status == FH_OK) status = drop(from[i].path, err);
        fh_buf_free(&paths[i]);
    }
    fh_buf_free(&to);
    fh_buf_free(&target);
    return status;
}

fh_status fh_building_fold(const char *building, uint32_t count, fh_error *err) {
    fh_status status = FH_OK;
    unsigned folds = 0;
    for (uint32_t step = 1; status == FH_OK && count % (step * FOLD) == 0; step *= FOLD)
        status = fold(building, count - step * FOLD, step, folds++, err);
    return status;
}

/* ---- Making it the index ---- */

static fh_status reopen(fh_store *store, fh_error *err) {
    fh_shard *shard = &store->shards[0];
    fh_xapian_close(shard->db);
    shard->db = store->all = NULL;
    fh_status status = fh_xapian_open_writable(shard->dir, &shard->db, err);
    store->all = shard->db;
    return status;
}

/* The segments are in the new index, which knew more than they do about what is dead: a kill after the
 * exchange must not leave them to be taken in once more. */
static void retire(const parts *segments) {
    for (size_t i = 0; i < segments->count; i++) unmake(segments->paths[i]);
}

static fh_status put_in_place(fh_store *store, const parts *segments, const char *building, const char *whole,
                              fh_error *err) {
    char *dir = realpath(store->shards[0].dir, NULL);
    if (!dir) return io_error(store->shards[0].dir, err);
    fh_xapian *lock;
    fh_error ignored; /* what stays is removed the next time */
    fh_status status = fh_place_sync(whole, err);
    if (status == FH_OK) {
        retire(segments);
        status = fh_succeed(whole, dir, &lock, err);
    }
    free(dir);
    if (status != FH_OK) return status;
    fh_building_remove(building, &ignored);
    fh_xapian_close(lock);
    return reopen(store, err);
}

/* The index as the first part, with its dead and those besides; none where it holds nothing. */
static fh_status add_index(fh_store *store, fh_numbers replaced, fh_join_part *out, size_t *count,
                           fh_error *err) {
    fh_glass_version version;
    fh_numbers dead, all;
    const char *dir = store->shards[0].dir;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status == FH_OK) status = fh_xapian_dead(store->all, store->scratch, &dead, err);
    if (status == FH_OK && version.last > 0) status = fh_sums_demand(dir, err);
    if (status != FH_OK || version.last == 0) return status;
    all = (fh_numbers){FH_ARENA_ARRAY(store->scratch, uint32_t, dead.count + replaced.count), 0};
    for (size_t i = 0, j = 0; i < dead.count || j < replaced.count;) {
        bool from_dead = j == replaced.count || (i < dead.count && dead.items[i] < replaced.items[j]);
        uint32_t next = from_dead ? dead.items[i++] : replaced.items[j++];
        if (all.count == 0 || all.items[all.count - 1] != next) all.items[all.count++] = next;
    }
    out[(*count)++] = (fh_join_part){dir, all};
    return FH_OK;
}

/* The segments, each with its share of what is dead in them all. */
static fh_status add_segments(fh_store *store, const parts *from, fh_numbers dead, fh_join_part *out,
                              size_t *count, fh_error *err) {
    uint32_t before = 0;
    size_t next = 0;
    for (size_t i = 0; i < from->count; i++) {
        fh_glass_version segment;
        fh_status status = fh_glass_version_read(from->paths[i], &segment, err);
        if (status != FH_OK) return status;
        size_t end = next;
        while (end < dead.count && dead.items[end] - before <= segment.last) end++;
        fh_numbers mine = {FH_ARENA_ARRAY(store->scratch, uint32_t, end - next), 0};
        for (; next < end; next++) mine.items[mine.count++] = dead.items[next] - before;
        out[(*count)++] = (fh_join_part){from->paths[i], mine};
        before += segment.last;
    }
    return FH_OK;
}

/* Writes the index and the segments as one. */
static fh_status make_whole(fh_store *store, const parts *from, const fh_leaving_out *dead, fh_join how,
                            const char *whole, fh_error *err) {
    fh_join_part *all = FH_ARENA_ARRAY(store->scratch, fh_join_part, from->count + 1);
    how.parts = all;
    how.count = 0;
    how.stemming = &store->writer->how.stemming;
    fh_status status = add_index(store, dead->of_index, all, &how.count, err);
    if (status == FH_OK) status = add_segments(store, from, dead->of_segments, all, &how.count, err);
    return status == FH_OK ? write_join(&how, whole, err) : status;
}

static fh_status take_in(fh_store *store, const parts *from, const fh_leaving_out *dead, const fh_join *how,
                         const char *whole, fh_error *err) {
    fh_join wanted = *how;
    fh_facts facts;
    fh_status status = fh_xapian_facts(store->all, store->scratch, &facts, err);
    if (!wanted.facts) wanted.facts = &facts;
    return status == FH_OK ? make_whole(store, from, dead, wanted, whole, err) : status;
}

/* What a kill has left does not say what replaced what. */
static fh_status keep_last(const char *whole, fh_error *err) {
    fh_xapian *db;
    fh_status status = fh_xapian_open_writable(whole, &db, err);
    if (status != FH_OK) return status;
    status = fh_xapian_keep_last(db, err);
    fh_xapian_close(db);
    return status;
}

/* The facts are those of the last segment, which knows what the articles before were packed with. */
static fh_status take_in_left(fh_store *store, const parts *from, const fh_join *how, const char *whole,
                              fh_error *err) {
    static const fh_leaving_out nothing;
    fh_status status = make_whole(store, from, &nothing, *how, whole, err);
    return status == FH_OK ? keep_last(whole, err) : status;
}

fh_status fh_building_take_in(fh_store *store, const char *building, const fh_leaving_out *dead,
                              const fh_join *how, fh_error *err) {
    parts from = {0};
    fh_buf whole = {0};
    fh_arena_reset(store->scratch);
    fh_buf_printf(&whole, "%s/%s", building, WHOLE);
    fh_status status = list(building, &from, err);
    drop_unfinished(&from);
    bool any = from.count > 0;
    if (status == FH_OK && any)
        status = dead ? take_in(store, &from, dead, how, whole.ptr, err)
                      : take_in_left(store, &from, how, whole.ptr, err);
    if (status == FH_OK && any) status = put_in_place(store, &from, building, whole.ptr, err);
    free_parts(&from);
    fh_buf_free(&whole);
    return status;
}

fh_status fh_building_recover(fh_store *store, fh_error *err) {
    fh_buf building = {0};
    fh_status status = fh_building_path(store->shards[0].dir, &building, err);
    if (status == FH_OK && access(building.ptr, F_OK) == 0) {
        status = fh_building_take_in(store, building.ptr, NULL, &(fh_join){0}, err);
        if (status == FH_OK) status = fh_building_remove(building.ptr, err); /* where nothing was whole */
    }
    fh_buf_free(&building);
    return status;
}

fh_status fh_building_rewrite(fh_store *store, const fh_join *how, fh_error *err) {
    fh_join_part part;
    fh_join wanted = *how;
    fh_buf building = {0}, whole = {0};
    wanted.parts = &part;
    wanted.stemming = &store->writer->how.stemming;
    wanted.count = 0;
    fh_status status = fh_building_path(store->shards[0].dir, &building, err);
    if (status == FH_OK) status = fh_building_remove(building.ptr, err);
    if (status == FH_OK) status = fh_building_make(building.ptr, err);
    if (status == FH_OK) status = add_index(store, (fh_numbers){0}, &part, &wanted.count, err);
    fh_buf_printf(&whole, "%s/%s", building.ptr, WHOLE);
    if (status == FH_OK && wanted.count > 0) {
        status = write_join(&wanted, whole.ptr, err);
        if (status == FH_OK) status = put_in_place(store, &(parts){0}, building.ptr, whole.ptr, err);
    }
    if (status == FH_OK) status = fh_building_remove(building.ptr, err);
    fh_buf_free(&building);
    fh_buf_free(&whole);
    return status;
}
