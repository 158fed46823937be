/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a target what fuzzing has found worth keeping: `replay TARGET FOLDER`, one case of TAP a file.
 * `replay CORPUS`: whether every format is a target, and every target has a folder. */
#include "tests/fuzz/fuzz.h"

#include "base/file.h"
#include "indexer/indexer.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define MOST_BYTES (4u << 20) /* of an input */

static bool feed(const fuzz_target *target, const char *path) {
    fh_buf bytes = {0};
    fh_error err;
    if (fh_file_read(path, MOST_BYTES, &bytes, &err)) {
        printf("# %s: %s\n", err.where, err.what);
        return false;
    }
    char *copy = malloc(bytes.len + 1); /* behind whose end a sanitizer watches, but for one byte */
    if (copy && bytes.len) memcpy(copy, bytes.ptr, bytes.len);
    if (copy) target->run((fh_str){copy, bytes.len}, target->what);
    free(copy);
    fh_buf_free(&bytes);
    return copy != NULL;
}

static int feed_all(const fuzz_target *target, const char *folder) {
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort), cases = 0, failed = 0;
    if (count < 0) {
        printf("Bail out! %s cannot be read\n", folder);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        fh_buf path = {0};
        fh_buf_printf(&path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            bool good = feed(target, path.ptr);
            printf("%sok %d - %s %s\n", good ? "" : "not ", ++cases, target->name, entries[i]->d_name);
            failed += !good;
        }
        fh_buf_free(&path);
        free(entries[i]);
    }
    free(entries);
    printf("1..%d\n", cases);
    if (!cases) printf("Bail out! %s holds nothing\n", folder);
    return failed || !cases;
}

static bool is_folder(const char *parent, const char *name) {
    struct stat about;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/%s", parent, name);
    bool found = stat(path.ptr, &about) == 0 && S_ISDIR(about.st_mode);
    fh_buf_free(&path);
    return found;
}

static void say(bool good, int *cases, int *failed, const char *name, const char *what) {
    printf("%sok %d - %s %s\n", good ? "" : "not ", ++*cases, name, what);
    *failed += !good;
}

/* Formats and folders, against the table. */
static int check_targets(const char *corpus) {
    int cases = 0, failed = 0;
    for (const fh_format_name *format = fh_reader_formats(); format->name; format++) {
        fh_buf name = {0};
        fh_buf_printf(&name, "read-%s", format->name);
        say(fuzz_find(name.ptr), &cases, &failed, name.ptr, "is a target");
        fh_buf_free(&name);
    }
    for (const fuzz_target *target = fuzz_targets; target->name; target++)
        say(is_folder(corpus, target->name), &cases, &failed, target->name, "has kept something");
    printf("1..%d\n", cases);
    return failed != 0;
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0); /* so that a crash does not take with it which case it was */
    if (argc == 2) return check_targets(argv[1]);
    const fuzz_target *target = argc == 3 ? fuzz_find(argv[1]) : NULL;
    if (target) return feed_all(target, argv[2]);
    fprintf(stderr, "usage: replay CORPUS | TARGET FOLDER\n");
    return 2;
}
