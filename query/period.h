/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans of days as people write them in a query: 2023, 2023-11, 5/11/2023, 2023-11..2024-05, "8 مايو 2024",
 * ..2024. */
#ifndef FH_QUERY_PERIOD_H
#define FH_QUERY_PERIOD_H

#include "query/scan.h"

/* The first and the last day, "20231101" and "20240531", in the arena; empty where the span is open. `before`
 * and `after` name the days outside a span.  NULL, or what is wrong with the text. */
const char *fh_period_parse(fh_str text, int relation, fh_arena *arena, fh_str *from, fh_str *to);

#endif
