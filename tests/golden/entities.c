/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tests/golden/entities.tsv with the tokens of every stemmer.  A row is a text and the mentions in it,
 * as `id@surface` between `|`, or `-`; ~ before a nisba; \n is a line end, \uXXXX what cannot be seen. */
#include "entities/entities.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

static bool read_file(const char *path, fh_buf *out) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char bytes[4096];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) fh_buf_add(out, (fh_str){bytes, got});
    bool good = !ferror(file);
    fclose(file);
    return good;
}

static void unescape(fh_str text, fh_buf *out) {
    for (size_t at = 0; at < text.len; at++) {
        bool escape = text.ptr[at] == '\\' && at + 1 < text.len;
        if (escape && text.ptr[at + 1] == 'n') {
            fh_buf_add_char(out, '\n');
            at++;
        } else if (escape && text.ptr[at + 1] == 'u' && at + 5 < text.len) {
            char digits[5] = {0};
            memcpy(digits, text.ptr + at + 2, 4);
            fh_buf_add_code_point(out, (uint32_t)strtoul(digits, NULL, 16));
            at += 5;
        } else {
            fh_buf_add_char(out, text.ptr[at]);
        }
    }
}

/* What is found in a text, written as in the table. */
static void find(fh_stemmer stemmer, fh_str text, fh_buf *out) {
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_tokens tokens = fh_analyse(analyser, text, arena);
    fh_mentions mentions = fh_entities_find(fh_gazetteer_builtin(), text, tokens, arena);
    for (size_t i = 0; i < mentions.count; i++) {
        const fh_mention *mention = &mentions.items[i];
        fh_buf_printf(out, "%s%s%s@", i ? "|" : "", mention->form == FH_FORM_NISBA ? "~" : "",
                      mention->entity->id);
        fh_buf_add(out, fh_str_slice(text, mention->start, mention->end));
    }
    if (!mentions.count) fh_buf_add_char(out, '-');
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

static bool run(fh_str text, fh_str expected, fh_stemmer stemmer, int number) {
    fh_buf plain = {0}, wanted = {0}, found = {0};
    unescape(text, &plain);
    unescape(expected, &wanted);
    find(stemmer, fh_buf_str(&plain), &found);
    bool good = fh_str_equal(fh_buf_str(&found), fh_buf_str(&wanted));
    printf("%sok %d - %s: %.*s\n", good ? "" : "not ", number, fh_stemmer_name(stemmer), FH_STR_ARG(text));
    if (!good) printf("# expected %.*s\n#    found %s\n", FH_STR_ARG(expected), found.ptr);
    fh_buf_free(&plain);
    fh_buf_free(&wanted);
    fh_buf_free(&found);
    return good;
}

int main(int argc, char **argv) {
    fh_buf table = {0};
    if (argc != 2 || !read_file(argv[1], &table)) {
        fprintf(stderr, "usage: golden_entities TABLE\n");
        return 2;
    }
    int count = 0, failed = 0;
    fh_str rest = fh_buf_str(&table), line;
    while (fh_str_line(&rest, &line)) {
        if (!line.len || line.ptr[0] == '#') continue;
        size_t tab = fh_str_find(line, FH_STR("\t"), 0);
        if (tab == SIZE_MAX) {
            printf("not ok %d - a row of two columns: %.*s\n", ++count, FH_STR_ARG(line));
            failed++;
            continue;
        }
        fh_str text = fh_str_slice(line, 0, tab), expected = fh_str_slice(line, tab + 1, line.len);
        for (fh_stemmer stemmer = FH_STEMMER_LIGHT; stemmer <= FH_STEMMER_NONE; stemmer++)
            failed += !run(text, expected, stemmer, ++count);
    }
    printf("1..%d\n", count);
    fh_buf_free(&table);
    return failed ? 1 : 0;
}
