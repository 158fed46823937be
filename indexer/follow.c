/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Following folders with inotify(7): a watch for each folder, events gathered into batches. */
#include "indexer/follow.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "indexer/walk.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    TICK = 100,     /* ms between two looks at the clock and at `stop` */
    QUIET = 400,    /* ms without an event, after which a batch goes */
    LONGEST = 2000, /* ms that a batch waits at most while events go on */
    AGAIN = 1000,   /* ms until a batch that could not go is tried again */
    MANY = 20000,   /* files of a batch: more are faster found by looking through everything */
    EVENT_BYTES = 64 << 10,
};

#define WATCHED                                                                                              \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR | IN_EXCL_UNLINK)

typedef struct follower {
    const fh_follow_options *options;
    int fd;
    char **folders; /* by watch: "news/./2024", as sources are named; NULL: not watched any more */
    size_t folder_count, folder_capacity;
    char **files;
    size_t file_count, file_capacity;
    bool whole, gone;
    int64_t first, last, not_before; /* ms, of the events that wait; of the next try */
} follower;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static char *copy_of(const fh_buf *path) {
    char *copy = fh_alloc(path->len + 1);
    memcpy(copy, path->ptr, path->len + 1);
    return copy;
}

/* ---- What waits ---- */

static bool waits(const follower *f) {
    return f->file_count > 0 || f->whole || f->gone;
}

static void note_event(follower *f) {
    f->last = now();
    if (!waits(f)) f->first = f->last;
}

static void forget_files(follower *f) {
    for (size_t i = 0; i < f->file_count; i++) free(f->files[i]);
    f->file_count = 0;
}

static void note_whole(follower *f) {
    note_event(f);
    forget_files(f);
    f->whole = true;
}

static void note_file(follower *f, const fh_buf *path) {
    note_event(f);
    if (f->whole) return;
    f->files = fh_grow(f->files, f->file_count, &f->file_capacity, sizeof *f->files);
    f->files[f->file_count++] = copy_of(path);
    if (f->file_count >= MANY) note_whole(f);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Each file once, and none that has gone in the meantime. */
static void settle_files(follower *f) {
    size_t kept = 0;
    if (f->file_count) qsort(f->files, f->file_count, sizeof *f->files, by_name);
    for (size_t i = 0; i < f->file_count; i++) {
        bool again = kept > 0 && strcmp(f->files[kept - 1], f->files[i]) == 0;
        if (again || access(f->files[i], F_OK) != 0)
            free(f->files[i]);
        else
            f->files[kept++] = f->files[i];
    }
    f->file_count = kept;
}

/* ---- Watches ---- */

static fh_status fail_watch(const char *folder, fh_error *err) {
    int code = errno;
    if (code == ENOSPC)
        return fh_fail(err, FH_ERR_IO, folder, "raise fs.inotify.max_user_watches (sysctl)",
                       "the system watches no more folders");
    return fh_fail(err, FH_ERR_IO, folder, "name folders that are there and may be read",
                   "the folder cannot be followed: %s", strerror(code));
}

static void name_watch(follower *f, int watch, const fh_buf *path) {
    while (f->folder_count <= (size_t)watch) {
        f->folders = fh_grow(f->folders, f->folder_count, &f->folder_capacity, sizeof *f->folders);
        f->folders[f->folder_count++] = NULL;
    }
    free(f->folders[watch]);
    f->folders[watch] = copy_of(path);
}

static void drop_watch(follower *f, size_t watch) {
    free(f->folders[watch]);
    f->folders[watch] = NULL;
}

static fh_status watch_tree(follower *f, fh_buf *path, int depth, fh_error *err);

static void cut(fh_buf *path, size_t len) {
    path->len = len;
    path->ptr[len] = '\0';
}

/* What is in a folder by the time that it is watched came without an event. */
static fh_status take_up_entry(follower *f, fh_buf *path, int depth, fh_error *err) {
    struct stat facts;
    if (stat(path->ptr, &facts) != 0) return FH_OK;
    if (S_ISDIR(facts.st_mode)) return watch_tree(f, path, depth + 1, err);
    if (S_ISREG(facts.st_mode)) note_file(f, path);
    return FH_OK;
}

static fh_status take_up_entries(follower *f, fh_buf *path, int depth, fh_error *err) {
    DIR *dir = opendir(path->ptr);
    if (!dir) return FH_OK; /* it has gone already, or is nobody's to read: the whole run says so */
    size_t len = path->len;
    fh_status status = FH_OK;
    for (struct dirent *entry; status == FH_OK && (entry = readdir(dir));) {
        if (fh_walk_sets_aside(entry->d_name)) continue;
        fh_buf_printf(path, "/%s", entry->d_name);
        status = take_up_entry(f, path, depth, err);
        cut(path, len);
    }
    closedir(dir);
    return status;
}

/* A link back to a folder above: a folder has one watch, whatever leads to it. */
static bool is_within_itself(const follower *f, int watch, const fh_buf *path) {
    const char *known = (size_t)watch < f->folder_count ? f->folders[watch] : NULL;
    return known && strncmp(path->ptr, known, strlen(known)) == 0 && path->ptr[strlen(known)] == '/';
}

/* A folder within that has gone again, or may not be read, is passed over; the system's limit is not. */
static fh_status watch_tree(follower *f, fh_buf *path, int depth, fh_error *err) {
    if (depth > FH_MAX_DEPTH || fh_walk_is_index(path->ptr)) return FH_OK;
    int watch = inotify_add_watch(f->fd, path->ptr, WATCHED);
    if (watch < 0) return depth > 0 && errno != ENOSPC ? FH_OK : fail_watch(path->ptr, err);
    if (is_within_itself(f, watch, path)) return FH_OK;
    name_watch(f, watch, path);
    return take_up_entries(f, path, depth, err);
}

static fh_status watch_all(follower *f, fh_error *err) {
    fh_buf path = {0};
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < f->options->count; i++) {
        fh_str folder = fh_str_from(f->options->folders[i]);
        while (folder.len > 1 && folder.ptr[folder.len - 1] == '/') folder.len--;
        fh_buf_clear(&path);
        fh_buf_add(&path, folder);
        fh_buf_add(&path, FH_STR("/."));
        status = watch_tree(f, &path, 0, err);
    }
    fh_buf_free(&path);
    note_whole(f);
    return status;
}

