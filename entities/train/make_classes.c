/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-classes WORDS CLASSES: puts the WORDS most frequent words of texts, which come a paragraph a line on
 * standard input, into CLASSES classes by what they stand next to, and prints these
 * (entities/train/classes.h). */
#include "entities/train/classes.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_FAILED = 2, ROUNDS = 12 };

static void read_texts(FILE *in, fh_classes *classes) {
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_NONE);
    fh_arena *arena = fh_arena_new();
    char *line = NULL;
    size_t room = 0;
    for (ssize_t length; (length = getline(&line, &room, in)) >= 0;) {
        fh_str text = {line, (size_t)length};
        fh_tokens tokens = fh_analyse(analyser, text, arena);
        fh_classes_add(classes, fh_text_words_of(text, tokens, arena));
        fh_arena_reset(arena);
    }
    free(line);
    fh_arena_free(arena);
    fh_analyser_free(analyser);
}

int main(int argc, char **argv) {
    long words = argc == 3 ? strtol(argv[1], NULL, 10) : 0, count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (words < 2 || count < 2 || count > words) {
        fputs("usage: make-classes WORDS CLASSES < TEXT\n", stderr);
        return EXIT_FAILED;
    }
    fh_classes *classes = fh_classes_new();
    fh_buf out = {0};
    read_texts(stdin, classes);
    fh_classes_learn(classes, (size_t)words, (size_t)count, ROUNDS);
    fh_classes_write(classes, &out);
    bool written = fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    if (!written) perror("make-classes");
    fh_buf_free(&out);
    fh_classes_free(classes);
    return written ? EXIT_SUCCESS : EXIT_FAILED;
}
