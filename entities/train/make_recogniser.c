/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-recogniser OUT.c CLASSES SPORT WEIGHTS writes a recogniser as constant tables. */
#include "base/file.h"
#include "entities/train/model.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef fh_status reader(fh_model *model, fh_str text, const char *name, fh_error *err);
static reader *const readers[] = {fh_model_read_classes, fh_model_read_sport, fh_model_read_weights};
enum { FILES = sizeof readers / sizeof *readers };

static void write_facts(const fh_model *model, fh_buf *out) {
    fh_buf_printf(out, "static const uint32_t slots[] = {");
    for (size_t i = 0; i <= model->tables.facts.mask; i++) fh_buf_printf(out, "%u,", model->slots[i]);
    fh_buf_printf(out, "};\n\nstatic const fh_word_class classes[] = {");
    for (size_t i = 0; i < model->class_count; i++)
        fh_buf_printf(out, "{%u, %u, %zu},", model->classes[i].path, model->classes[i].depth, i);
    fh_buf_printf(out, "};\n\n");
}

static void write_features(const fh_model *model, fh_buf *out) {
    fh_buf_printf(out, "static const uint16_t shifts[] = {");
    for (size_t i = 0; i < 1u << FH_SHIFT_BITS; i++) fh_buf_printf(out, "%u,", model->shifts[i]);
    fh_buf_printf(out, "};\n\nstatic const uint16_t marks[] = {");
    for (size_t i = 0; i < 1u << FH_SLOT_BITS; i++) fh_buf_printf(out, "%u,", model->marks[i]);
    fh_buf_printf(out, "};\n\nstatic const int8_t weights[][FH_LANES] = {");
    for (size_t i = 0; i < 1u << FH_SLOT_BITS; i++) {
        fh_buf_printf(out, "{");
        for (size_t l = 0; l < FH_LANES; l++) fh_buf_printf(out, "%d,", model->weights[i][l]);
        fh_buf_printf(out, "},");
    }
    fh_buf_printf(out, "};\n\n");
}

static void write_model(const fh_model *model, fh_buf *out) {
    fh_buf_printf(out, "#include \"entities/recogniser.h\"\n\n");
    write_facts(model, out);
    write_features(model, out);
    fh_buf_printf(out, "static const int16_t steps[][FH_LABELS] = {");
    for (size_t from = 0; from < FH_LABELS; from++) {
        fh_buf_printf(out, "{");
        for (size_t to = 0; to < FH_LABELS; to++) fh_buf_printf(out, "%d,", model->steps[from][to]);
        fh_buf_printf(out, "},");
    }
    fh_buf_printf(
        out,
        "};\n\nstatic const fh_recogniser builtin = {{slots, classes, %uu, %uu}, shifts, marks, weights, "
        "steps};\n\nconst fh_recogniser *fh_recogniser_builtin(void) {\n    return &builtin;\n}\n",
        model->tables.facts.mask, model->tables.facts.class_count);
}

static fh_status read_file(size_t which, const char *path, fh_model *model, fh_error *err) {
    fh_buf text = {0};
    fh_status status = fh_file_read(path, FH_MODEL_MAX_FILE, &text, err);
    if (status == FH_OK) status = readers[which](model, fh_buf_str(&text), path, err);
    fh_buf_free(&text);
    return status;
}

static fh_status write_code(const fh_model *model, const char *path, fh_error *err) {
    fh_buf code = {0};
    write_model(model, &code);
    FILE *out = fopen(path, "w");
    bool written = out && fwrite(code.ptr, 1, code.len, out) == code.len;
    if (out && fclose(out) != 0) written = false;
    fh_buf_free(&code);
    if (written) return FH_OK;
    return fh_fail(err, FH_ERR_IO, path, "see that the folder is there, and has room",
                   "it cannot be written: %s", strerror(errno));
}

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, "make-recogniser", &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
}

int main(int argc, char **argv) {
    if (argc != 2 + FILES) {
        fprintf(stderr, "usage: make-recogniser OUT.c CLASSES SPORT WEIGHTS\n");
        return EXIT_FAILURE;
    }
    fh_model *model = fh_model_new();
    fh_error err;
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < FILES; i++) status = read_file(i, argv[2 + i], model, &err);
    if (status == FH_OK) status = write_code(model, argv[1], &err);
    fh_model_free(model);
    if (status == FH_OK) return EXIT_SUCCESS;
    complain(&err);
    return EXIT_FAILURE;
}
