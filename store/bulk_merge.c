/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments on disk: putting them together, and making them the index.
 *
 * The index's lock is held all the while.  A segment is whole when its version file is there; what else
 * stands in the directory is what a kill left, and can go. */
#include "base/memory.h"
#include "store/bulk.h"
#include "store/bulk_join.h"
#include "store/opening.h"
#include "store/place.h"
#include "store/succession.h"
#include "store/sums.h"
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

static const char JOINED[] = "joined",
                  WHOLE[] = "whole"; /* behind all numbers; what is unfinished there goes */

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
    fh_buf_printf(&version, "%s/iamglass", path);
    fh_str name = fh_str_from(path);
    bool there = access(version.ptr, F_OK) == 0 && !fh_str_ends(name, fh_str_from(WHOLE)) &&
                 !fh_str_ends(name, fh_str_from(JOINED));
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

/* The version file goes first: what a kill leaves of a segment is none. */
static fh_status drop(const char *path, fh_error *err) {
    fh_buf version = {0};
    fh_buf_printf(&version, "%s/iamglass", path);
    unlink(version.ptr);
    fh_buf_free(&version);
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

/* Segments at `paths` become one. */
static fh_status join(char *const *paths, size_t count, const char *to, fh_error *err) {
    fh_status status = fh_place_remove(to, err);
    return status == FH_OK ? fh_segments_join(paths, count, to, err) : status;
}

/* The index and one segment behind it. */
static fh_status merge(fh_xapian *index, const char *segment, const char *to, fh_error *err) {
    fh_xapian *both[2] = {index, NULL};
    fh_status status = fh_place_remove(to, err);
    if (status == FH_OK) status = fh_open_whole(segment, &both[1], err);
    if (status == FH_OK) status = fh_xapian_merge(both, 2, to, err);
    fh_xapian_close(both[1]);
    return status;
}

static fh_status fold(const char *building, uint32_t first, uint32_t step, unsigned folds, fh_error *err) {
    fh_buf paths[FOLD] = {{0}}, to = {0}, target = {0};
    char *from[FOLD];
    for (uint32_t i = 0; i < FOLD; i++) {
        fh_building_part(building, first + i * step, folds, &paths[i]);
        from[i] = paths[i].ptr;
    }
    fh_buf_printf(&to, "%s/%s", building, WHOLE);
    fh_building_part(building, first, folds + 1, &target);
    fh_status status = join(from, FOLD, to.ptr, err);
    if (status == FH_OK && rename(to.ptr, target.ptr) != 0) status = io_error(target.ptr, err);
    /* From the first on: what a kill leaves are the last ones, which are right to come again. */
    for (size_t i = 0; i < FOLD; i++) {
        if (status == FH_OK) status = drop(from[i], err);
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

static fh_status purge(const char *whole, fh_str gone, fh_error *err) {
    fh_xapian *db;
    fh_status status = fh_xapian_open_writable(whole, &db, err);
    if (status != FH_OK) return status;
    for (size_t at = 0; status == FH_OK && at < gone.len;) {
        fh_str id = fh_str_from(gone.ptr + at);
        bool found;
        status = fh_xapian_delete(db, id, &found, err);
        at += id.len + 1;
    }
    if (status == FH_OK) status = fh_xapian_keep_last(db, err);
    fh_xapian_close(db);
    return status;
}

static fh_status reopen(fh_store *store, fh_error *err) {
    fh_shard *shard = &store->shards[0];
    fh_xapian_close(shard->db);
    shard->db = store->all = NULL;
    fh_status status = fh_xapian_open_writable(shard->dir, &shard->db, err);
    store->all = shard->db;
    return status;
}

/* Segments become one, and that one is the index where there was none. */
static fh_status make_whole(fh_store *store, const parts *from, const char *building, fh_buf *whole,
                            fh_error *err) {
    fh_store_stats stats;
    fh_buf joined = {0};
    fh_buf_add(&joined, fh_str_from(from->paths[0]));
    fh_status status = fh_xapian_statistics(store->all, &stats, err);
    if (status == FH_OK && from->count > 1) {
        fh_buf_clear(&joined);
        fh_buf_printf(&joined, "%s/%s", building, JOINED);
        status = join(from->paths, from->count, joined.ptr, err);
    }
    if (status == FH_OK && stats.articles > 0) {
        status = fh_sums_demand(store->shards[0].dir, err);
    }
    if (status == FH_OK && stats.articles > 0) {
        fh_buf_printf(whole, "%s/%s", building, WHOLE);
        status = merge(store->all, joined.ptr, whole->ptr, err);
    } else {
        fh_buf_add(whole, fh_buf_str(&joined));
    }
    fh_buf_free(&joined);
    return status;
}

/* The segments are in the new index, whose purging knew more than they do: a kill after the exchange must not
 * leave them to be taken in once more. */
static void retire(const parts *segments, const char *whole) {
    fh_buf version = {0};
    for (size_t i = 0; i < segments->count; i++) {
        if (strcmp(segments->paths[i], whole) == 0) continue;
        fh_buf_clear(&version);
        fh_buf_printf(&version, "%s/iamglass", segments->paths[i]);
        unlink(version.ptr);
    }
    fh_buf_free(&version);
}

static fh_status put_in_place(fh_store *store, const parts *segments, const char *building, const char *whole,
                              fh_error *err) {
    char *dir = realpath(store->shards[0].dir, NULL);
    if (!dir) return io_error(store->shards[0].dir, err);
    fh_xapian *lock;
    fh_error ignored; /* what stays is removed the next time */
    fh_status status = fh_place_sync(whole, err);
    if (status == FH_OK) {
        retire(segments, whole);
        status = fh_succeed(whole, dir, &lock, err);
    }
    free(dir);
    if (status != FH_OK) return status;
    fh_building_remove(building, &ignored);
    fh_xapian_close(lock);
    return reopen(store, err);
}

fh_status fh_building_take_in(fh_store *store, const char *building, bool purged, fh_str gone,
                              fh_error *err) {
    parts from = {0};
    fh_buf whole = {0};
    fh_status status = list(building, &from, err);
    drop_unfinished(&from);
    bool any = from.count > 0;
    if (status == FH_OK && any) status = make_whole(store, &from, building, &whole, err);
    if (status == FH_OK && any && purged) status = purge(whole.ptr, gone, err);
    if (status == FH_OK && any) status = put_in_place(store, &from, building, whole.ptr, err);
    free_parts(&from);
    fh_buf_free(&whole);
    return status;
}

fh_status fh_building_recover(fh_store *store, fh_error *err) {
    fh_buf building = {0};
    fh_status status = fh_building_path(store->shards[0].dir, &building, err);
    if (status == FH_OK && access(building.ptr, F_OK) == 0) {
        status = fh_building_take_in(store, building.ptr, true, FH_STR(""), err);
        if (status == FH_OK) status = fh_building_remove(building.ptr, err); /* where nothing was whole */
    }
    fh_buf_free(&building);
    return status;
}