/* A folder that was moved away would go on telling of itself under its old name. */
static void forget_tree(follower *f, const fh_buf *path) {
    for (size_t i = 0; i < f->folder_count; i++) {
        if (!f->folders[i] || strncmp(f->folders[i], path->ptr, path->len) != 0) continue;
        char next = f->folders[i][path->len];
        if (next != '\0' && next != '/') continue;
        inotify_rm_watch(f->fd, (int)i);
        drop_watch(f, i);
    }
}

/* ---- Events ---- */

static fh_status take_named(follower *f, const struct inotify_event *event, fh_buf *path, fh_error *err) {
    bool folder = event->mask & IN_ISDIR;
    if (event->mask & (IN_DELETE | IN_MOVED_FROM)) {
        note_event(f);
        f->gone = true;
        if (folder) forget_tree(f, path);
        return FH_OK;
    }
    if (folder) return watch_tree(f, path, 1, err);
    if (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) note_file(f, path);
    return FH_OK;
}

static fh_status take_event(follower *f, const struct inotify_event *event, fh_error *err) {
    if (event->mask & IN_Q_OVERFLOW) return watch_all(f, err); /* new folders may be among what was lost */
    size_t watch = (size_t)event->wd;
    if (watch >= f->folder_count || !f->folders[watch]) return FH_OK;
    if (event->mask & IN_IGNORED) {
        drop_watch(f, watch);
        return FH_OK;
    }
    if (event->len == 0 || fh_walk_sets_aside(event->name)) return FH_OK;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/%s", f->folders[watch], event->name);
    fh_status status = take_named(f, event, &path, err);
    fh_buf_free(&path);
    return status;
}

static fh_status take_events(follower *f, fh_error *err) {
    _Alignas(struct inotify_event) char bytes[EVENT_BYTES];
    fh_status status = FH_OK;
    ssize_t len;
    while (status == FH_OK && (len = read(f->fd, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; status == FH_OK && at < len;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            status = take_event(f, event, err);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return status;
}

/* ---- Batches ---- */

static bool is_due(const follower *f) {
    int64_t time = now();
    if (!waits(f) || time < f->not_before) return false;
    return time - f->last >= QUIET || time - f->first >= LONGEST;
}

static fh_status give_batch(follower *f, fh_error *err) {
    settle_files(f);
    fh_changes changes = {.sources = f->whole ? f->options->folders : (const char *const *)f->files,
                          .count = f->whole ? f->options->count : f->file_count,
                          .whole = f->whole,
                          .gone = f->gone};
    fh_status status = f->options->batch(f->options->context, &changes, err);
    if (status == FH_ERR_LOCKED) {
        f->not_before = now() + AGAIN;
        return FH_OK;
    }
    forget_files(f);
    f->whole = f->gone = false;
    return status;
}

static fh_status follow(follower *f, fh_error *err) {
    fh_status status = watch_all(f, err);
    f->first = f->last = 0; /* what is there need not be waited for */
    while (status == FH_OK && !*f->options->stop) {
        if (is_due(f)) {
            status = give_batch(f, err);
            continue;
        }
        struct pollfd waiting = {.fd = f->fd, .events = POLLIN};
        if (poll(&waiting, 1, TICK) > 0) status = take_events(f, err);
    }
    return status;
}

fh_status fh_follow(const fh_follow_options *options, fh_error *err) {
    if (options->count == 0) return fh_fail(err, FH_ERR_USAGE, NULL, "name one", "no folder to follow");
    follower f = {.options = options, .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    if (f.fd < 0) return fail_watch(options->folders[0], err);
    fh_status status = follow(&f, err);
    close(f.fd);
    forget_files(&f);
    for (size_t i = 0; i < f.folder_count; i++) free(f.folders[i]);
    free(f.folders);
    free(f.files);
    return status;
}
