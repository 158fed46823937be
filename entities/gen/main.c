/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program of the build that makes the built-in gazetteer: entities-gen OUTPUT DEMONYMS LIST… */
#include "entities/gen/gen.h"

#include "base/file.h"
#include "base/limits.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static fh_status save(const char *path, fh_str content, fh_error *err) {
    FILE *file = fopen(path, "wb");
    if (!file) return fh_fail(err, FH_ERR_IO, path, NULL, "cannot be written: %s", strerror(errno));
    bool whole = fwrite(content.ptr, 1, content.len, file) == content.len;
    if (fclose(file) == 0 && whole) return FH_OK;
    return fh_fail(err, FH_ERR_IO, path, "is the disk full?", "cannot be written");
}

typedef fh_status reader(fh_lists *lists, fh_str text, const char *name, fh_error *err);

static fh_status read_list(fh_lists *lists, const char *path, reader *read, fh_error *err) {
    fh_buf text = {0};
    const char *slash = strrchr(path, '/');
    fh_status status = fh_file_read(path, FH_MAX_GAZETTEER, &text, err);
    if (!status) status = read(lists, fh_buf_str(&text), slash ? slash + 1 : path, err);
    fh_buf_free(&text);
    return status;
}

static fh_status generate(const char *output, const char *demonyms, char *const *paths, fh_error *err) {
    fh_lists lists;
    fh_lists_start(NULL, &lists);
    fh_buf packed = {0}, tables = {0};
    fh_status status = gen_read_icu(&lists, err);
    if (!status) status = gen_read_currencies(&lists, err);
    for (; !status && *paths; paths++) status = read_list(&lists, *paths, fh_lists_read, err);
    if (!status) status = read_list(&lists, demonyms, gen_read_demonyms, err);
    if (!status) status = fh_lists_settle(&lists, err);
    if (!status) {
        fh_lists_pack(&lists, &packed);
        gen_write(fh_buf_str(&packed), &tables);
        status = save(output, fh_buf_str(&tables), err);
    }
    fh_buf_free(&packed);
    fh_buf_free(&tables);
    fh_lists_free(&lists);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: entities-gen OUTPUT DEMONYMS LIST...\n", stderr);
        return 2;
    }
    fh_error err;
    if (!generate(argv[1], argv[2], argv + 3, &err)) return 0;
    fh_buf text = {0};
    fh_error_text(&err, "entities-gen", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
    return 1;
}
