/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program of the build that makes the built-in gazetteer: entities-gen OUTPUT LIST… */
#include "entities/gen/gen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static fh_status save(const char *path, fh_str content, fh_error *err) {
    FILE *file = fopen(path, "wb");
    if (!file) return fh_fail(err, FH_ERR_IO, path, NULL, "cannot be written: %s", strerror(errno));
    bool whole = fwrite(content.ptr, 1, content.len, file) == content.len;
    if (fclose(file) == 0 && whole) return FH_OK;
    return fh_fail(err, FH_ERR_IO, path, "is the disk full?", "cannot be written");
}

static fh_status generate(const char *output, char *const *paths, fh_error *err) {
    gen_lists lists = {.arena = fh_arena_new()};
    fh_buf tables = {0};
    fh_status status = gen_read_icu(&lists, err);
    for (; !status && *paths; paths++) status = gen_read_list(&lists, *paths, err);
    if (!status) status = gen_settle(&lists, err);
    if (!status) {
        gen_write(&lists, &tables);
        status = save(output, fh_buf_str(&tables), err);
    }
    fh_buf_free(&tables);
    free(lists.entities);
    free(lists.spellings);
    fh_arena_free(lists.arena);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: entities-gen OUTPUT LIST...\n", stderr);
        return 2;
    }
    fh_error err;
    if (!generate(argv[1], argv + 2, &err)) return 0;
    fh_buf text = {0};
    fh_error_text(&err, "entities-gen", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
    return 1;
}
