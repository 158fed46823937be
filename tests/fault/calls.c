/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls that are met, in place of the C library's.  Each does what it is for by the system call itself,
 * or by what the C library calls it within; both names of a call are there, since a library built for large
 * files uses the one that ends in 64. */
#include "tests/fault/fault.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define SAME(name) __attribute__((alias(#name)))

/* ---- Memory ---- */

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): glibc's own names */
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

void *malloc(size_t bytes) {
    return fault_meet(FAULT_MALLOC) == FAULT_NONE ? __libc_malloc(bytes) : NULL;
}

void *calloc(size_t count, size_t bytes) {
    return fault_meet(FAULT_MALLOC) == FAULT_NONE ? __libc_calloc(count, bytes) : NULL;
}

void *realloc(void *old, size_t bytes) {
    return fault_meet(FAULT_MALLOC) == FAULT_NONE ? __libc_realloc(old, bytes) : NULL;
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    return fault_meet(FAULT_MALLOC) == FAULT_NONE ? __libc_memalign(alignment, bytes) : NULL;
}

static void *map(void *at, size_t length, int protection, int flags, int file, off_t offset) {
    if (fault_meet(FAULT_MMAP) != FAULT_NONE) return MAP_FAILED;
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): that is how the call answers */
    return (void *)syscall(SYS_mmap, at, length, protection, flags, file, offset);
}

void *mmap(void *at, size_t length, int protection, int flags, int file, off_t offset) {
    return map(at, length, protection, flags, file, offset);
}
void *mmap64(void *at, size_t length, int protection, int flags, int file, off_t offset) SAME(mmap);

/* ---- Opening ---- */

static int open_at(int dir, const char *path, int flags, mode_t mode) {
    return fault_meet(FAULT_OPEN) == FAULT_NONE ? (int)syscall(SYS_openat, dir, path, flags, mode) : -1;
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_at(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) SAME(open);

int openat(int dir, const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_at(dir, path, flags, mode);
}
int openat64(int dir, const char *path, int flags, ...) SAME(openat);

FILE *fopen(const char *path, const char *mode) {
    static FILE *(*real)(const char *, const char *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fopen");
    return fault_meet(FAULT_OPEN) == FAULT_NONE ? real(path, mode) : NULL;
}
FILE *fopen64(const char *path, const char *mode) SAME(fopen);

DIR *opendir(const char *path) {
    static DIR *(*real)(const char *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "opendir");
    return fault_meet(FAULT_OPEN) == FAULT_NONE ? real(path) : NULL;
}

/* ---- Reading and writing ---- */

ssize_t read(int file, void *to, size_t bytes) {
    return fault_meet(FAULT_READ) == FAULT_NONE ? (ssize_t)syscall(SYS_read, file, to, bytes) : -1;
}

ssize_t pread(int file, void *to, size_t bytes, off_t at) {
    return fault_meet(FAULT_READ) == FAULT_NONE ? (ssize_t)syscall(SYS_pread64, file, to, bytes, at) : -1;
}
ssize_t pread64(int file, void *to, size_t bytes, off_t at) SAME(pread);

/* The C library's own calls below these cannot be met. */
static bool fails_to_read(FILE *file) {
    if (fault_meet(FAULT_READ) == FAULT_NONE) return false;
    file->_flags |= 0x20; /* _IO_ERR_SEEN of glibc's libio.h */
    return true;
}

size_t fread(void *to, size_t bytes, size_t count, FILE *file) {
    static size_t (*real)(void *, size_t, size_t, FILE *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fread");
    return fails_to_read(file) ? 0 : real(to, bytes, count, file);
}

/* What getline becomes.  NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
ssize_t __getdelim(char **line, size_t *room, int end, FILE *file) {
    return fails_to_read(file) ? -1 : getdelim(line, room, end, file);
}

/* At `at`, or where the file is at (-1). */
static ssize_t put(int file, const void *from, size_t bytes, off_t at) {
    fault_verdict verdict = fault_meet_change(FAULT_WRITE);
    if (verdict == FAULT_FAIL) return -1;
    if (verdict != FAULT_NONE && bytes > 1) bytes /= 2;
    ssize_t done = at < 0 ? (ssize_t)syscall(SYS_write, file, from, bytes)
                          : (ssize_t)syscall(SYS_pwrite64, file, from, bytes, at);
    if (verdict == FAULT_HALF) fault_die();
    return done;
}

ssize_t write(int file, const void *from, size_t bytes) {
    return put(file, from, bytes, -1);
}

ssize_t pwrite(int file, const void *from, size_t bytes, off_t at) {
    return put(file, from, bytes, at);
}
ssize_t pwrite64(int file, const void *from, size_t bytes, off_t at) SAME(pwrite);

/* ---- Chance ---- */

/* The same numbers in each run, so that two runs that do the same leave the same bytes. */
static void throw(unsigned char *to, size_t bytes) {
    static unsigned char thrown;
    memset(to, __atomic_add_fetch(&thrown, 1, __ATOMIC_RELAXED), bytes);
}

ssize_t getrandom(void *to, size_t bytes, unsigned flags) {
    (void)flags;
    throw(to, bytes);
    return (ssize_t)bytes;
}

/* libuuid's, which libxapian names a new index by. */
void uuid_generate(unsigned char out[16]) {
    throw(out, 16);
}

/* ---- What the order of commits is made of ---- */

/* Half of a rename is none, so what would be half is whole, and then the end. */
static bool fails(fault_class class) {
    fault_verdict verdict = fault_meet_change(class);
    if (verdict == FAULT_HALF) fault_die();
    return verdict == FAULT_FAIL;
}

int fsync(int file) {
    if (fails(FAULT_SYNC)) return -1;
    fault_log_file("sync", file);
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    if (fails(FAULT_SYNC)) return -1;
    fault_log_file("sync", file);
    return (int)syscall(SYS_fdatasync, file);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    if (flags && fault_forbids_exchange()) {
        errno = EINVAL;
        return -1;
    }
    if (fails(FAULT_CLASSES)) return -1;
    fault_log(flags ? "exchange" : "rename", from, to);
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to) {
    return renameat2(from_dir, from, to_dir, to, 0);
}

int rename(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlinkat(int dir, const char *path, int flags) {
    if (fails(FAULT_CLASSES)) return -1;
    fault_log("remove", path, NULL);
    return (int)syscall(SYS_unlinkat, dir, path, flags);
}

int unlink(const char *path) {
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path) {
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdir(const char *path, mode_t mode) {
    return fails(FAULT_CLASSES) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int ftruncate(int file, off_t length) {
    return fails(FAULT_CLASSES) ? -1 : (int)syscall(SYS_ftruncate, file, length);
}
int ftruncate64(int file, off_t length) SAME(ftruncate);
