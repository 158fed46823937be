/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of ranking: the usual ones have the best nDCG@10 over three collections of questions and
 * headlines, where small changes of any of them changed little. */
#include "query/query.h"

#include <math.h>
#include <stdlib.h>

/* Without `surface` 0.006 to 0.015 less; without `entity` 0.002 to 0.02. */
static const fh_ranking usual = {
    .bm25 = {.k1 = 1.1, .b = 0.7},
    .surface = 0.3,
    .entity = 0.7,
    .near = 0.4,
    .expand = 0.1,
};

const fh_ranking *fh_ranking_default(void) {
    return &usual;
}

static const struct tunable {
    const char *name;
    size_t offset; /* of its double */
    double high;   /* of 0 to here */
} tunables[] = {
    {"k1", offsetof(fh_ranking, bm25.k1), 100},      {"b", offsetof(fh_ranking, bm25.b), 1},
    {"surface", offsetof(fh_ranking, surface), 100}, {"entity", offsetof(fh_ranking, entity), 100},
    {"near", offsetof(fh_ranking, near), 100},       {"expand", offsetof(fh_ranking, expand), 100},
};

enum { TUNABLES = sizeof tunables / sizeof *tunables };

static const struct tunable *find_tunable(fh_str name) {
    for (size_t i = 0; i < TUNABLES; i++)
        if (fh_str_equal(name, fh_str_from(tunables[i].name))) return &tunables[i];
    return NULL;
}

static bool read_value(fh_str text, double high, double *out) {
    char digits[32], *end;
    if (!text.len || text.len >= sizeof digits) return false;
    memcpy(digits, text.ptr, text.len);
    digits[text.len] = '\0';
    if (digits[strspn(digits, "0123456789.")]) return false;
    double value = strtod(digits, &end);
    if (*end || end == digits || !(value <= high)) return false;
    *out = value;
    return true;
}

fh_status fh_ranking_tune(fh_ranking *ranking, fh_str assignment, fh_error *err) {
    size_t equals = fh_str_find(assignment, FH_STR("="), 0);
    fh_str name = fh_str_slice(assignment, 0, equals == SIZE_MAX ? assignment.len : equals);
    const struct tunable *tunable = find_tunable(name);
    if (!tunable || equals == SIZE_MAX)
        return fh_fail(err, FH_ERR_USAGE, NULL,
                       "write NAME=VALUE with k1, b, surface, entity, near or expand",
                       "--tune does not know \"%.*s\"", FH_STR_ARG(assignment));
    double value;
    if (!read_value(fh_str_slice(assignment, equals + 1, assignment.len), tunable->high, &value))
        return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "--tune %s takes a number from 0 to %g, not \"%.*s\"",
                       tunable->name, tunable->high,
                       FH_STR_ARG(fh_str_slice(assignment, equals + 1, assignment.len)));
    memcpy((char *)ranking + tunable->offset, &value, sizeof value);
    return FH_OK;
}
