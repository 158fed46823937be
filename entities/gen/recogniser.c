/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the recogniser that comes with the program: its words and weights become constant tables in C.
 *
 * make-recogniser OUTPUT CLASSES SPORT WEIGHTS */
#include "base/file.h"
#include "entities/train/model.h"

#include <stdio.h>

enum { OUTPUT = 1, CLASSES, SPORT, WEIGHTS, ARGUMENTS };

typedef fh_status reader(fh_model *model, fh_str text, const char *name, fh_error *err);

static fh_status read_file(fh_model *model, reader *read, const char *path, fh_error *err) {
    fh_buf text = {0};
    fh_status status = fh_file_read(path, FH_MODEL_MAX_FILE, &text, err);
    if (status == FH_OK) status = read(model, fh_buf_str(&text), path, err);
    fh_buf_free(&text);
    return status;
}

static void write_comma(size_t number, fh_buf *out) {
    fh_buf_printf(out, ",%s", number % 16 == 15 ? "\n" : "");
}

static void write_facts(const fh_word_facts *facts, size_t classes, fh_buf *out) {
    fh_buf_printf(out, "static const uint32_t slots[] = {\n");
    for (size_t i = 0; i <= facts->mask; i++) {
        fh_buf_printf(out, "%u", facts->slots[i]);
        write_comma(i, out);
    }
    fh_buf_printf(out, "};\n\nstatic const fh_word_class classes[] = {\n");
    for (size_t i = 0; i < classes; i++) {
        fh_buf_printf(out, "{%u,%u}", facts->classes[i].path, facts->classes[i].depth);
        write_comma(i, out);
    }
    fh_buf_printf(out, "};\n\n");
}

static void write_features(const fh_recogniser *tables, size_t rows, fh_buf *out) {
    fh_buf_printf(out, "static const uint32_t starts[] = {\n");
    for (size_t i = 0; i <= (size_t)1 << tables->bits; i++) {
        fh_buf_printf(out, "%u", tables->starts[i]);
        write_comma(i, out);
    }
    fh_buf_printf(out, "};\n\nstatic const uint16_t marks[] = {\n");
    for (size_t i = 0; i < rows; i++) {
        fh_buf_printf(out, "%u", tables->marks[i]);
        write_comma(i, out);
    }
    fh_buf_printf(out, "};\n\nstatic const int8_t weights[][FH_LANES] = {\n");
    for (size_t i = 0; i < rows; i++) {
        fh_buf_add_char(out, '{');
        for (size_t lane = 0; lane < FH_LANES; lane++) fh_buf_printf(out, "%d,", tables->weights[i][lane]);
        fh_buf_printf(out, "},\n");
    }
    fh_buf_printf(out, "};\n\nstatic const int16_t steps[][FH_LABELS] = {\n");
    for (size_t from = 0; from < FH_LABELS; from++) {
        fh_buf_add_char(out, '{');
        for (size_t to = 0; to < FH_LABELS; to++) fh_buf_printf(out, "%d,", tables->steps[from][to]);
        fh_buf_printf(out, "},\n");
    }
    fh_buf_printf(out, "};\n\n");
}

static void write_tables(const fh_model *model, fh_buf *out) {
    fh_buf_printf(out, "/* Written by entities/gen/recogniser.c from entities/data. */\n"
                       "#include \"entities/recogniser.h\"\n\n");
    write_facts(&model->tables.facts, model->class_count, out);
    write_features(&model->tables, model->row_count, out);
    fh_buf_printf(out,
                  "const fh_recogniser *fh_recogniser_builtin(void) {\n"
                  "    static const fh_recogniser builtin = {{slots, classes, %u}, starts, marks, weights, "
                  "steps, %u};\n"
                  "    return &builtin;\n}\n",
                  model->tables.facts.mask, model->tables.bits);
}

static fh_status save(const char *path, const fh_buf *text, fh_error *err) {
    FILE *file = fopen(path, "w");
    bool written = file && fwrite(text->ptr, 1, text->len, file) == text->len;
    if (file) written = fclose(file) == 0 && written;
    if (written) return FH_OK;
    return fh_fail(err, FH_ERR_IO, path, "check the path, and the space on the disk",
                   "the tables cannot be written");
}

int main(int argc, char **argv) {
    fh_error err;
    if (argc != ARGUMENTS) {
        fputs("usage: make-recogniser OUTPUT CLASSES SPORT WEIGHTS\n", stderr);
        return 2;
    }
    fh_model *model = fh_model_new();
    fh_buf text = {0};
    fh_status status = read_file(model, fh_model_read_classes, argv[CLASSES], &err);
    if (status == FH_OK) status = read_file(model, fh_model_read_sport, argv[SPORT], &err);
    if (status == FH_OK) status = read_file(model, fh_model_read_weights, argv[WEIGHTS], &err);
    if (status == FH_OK) write_tables(model, &text);
    if (status == FH_OK) status = save(argv[OUTPUT], &text, &err);
    if (status != FH_OK) fprintf(stderr, "make-recogniser: %s: %s\n", err.where, err.what);
    fh_buf_free(&text);
    fh_model_free(model);
    return status == FH_OK ? 0 : 2;
}
