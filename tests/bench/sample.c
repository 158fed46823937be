/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a piece of work takes one thread, and how that is written for bench.py. */
#include "tests/bench/sample.h"

#include <stdlib.h>
#include <time.h>

enum { SAMPLES = 5, ENOUGH_BYTES = 32 << 20 };
static const double MIN_SECONDS = 0.2;

/* Of this thread: whatever else the machine does meanwhile does not count. */
static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_pass(sample_pass *pass, void *context, size_t *words) {
    size_t passes = 0;
    double from = cpu_seconds(), took;
    do {
        *words = pass(context);
        passes++;
        took = cpu_seconds() - from;
    } while (took < MIN_SECONDS);
    return took / (double)passes;
}

static int by_value(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

void sample_print(const char *name, size_t bytes, sample_pass *pass, void *context) {
    double seconds[SAMPLES];
    size_t words;
    for (int i = 0; i < SAMPLES; i++) seconds[i] = time_pass(pass, context, &words);
    qsort(seconds, SAMPLES, sizeof *seconds, by_value);
    printf("%s\t%zu\t%zu\t%.9f\n", name, bytes, words, seconds[SAMPLES / 2]);
}

void sample_read(FILE *file, fh_buf *out) {
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t length; out->len < ENOUGH_BYTES && (length = getline(&line, &capacity, file)) > 0;)
        fh_buf_add(out, (fh_str){line, (size_t)length});
    free(line);
}
