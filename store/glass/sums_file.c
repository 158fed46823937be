/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers have the low byte first. */
#include "store/glass/sums_file.h"
#include "base/file.h"
#include "base/memory.h"
#include "store/glass/crc.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MAGIC[] = "fihris sums 1\n";

enum {
    NUMBER = 4,
    REVISION = 8,
    MAGIC_BYTES = sizeof MAGIC - 1,
    HEAD = MAGIC_BYTES + FH_VERSION_UUID + REVISION + NUMBER + FH_GLASS_TABLES * NUMBER + NUMBER,
    FILE_MODE = 0666,
};

void fh_sums_free(fh_sums *sums) {
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) free(sums->sums[i]);
}

/* ---- Writing ---- */

static void put(fh_buf *out, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) fh_buf_add_char(out, (char)(number >> (8 * i)));
}

static void put_sum(fh_buf *out, size_t from) {
    put(out, fh_crc(fh_str_slice(fh_buf_str(out), from, out->len)), NUMBER);
}

static void write_text(const fh_sums *sums, fh_buf *out) {
    fh_buf_add(out, FH_STR(MAGIC));
    fh_buf_add(out, (fh_str){sums->version.uuid, sizeof sums->version.uuid});
    put(out, sums->revision, REVISION);
    put(out, sums->version.sum, NUMBER);
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) put(out, sums->blocks[i], NUMBER);
    put_sum(out, 0);
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) {
        for (uint32_t j = 0; j < sums->blocks[i]; j++) put(out, sums->sums[i][j], NUMBER);
    }
    put_sum(out, HEAD);
}

static bool write_through(const char *path, fh_str text) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (file < 0) return false;
    bool done = fh_file_write(file, text) && fsync(file) == 0;
    return close(file) == 0 && done;
}

fh_status fh_sums_write(const char *dir, const fh_sums *sums, fh_error *err) {
    fh_buf text = {0}, path = {0}, next = {0};
    fh_buf_printf(&path, "%s/" FH_SUMS_FILE, dir);
    fh_buf_printf(&next, "%s/" FH_SUMS_NEXT, dir);
    write_text(sums, &text);
    fh_status status = FH_OK;
    if (!write_through(next.ptr, fh_buf_str(&text)) || rename(next.ptr, path.ptr) != 0)
        status = fh_fail(err, FH_ERR_IO, path.ptr, "check the permissions there and the space on the disk",
                         "the sums of the index cannot be written: %s", strerror(errno));
    fh_buf_free(&text);
    fh_buf_free(&path);
    fh_buf_free(&next);
    return status;
}

/* ---- Reading ---- */

static uint64_t take(const char **at, size_t bytes) {
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++) number |= (uint64_t)(unsigned char)(*at)[i] << (8 * i);
    *at += bytes;
    return number;
}

static bool has_sum(const char *from, size_t bytes) {
    return fh_crc_take(from + bytes) == fh_crc((fh_str){from, bytes});
}

static bool read_head(fh_str text, fh_sums *out) {
    if (text.len < HEAD || !fh_str_starts(text, FH_STR(MAGIC)) || !has_sum(text.ptr, HEAD - NUMBER))
        return false;
    const char *at = text.ptr + MAGIC_BYTES;
    memcpy(out->version.uuid, at, FH_VERSION_UUID);
    at += FH_VERSION_UUID;
    out->revision = take(&at, REVISION);
    out->version.sum = (uint32_t)take(&at, NUMBER);
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) out->blocks[i] = (uint32_t)take(&at, NUMBER);
    return true;
}

/* Of a file with this head. */
static size_t size_of(const fh_sums *head) {
    size_t size = HEAD + NUMBER;
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) size += (size_t)head->blocks[i] * NUMBER;
    return size;
}

