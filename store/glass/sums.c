/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks against their sums. */
#include "store/glass/sums.h"
#include "base/memory.h"
#include "store/glass/block.h"
#include "store/glass/crc.h"
#include "store/glass/reach.h"
#include "store/glass/stamp.h"
#include "store/glass/sums_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK = FH_GLASS_BLOCK,
    REVISION_BYTES = 4,
    AHEAD = 16,   /* revisions beyond the newest commit that a writer may be at, who failed and began again */
    LOOKS = 4,    /* at a block that is not right: somebody may be writing it; */
    FEW = 8,      /* but hardly more than so many of them */
    AT_ONCE = 32, /* blocks that are read by one call, and fit the processor's cache */
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

static bool is_of(const fh_sums *sums, const fh_glass_version *version) {
    return memcmp(sums->version.uuid, version->uuid, sizeof version->uuid) == 0 &&
           sums->revision == version->revision && sums->version.sum == version->sum;
}

static fh_status renew(const char *dir, const fh_sums *old, fh_sums *made, fh_error *err) {
    fh_status status = FH_OK;
    for (fh_glass_table i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++)
        status = sum_table(dir, i, old, made, err);
    return status == FH_OK ? fh_sums_write(dir, made, err) : status;
}

fh_status fh_sums_renew(const char *dir, fh_error *err) {
    fh_sums old = {0}, made = {0};
    bool there;
    fh_status status = fh_sums_read(dir, &there, &old, err);
    if (status == FH_OK) status = fh_glass_version_read(dir, &made.version, err);
    made.revision = made.version.revision;
    if (status == FH_OK && !(there && is_of(&old, &made.version)))
        status = renew(dir, there ? &old : NULL, &made, err);
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
    if ((same && now.revision > sums->revision) || is_of(sums, &now)) return FH_OK;
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
    fh_sums sums;
    bool in_use; /* blocks that the newest commit does not use may be as they are */
    fh_glass_version now;
    fh_damage_visitor *visit;
    void *context;
} verifying;

static bool is_right(const verifying *v, fh_glass_table of, uint32_t number, const unsigned char *block) {
    uint32_t revision = fh_block_revision(block);
    if (revision > v->sums.revision) return revision <= v->now.revision + AHEAD;
    return sum_of(block) == v->sums.sums[of][number];
}

/* FH_END: the block is not what was written, whenever it is looked at. */
static fh_status look_again(const verifying *v, const table *t, fh_glass_table of, uint32_t number, int looks,
                            fh_error *err) {
    static const struct timespec moment = {0, 10000000};
    unsigned char block[BLOCK];
    for (; looks > 0; looks--) {
        nanosleep(&moment, NULL);
        fh_status status = read_at(t, number, BLOCK, block, err);
        if (status != FH_OK || is_right(v, of, number, block)) return status;
    }
    return FH_END;
}

/* Blocks of a table that are not what was written. */
typedef struct wrongs {
    bool *is; /* of each block */
    uint32_t blocks, count, first;
    bool used; /* by the newest commit, be it one of them */
} wrongs;

static bool note_used(void *context, uint32_t block) {
    wrongs *wrong = context;
    bool is = block < wrong->blocks && wrong->is[block];
    wrong->used |= is;
    return !is;
}

static fh_status hold_block(const verifying *v, const table *t, fh_glass_table of, uint32_t number,
                            const unsigned char *block, wrongs *out, fh_error *err) {
    if (is_right(v, of, number, block)) return FH_OK;
    fh_status status = look_again(v, t, of, number, out->count < FEW ? LOOKS : 0, err);
    if (status != FH_END) return status;
    out->is[number] = true;
    if (out->count++ == 0) out->first = number;
    return FH_OK;
}

static fh_status find_wrong(const verifying *v, const table *t, fh_glass_table of, wrongs *out,
                            fh_error *err) {
    unsigned char *blocks = fh_alloc_pages((size_t)AT_ONCE * BLOCK);
    fh_status status = FH_OK;
    for (uint32_t from = 0, count; status == FH_OK && from < out->blocks; from += count) {
        count = out->blocks - from < AT_ONCE ? out->blocks - from : AT_ONCE;
        status = read_at(t, from, (size_t)count * BLOCK, blocks, err);
        for (uint32_t i = 0; status == FH_OK && i < count; i++)
            status = hold_block(v, t, of, from + i, blocks + (size_t)i * BLOCK, out, err);
    }
    free(blocks);
    return status;
}

static fh_status hold_blocks(const verifying *v, const table *t, fh_glass_table of, fh_error *err) {
    fh_error damage;
    wrongs wrong = {.blocks = v->sums.blocks[of]};
    wrong.is = fh_alloc_zeroed(wrong.blocks, sizeof *wrong.is);
    fh_status status = find_wrong(v, t, of, &wrong, err);
    if (wrong.count > 0 && v->in_use) fh_reach(t->file, &v->now.tables[of], note_used, &wrong);
    bool damaged = v->in_use ? wrong.used : wrong.count > 0;
    free(wrong.is);
    if (status != FH_OK || !damaged) return status;
    fh_fail(
        &damage, FH_ERR_CORRUPT, t->path.ptr, ANEW,
        "the index is damaged: %u of %u blocks of this file are not what was written, the first at byte %llu",
        wrong.count, wrong.blocks, (unsigned long long)wrong.first * BLOCK);
    v->visit(v->context, &damage);
    return FH_OK;
}

static fh_status hold_table(const verifying *v, fh_glass_table of, fh_error *err) {
    table t = {.file = -1};
    fh_status status = hold_size(v->dir, &v->sums, of, err);
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
    fh_status status = hold_version(v->dir, &v->sums, err);
    if (status == FH_ERR_CORRUPT) v->visit(v->context, err);
    if (status != FH_OK) return status == FH_ERR_CORRUPT ? FH_OK : status;
    status = fh_glass_version_read(v->dir, &v->now, err);
    for (fh_glass_table i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++) status = hold_table(v, i, err);
    return status;
}

static fh_status verify(verifying *v, fh_error *err) {
    bool there;
    fh_status status = fh_sums_read(v->dir, &there, &v->sums, err);
    if (status == FH_ERR_CORRUPT) {
        v->visit(v->context, err);
        status = FH_OK;
    } else if (status == FH_OK && there) {
        status = hold_all(v, err);
    }
    fh_sums_free(&v->sums);
    return status;
}

fh_status fh_sums_verify(const char *dir, fh_damage_visitor *visit, void *context, fh_error *err) {
    return verify(&(verifying){.dir = dir, .visit = visit, .context = context}, err);
}

static void keep_first(void *context, const fh_error *damage) {
    fh_error *first = context;
    if (first->status == FH_OK) *first = *damage;
}

/* Another index may come to this place between two tables: then it is that one which is asked for. */
fh_status fh_sums_demand(const char *dir, fh_error *err) {
    for (int left = LOOKS;; left--) {
        fh_error first = {0};
        fh_stamp stamp = fh_stamp_take(dir);
        verifying v = {.dir = dir, .in_use = true, .visit = keep_first, .context = &first};
        fh_status status = verify(&v, err);
        if (status == FH_OK && first.status == FH_OK) return FH_OK;
        if (left > 0 && !fh_stamp_holds(&stamp, dir)) continue;
        if (status == FH_OK) *err = first;
        return status == FH_OK ? first.status : status;
    }
}
