/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The currencies of today's countries as ICU names them (CLDR's locale data): by their full names only, since
 * a pound may be anybody's. */
#include "entities/gen/gen.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME_MAX_BYTES = 400 };

static fh_str name_of(fh_lists *lists, const UChar *code, const char *locale, UErrorCode *status) {
    int32_t units = 0, bytes = 0;
    UBool is_choice;
    char text[NAME_MAX_BYTES];
    const UChar *name = ucurr_getName(code, locale, UCURR_LONG_NAME, &is_choice, &units, status);
    u_strToUTF8(text, sizeof text, &bytes, name, units, status);
    return U_SUCCESS(*status) ? fh_arena_copy(lists->arena, (fh_str){text, (size_t)bytes}) : FH_STR("");
}

/* «ريال سعودي» → «الريال السعودي»; empty for a name of more words, where that would be wrong. */
static fh_str with_articles(fh_lists *lists, fh_str name) {
    size_t space = fh_str_find(name, FH_STR(" "), 0);
    fh_str first = fh_str_slice(name, 0, space), second = fh_str_slice(name, space + 1, name.len);
    bool is_pair = fh_str_find(second, FH_STR(" "), 0) == SIZE_MAX && !fh_str_starts(second, FH_STR("ال"));
    if (!is_pair) return FH_STR("");
    return fh_arena_format(lists->arena, "ال%.*s ال%.*s", FH_STR_ARG(first), FH_STR_ARG(second));
}

/* A name of one word (أفغاني) would only ever be taken for something else, and is left out; so is what stands
 * for no currency at all. */
static bool is_full_name(fh_str id, fh_str name) {
    return fh_str_find(name, FH_STR(" "), 0) != SIZE_MAX && !fh_str_equal(id, FH_STR("currency-xxx"));
}

static void add_currency(fh_lists *lists, const UChar *code, UErrorCode *status) {
    char letters[] = {(char)tolower(code[0]), (char)tolower(code[1]), (char)tolower(code[2]), 0};
    fh_str id = fh_arena_format(lists->arena, "currency-%s", letters);
    fh_str name = name_of(lists, code, "ar", status), latin = name_of(lists, code, "en", status);
    if (U_FAILURE(*status) || fh_lists_find(lists, id) || !is_full_name(id, name)) return;
    fh_str definite = with_articles(lists, name);
    fh_listed *entity = fh_lists_add(lists, id, FH_ENTITY_PRODUCT);
    entity->label = definite.len ? definite : name;
    entity->latin = latin;
    entity->is_open = true;
    fh_str spellings[] = {name, definite, latin};
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        fh_spelling spelling = {
            .entity = entity, .text = spellings[i], .where = FH_STR("ICU"), .source = FH_SPELLING_ICU_CITY};
        if (spelling.text.len) fh_lists_add_spelling(lists, &spelling);
    }
}

fh_status gen_read_currencies(fh_lists *lists, fh_error *err) {
    UErrorCode status = U_ZERO_ERROR;
    for (const char *const *country = uloc_getISOCountries(); *country && U_SUCCESS(status); country++) {
        UChar code[4];
        char locale[ULOC_FULLNAME_CAPACITY];
        UErrorCode missing = U_ZERO_ERROR; /* Antarctica has none */
        snprintf(locale, sizeof locale, "und_%s", *country);
        if (ucurr_forLocale(locale, code, 4, &missing) == 3 && U_SUCCESS(missing))
            add_currency(lists, code, &status);
    }
    if (U_SUCCESS(status)) return FH_OK;
    return fh_fail(err, FH_ERR_INTERNAL, "ICU", "is ICU's data (libicu) of this machine whole?",
                   "names of currencies cannot be read: %s", u_errorName(status));
}