static bool read_sums(fh_str text, fh_sums *out) {
    size_t wanted = size_of(out);
    if (text.len != wanted || !has_sum(text.ptr + HEAD, wanted - HEAD - NUMBER)) return false;
    const char *at = text.ptr + HEAD;
    for (size_t i = 0; i < FH_GLASS_TABLES; i++) {
        out->sums[i] = fh_alloc_zeroed(out->blocks[i], sizeof *out->sums[i]);
        for (uint32_t j = 0; j < out->blocks[i]; j++) out->sums[i][j] = (uint32_t)take(&at, NUMBER);
    }
    return true;
}

static fh_status fail_unread(const char *path, int why, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, path, "check the disk and the permissions there", "it cannot be read: %s",
                   strerror(why));
}

/* At most `limit` bytes of it. */
static fh_status read_file(const char *path, size_t limit, bool *there, fh_buf *out, fh_error *err) {
    char block[1 << 14];
    FILE *file = fopen(path, "rb");
    int why = file ? 0 : errno;
    *there = file != NULL;
    for (size_t got = 1; file && got > 0 && out->len < limit;) {
        size_t left = limit - out->len;
        got = fread(block, 1, left < sizeof block ? left : sizeof block, file);
        fh_buf_add(out, (fh_str){block, got});
        if (ferror(file)) why = errno;
    }
    if (file) fclose(file);
    return why == 0 || why == ENOENT ? FH_OK : fail_unread(path, why, err);
}

static fh_status fail_damaged(const char *path, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, path,
                   "remove this file if no other is damaged: the next run that writes makes another",
                   "the sums of the index are damaged");
}

static fh_status read_some(const char *dir, size_t limit, bool *there, fh_sums *out, fh_error *err) {
    fh_buf path = {0}, text = {0};
    fh_buf_printf(&path, "%s/" FH_SUMS_FILE, dir);
    fh_status status = read_file(path.ptr, limit, there, &text, err);
    if (status == FH_OK && *there) {
        bool good = read_head(fh_buf_str(&text), out) && (limit == HEAD || read_sums(fh_buf_str(&text), out));
        if (!good) status = fail_damaged(path.ptr, err);
    }
    fh_buf_free(&path);
    fh_buf_free(&text);
    return status;
}

fh_status fh_sums_read(const char *dir, bool *there, fh_sums *out, fh_error *err) {
    return read_some(dir, SIZE_MAX, there, out, err);
}

fh_status fh_sums_read_head(const char *dir, bool *there, fh_sums *out, fh_error *err) {
    return read_some(dir, HEAD, there, out, err);
}

/* ---- Mapping ---- */

static fh_status map_file(int file, const char *path, fh_sums_map *out, fh_error *err) {
    struct stat facts;
    bool there = fstat(file, &facts) == 0;
    if (there && facts.st_size < HEAD) return fail_damaged(path, err);
    void *bytes = there ? mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
    if (bytes == MAP_FAILED) return fail_unread(path, errno, err);
    out->bytes = bytes;
    out->sums = out->bytes + HEAD;
    out->size = (size_t)facts.st_size;
    bool good = read_head((fh_str){out->bytes, out->size}, &out->head) && out->size == size_of(&out->head);
    return good ? FH_OK : fail_damaged(path, err);
}

fh_status fh_sums_map_open(const char *dir, fh_sums_map *out, fh_error *err) {
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/" FH_SUMS_FILE, dir);
    *out = (fh_sums_map){0};
    int file = open(path.ptr, O_RDONLY | O_CLOEXEC);
    fh_status status = FH_OK;
    if (file >= 0)
        status = map_file(file, path.ptr, out, err);
    else if (errno != ENOENT)
        status = fail_unread(path.ptr, errno, err);
    if (file >= 0) close(file);
    if (status != FH_OK) fh_sums_map_close(out);
    fh_buf_free(&path);
    return status;
}

void fh_sums_map_close(fh_sums_map *map) {
    if (map->bytes) munmap((void *)map->bytes, map->size);
    *map = (fh_sums_map){0};
}
