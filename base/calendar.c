/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reckoning with dates, and writing them. */
#include "base/hijri.h"

#include <stdio.h>

enum { DAY_MINUTES = 24 * 60 };

/* Days since 1970-01-01, and back (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static long long day_number(int year, int month, int day) {
    long long y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    long long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void set_day_number(fh_date *date, long long number) {
    number += 719468;
    long long era = (number >= 0 ? number : number - 146096) / 146097, of_era = number - era * 146097;
    long long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long long of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    date->day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1);
    date->month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    date->year = (int16_t)(year + era * 400 + (date->month <= 2));
}

fh_date fh_date_shift(const fh_date *date, long long minutes) {
    fh_date out = *date;
    if (date->year == 0) return out;
    minutes += day_number(date->year, date->month, date->day) * DAY_MINUTES + date->hour * 60 + date->minute;
    long long day = minutes / DAY_MINUTES, of_day = minutes % DAY_MINUTES;
    if (of_day < 0) day--, of_day += DAY_MINUTES;
    set_day_number(&out, day);
    out.hour = (uint8_t)(of_day / 60);
    out.minute = (uint8_t)(of_day % 60);
    return out;
}

fh_date fh_date_utc(const fh_date *date) {
    if (date->year == 0) return *date;
    bool zoned = date->has_time && date->zone != FH_NO_ZONE;
    fh_date out = fh_date_shift(date, zoned ? -date->zone : 0);
    out.has_time = true;
    out.zone = 0;
    return out;
}

/* ---- Calendars ---- */

bool fh_date_from_hijri(int year, int month, int day, fh_date *out) {
    if (year < FH_HIJRI_FIRST || year > FH_HIJRI_LAST || month < 1 || month > 12 || day < 1 || day > 30)
        return false;
    set_day_number(out, fh_hijri_months[(year - FH_HIJRI_FIRST) * 12 + month - 1] + day - 1);
    return true;
}

/* ---- Writing ---- */

void fh_date_iso(const fh_date *date, char out[FH_DATE_TEXT]) {
    out[0] = '\0';
    if (!date->year) return;
    int used = snprintf(out, FH_DATE_TEXT, "%04d-%02d-%02d", date->year, date->month, date->day);
    if (!date->has_time) return;
    used += snprintf(out + used, FH_DATE_TEXT - (size_t)used, "T%02d:%02d:%02d", date->hour, date->minute,
                     date->second);
    if (date->zone == 0) {
        snprintf(out + used, FH_DATE_TEXT - (size_t)used, "Z");
    } else if (date->zone != FH_NO_ZONE) {
        int minutes = date->zone < 0 ? -date->zone : date->zone;
        snprintf(out + used, FH_DATE_TEXT - (size_t)used, "%c%02d:%02d", date->zone < 0 ? '-' : '+',
                 minutes / 60, minutes % 60);
    }
}

void fh_date_key(const fh_date *date, char out[FH_DATE_TEXT]) {
    out[0] = '\0';
    if (!date->year) return;
    int used = snprintf(out, FH_DATE_TEXT, "%04d%02d%02d", date->year, date->month, date->day);
    if (date->has_time)
        snprintf(out + used, FH_DATE_TEXT - (size_t)used, "%02d%02d%02d", date->hour, date->minute,
                 date->second);
}

int fh_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (leap && month == 2);
}
