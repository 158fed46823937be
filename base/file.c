/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a file at once, and writing all of one. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static fh_status fail(const char *path, int code, fh_error *err) {
    return fh_fail(err, code == ENOENT ? FH_ERR_NOT_FOUND : FH_ERR_IO, path,
                   "check the path and who may read it", "cannot be read: %s", strerror(code));
}

static fh_status read_all(FILE *file, const char *path, size_t limit, fh_buf *out, fh_error *err) {
    char block[1 << 14];
    size_t length, taken = 0;
    while ((length = fread(block, 1, sizeof block, file)) > 0) {
        taken += length;
        if (taken > limit)
            return fh_fail(err, FH_ERR_LIMIT, path, "keep to what matters", "longer than %zu bytes", limit);
        fh_buf_add(out, (fh_str){block, length});
    }
    return ferror(file) ? fail(path, errno, err) : FH_OK;
}

fh_status fh_file_read(const char *path, size_t limit, fh_buf *out, fh_error *err) {
    FILE *file = fopen(path, "rb");
    if (!file) return fail(path, errno, err);
    fh_status status = read_all(file, path, limit, out, err);
    fclose(file);
    return status;
}

bool fh_file_write(int file, fh_str bytes) {
    while (bytes.len > 0) {
        ssize_t written = write(file, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = fh_str_slice(bytes, (size_t)written, bytes.len);
    }
    return true;
}
