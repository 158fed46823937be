/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the months of the Umm al-Qura calendar begin, in days since 1970-01-01: a table that the build asks of
 * ICU (base/gen/hijri.c). */
#ifndef FH_BASE_HIJRI_H
#define FH_BASE_HIJRI_H

#include "base/date.h"
#include <stdint.h>

enum { FH_HIJRI_MONTHS = (FH_HIJRI_LAST - FH_HIJRI_FIRST + 1) * 12 };
extern const int32_t fh_hijri_months[FH_HIJRI_MONTHS];

#endif
