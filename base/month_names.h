/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of months and days as news prints them, in the spelling of fold() in date.c: no vowel marks, plain
 * alef, Latin in lower case.  Checked against Unicode CLDR 42 for ar, ar-SY, ar-MA, ar-DZ, ar-TN, en and fr;
 * the rest are common respellings. */
#ifndef FH_BASE_MONTH_NAMES_H
#define FH_BASE_MONTH_NAMES_H

#include <stddef.h>

typedef struct month_name {
    const char *first, *second; /* a name of two words has a second one */
    int month;
} month_name;

static const month_name month_names[] = {
    /* Egypt, the Gulf */
    {"يناير", NULL, 1},
    {"فبراير", NULL, 2},
    {"مارس", NULL, 3},
    {"ابريل", NULL, 4},
    {"مايو", NULL, 5},
    {"يونيو", NULL, 6},
    {"يونيه", NULL, 6},
    {"يونية", NULL, 6},
    {"يوليو", NULL, 7},
    {"يوليه", NULL, 7},
    {"يولية", NULL, 7},
    {"اغسطس", NULL, 8},
    {"سبتمبر", NULL, 9},
    {"اكتوبر", NULL, 10},
    {"نوفمبر", NULL, 11},
    {"ديسمبر", NULL, 12},
    /* the Levant, Iraq */
    {"كانون", "الثاني", 1},
    {"شباط", NULL, 2},
    {"اذار", NULL, 3},
    {"نيسان", NULL, 4},
    {"ايار", NULL, 5},
    {"حزيران", NULL, 6},
    {"تموز", NULL, 7},
    {"اب", NULL, 8},
    {"ايلول", NULL, 9},
    {"تشرين", "الاول", 10},
    {"تشرين", "الثاني", 11},
    {"كانون", "الاول", 12},
    /* Algeria, Tunisia */
    {"جانفي", NULL, 1},
    {"فيفري", NULL, 2},
    {"افريل", NULL, 4},
    {"ماي", NULL, 5},
    {"جوان", NULL, 6},
    {"جويلية", NULL, 7},
    {"جويليه", NULL, 7},
    {"اوت", NULL, 8},
    /* Morocco, Mauritania */
    {"يوليوز", NULL, 7},
    {"غشت", NULL, 8},
    {"شتنبر", NULL, 9},
    {"نونبر", NULL, 11},
    {"دجنبر", NULL, 12},
    {"دجمبر", NULL, 12},
    {"january", NULL, 1},
    {"february", NULL, 2},
    {"march", NULL, 3},
    {"april", NULL, 4},
    {"may", NULL, 5},
    {"june", NULL, 6},
    {"july", NULL, 7},
    {"august", NULL, 8},
    {"september", NULL, 9},
    {"october", NULL, 10},
    {"november", NULL, 11},
    {"december", NULL, 12},
    {"jan", NULL, 1},
    {"feb", NULL, 2},
    {"mar", NULL, 3},
    {"apr", NULL, 4},
    {"jun", NULL, 6},
    {"jul", NULL, 7},
    {"aug", NULL, 8},
    {"sep", NULL, 9},
    {"sept", NULL, 9},
    {"oct", NULL, 10},
    {"nov", NULL, 11},
    {"dec", NULL, 12},
    {"janvier", NULL, 1},
    {"février", NULL, 2},
    {"mars", NULL, 3},
    {"avril", NULL, 4},
    {"mai", NULL, 5},
    {"juin", NULL, 6},
    {"juillet", NULL, 7},
    {"août", NULL, 8},
    {"septembre", NULL, 9},
    {"octobre", NULL, 10},
    {"novembre", NULL, 11},
    {"décembre", NULL, 12},
};

/* The months of the Hijra. */
static const month_name hijri_months[] = {
    {"محرم", NULL, 1},       {"المحرم", NULL, 1},     {"صفر", NULL, 2},       {"ربيع", "الاول", 3},
    {"ربيع", "اول", 3},      {"ربيع", "الثاني", 4},   {"ربيع", "الاخر", 4},   {"ربيع", "ثاني", 4},
    {"جمادى", "الاولى", 5},  {"جمادى", "الاول", 5},   {"جمادي", "الاولى", 5}, {"جمادي", "الاول", 5},
    {"جمادى", "الاخرة", 6},  {"جمادى", "الثانية", 6}, {"جمادى", "الاخر", 6},  {"جمادي", "الاخرة", 6},
    {"جمادي", "الثانية", 6}, {"جمادى", "الثاني", 6},  {"رجب", NULL, 7},       {"شعبان", NULL, 8},
    {"رمضان", NULL, 9},      {"شوال", NULL, 10},      {"ذو", "القعدة", 11},   {"ذي", "القعدة", 11},
    {"ذوالقعدة", NULL, 11},  {"ذو", "الحجة", 12},     {"ذي", "الحجة", 12},    {"ذوالحجة", NULL, 12},
};

/* Words around a date that say nothing about which it is. */
static const char *const date_fillers[] = {
    "الاحد",  "الاثنين", "الإثنين", "الثلاثاء", "الاربعاء",  "الخميس",   "الجمعة",  "السبت",    "احد",
    "اثنين",  "ثلاثاء",  "اربعاء",  "خميس",     "جمعة",      "سبت",      "يوم",     "اليوم",    "في",
    "من",     "عام",     "سنة",     "لعام",     "للعام",     "م",        "الموافق", "الساعة",   "بتوقيت",
    "غرينتش", "جرينتش",  "monday",  "tuesday",  "wednesday", "thursday", "friday",  "saturday", "sunday",
    "mon",    "tue",     "tues",    "wed",      "thu",       "thur",     "thurs",   "fri",      "sat",
    "sun",    "lundi",   "mardi",   "mercredi", "jeudi",     "vendredi", "samedi",  "dimanche", "st",
    "nd",     "rd",      "th",      "er",       "of",        "at",       "on",      "le",       "ه",
    "هجري",   "هجرية",   "ميلادي",  "ميلادية",
};

#endif
