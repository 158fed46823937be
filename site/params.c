/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters against their table. */
#include "site/params.h"

#include "base/utf8.h"
#include <stdio.h>

static const fh_param *find(const fh_param *table, fh_str name) {
    for (const fh_param *param = table; param->name; param++)
        if (fh_str_equal(name, fh_str_from(param->name))) return param;
    return NULL;
}

static fh_status unknown(const fh_param *table, fh_str name, fh_error *err) {
    char where[64], known[200];
    size_t length = 0;
    known[0] = '\0';
    for (const fh_param *param = table; param->name && length < sizeof known; param++)
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s",
                                   length ? ", " : "known: ", param->name);
    fh_str kept = fh_utf8_cut(name, sizeof where - 1);
    snprintf(where, sizeof where, "%.*s", FH_STR_ARG(kept));
    return fh_fail(err, FH_ERR_USAGE, where, *known ? known : "it takes none",
                   "there is no parameter \"%.*s\"", FH_STR_ARG(name));
}

static bool is_choice(const char *choices, fh_str value) {
    for (const char *at = choices; at;) {
        const char *end = strchr(at, '|');
        fh_str choice = {at, end ? (size_t)(end - at) : strlen(at)};
        if (fh_str_equal(choice, value)) return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

/* The number in all of `text`, or above `high`. */
static uint64_t read_number(fh_str text, uint32_t high) {
    uint64_t number = text.len ? 0 : (uint64_t)high + 1;
    for (size_t i = 0; i < text.len && number <= high; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        number = digit ? number * 10 + (uint64_t)(text.ptr[i] - '0') : (uint64_t)high + 1;
    }
    return number;
}

static fh_status check(const fh_param *param, fh_str value, fh_error *err) {
    switch (param->kind) {
    case FH_PARAM_TEXT:
        if (value.len <= param->high) return FH_OK;
        return fh_fail(err, FH_ERR_LIMIT, param->name, NULL, "%s has more than %u bytes", param->name,
                       param->high);
    case FH_PARAM_NUMBER:
        if (read_number(value, param->high) <= param->high) return FH_OK;
        return fh_fail(err, FH_ERR_USAGE, param->name, NULL,
                       "%s takes a whole number from 0 to %u, not \"%.*s\"", param->name, param->high,
                       FH_STR_ARG(value));
    case FH_PARAM_CHOICE:
        if (is_choice(param->choices, value)) return FH_OK;
        return fh_fail(err, FH_ERR_USAGE, param->name, NULL, "%s takes %s, not \"%.*s\"", param->name,
                       param->choices, FH_STR_ARG(value));
    }
    return FH_OK;
}

static size_t count(const fh_target *target, size_t upto, fh_str name) {
    size_t times = 0;
    for (size_t i = 0; i < upto; i++) times += fh_str_equal(target->pairs[i].name, name);
    return times;
}

fh_status fh_params_check(const fh_param *table, const fh_target *target, fh_error *err) {
    for (size_t i = 0; i < target->pair_count; i++) {
        const fh_pair *pair = &target->pairs[i];
        const fh_param *param = find(table, pair->name);
        if (!param) return unknown(table, pair->name, err);
        if (count(target, i + 1, pair->name) > param->times)
            return fh_fail(err, FH_ERR_USAGE, param->name, NULL, "%s stands more than %u time%s", param->name,
                           param->times, param->times == 1 ? "" : "s");
        fh_status status = check(param, pair->value, err);
        if (status) return status;
    }
    return FH_OK;
}

fh_str fh_param_text(const fh_target *target, const char *name) {
    for (size_t i = 0; i < target->pair_count; i++)
        if (fh_str_equal(target->pairs[i].name, fh_str_from(name))) return target->pairs[i].value;
    return (fh_str){0};
}

uint32_t fh_param_number(const fh_target *target, const char *name, uint32_t otherwise) {
    fh_str text = fh_param_text(target, name);
    return text.len ? (uint32_t)read_number(text, UINT32_MAX) : otherwise;
}

bool fh_param_is(const fh_target *target, const char *name, const char *value) {
    return fh_str_equal(fh_param_text(target, name), fh_str_from(value));
}
