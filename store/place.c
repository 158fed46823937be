/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories of indexes, as the file system sees them. */
#include "store/place.h"
#include "base/buf.h"
#include "store/glass/glass.h"
#include "store/glass/sums.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files of a glass database: its main file, the tables and the lock. */
static const char LOCK_FILE[] = "flintlock";
static const char TABLE_END[] = ".glass";
/* The next main file, until it is renamed: what a kill leaves of a commit. */
static const char NEXT_FILE[] = "v.tmp";

/* Where an index stands for a moment while it changes places step by step. */
#define ASIDE ".aside"

enum { FILE_MODE = 0666, DIRECTORY_MODE = 0755 };

typedef struct contents {
    size_t locks, tables, mains, beginnings, others;
} contents;

static fh_status io_error(const char *path, const char *what, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the path and the permissions there", "%s: %s", what,
                   strerror(errno));
}

/* Xapian makes the tables before it writes to them: what is empty is a beginning, and holds nothing yet. */
static bool is_empty(int dir, const char *name) {
    struct stat facts;
    return fstatat(dir, name, &facts, 0) == 0 && facts.st_size == 0;
}

static void count_file(int dir, const char *name, contents *out) {
    fh_str file = fh_str_from(name);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return;
    if (fh_str_equal(file, FH_STR(FH_GLASS_MAIN_FILE))) {
        out->mains++;
    } else if (fh_str_equal(file, fh_str_from(LOCK_FILE))) {
        out->locks++;
    } else if (fh_str_equal(file, fh_str_from(NEXT_FILE)) || fh_str_equal(file, FH_STR(FH_SUMS_FILE)) ||
               fh_str_equal(file, FH_STR(FH_SUMS_NEXT))) {
        out->beginnings++;
    } else if (fh_str_ends(file, fh_str_from(TABLE_END))) {
        *(is_empty(dir, name) ? &out->beginnings : &out->tables) += 1;
    } else {
        out->others++;
    }
}

