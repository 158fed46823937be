/* SPDX-License-Identifier: GPL-3.0-or-later */
/* train-recogniser: learns to find names from annotated news, and says how well that went. */
#include "base/file.h"
#include "base/option.h"
#include "entities/train/crf.h"
#include "entities/train/model.h"
#include "entities/train/score.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_FAILED = 2 };
enum { OPTION_CLASSES = 1, OPTION_SPORT, OPTION_OUTPUT, OPTION_FOLDS, OPTION_TEST };

static const fh_option options[] = {
    {OPTION_CLASSES, 'c', "classes", "FILE", "(file)", "classes of words, as make-classes writes them"},
    {OPTION_SPORT, 's', "sport", "FILE", "(file)", "words of news about sport, one a line"},
    {OPTION_OUTPUT, 'o', "output", "FILE", "(file)", "train with all of it and write the model"},
    {OPTION_FOLDS, 'f', "folds", "N", NULL, "train with all but one part in N, and test with that; N times"},
    {OPTION_TEST, 't', "test", "FILE", "(file)", "train with all of it and test with this"},
    FH_COMMON_OPTIONS};

static const fh_program program = {
    .name = "train-recogniser",
    .summary = "learn to find names from annotated news",
    .synopsis = "[OPTION…] NEWSWIRE",
    .options = options,
    .notes =
        "Tests print a line for what was recognised and one for what the gazetteer alone finds: precision,\n"
        "recall and F1 in percent, over all names and for each type.\n"
        "Exit status: 0 done, 2 something could not be read or written.\n",
};

typedef struct training {
    const char *newswire, *test, *classes, *sport, *output;
    long folds; /* 0: none */
    fh_model *model;
    fh_corpus corpus;
    fh_examples examples;
    size_t taught; /* examples from the newswire; the others are of the test */
} training;

/* ---- Testing ---- */

typedef struct measures {
    fh_score recognised, listed;
} measures;

/* Reads what was learned as the build will read it, so that a test is of what will run. */
static fh_status take(training *t, const fh_crf *crf, fh_error *err) {
    fh_buf text = {0};
    fh_crf_write(crf, &t->examples, &text);
    fh_status status = fh_model_read_weights(t->model, fh_buf_str(&text), "the new weights", err);
    fh_buf_free(&text);
    return status;
}

static void test(const training *t, size_t from, size_t to, measures *sum) {
    fh_arena *arena = fh_arena_new();
    fh_name_finder *finder = fh_name_finder_new(&t->model->tables);
    for (size_t i = from; i < to; i++) {
        const fh_example *e = &t->examples.items[i];
        fh_str text = fh_buf_str(&e->gold->text);
        fh_recognised_list names = fh_recognise(finder, text, e->tokens, e->known, arena);
        fh_score_add(&sum->recognised, e->gold, names, arena);
        fh_score_add(&sum->listed, e->gold, fh_score_listed(e->known, arena), arena);
        fh_arena_reset(arena);
    }
    fh_name_finder_free(finder);
    fh_arena_free(arena);
}

static void print(const measures *sum, const char *name) {
    fh_buf out = {0};
    char first[32];
    snprintf(first, sizeof first, "%s", name);
    fh_score_write(&sum->recognised, first, &out);
    fputs(out.ptr, stdout);
    fflush(stdout);
    fh_buf_free(&out);
}

static void print_all(const measures *sum) {
    fh_buf out = {0};
    fh_score_write(&sum->recognised, "recognised", &out);
    fh_score_write(&sum->listed, "gazetteer", &out);
    fputs(out.ptr, stdout);
    fh_buf_free(&out);
}

/* ---- Training ---- */

static fh_status train_and_test(training *t, size_t skip, size_t skip_end, measures *sum, fh_error *err) {
    fh_crf *crf = fh_crf_train(&t->examples, skip, skip_end, &fh_crf_usual);
    fh_status status = take(t, crf, err);
    if (status == FH_OK) test(t, skip, skip_end, sum);
    fh_crf_free(crf);
    return status;
}

/* Parts are of neighbours: sentences of one article are alike, and should not be on both sides. */
static fh_status run_folds(training *t, fh_error *err) {
    measures all = {0};
    for (long fold = 0; fold < t->folds; fold++) {
        measures sum = all;
        size_t from = (size_t)fold * t->taught / (size_t)t->folds;
        size_t to = (size_t)(fold + 1) * t->taught / (size_t)t->folds;
        fh_status status = train_and_test(t, from, to, &all, err);
        if (status != FH_OK) return status;
        for (size_t i = 0; i < FH_NAME_TYPES; i++) {
            sum.recognised.right[i] = all.recognised.right[i] - sum.recognised.right[i];
            sum.recognised.found[i] = all.recognised.found[i] - sum.recognised.found[i];
            sum.recognised.wanted[i] = all.recognised.wanted[i] - sum.recognised.wanted[i];
        }
        char name[32];
        snprintf(name, sizeof name, "fold %ld", fold + 1);
        print(&sum, name);
    }
    print_all(&all);
    return FH_OK;
}

