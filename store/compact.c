/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compaction: a small copy beside the index, then the two change places.
 *
 * The index's lock is held all the while, so nobody writes to what is about to be put away, and a sibling
 * that is already there is what an interrupted compaction left: half a copy, or the old index after the
 * exchange.  Either can go. */
#include "store/bulk/join.h"
#include "store/glass/sums.h"
#include "store/glass/version.h"
#include "store/handle.h"
#include "store/place.h"
#include "store/succession.h"
#include <errno.h>
#include <stdlib.h>

static fh_status must_be_ours(fh_xapian *db, const char *dir, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_str schema = FH_STR("");
    fh_status status = fh_xapian_get_meta(db, FH_META_SCHEMA, arena, &schema, err);
    fh_arena_free(arena);
    return status == FH_OK && schema.len == 0 ? fh_shard_foreign(dir, err) : status;
}

/* It was written from its first block to its last, as it would be again, and nothing came since. */
static fh_status is_small(const char *dir, bool *out, fh_error *err) {
    fh_glass_version version;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status == FH_OK) *out = fh_glass_is_untouched(&version);
    return status;
}

static fh_status rewrite(fh_xapian *db, const char *dir, const char *sibling, const fh_stemming *stemming,
                         fh_error *err) {
    fh_facts facts;
    fh_arena *arena = fh_arena_new();
    fh_join_part part = {.path = dir};
    fh_join how = {.parts = &part, .count = 1, .facts = &facts, .stemming = stemming};
    fh_xapian *lock;
    fh_status status = fh_xapian_dead(db, arena, &part.dead, err);
    if (status == FH_OK) status = fh_xapian_facts(db, arena, &facts, err);
    if (status == FH_OK) status = fh_join_write(&how, sibling, err);
    fh_arena_free(arena);
    if (status == FH_OK) status = fh_succeed(sibling, dir, &lock, err);
    if (status != FH_OK) {
        fh_error ignored;
        fh_place_remove(sibling, &ignored); /* the first error is the one to tell */
        return status;
    }
    status = fh_place_remove(sibling, err);
    fh_xapian_close(lock);
    return status;
}

fh_status fh_store_compact(const char *dir, const fh_stemming *stemming, fh_error *err) {
    fh_place place;
    fh_xapian *db;
    fh_status status = fh_place_look(dir, &place, err);
    if (status != FH_OK) return status;
    if (place == FH_PLACE_FREE) return fh_place_missing(dir, err);
    char *path = realpath(dir, NULL); /* a symbolic link stays one */
    if (!path) {
        const char *why = strerror(errno);
        return fh_fail(err, FH_ERR_IO, dir, "check the path", "the index cannot be reached: %s", why);
    }
    fh_buf sibling = {0};
    fh_buf_printf(&sibling, "%s.compacting", path);
    status = fh_xapian_open_writable(dir, &db, err);
    if (status == FH_OK) {
        bool small = false;
        status = must_be_ours(db, dir, err);
        if (status == FH_OK) status = fh_sums_demand(path, err);
        if (status == FH_OK) status = fh_place_remove(sibling.ptr, err);
        if (status == FH_OK) status = is_small(path, &small, err);
        if (status == FH_OK && !small) status = rewrite(db, path, sibling.ptr, stemming, err);
        fh_xapian_close(db);
    }
    fh_buf_free(&sibling);
    free(path);
    return status;
}
