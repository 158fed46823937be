/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits in short turns: the signal that asks to stop may have come just before, or to another thread. */
#include "indexer/inlet.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 64 << 10, TURN = 100 /* milliseconds */ };

static la_int64_t fail(struct archive *archive, int code) {
    archive_set_error(archive, code, "%s", strerror(code));
    return ARCHIVE_FATAL;
}

/* 0, or an errno. */
static int wait_for_bytes(const fh_inlet *inlet) {
    for (;;) {
        if (inlet->stop && *inlet->stop) return ECANCELED;
        struct pollfd waiting = {.fd = inlet->file, .events = POLLIN};
        int ready = poll(&waiting, 1, TURN);
        if (ready > 0) return 0;
        if (ready < 0 && errno != EINTR) return errno;
    }
}

static la_ssize_t read_block(struct archive *archive, void *context, const void **out) {
    fh_inlet *inlet = context;
    ssize_t len;
    inlet->failed = wait_for_bytes(inlet);
    if (inlet->failed) return fail(archive, inlet->failed);
    do len = read(inlet->file, inlet->block, BLOCK_BYTES);
    while (len < 0 && errno == EINTR);
    if (len < 0) return fail(archive, inlet->failed = errno);
    inlet->came |= len > 0;
    *out = inlet->block;
    return len;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence) {
    const fh_inlet *inlet = context;
    off_t at = lseek(inlet->file, offset, whence);
    return at < 0 ? fail(archive, errno) : at;
}

static int close_file(struct archive *archive, void *context) {
    fh_inlet *inlet = context;
    (void)archive;
    free(inlet->block);
    inlet->block = NULL;
    if (inlet->file != STDIN_FILENO) close(inlet->file);
    return ARCHIVE_OK;
}

int fh_inlet_open(fh_inlet *inlet, const char *path, struct archive *archive) {
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    *inlet = (fh_inlet){.stop = inlet->stop, .file = file, .failed = file < 0 ? errno : 0};
    if (inlet->failed) return (int)fail(archive, inlet->failed);
    inlet->block = fh_alloc_pages(BLOCK_BYTES);
    archive_read_set_seek_callback(archive, seek);
    return archive_read_open(archive, inlet, NULL, read_block, close_file);
}
