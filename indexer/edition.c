/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions, embargoes, withdrawals. */
#include "indexer/edition.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define NUMBER_DIGITS 18 /* of a version: more would not fit a number */

static unsigned long long number_of(fh_str version) {
    version = fh_str_trim(version);
    char digits[NUMBER_DIGITS + 1] = "";
    if (version.len > NUMBER_DIGITS) return 0;
    for (size_t i = 0; i < version.len; i++) {
        if (!isdigit((unsigned char)version.ptr[i])) return 0;
        digits[i] = version.ptr[i];
    }
    return strtoull(digits, NULL, 10);
}

fh_str fh_edition_key(fh_str version, const fh_date *made, fh_arena *arena) {
    unsigned long long number = number_of(version);
    if (number == 0 && made->year == 0) return FH_STR("");
    char time[FH_DATE_TEXT];
    fh_date utc = fh_date_utc(made);
    fh_date_key(&utc, time);
    return fh_arena_format(arena, "%0*llu %s", NUMBER_DIGITS, number, time);
}

fh_str fh_embargo_text(const fh_date *until, fh_arena *arena) {
    char text[FH_DATE_TEXT];
    fh_date utc = fh_date_utc(until);
    fh_date_iso(&utc, text);
    return fh_arena_copy(arena, fh_str_from(text));
}

fh_str fh_code_of(fh_str name) {
    name = fh_str_trim(name);
    for (size_t at = name.len; at > 0; at--)
        if (strchr(":/#", name.ptr[at - 1])) return fh_str_slice(name, at, name.len);
    return name;
}

bool fh_status_withdraws(fh_str status) {
    static const char *const words[] = {"withheld", "canceled", "cancelled", "cancel", "kill", "killed"};
    fh_str code = fh_code_of(status);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == code.len && !strncasecmp(words[i], code.ptr, code.len)) return true;
    return false;
}

fh_date fh_date_of(fh_str text) {
    fh_date date = {0};
    fh_date_parse(fh_str_trim(text), &date);
    return date;
}
