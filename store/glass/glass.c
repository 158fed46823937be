/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database of Xapian's glass backend as a whole: its tables, and the file that says where their roots are.
 */
#include "store/glass/glass.h"
#include "base/file.h"
#include "base/memory.h"
#include "store/glass/block.h"
#include "store/glass/pack.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UUID = 16, FILE_MODE = 0666, DIRECTORY_MODE = 0777 };

/* The magic of the version file, and the date of the format: 2016-03-14. */
static const char MAGIC[] = "\x0f\x0dXapian Glass\x04\x6e";

static const struct {
    const char *file;
    bool always, deflates;
} TABLES[FH_GLASS_TABLES] = {
    [FH_GLASS_POSTLIST] = {"postlist.glass", true, false},
    [FH_GLASS_DOCDATA] = {"docdata.glass", false, true},
    [FH_GLASS_TERMLIST] = {"termlist.glass", false, true},
    [FH_GLASS_POSITION] = {"position.glass", false, false},
    [FH_GLASS_SPELLING] = {"spelling.glass", false, true},
    [FH_GLASS_SYNONYM] = {"synonym.glass", false, true},
};

struct fh_glass {
    fh_buf path;
    int dir, why; /* why: errno of a table that could not be made, or 0 */
    fh_glass_tree *trees[FH_GLASS_TABLES];
    fh_glass_deflater *deflaters[FH_GLASS_EFFORTS];
};

const char *fh_glass_file(fh_glass_table table) {
    return TABLES[table].file;
}

static fh_status fail(const char *path, int why, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the permissions there and the space on the disk",
                   "the index cannot be written: %s", strerror(why));
}

static void make_table(fh_glass *glass, fh_glass_table table) {
    int file = openat(glass->dir, TABLES[table].file, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, FILE_MODE);
    if (file < 0) {
        if (glass->why == 0) glass->why = errno;
        return;
    }
    glass->trees[table] = fh_glass_tree_new(file);
}

fh_status fh_glass_create(const char *dir, fh_glass **out, fh_error *err) {
    int opened = -1;
    if (mkdir(dir, DIRECTORY_MODE) == 0) opened = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return fail(dir, errno, err);
    fh_glass *glass = fh_alloc_zeroed(1, sizeof *glass);
    fh_buf_add(&glass->path, fh_str_from(dir));
    glass->dir = opened;
    for (fh_glass_table table = 0; table < FH_GLASS_TABLES; table++) {
        if (TABLES[table].always) make_table(glass, table);
    }
    *out = glass;
    return FH_OK;
}

void fh_glass_close(fh_glass *glass) {
    if (!glass) return;
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) fh_glass_tree_free(glass->trees[i]);
    for (size_t i = 0; i < FH_GLASS_EFFORTS; i++) fh_glass_deflater_free(glass->deflaters[i]);
    close(glass->dir);
    fh_buf_free(&glass->path);
    free(glass);
}

static void add(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag, bool deflated) {
    if (!glass->trees[table] && glass->why == 0) make_table(glass, table);
    if (glass->trees[table]) fh_glass_tree_add(glass->trees[table], key, tag, deflated);
}

void fh_glass_add(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag) {
    add(glass, table, key, tag, false);
}

void fh_glass_add_small(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag,
                        fh_glass_effort effort) {
    if (!glass->deflaters[effort]) glass->deflaters[effort] = fh_glass_deflater_new(effort);
    bool deflated = fh_glass_deflate(glass->deflaters[effort], &tag);
    add(glass, table, key, tag, deflated);
}

void fh_glass_add_deflated(fh_glass *glass, fh_glass_table table, fh_str key, fh_str tag) {
    add(glass, table, key, tag, true);
}

/* ---- The version file ---- */

static void add_uuid(fh_buf *out) {
    unsigned char bytes[UUID];
    while (getrandom(bytes, sizeof bytes, 0) < 0 && errno == EINTR) continue;
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | FH_GLASS_UUID_KIND);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80); /* RFC 9562, 4.1 */
    fh_buf_add(out, (fh_str){(const char *)bytes, sizeof bytes});
}

static void add_root(fh_buf *out, const fh_glass_root *root, bool deflates) {
    enum { IN_ORDER = 2, NO_ROOT = 1, SIZE_UNIT = 2048, CURSORS = 4 };
    bool there = root->blocks > 0;
    fh_glass_uint(out, root->block);
    fh_glass_uint(out, root->level << 2 | IN_ORDER | (there ? 0u : NO_ROOT));
    fh_glass_uint(out, root->entries);
    fh_glass_uint(out, FH_GLASS_BLOCK / SIZE_UNIT);
    fh_glass_uint(out, deflates ? FH_GLASS_DEFLATE_ABOVE : 0);
    fh_buf unused = {0};
    if (there) {
        fh_glass_uint(&unused, FH_GLASS_REVISION);
        fh_glass_uint(&unused, root->blocks);
        for (int i = 0; i < CURSORS; i++) fh_glass_uint(&unused, 0);
    }
    fh_glass_string(out, fh_buf_str(&unused));
    fh_buf_free(&unused);
}

static void add_stats(fh_buf *out, const fh_glass_stats *stats) {
    fh_glass_uint(out, stats->documents);
    fh_glass_uint(out, stats->last - stats->documents);
    fh_glass_uint(out, stats->shortest);
    fh_glass_uint(out, stats->highest_wdf);
    fh_glass_uint(out, stats->longest - stats->highest_wdf);
    fh_glass_uint(out, 0); /* the oldest changeset */
    fh_glass_uint(out, stats->length);
    fh_glass_uint(out, 0); /* spellings */
}

static bool write_through(int dir, const char *name, fh_str bytes) {
    int file = openat(dir, name, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, FILE_MODE);
    if (file < 0) return false;
    bool done = fh_file_write(file, bytes) && fsync(file) == 0;
    return close(file) == 0 && done;
}

static bool write_version(const fh_glass *glass, const fh_glass_root *roots, const fh_glass_stats *stats) {
    fh_buf text = {0};
    fh_buf_add(&text, FH_STR(MAGIC));
    add_uuid(&text);
    fh_glass_uint(&text, FH_GLASS_REVISION);
    for (fh_glass_table table = 0; table < FH_GLASS_TABLES; table++)
        add_root(&text, &roots[table], TABLES[table].deflates);
    add_stats(&text, stats);
    bool done = write_through(glass->dir, "v.tmp", fh_buf_str(&text)) &&
                renameat(glass->dir, "v.tmp", glass->dir, FH_GLASS_MAIN_FILE) == 0 && fsync(glass->dir) == 0;
    fh_buf_free(&text);
    return done;
}

fh_status fh_glass_finish(fh_glass *glass, const fh_glass_stats *stats, fh_error *err) {
    fh_glass_root roots[FH_GLASS_TABLES] = {0};
    for (fh_glass_table table = 0; table < FH_GLASS_TABLES; table++) {
        if (!glass->trees[table] || glass->why != 0) continue;
        if (!fh_glass_tree_finish(glass->trees[table], &roots[table])) glass->why = errno;
    }
    if (glass->why == 0 && !write_version(glass, roots, stats)) glass->why = errno;
    return glass->why == 0 ? FH_OK : fail(glass->path.ptr, glass->why, err);
}
