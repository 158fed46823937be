/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Snowball's Arabic stemmer, as libstemmer has it, to compare with.
 *
 * baseline_snowball FILE     FILE: words, one a line; prints `name TAB bytes TAB words TAB seconds` */
#include "base/memory.h"
#include "tests/bench/sample.h"

#include <libstemmer.h>
#include <stdlib.h>

enum { EXIT_FAILED = 2 };

typedef struct work {
    struct sb_stemmer *stemmer;
    fh_str *words;
    size_t count, capacity;
    size_t bytes;
} work;

static void add_words(work *w, fh_str lines) {
    for (fh_str word; fh_str_line(&lines, &word); w->bytes += word.len) {
        w->words = fh_grow(w->words, w->count, &w->capacity, sizeof *w->words);
        w->words[w->count++] = word;
    }
}

static size_t stem_words(void *context) {
    const work *w = context;
    for (size_t i = 0; i < w->count; i++)
        sb_stemmer_stem(w->stemmer, (const sb_symbol *)w->words[i].ptr, (int)w->words[i].len);
    return w->count;
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    work w = {.stemmer = sb_stemmer_new("arabic", "UTF_8")};
    if (!file || !w.stemmer) {
        fputs(file ? "baseline_snowball: this libstemmer knows no Arabic\n"
                   : "usage: baseline_snowball FILE\n",
              stderr);
        if (file) fclose(file);
        return EXIT_FAILED;
    }
    fh_buf lines = {0};
    sample_read(file, &lines);
    fclose(file);
    add_words(&w, fh_buf_str(&lines));
    sample_print("Snowball", w.bytes, stem_words, &w);
    free(w.words);
    fh_buf_free(&lines);
    sb_stemmer_delete(w.stemmer);
    return EXIT_SUCCESS;
}
