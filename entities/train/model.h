/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognisers as files, and the tables that are made of them: for the trainer, and for the build. */
#ifndef FH_ENTITIES_TRAIN_MODEL_H
#define FH_ENTITIES_TRAIN_MODEL_H

#include "base/buf.h"
#include "base/error.h"
#include "entities/recogniser.h"

/* Weights are kept in this part of 1. */
#define FH_MODEL_SCALE 32

enum { FH_MODEL_MAX_FILE = 64 << 20 };

typedef struct fh_model {
    fh_recogniser tables; /* point into what follows */
    fh_word_class classes[FH_FACT_MAX_CLASS + 1];
    size_t class_count; /* with class 0 */
    uint32_t *slots;
    size_t fact_count;
    uint16_t *shifts, *marks;
    int8_t (*weights)[FH_LANES];
    size_t row_count;
    int16_t steps[FH_LABELS][FH_LABELS];
} fh_model;

/* A model without facts and weights: it finds nothing. */
fh_model *fh_model_new(void);
void fh_model_free(fh_model *model); /* takes NULL */

/* Adds words to the model from the text of a file; `name` stands in messages.  # begins a comment, errors are
 * FH_ERR_INPUT and FH_ERR_LIMIT at name:line.  Classes: the path of a class, a tab, and its words, folded,
 * with spaces between.  Sport: a word a line. */
fh_status fh_model_read_classes(fh_model *model, fh_str text, const char *name, fh_error *err);
fh_status fh_model_read_sport(fh_model *model, fh_str text, const char *name, fh_error *err);

/* Replaces the model's weights by those of a text that the next two wrote. */
fh_status fh_model_read_weights(fh_model *model, fh_str text, const char *name, fh_error *err);

/* Appends a label's steps; those of all labels are written in their order. */
void fh_model_write_steps(const float values[FH_LABELS], fh_buf *out);

/* Appends a feature with its weights, if it has any. */
void fh_model_write_feature(uint32_t key, const float values[FH_LABELS], fh_buf *out);

#endif
