/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of articles: the Gregorian day, and where it is known the time and its distance from UTC, as the
 * outlet printed them. */
#ifndef FH_BASE_DATE_H
#define FH_BASE_DATE_H

#include "base/str.h"
#include <stdint.h>

#define FH_NO_ZONE INT16_MIN

typedef struct fh_date {
    int16_t year;       /* 0: the date is not known, and all else is 0 */
    uint8_t month, day; /* from 1 */
    uint8_t hour, minute, second;
    bool has_time;
    bool guessed; /* taken from running text, not from a field that says so */
    int16_t zone; /* minutes east of UTC, FH_NO_ZONE where not said; 0 with has_time false */
} fh_date;

/* Reads a string that is a date and nothing else: ISO 8601 (with or without time), RFC 822/2822,
 * "2024-03-06 14:20:00", "4th, May 2024 GMT", day-first "6/3/2024", year-first "2024/3/6", "8 مايو/أيار 2024"
 * with the month names of the Levant, Egypt and the Gulf, the Maghreb, English and French, a weekday before
 * it, digits of any script, days of the Hijra ("15 رمضان 1445هـ", alone or beside a Gregorian day). False
 * leaves `out` untouched. */
bool fh_date_parse(fh_str text, fh_date *out);

/* The first full date (day, named month, year; or ISO) in running text, within its first `within` bytes.
 * Marks it `guessed`. */
bool fh_date_find(fh_str text, size_t within, fh_date *out);

#define FH_DATE_TEXT 32 /* bytes that hold any of the texts below with their zero byte */

/* ISO 8601: "2024-05-04", or "2024-05-04T09:30:00+03:00" with a time.  Empty for an unknown date. */
void fh_date_iso(const fh_date *date, char out[FH_DATE_TEXT]);

/* Digits only, "20240504" or "20240504093000": byte order is time order within one zone. */
void fh_date_key(const fh_date *date, char out[FH_DATE_TEXT]);

/* The same moment in UTC, with a time: a zone that is not known is UTC, a day without a time begins then.  An
 * unknown date stays unknown. */
fh_date fh_date_utc(const fh_date *date);

/* The same time some minutes later, or earlier below zero. */
fh_date fh_date_shift(const fh_date *date, long long minutes);

/* The Gregorian day of one of the Hijra, in the calendar of Umm al-Qura (ICU's islamic-umalqura); where the
 * month was sighted elsewhere it may be a day off.  False leaves the day untouched. */
#define FH_HIJRI_FIRST 1200
#define FH_HIJRI_LAST 1550
bool fh_date_from_hijri(int year, int month, int day, fh_date *out);

/* The day and time that words say by the time they were written: «اليوم», «أمس», «أمس الأول», «منذ ساعتين»,
 * «قبل 3 أيام», "2 hours ago".  It is marked `guessed`; false leaves `out` untouched. */
bool fh_date_relative(fh_str text, const fh_date *written, fh_date *out);

/* Days in a month of the Gregorian calendar. */
int fh_days_in_month(int year, int month);

#endif
