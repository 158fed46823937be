/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries and cities as ICU names them (CLDR's locale data), in Arabic and in English. */
#include "entities/gen/gen.h"

#include <ctype.h>
#include <stdio.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { NAME_MAX_UNITS = 200 }; /* CLDR's longest name of a region has 60 */

static fh_str to_utf8(fh_lists *lists, const UChar *text) {
    char bytes[3 * NAME_MAX_UNITS + 1];
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(bytes, sizeof bytes, &length, text, -1, &status);
    return fh_arena_copy(lists->arena, (fh_str){bytes, (size_t)length});
}

/* What stands before an explanation in brackets or after a comma: «ميانمار (بورما)», "Knox, Indiana". */
static fh_str without_explanation(fh_str name) {
    static const char *const marks[] = {"(", ",", "،"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = fh_str_find(name, fh_str_from(marks[i]), 0);
        if (at != SIZE_MAX) name = fh_str_slice(name, 0, at);
    }
    return fh_str_trim(name);
}

/* "São Tomé" → "sao-tome". */
static fh_str id_of(fh_lists *lists, const char *kind, const UChar *name, UErrorCode *status) {
    UChar decomposed[2 * NAME_MAX_UNITS];
    unorm2_normalize(unorm2_getNFDInstance(status), name, -1, decomposed, 2 * NAME_MAX_UNITS, status);
    char id[2 * NAME_MAX_UNITS];
    size_t length = 0;
    for (const UChar *unit = decomposed; U_SUCCESS(*status) && *unit && *unit != ','; unit++) {
        if (*unit < 0x80 && isalnum(*unit))
            id[length++] = (char)tolower(*unit);
        else if (*unit < 0x80 && length && id[length - 1] != '-')
            id[length++] = '-';
    }
    while (length && id[length - 1] == '-') length--;
    return fh_arena_format(lists->arena, "%s-%.*s", kind, (int)length, id);
}

static void add_names(fh_lists *lists, fh_listed *entity, fh_spelling_source source) {
    entity->is_open = true;
    fh_spelling spelling = {
        .entity = entity, .text = entity->label, .where = FH_STR("ICU"), .source = (uint8_t)source};
    fh_lists_add_spelling(lists, &spelling);
    spelling.text = entity->latin;
    fh_lists_add_spelling(lists, &spelling);
}

/* A zone's exemplar city: pattern VVV of UTS 35. */
static void city_name(const char *locale, const UChar *zone, UChar out[NAME_MAX_UNITS], UErrorCode *status) {
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1, u"VVV", -1, status);
    udat_format(format, 0, out, NAME_MAX_UNITS, NULL, status);
    udat_close(format);
}

/* A city with its country's name (Singapore, Kuwait) would only ever be taken for it, and is left out. */
static void add_city(fh_lists *lists, const UChar *zone, const fh_listed *country, UErrorCode *status) {
    UChar arabic[NAME_MAX_UNITS], english[NAME_MAX_UNITS];
    city_name("ar", zone, arabic, status);
    city_name("en", zone, english, status);
    fh_str id = id_of(lists, "city", english, status);
    if (U_FAILURE(*status) || fh_lists_find(lists, id)) return;
    fh_str label = without_explanation(to_utf8(lists, arabic));
    if (fh_str_equal(label, country->label)) return;
    fh_listed *entity = fh_lists_add(lists, id, FH_ENTITY_PLACE);
    entity->country = country->country;
    entity->label = label;
    entity->latin = without_explanation(to_utf8(lists, english));
    add_names(lists, entity, FH_SPELLING_ICU_CITY);
}

static void add_cities(fh_lists *lists, const fh_listed *country, UErrorCode *status) {
    UEnumeration *zones =
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, country->country.ptr, NULL, status);
    for (const UChar *zone; (zone = uenum_unext(zones, NULL, status));)
        add_city(lists, zone, country, status);
    uenum_close(zones);
}

static void add_country(fh_lists *lists, const char *code, UErrorCode *status) {
    char locale[ULOC_FULLNAME_CAPACITY];
    snprintf(locale, sizeof locale, "und_%s", code);
    UChar arabic[NAME_MAX_UNITS], english[NAME_MAX_UNITS];
    uloc_getDisplayCountry(locale, "ar", arabic, NAME_MAX_UNITS, status);
    uloc_getDisplayCountry(locale, "en", english, NAME_MAX_UNITS, status);
    if (U_FAILURE(*status)) return;
    char lower[] = {(char)tolower(code[0]), (char)tolower(code[1]), 0};
    fh_listed *entity =
        fh_lists_add(lists, fh_arena_format(lists->arena, "country-%s", lower), FH_ENTITY_PLACE);
    entity->country = fh_str_from(code);
    entity->label = without_explanation(to_utf8(lists, arabic));
    entity->latin = without_explanation(to_utf8(lists, english));
    add_names(lists, entity, FH_SPELLING_ICU_COUNTRY);
    add_cities(lists, entity, status);
}

fh_status gen_read_icu(fh_lists *lists, fh_error *err) {
    UErrorCode status = U_ZERO_ERROR;
    for (const char *const *code = uloc_getISOCountries(); *code; code++) add_country(lists, *code, &status);
    if (U_SUCCESS(status)) return FH_OK;
    return fh_fail(err, FH_ERR_INTERNAL, "ICU", "is ICU's data (libicu) of this machine whole?",
                   "names of countries and cities cannot be read: %s", u_errorName(status));
}