static bool is_still_at(DIR *open, const char *dir) {
    struct stat opened, named;
    return fstat(dirfd(open), &opened) == 0 && stat(dir, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

/* Another index may come to this place meanwhile, and the files of the old one go then. */
static fh_status list(const char *dir, contents *out, fh_error *err) {
    const int TURNS = 16;
    contents found = {0};
    bool steady = false;
    for (int left = TURNS; !steady && left > 0; left--) {
        DIR *open = opendir(dir);
        if (!open) return io_error(dir, "the directory cannot be read", err);
        found = (contents){0};
        for (struct dirent *entry; (entry = readdir(open));) count_file(dirfd(open), entry->d_name, &found);
        steady = is_still_at(open, dir);
        closedir(open);
    }
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
                       "the index at %s has lost its file %s", dir, FH_GLASS_MAIN_FILE);
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

bool fh_place_is_aside(const char *dir) {
    fh_buf aside = {0};
    fh_buf_printf(&aside, "%s" ASIDE, dir);
    bool there = access(aside.ptr, F_OK) == 0 && access(dir, F_OK) != 0;
    fh_buf_free(&aside);
    return there;
}

fh_status fh_place_missing(const char *dir, fh_error *err) {
    fh_buf aside = {0}, hint = {0};
    fh_buf_printf(&aside, "%s" ASIDE, dir);
    if (fh_place_is_aside(dir)) {
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
        count_file(dirfd(open), entry->d_name, &kind);
        if (kind.locks + kind.tables + kind.mains + kind.beginnings == 0) continue;
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

/* ---- What was never an index ---- */

static fh_status fail_locked(const char *name, fh_error *err) {
    return fh_fail(err, FH_ERR_LOCKED, name,
                   "another program is writing it: wait until it has ended, and try again",
                   "the index cannot be locked for writing");
}

/* File systems that know no locks of directories go without. */
fh_status fh_place_claim(const char *dir, int *out, fh_error *err) {
    if (mkdir(dir, DIRECTORY_MODE) != 0 && errno != EEXIST)
        return io_error(dir, "the index cannot be made", err);
    int claimed = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (claimed < 0) return io_error(dir, "the index cannot be made", err);
    if (flock(claimed, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(claimed);
        return fail_locked(dir, err);
    }
    *out = claimed;
    return FH_OK;
}

/* With Xapian's own lock, so that nobody is making it now. */
static fh_status lock(int dir, const char *name, int *out, fh_error *err) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = openat(dir, LOCK_FILE, O_WRONLY | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (file < 0) return io_error(name, "the index cannot be locked for writing", err);
    if (fcntl(file, F_OFD_SETLK, &whole) == 0) {
        *out = file;
        return FH_OK;
    }
    close(file);
    return fail_locked(name, err);
}

static fh_status remove_beginnings(DIR *open, const char *dir, fh_error *err) {
    for (struct dirent *entry; (entry = readdir(open));) {
        contents kind = {0};
        count_file(dirfd(open), entry->d_name, &kind);
        if (kind.beginnings > 0 && unlinkat(dirfd(open), entry->d_name, 0) != 0)
            return io_error(dir, "what is left of an index cannot be removed", err);
    }
    return FH_OK;
}

fh_status fh_place_clear(const char *dir, fh_error *err) {
    contents found = {0};
    int locked = -1;
    DIR *open = opendir(dir);
    if (!open) return errno == ENOENT ? FH_OK : io_error(dir, "the directory cannot be read", err);
    fh_status status = list(dir, &found, err);
    if (status == FH_OK && found.beginnings > 0) status = lock(dirfd(open), dir, &locked, err);
    if (locked >= 0) status = list(dir, &found, err); /* it may have been made meanwhile */
    if (locked >= 0 && status == FH_OK && found.mains == 0) status = remove_beginnings(open, dir, err);
    if (locked >= 0) close(locked);
    closedir(open);
    return status;
}

/* ---- Writing through ---- */

/* What a folder names may be lost with the power until the folder is written through too; some file systems
 * do that by themselves, and say that it cannot be asked for. */
fh_status fh_place_sync(const char *dir, fh_error *err) {
    int open_dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = open_dir >= 0 && (fsync(open_dir) == 0 || errno == EINVAL || errno == ENOTSUP);
    fh_status status = done ? FH_OK : io_error(dir, "the directory cannot be written through", err);
    if (open_dir >= 0) close(open_dir);
    return status;
}

fh_status fh_place_sync_parent(const char *path, fh_error *err) {
    fh_buf parent = {0};
    fh_buf_printf(&parent, "%s/..", path);
    fh_status status = fh_place_sync(parent.ptr, err);
    fh_buf_free(&parent);
    return status;
}

/* ---- Changing places ---- */

/* An exchange that was cut short after its second step has left the old index aside, which nobody needs. */
static fh_status clear_aside(const char *path, const char *aside, fh_error *err) {
    return access(path, F_OK) == 0 ? fh_place_remove(aside, err) : FH_OK;
}

static fh_status exchange_in_steps(const char *a, const char *b, fh_error *err) {
    fh_buf aside = {0};
    fh_buf_printf(&aside, "%s" ASIDE, b);
    fh_status status = clear_aside(b, aside.ptr, err);
    bool done = status == FH_OK && rename(b, aside.ptr) == 0;
    if (done && rename(a, b) != 0) {
        int why = errno;
        rename(aside.ptr, b);
        errno = why;
        done = false;
    }
    if (done && rename(aside.ptr, a) != 0) done = false;
    if (status == FH_OK && !done) status = io_error(b, "the index cannot be moved", err);
    fh_buf_free(&aside);
    return status;
}

fh_status fh_place_exchange(const char *a, const char *b, fh_error *err) {
    fh_status status = FH_OK;
    if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) != 0) {
        bool unknown = errno == EINVAL || errno == ENOSYS;
        status = unknown ? exchange_in_steps(a, b, err) : io_error(b, "the index cannot be moved", err);
    }
    if (status == FH_OK) status = fh_place_sync_parent(b, err);
    return status == FH_OK ? fh_place_sync_parent(a, err) : status;
}
