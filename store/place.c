/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories of indexes, as the file system sees them. */
#include "store/place.h"
#include "base/buf.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of a glass database: its main file, the tables and the lock. */
static const char MAIN_FILE[] = "iamglass";
static const char LOCK_FILE[] = "flintlock";
static const char TABLE_END[] = ".glass";

/* Where an index stands for a moment while it changes places step by step. */
#define ASIDE ".aside"

typedef struct contents {
    size_t locks, tables, mains, others;
} contents;

static fh_status io_error(const char *path, const char *what, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the path and the permissions there", "%s: %s", what,
                   strerror(errno));
}

static void count_file(const char *name, contents *out) {
    fh_str file = fh_str_from(name);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return;
    if (fh_str_equal(file, fh_str_from(MAIN_FILE))) {
        out->mains++;
    } else if (fh_str_equal(file, fh_str_from(LOCK_FILE))) {
        out->locks++;
    } else if (fh_str_ends(file, fh_str_from(TABLE_END))) {
        out->tables++;
    } else {
        out->others++;
    }
}

static fh_status list(const char *dir, contents *out, fh_error *err) {
    DIR *open = opendir(dir);
    if (!open) return io_error(dir, "the directory cannot be read", err);
    contents found = {0};
    for (struct dirent *entry; (entry = readdir(open));) count_file(entry->d_name, &found);
    closedir(open);
    *out = found;
    return FH_OK;
}

fh_status fh_place_look(const char *dir, fh_place *out, fh_error *err) {
    struct stat facts;
    if (stat(dir, &facts) != 0) {
        if (errno != ENOENT) return io_error(dir, "the index cannot be reached", err);
        *out = FH_PLACE_FREE;
        return FH_OK;
    }
    if (!S_ISDIR(facts.st_mode)) {
        return fh_fail(err, FH_ERR_VERSION, NULL, "name the index's directory",
                       "%s is a file, and an index is a directory", dir);
    }
    contents found = {0};
    fh_status status = list(dir, &found, err);
    if (status != FH_OK) return status;
    if (found.mains == 0 && found.tables > 0) {
        return fh_fail(err, FH_ERR_CORRUPT, NULL, "remove it and build it anew from its source",
                       "the index at %s has lost its file %s", dir, MAIN_FILE);
    }
    if (found.mains == 0 && found.others > 0) {
        return fh_fail(err, FH_ERR_VERSION, NULL,
                       "name an index, or a directory that is empty or not there yet",
                       "%s is a directory with other files, not an index", dir);
    }
    *out = found.mains > 0 ? FH_PLACE_INDEX : FH_PLACE_FREE;
    return FH_OK;
}

fh_status fh_place_measure(const char *dir, uint64_t *out, fh_error *err) {
    DIR *open = opendir(dir);
    if (!open) return io_error(dir, "the directory cannot be read", err);
    uint64_t bytes = 0;
    for (struct dirent *entry; (entry = readdir(open));) {
        struct stat facts;
        if (fstatat(dirfd(open), entry->d_name, &facts, 0) == 0 && S_ISREG(facts.st_mode))
            bytes += (uint64_t)facts.st_size;
    }
    closedir(open);
    *out = bytes;
    return FH_OK;
}

/* Every commit writes the main file anew and renames it over the old one. */
fh_place_stamp fh_place_take_stamp(const char *dir) {
    fh_place_stamp stamp = {0};
    struct stat facts;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/%s", dir, MAIN_FILE);
    if (stat(path.ptr, &facts) == 0) stamp = (fh_place_stamp){facts.st_dev, facts.st_ino, facts.st_mtim};
    fh_buf_free(&path);
    return stamp;
}

bool fh_place_has_stamp(const char *dir, const fh_place_stamp *stamp) {
    fh_place_stamp now = fh_place_take_stamp(dir);
    return now.device == stamp->device && now.file == stamp->file &&
           now.written.tv_sec == stamp->written.tv_sec && now.written.tv_nsec == stamp->written.tv_nsec;
}

fh_status fh_place_missing(const char *dir, fh_error *err) {
    fh_buf aside = {0}, hint = {0};
    fh_buf_printf(&aside, "%s" ASIDE, dir);
    if (access(aside.ptr, F_OK) == 0) {
        fh_buf_printf(&hint, "a compaction was interrupted: mv %s %s", aside.ptr, dir);
    } else {
        fh_buf_printf(&hint, "make one: fihris-index --db %s SOURCE", dir);
    }
    fh_fail(err, FH_ERR_NOT_FOUND, NULL, hint.ptr, "there is no index at %s", dir);
    fh_buf_free(&aside);
    fh_buf_free(&hint);
    return FH_ERR_NOT_FOUND;
}

static fh_status empty_out(DIR *open, const char *dir, fh_error *err) {
    for (struct dirent *entry; (entry = readdir(open));) {
        contents kind = {0};
        count_file(entry->d_name, &kind);
        if (kind.locks + kind.tables + kind.mains == 0) continue;
        if (unlinkat(dirfd(open), entry->d_name, 0) != 0) {
            return io_error(dir, "an old index cannot be removed", err);
        }
    }
    return FH_OK;
}

fh_status fh_place_remove(const char *dir, fh_error *err) {
    DIR *open = opendir(dir);
    if (!open) return errno == ENOENT ? FH_OK : io_error(dir, "an old index cannot be removed", err);
    fh_status status = empty_out(open, dir, err);
    closedir(open);
    if (status == FH_OK && rmdir(dir) != 0) status = io_error(dir, "an old index cannot be removed", err);
    return status;
}

static fh_status exchange_in_steps(const char *a, const char *b, fh_error *err) {
    fh_buf aside = {0};
    fh_buf_printf(&aside, "%s" ASIDE, b);
    bool done = rename(b, aside.ptr) == 0;
    if (done && rename(a, b) != 0) {
        int why = errno;
        rename(aside.ptr, b);
        errno = why;
        done = false;
    }
    if (done && rename(aside.ptr, a) != 0) done = false;
    fh_status status = done ? FH_OK : io_error(b, "the index cannot be moved", err);
    fh_buf_free(&aside);
    return status;
}

fh_status fh_place_exchange(const char *a, const char *b, fh_error *err) {
    if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0) return FH_OK;
    if (errno == EINVAL || errno == ENOSYS) return exchange_in_steps(a, b, err);
    return io_error(b, "the index cannot be moved", err);
}
