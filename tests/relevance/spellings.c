/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well spellings of one name are told from other names: spellings LIST [RECALL PRECISION SHARED].
 *
 * A row of the list is `same`, `near` or `far`, and two spellings; or a Latin name, and its spellings between
 * `|`, each with its source in parentheses, any two of which are the same.  Every near and far row must be as
 * it says.  Of the rows that are the same at least RECALL must be near, and SHARED of these share a skeleton.
 * Among all that is near PRECISION must be the same, where each spelling is compared with ten other names of
 * like length too; and again with ten that also begin with the same letter. */
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "entities/entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { OTHERS = 10, TIMED = 100000, MOST_BYTES = 1 << 24, MOST_SPELLINGS = 8 };

typedef struct pair {
    fh_str a, b;
} pair;

typedef struct report {
    pair *same;
    size_t count, capacity;
    int cases, failed;
} report;

static bool is_near(fh_str a, fh_str b) {
    return fh_spelling_distance(a, b) <= fh_spelling_near;
}

static void add_same(report *out, fh_str a, fh_str b) {
    out->same = fh_grow(out->same, out->count, &out->capacity, sizeof *out->same);
    out->same[out->count++] = (pair){a, b};
}

/* What stands before the next `end` in `*rest`, which goes on behind it. */
static fh_str take(fh_str *rest, char end) {
    size_t at = fh_str_find(*rest, (fh_str){&end, 1}, 0);
    fh_str taken = fh_str_slice(*rest, 0, at == SIZE_MAX ? rest->len : at);
    *rest = fh_str_slice(*rest, at == SIZE_MAX ? rest->len : at + 1, rest->len);
    return taken;
}

static void read_variants(fh_str list, report *out) {
    fh_str spellings[MOST_SPELLINGS];
    size_t count = 0;
    while (list.len && count < MOST_SPELLINGS) {
        fh_str spelling = take(&list, '|');
        spellings[count] = take(&spelling, '(');
        for (size_t i = 0; i < count; i++) add_same(out, spellings[i], spellings[count]);
        count++;
    }
}

static void read_row(fh_str line, report *out) {
    fh_str kind = take(&line, '\t'), a = take(&line, '\t'), b = take(&line, '\t');
    bool near = fh_str_equal(kind, FH_STR("near")), far = fh_str_equal(kind, FH_STR("far"));
    if (near || far) {
        bool good = b.len && is_near(a, b) == near;
        printf("%sok %d - %.*s is %.*s %.*s: %.2f apart\n", good ? "" : "not ", ++out->cases, FH_STR_ARG(a),
               FH_STR_ARG(kind), FH_STR_ARG(b), fh_spelling_distance(a, b));
        out->failed += !good;
    } else if (fh_str_equal(kind, FH_STR("same"))) {
        add_same(out, a, b);
    } else {
        read_variants(a, out);
    }
}

static bool begin_alike(fh_str a, fh_str b) {
    uint32_t first_a = 0, first_b = 0;
    if (a.len) fh_utf8_next(a, 0, &first_a);
    if (b.len) fh_utf8_next(b, 0, &first_b);
    return first_a == first_b;
}

static bool is_like(fh_str a, fh_str b, bool alike) {
    size_t length = fh_utf8_count(a), other = fh_utf8_count(b);
    return length <= other + 1 && other <= length + 1 && (!alike || begin_alike(a, b));
}

typedef struct tally {
    size_t all, near;
} tally;

/* Compares the spelling of row `index` with other names, which are spread over the list. */
static void compare_others(const report *from, size_t index, fh_str name, bool alike, tally *sum) {
    const size_t stride = 7919; /* a prime: it comes to every row of a list that it does not divide */
    for (size_t step = 1, found = 0; step < from->count && found < OTHERS; step++) {
        const pair *row = &from->same[(index + step * stride) % from->count];
        if (!is_like(name, row->a, alike)) continue;
        double distance = fh_spelling_distance(name, row->a);
        if (distance == 0) continue; /* the same name, under another Latin spelling */
        found++;
        sum->all++;
        sum->near += distance <= fh_spelling_near;
    }
}

static tally count_others(const report *from, bool alike) {
    tally sum = {0};
    for (size_t i = 0; i < from->count; i++) {
        compare_others(from, i, from->same[i].a, alike, &sum);
        compare_others(from, i, from->same[i].b, alike, &sum);
    }
    return sum;
}

static bool share_skeleton(fh_str a, fh_str b) {
    fh_buf left = {0}, right = {0};
    fh_spelling_skeleton(a, &left);
    fh_spelling_skeleton(b, &right);
    bool same = fh_str_equal(fh_buf_str(&left), fh_buf_str(&right));
    fh_buf_free(&left);
    fh_buf_free(&right);
    return same;
}

static void hold(report *out, const char *what, size_t part, size_t whole, const char *floor) {
    double share = whole ? (double)part / (double)whole : 0;
    bool good = share >= (floor ? strtod(floor, NULL) : 0);
    printf("%sok %d - %s: %.3f, %zu of %zu\n", good ? "" : "not ", ++out->cases, what, share, part, whole);
    if (!good) printf("# at least %s was wanted\n", floor);
    out->failed += !good;
}

static void hold_all(report *out, const char *recall, const char *precision, const char *shared) {
    size_t near = 0, share = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (!is_near(out->same[i].a, out->same[i].b)) continue;
        near++;
        share += share_skeleton(out->same[i].a, out->same[i].b);
    }
    tally others = count_others(out, false), alike = count_others(out, true);
    hold(out, "recall", near, out->count, recall);
    hold(out, "precision beside ten names of like length", near, near + others.near, precision);
    hold(out, "precision beside ten that begin alike too", near, near + alike.near, precision);
    hold(out, "near spellings that share a skeleton", share, near, shared);
    printf("# other names that are near: %zu of %zu; that begin alike: %zu of %zu\n", others.near, others.all,
           alike.near, alike.all);
}

static void show_time(const report *from) {
    struct timespec before, after;
    double sum = 0;
    clock_gettime(CLOCK_MONOTONIC, &before);
    for (size_t i = 0; i < TIMED; i++) {
        const pair *row = &from->same[i % from->count];
        sum += fh_spelling_distance(row->a, row->b);
    }
    clock_gettime(CLOCK_MONOTONIC, &after);
    double passed = (double)(after.tv_sec - before.tv_sec) * 1e9 + (double)(after.tv_nsec - before.tv_nsec);
    printf("# %.0f ns a comparison, %.2f apart on average\n", passed / TIMED, sum / TIMED);
}

int main(int argc, char **argv) {
    fh_buf text = {0};
    fh_error err;
    if ((argc != 2 && argc != 5) || fh_file_read(argv[1], MOST_BYTES, &text, &err)) {
        fprintf(stderr, "usage: spellings LIST [RECALL PRECISION SHARED]\n");
        return 2;
    }
    report out = {0};
    fh_str rest = fh_buf_str(&text), line;
    while (fh_str_line(&rest, &line))
        if (line.len && line.ptr[0] != '#') read_row(line, &out);
    if (out.count) hold_all(&out, argv[2], argc == 5 ? argv[3] : NULL, argc == 5 ? argv[4] : NULL);
    if (out.count) show_time(&out);
    printf("1..%d\n", out.cases);
    free(out.same);
    fh_buf_free(&text);
    return out.failed ? 1 : 0;
}
