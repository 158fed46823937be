/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks against their sums. */
#include "store/sums.h"
#include "base/memory.h"
#include "store/crc.h"
#include "store/glass_block.h"
#include "store/place.h"
#include "store/sums_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK = FH_GLASS_BLOCK,
    REVISION_BYTES = 4,
    AHEAD = 16, /* revisions beyond the newest commit that a writer may be at, who failed and began again */
    LOOKS = 4,  /* at a block that is not right: somebody may be writing it; */
    FEW = 8,    /* but hardly more than so many of them */
};

static const char ANEW[] = "build it anew from its source, or put back a copy of it";

static void path_of(const char *dir, const char *name, fh_buf *out) {
    fh_buf_clear(out);
    fh_buf_printf(out, "%s/%s", dir, name);
}

static uint32_t sum_of(const unsigned char *block) {
    return fh_crc((fh_str){(const char *)block, BLOCK});
}

/* ---- One table's file ---- */

typedef struct table {
    fh_buf path;
    int file; /* -1: there is none */
    uint32_t blocks;
} table;

static fh_status fail_io(const char *path, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the disk and the permissions there", "it cannot be read: %s",
                   strerror(errno));
}

static fh_status open_table(const char *dir, fh_glass_table number, table *out, fh_error *err) {
    struct stat facts = {0};
    path_of(dir, fh_glass_file(number), &out->path);
    out->file = open(out->path.ptr, O_RDONLY | O_CLOEXEC);
    if (out->file < 0 && errno != ENOENT) return fail_io(out->path.ptr, err);
    if (out->file >= 0 && fstat(out->file, &facts) != 0) return fail_io(out->path.ptr, err);
    out->blocks = (uint32_t)(facts.st_size / BLOCK);
    return FH_OK;
}

static void close_table(table *t) {
    if (t->file >= 0) close(t->file);
    fh_buf_free(&t->path);
}

