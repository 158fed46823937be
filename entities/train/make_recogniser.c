/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-recogniser OUT.c CLASSES SPORT WEIGHTS writes a recogniser as constant tables. */
#include "base/file.h"
#include "entities/train/model.h"

#include <stdio.h>
#include <stdlib.h>

typedef fh_status reader(fh_model *model, fh_str text, const char *name, fh_error *err);
static reader *const readers[] = {fh_model_read_classes, fh_model_read_sport, fh_model_read_weights};
enum { FILES = sizeof readers / sizeof *readers };

static void write_facts(const fh_model *model, fh_buf *out) {
    fh_buf_printf(out, "static const uint32_t slots[] = {");
    for (size_t i = 0; i <= model->tables.facts.mask; i++) fh_buf_printf(out, "%u,", model->slots[i]);
    fh_buf_printf(out, "};\n\nstatic const fh_word_class classes[] = {");
    for (size_t i = 0; i < model->class_count; i++)
        fh_buf_printf(out, "{%u, %u},", model->classes[i].path, model->classes[i].depth);
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
        "};\n\nstatic const fh_recogniser builtin = {{slots, classes, %uu}, shifts, marks, weights, "
        "steps};\n\nconst fh_recogniser *fh_recogniser_builtin(void) {\n    return &builtin;\n}\n",
        model->tables.facts.mask);
}

static int fail(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, "make-recogniser", &text);
    fputs(text.ptr, stderr);
    return EXIT_FAILURE;
}

int main(int argc, char **argv) {
    if (argc != 2 + FILES) {
        fprintf(stderr, "usage: make-recogniser OUT.c CLASSES SPORT WEIGHTS\n");
        return EXIT_FAILURE;
    }
    fh_model *model = fh_model_new();
    fh_error err;
    for (size_t i = 0; i < FILES; i++) {
        fh_buf text = {0};
        const char *path = argv[2 + i];
        if (fh_file_read(path, FH_MODEL_MAX_FILE, &text, &err) != FH_OK) return fail(&err);
        if (readers[i](model, fh_buf_str(&text), path, &err) != FH_OK) return fail(&err);
        fh_buf_free(&text);
    }
    fh_buf code = {0};
    write_model(model, &code);
    FILE *out = fopen(argv[1], "w");
    bool written = out && fwrite(code.ptr, 1, code.len, out) == code.len;
    if (!out || fclose(out) != 0 || !written) {
        perror(argv[1]);
        return EXIT_FAILURE;
    }
    fh_buf_free(&code);
    fh_model_free(model);
    return EXIT_SUCCESS;
}
