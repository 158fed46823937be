/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-list NAME OUT.c WORDS.txt… writes the words of text files (one a line, # begins a comment)
 * as an fh_list, folded as every stemmer has them. */
#include "base/memory.h"
#include "stemmer/list.h"
#include "stemmer/normalise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct word_table {
    fh_list_word *words;
    size_t count, capacity;
    uint16_t *slots;
    uint32_t mask;
} word_table;

static void add(word_table *table, const fh_word *word) {
    for (size_t i = 0; i < table->count; i++)
        if (fh_list_word_is(&table->words[i], word->letters, word->count)) return;
    table->words = fh_grow(table->words, table->count, &table->capacity, sizeof *table->words);
    fh_list_word *new = &table->words[table->count++];
    new->count = (uint16_t)word->count;
    for (size_t i = 0; i < word->count; i++) new->letters[i] = (uint16_t)word->letters[i];
}

/* False: not one word, or too long a one. */
static bool fold_line(fh_stemmer stemmer, fh_str line, fh_word *word) {
    const fh_folds *folds = fh_folds_for(stemmer);
    word->count = 0;
    for (size_t at = 0; at < line.len;) {
        fh_fold spare;
        const fh_fold *fold;
        at += fh_fold_next(folds, line, at, &spare, &fold);
        if (fold->class == FH_CLASS_SPACE || fold->class == FH_CLASS_OTHER) return false;
        fh_word_fold(folds, word, fold);
    }
    fh_word_close(folds, word);
    return word->count > 0 && word->count <= FH_LIST_LETTERS;
}

/* A word that cannot be kept is a mistake in the file: the build stops at its line. */
static bool read_words(FILE *in, const char *path, word_table *table) {
    char text[256];
    for (size_t number = 1; fgets(text, sizeof text, in); number++) {
        text[strcspn(text, "#\n")] = 0;
        fh_str line = fh_str_trim(fh_str_from(text));
        fh_word word;
        if (line.len == 0) continue;
        if (!fold_line(FH_STEMMER_LIGHT, line, &word)) {
            fprintf(stderr, "%s:%zu: not one word of at most %d letters\n", path, number, FH_LIST_LETTERS);
            return false;
        }
        add(table, &word);
        if (fold_line(FH_STEMMER_LIGHT10, line, &word)) add(table, &word);
    }
    return !ferror(in);
}

static void fill_slots(word_table *table) {
    table->mask = 1;
    while (table->mask < 4 * table->count) table->mask = table->mask << 1 | 1;
    table->slots = fh_alloc_zeroed(table->mask + 1, sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++) {
        uint32_t hash = FH_LIST_HASH_START;
        for (size_t k = 0; k < table->words[i].count; k++)
            hash = fh_list_hash(hash, table->words[i].letters[k]);
        uint32_t slot = hash ^ hash >> 15;
        while (table->slots[slot & table->mask]) slot++;
        table->slots[slot & table->mask] = (uint16_t)(i + 1);
    }
}

static void write_c(FILE *out, const char *name, const word_table *table) {
    fprintf(out, "#include \"stemmer/list.h\"\n\nstatic const fh_list_word words[] = {\n");
    for (size_t i = 0; i < table->count; i++) {
        fprintf(out, "    {%u, {", table->words[i].count);
        for (size_t k = 0; k < table->words[i].count; k++)
            fprintf(out, "0x%04X,", table->words[i].letters[k]);
        fprintf(out, "}},\n");
    }
    fprintf(out, "};\n\nstatic const uint16_t slots[] = {");
    for (uint32_t i = 0; i <= table->mask; i++)
        fprintf(out, "%s%u,", i % 16 ? "" : "\n    ", table->slots[i]);
    fprintf(out, "\n};\n\nconst fh_list fh_%s = {words, slots, 0x%X};\n", name, table->mask);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: make-list NAME OUT.c WORDS.txt...\n");
        return EXIT_FAILURE;
    }
    word_table table = {0};
    for (int i = 3; i < argc; i++) {
        FILE *in = fopen(argv[i], "r");
        if (!in) perror(argv[i]);
        if (!in || !read_words(in, argv[i], &table)) return EXIT_FAILURE;
        fclose(in);
    }
    FILE *out = fopen(argv[2], "w");
    if (!out) {
        perror(argv[2]);
        return EXIT_FAILURE;
    }
    fill_slots(&table);
    write_c(out, argv[1], &table);
    free(table.words);
    free(table.slots);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
