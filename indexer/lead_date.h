/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day an article tells of itself, where no field does: «اليوم الثلاثاء 11 نوفمبر 2025», «موسكو - 8 مايو
 * 2024 -», or a line that is a date. */
#ifndef FH_INDEXER_LEAD_DATE_H
#define FH_INDEXER_LEAD_DATE_H

#include "base/date.h"

/* Looks at the beginning of a body.  A date that only stands in the text, of something told, is not taken.
 * The date is marked `guessed`; false leaves `out` untouched. */
bool fh_lead_date(fh_str body, fh_date *out);

#endif