static fh_status read_at(const table *t, uint32_t block, size_t bytes, unsigned char *to, fh_error *err) {
    size_t done = 0;
    while (done < bytes) {
        ssize_t got = pread(t->file, to + done, bytes - done, (off_t)block * BLOCK + (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_io(t->path.ptr, err);
        if (got == 0) return fh_fail(err, FH_ERR_CORRUPT, t->path.ptr, ANEW, "the file is cut off");
        done += (size_t)got;
    }
    return FH_OK;
}

/* ---- Renewing ---- */

/* A block that `old` covers keeps the sum it had: if it was damaged since, that is to be seen. */
static fh_status sum_block(const table *t, uint32_t number, const fh_sums *old, fh_glass_table of,
                           uint32_t *out, fh_error *err) {
    unsigned char block[BLOCK];
    bool known = old && number < old->blocks[of];
    fh_status status = known ? read_at(t, number, REVISION_BYTES, block, err) : FH_OK;
    if (status == FH_OK && known && fh_block_revision(block) <= old->revision) {
        *out = old->sums[of][number];
        return FH_OK;
    }
    if (status == FH_OK) status = read_at(t, number, BLOCK, block, err);
    if (status == FH_OK) *out = sum_of(block);
    return status;
}

static fh_status sum_table(const char *dir, fh_glass_table of, const fh_sums *old, fh_sums *out,
                           fh_error *err) {
    table t = {.file = -1};
    fh_status status = open_table(dir, of, &t, err);
    if (status == FH_OK) {
        out->blocks[of] = t.blocks;
        out->sums[of] = fh_alloc_zeroed(t.blocks, sizeof *out->sums[of]);
    }
    for (uint32_t i = 0; status == FH_OK && i < t.blocks; i++)
        status = sum_block(&t, i, old, of, &out->sums[of][i], err);
    close_table(&t);
    return status;
}

fh_status fh_sums_renew(const char *dir, fh_error *err) {
    fh_sums old = {0}, made = {0};
    bool there;
    fh_status status = fh_sums_read(dir, &there, &old, err);
    if (status == FH_OK) status = fh_glass_version_read(dir, &made.version, err);
    made.revision = made.version.revision;
    for (fh_glass_table i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++)
        status = sum_table(dir, i, there ? &old : NULL, &made, err);
    if (status == FH_OK) status = fh_sums_write(dir, &made, err);
    fh_sums_free(&old);
    fh_sums_free(&made);
    return status;
}

/* ---- The main file ---- */

static fh_status hold_version(const char *dir, const fh_sums *sums, fh_error *err) {
    fh_glass_version now;
    fh_status status = fh_glass_version_read(dir, &now, err);
    if (status != FH_OK) return status;
    bool same = memcmp(now.uuid, sums->version.uuid, sizeof now.uuid) == 0;
    if (same && now.revision == sums->revision) same = now.sum == sums->version.sum;
    if (same && now.revision >= sums->revision) return FH_OK;
    return fh_fail(err, FH_ERR_CORRUPT, dir, ANEW, "the index is damaged: its main file and %s do not agree",
                   FH_SUMS_FILE);
}

static fh_status hold_size(const char *dir, const fh_sums *sums, fh_glass_table of, fh_error *err) {
    struct stat facts = {0};
    fh_buf path = {0};
    path_of(dir, fh_glass_file(of), &path);
    bool there = stat(path.ptr, &facts) == 0;
    fh_status status = FH_OK;
    if (!there && errno != ENOENT) status = fail_io(path.ptr, err);
    if (status == FH_OK && facts.st_size / BLOCK < sums->blocks[of])
        status = fh_fail(err, FH_ERR_CORRUPT, path.ptr, ANEW, "the index is damaged: this file is %s",
                         there ? "cut off" : "gone");
    fh_buf_free(&path);
    return status;
}

fh_status fh_sums_glance(const char *dir, fh_error *err) {
    fh_sums head = {0};
    bool there;
    fh_status status = fh_sums_read_head(dir, &there, &head, err);
    if (status != FH_OK || !there) return status;
    status = hold_version(dir, &head, err);
    for (fh_glass_table i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++)
        status = hold_size(dir, &head, i, err);
    return status;
}

/* ---- Verifying ---- */

typedef struct verifying {
    const char *dir;
    const fh_sums *sums;
    uint64_t newest; /* revision */
    fh_damage_visitor *visit;
    void *context;
} verifying;

/* FH_END: the block is not what was written, whenever it is looked at. */
static fh_status hold_block(const verifying *v, const table *t, fh_glass_table of, uint32_t number, int looks,
                            fh_error *err) {
    static const struct timespec moment = {0, 10000000};
    unsigned char block[BLOCK];
    for (int left = looks;; left--) {
        fh_status status = read_at(t, number, BLOCK, block, err);
        if (status != FH_OK) return status;
        uint32_t revision = fh_block_revision(block);
        if (revision > v->sums->revision && revision <= v->newest + AHEAD) return FH_OK;
        if (revision <= v->sums->revision && sum_of(block) == v->sums->sums[of][number]) return FH_OK;
        if (left == 0) return FH_END;
        nanosleep(&moment, NULL);
    }
}

static fh_status hold_blocks(const verifying *v, const table *t, fh_glass_table of, fh_error *err) {
    uint32_t wrong = 0, first = 0, count = v->sums->blocks[of];
    for (uint32_t i = 0; i < count; i++) {
        fh_status status = hold_block(v, t, of, i, wrong < FEW ? LOOKS : 0, err);
        if (status == FH_END && wrong++ == 0) first = i;
        if (status != FH_OK && status != FH_END) return status;
    }
    if (wrong == 0) return FH_OK;
    fh_error damage;
    fh_fail(
        &damage, FH_ERR_CORRUPT, t->path.ptr, ANEW,
        "the index is damaged: %u of %u blocks of this file are not what was written, the first at byte %llu",
        wrong, count, (unsigned long long)first * BLOCK);
    v->visit(v->context, &damage);
    return FH_OK;
}

static fh_status hold_table(const verifying *v, fh_glass_table of, fh_error *err) {
    table t = {.file = -1};
    fh_status status = hold_size(v->dir, v->sums, of, err);
    if (status == FH_ERR_CORRUPT) {
        v->visit(v->context, err);
        return FH_OK;
    }
    if (status == FH_OK) status = open_table(v->dir, of, &t, err);
    if (status == FH_OK) status = hold_blocks(v, &t, of, err);
    close_table(&t);
    return status;
}

static fh_status hold_all(verifying *v, fh_error *err) {
    fh_glass_version now;
    fh_status status = hold_version(v->dir, v->sums, err);
    if (status == FH_ERR_CORRUPT) v->visit(v->context, err);
    if (status != FH_OK) return status == FH_ERR_CORRUPT ? FH_OK : status;
    status = fh_glass_version_read(v->dir, &now, err);
    v->newest = now.revision;
    for (fh_glass_table i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++) status = hold_table(v, i, err);
    return status;
}

fh_status fh_sums_verify(const char *dir, fh_damage_visitor *visit, void *context, fh_error *err) {
    fh_sums sums = {0};
    bool there;
    verifying v = {.dir = dir, .sums = &sums, .visit = visit, .context = context};
    fh_status status = fh_sums_read(dir, &there, &sums, err);
    if (status == FH_ERR_CORRUPT) {
        visit(context, err);
        status = FH_OK;
    } else if (status == FH_OK && there) {
        status = hold_all(&v, err);
    }
    fh_sums_free(&sums);
    return status;
}

static void keep_first(void *context, const fh_error *damage) {
    fh_error *first = context;
    if (first->status == FH_OK) *first = *damage;
}

/* Another index may come to this place between two tables: then it is that one which is asked for. */
fh_status fh_sums_demand(const char *dir, fh_error *err) {
    for (int left = LOOKS;; left--) {
        fh_error first = {0};
        fh_place_stamp stamp = fh_place_take_stamp(dir);
        fh_status status = fh_sums_verify(dir, keep_first, &first, err);
        if (status == FH_OK && first.status == FH_OK) return FH_OK;
        if (left > 0 && !fh_place_has_stamp(dir, &stamp)) continue;
        if (status == FH_OK) *err = first;
        return status == FH_OK ? first.status : status;
    }
}
