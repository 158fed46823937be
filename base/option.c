/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a command line by a program's table of options. */
#include "base/option.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

fh_args fh_args_start(const fh_program *program, int argc, char **argv) {
    return (fh_args){.program = program, .count = argc, .items = argv, .next = 1};
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Levenshtein distance, for names of options: at most 40 letters. */
static size_t distance(fh_str a, fh_str b) {
    enum { LONGEST = 40 };
    size_t row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST) return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++) row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            row[j] = smaller(diagonal + (a.ptr[i - 1] != b.ptr[j - 1]), smaller(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[b.len];
}

/* `name` is what may be a long option misspelled; of two letters both wrong, nothing is near. */
static fh_status unknown(const fh_program *program, fh_str typed, fh_str name, fh_error *err) {
    const char *nearest = NULL;
    size_t best = smaller(3, name.len);
    for (const fh_option *o = program->options; o->name; o++) {
        size_t d = o->help ? distance(name, fh_str_from(o->name)) : SIZE_MAX;
        if (d < best) best = d, nearest = o->name;
    }
    char hint[128];
    if (nearest)
        snprintf(hint, sizeof hint, "did you mean --%s?", nearest);
    else
        snprintf(hint, sizeof hint, "%s --help lists the options", program->name);
    return fh_fail(err, FH_ERR_USAGE, NULL, hint, "there is no option %.*s", FH_STR_ARG(typed));
}

static bool is_choice(const char *choices, const char *value) {
    if (!choices || choices[0] == '(') return true;
    if (strchr(value, '|')) return false;
    size_t length = strlen(value);
    for (const char *at = choices; at; at = strchr(at, '|')) {
        if (*at == '|') at++;
        if (!strncmp(at, value, length) && (at[length] == '|' || !at[length])) return length > 0;
    }
    return false;
}

static fh_status take(const fh_option *option, const char *given, int *id, const char **value,
                      fh_error *err) {
    if (given && !is_choice(option->choices, given))
        return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "--%s takes %s, not \"%s\"", option->name,
                       option->choices, given);
    *id = option->id;
    *value = given;
    return FH_OK;
}

/* The value of an option that wants one, from the next word of the command line. */
static fh_status take_next(fh_args *args, const fh_option *option, int *id, const char **value,
                           fh_error *err) {
    if (!option->value) return take(option, NULL, id, value, err);
    if (args->next >= args->count)
        return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "--%s wants a value: --%s %s", option->name,
                       option->name, option->value);
    return take(option, args->items[args->next++], id, value, err);
}

static fh_status next_long(fh_args *args, const char *typed, int *id, const char **value, fh_error *err) {
    const char *name = typed + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    for (const fh_option *o = args->program->options; o->name; o++) {
        if (strlen(o->name) != length || strncmp(o->name, name, length) != 0) continue;
        if (!equals) return take_next(args, o, id, value, err);
        if (!o->value) return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "--%s takes no value", o->name);
        return take(o, equals + 1, id, value, err);
    }
    return unknown(args->program, (fh_str){typed, length + 2}, (fh_str){name, length}, err);
}

static fh_status next_letter(fh_args *args, int *id, const char **value, fh_error *err) {
    char letter = *args->cluster++;
    const char *rest = args->cluster;
    if (!*rest) args->cluster = NULL;
    for (const fh_option *o = args->program->options; o->name; o++) {
        if (o->letter != letter) continue;
        if (!o->value || !*rest) return take_next(args, o, id, value, err);
        args->cluster = NULL;
        return take(o, rest, id, value, err);
    }
    char typed[3] = {'-', letter, '\0'};
    args->cluster = NULL;
    return unknown(args->program, fh_str_from(typed), FH_STR(""), err);
}

fh_status fh_args_next(fh_args *args, int *id, const char **value, fh_error *err) {
    if (args->cluster) return next_letter(args, id, value, err);
    if (args->next >= args->count) return FH_END;
    char *typed = args->items[args->next++];
    if (args->only_arguments || typed[0] != '-' || (typed[1] != '-' && !isalpha((unsigned char)typed[1]))) {
        *id = FH_ARGUMENT;
        *value = typed;
        return FH_OK;
    }
    if (typed[1] != '-') {
        args->cluster = typed + 1;
        return next_letter(args, id, value, err);
    }
    if (typed[2]) return next_long(args, typed, id, value, err);
    args->only_arguments = true;
    return fh_args_next(args, id, value, err);
}

fh_status fh_option_number(const char *name, const char *value, long low, long high, long *out,
                           fh_error *err) {
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno || end == value || *end || number < low || number > high)
        return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "--%s takes a whole number from %ld to %ld, not \"%s\"",
                       name, low, high, value);
    *out = number;
    return FH_OK;
}
