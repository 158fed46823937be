/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints when the months of the Umm al-Qura calendar begin, as ICU has it, so that programs need
 * not load ICU's calendars, which are a third of what they load. */
#include "base/hijri.h"

#include <stdio.h>
#include <unicode/ucal.h>

enum { DAY_MILLISECONDS = 24 * 60 * 60 * 1000 };

static int first_day(UCalendar *hijri, int month, UErrorCode *code) {
    ucal_clear(hijri);
    ucal_setDateTime(hijri, FH_HIJRI_FIRST + month / 12, month % 12, 1, 0, 0, 0, code);
    return (int)(ucal_getMillis(hijri, code) / DAY_MILLISECONDS);
}

int main(void) {
    UErrorCode code = U_ZERO_ERROR;
    UCalendar *hijri = ucal_open(u"UTC", -1, "ar_SA@calendar=islamic-umalqura", UCAL_DEFAULT, &code);
    printf("/* Written by base/gen/hijri.c from ICU's calendar. */\n#include \"base/hijri.h\"\n\n"
           "const int32_t fh_hijri_months[FH_HIJRI_MONTHS] = {\n");
    for (int month = 0; month < FH_HIJRI_MONTHS; month++)
        printf("%d,%s", first_day(hijri, month, &code), month % 12 == 11 ? "\n" : " ");
    printf("};\n");
    ucal_close(hijri);
    return U_FAILURE(code);
}
