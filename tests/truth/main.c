/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truth: random lives of an index beside the reference; each seed is a case, and can be run again by itself.
 *
 *     truth --corpus DIR --programs BUILD [--rounds N] [--questions N] [--minutes N] [--keep] [SEED…]
 *
 * Without seeds, or with minutes to fill, they are thrown. */
#include "tests/truth/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

typedef struct plan {
    session_options session;
    double minutes;
    uint64_t *seeds;
    size_t seed_count;
} plan;

static uint64_t thrown_seed(void) {
    uint32_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed) seed = (uint32_t)time(NULL);
    return seed;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool read_plan(int count, char **words, plan *out) {
    *out =
        (plan){.session = {.rounds = 6, .questions = 25}, .seeds = calloc((size_t)count, sizeof(uint64_t))};
    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? words[i + 1] : NULL;
        if (words[i][0] != '-') {
            out->seeds[out->seed_count++] =
                strcmp(words[i], "random") ? strtoull(words[i], NULL, 10) : thrown_seed();
            continue;
        }
        if (!strcmp(words[i], "--keep")) {
            out->session.keep = true;
            continue;
        }
        if (!value) return false;
        if (!strcmp(words[i], "--corpus"))
            out->session.corpus = value;
        else if (!strcmp(words[i], "--programs"))
            out->session.programs = value;
        else if (!strcmp(words[i], "--rounds"))
            out->session.rounds = (uint32_t)strtoul(value, NULL, 10);
        else if (!strcmp(words[i], "--questions"))
            out->session.questions = (uint32_t)strtoul(value, NULL, 10);
        else if (!strcmp(words[i], "--minutes"))
            out->minutes = strtod(value, NULL);
        else
            return false;
        i++;
    }
    return out->session.corpus && out->session.programs;
}

/* The lines of a failure, as comments. */
static void print_said(const fh_buf *said) {
    fh_str rest = fh_buf_str(said), line;
    while (fh_str_line(&rest, &line)) printf("# %.*s\n", FH_STR_ARG(line));
}

static bool run_case(const plan *p, size_t number, uint64_t seed, session_counts *sum) {
    fh_buf said = {0};
    session_counts c = {0};
    bool same = session_run(seed, &p->session, &c, &said);
    printf("%s %zu - seed %" PRIu64 ": %" PRIu64 " articles in %" PRIu64 " changes, %" PRIu64 " questions\n",
           same ? "ok" : "not ok", number, seed, c.articles, c.changes, c.questions);
    if (!same) print_said(&said);
    fflush(stdout);
    fh_buf_free(&said);
    sum->articles += c.articles;
    sum->changes += c.changes;
    sum->kills += c.kills;
    sum->questions += c.questions;
    sum->found += c.found;
    sum->refused += c.refused;
    sum->by_program += c.by_program;
    sum->left_out += c.left_out;
    return same;
}

int main(int count, char **words) {
    plan p = {0};
    if (!read_plan(count, words, &p)) {
        free(p.seeds);
        fprintf(stderr, "usage: truth --corpus DIR --programs BUILD [--rounds N] [--questions N] [--minutes "
                        "N] [SEED…]\n");
        return 2;
    }
    session_counts sum = {0};
    size_t cases = 0, wrong = 0;
    double end = now() + p.minutes * 60;
    for (size_t i = 0; i < p.seed_count; i++) wrong += !run_case(&p, ++cases, p.seeds[i], &sum);
    while (now() < end) wrong += !run_case(&p, ++cases, thrown_seed(), &sum);
    printf("# %" PRIu64 " articles, %" PRIu64 " changes, %" PRIu64 " kills; %" PRIu64
           " questions, of which %" PRIu64 " found something, %" PRIu64 " could not be read, %" PRIu64
           " were also asked by the program, %" PRIu64 " have too many words to compare\n1..%zu\n",
           sum.articles, sum.changes, sum.kills, sum.questions, sum.found, sum.refused, sum.by_program,
           sum.left_out, cases);
    free(p.seeds);
    return wrong > 0;
}