static fh_status run_test(training *t, fh_error *err) {
    measures sum = {0};
    fh_status status = train_and_test(t, t->taught, t->examples.count, &sum, err);
    if (status == FH_OK) print_all(&sum);
    return status;
}

static fh_status save(training *t, fh_error *err) {
    fh_buf text = {0};
    fh_buf_add(&text,
               FH_STR("# What the recogniser learned, written by scripts/train-recogniser: steps from each "
                      "label\n# to each, then features and their weights (entities/train/model.h).\n"));
    fh_crf *crf = fh_crf_train(&t->examples, t->taught, t->taught, &fh_crf_usual);
    fh_crf_write(crf, &t->examples, &text);
    fh_crf_free(crf);
    fh_status status = fh_model_read_weights(t->model, fh_buf_str(&text), "the new weights", err);
    FILE *file = status == FH_OK ? fopen(t->output, "w") : NULL;
    bool written = file && fwrite(text.ptr, 1, text.len, file) == text.len;
    if (file && fclose(file) != 0) written = false;
    fh_buf_free(&text);
    if (status == FH_OK && !written)
        return fh_fail(err, FH_ERR_IO, t->output, "see that the folder is there, and has room",
                       "the model cannot be written");
    return status;
}

/* ---- The program ---- */

typedef fh_status reader(fh_model *model, fh_str text, const char *name, fh_error *err);

static fh_status read_words(fh_model *model, const char *path, reader *read, fh_error *err) {
    fh_buf bytes = {0};
    fh_status status = path ? fh_file_read(path, FH_MODEL_MAX_FILE, &bytes, err) : FH_OK;
    if (path && status == FH_OK) status = read(model, fh_buf_str(&bytes), path, err);
    fh_buf_free(&bytes);
    return status;
}

static fh_status run(training *t, fh_error *err) {
    fh_status status = read_words(t->model, t->classes, fh_model_read_classes, err);
    if (status == FH_OK) status = read_words(t->model, t->sport, fh_model_read_sport, err);
    if (status == FH_OK) status = fh_corpus_read(&t->corpus, t->newswire, err);
    t->taught = t->corpus.count;
    if (status == FH_OK && t->test) status = fh_corpus_read(&t->corpus, t->test, err);
    if (status != FH_OK) return status;
    fh_examples_make(&t->corpus, &t->model->tables.facts, &t->examples);
    if (t->folds) status = run_folds(t, err);
    if (status == FH_OK && t->test) status = run_test(t, err);
    if (status == FH_OK && t->output) status = save(t, err);
    fh_examples_free(&t->examples);
    return status;
}

static fh_status set(training *t, int id, const char *value, fh_error *err) {
    switch (id) {
    case OPTION_CLASSES: t->classes = value; return FH_OK;
    case OPTION_SPORT: t->sport = value; return FH_OK;
    case OPTION_OUTPUT: t->output = value; return FH_OK;
    case OPTION_TEST: t->test = value; return FH_OK;
    case OPTION_FOLDS: return fh_option_number("folds", value, 2, 100, &t->folds, err);
    default: break;
    }
    if (t->newswire)
        return fh_fail(err, FH_ERR_USAGE, NULL, "give one file", "\"%s\" is one too many", value);
    t->newswire = value;
    return FH_OK;
}

/* True: what was asked for has been said. */
static bool answer(int id, const char *value) {
    fh_buf text = {0};
    bool answered = fh_program_answer(&program, id, value, &text);
    if (answered) fputs(text.ptr, stdout);
    fh_buf_free(&text);
    return answered;
}

int main(int argc, char **argv) {
    training t = {.model = fh_model_new()};
    fh_args args = fh_args_start(&program, argc, argv);
    fh_error err;
    fh_status status;
    const char *value;
    int id;
    bool answered = false;
    while (!answered && (status = fh_args_next(&args, &id, &value, &err)) == FH_OK) {
        answered = answer(id, value);
        if (!answered && (status = set(&t, id, value, &err)) != FH_OK) break;
    }
    if (!answered && status == FH_END) {
        status = t.newswire ? run(&t, &err)
                            : fh_fail(&err, FH_ERR_USAGE, NULL, "train-recogniser --folds 10 newswire.txt",
                                      "there is no annotated news");
    }
    fh_corpus_free(&t.corpus);
    fh_model_free(t.model);
    if (status == FH_OK) return EXIT_SUCCESS;
    fh_buf text = {0};
    fh_error_text(&err, program.name, &text);
    fputs(text.ptr, stderr);
    fh_buf_free(&text);
    return EXIT_FAILED;
}
