/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-folds OUT.c writes the look-up of folds, from the table of letters and from Unicode, so
 * that no program has to work it out when it starts. */
#include "stemmer/normalise.h"

#include <stdio.h>
#include <stdlib.h>

static void apply_letter(fh_folds *folds, const fh_letter *row) {
    for (uint32_t c = row->first; c <= row->last; c++) {
        fh_fold *fold = &folds->direct[fh_fold_index(c)];
        *fold = (fh_fold){.class = (uint8_t)row->class};
        while (fold->count < 2 && row->folded[fold->count]) {
            fold->letters[fold->count] = row->folded[fold->count];
            fold->count++;
        }
        if (folds->published && row->published)
            fold->letters[0] = row->published == FH_KEEP ? c : row->published;
    }
}

static void fill(fh_folds *folds, bool as_published) {
    folds->published = as_published;
    size_t index = 0;
    for (size_t i = 0; i < FH_FOLD_BLOCKS; i++) {
        const struct fh_fold_block *block = &fh_fold_blocks[i];
        for (uint32_t k = 0; k < block->size; k++)
            fh_fold_unicode(i == 0 ? NULL : folds, block->first + k, &folds->direct[index++]);
        /* The named letters come before the blocks that are folded through them, and after what they
         * override. */
        for (unsigned k = 0; k < fh_letter_table_count; k++)
            if (fh_letter_table[k].first - block->first < block->size)
                apply_letter(folds, &fh_letter_table[k]);
    }
}

static void write_folds(FILE *out, const char *name, bool as_published) {
    static fh_folds folds;
    fill(&folds, as_published);
    fprintf(out, "const fh_folds %s = {%d, {\n", name, as_published);
    for (size_t i = 0; i < FH_DIRECT; i++) {
        const fh_fold *fold = &folds.direct[i];
        fprintf(out, "    {%u, %u, {", fold->class, fold->count);
        for (size_t k = 0; k < FH_FOLD_MAX; k++) fprintf(out, "%u,", k < fold->count ? fold->letters[k] : 0);
        fprintf(out, "}},\n");
    }
    fprintf(out, "}};\n\n");
}

int main(int argc, char **argv) {
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "usage: make-folds OUT.c\n");
        return EXIT_FAILURE;
    }
    fprintf(out, "#include \"stemmer/normalise.h\"\n\n");
    write_folds(out, "fh_folds_ours", false);
    write_folds(out, "fh_folds_published", true);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
