/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles named on the command line: by id, by address, or by what they have in common. */
#ifndef FH_INDEXER_SELECTION_H
#define FH_INDEXER_SELECTION_H

#include "store/store.h"

#define FH_DAY_DIGITS 8

/* The first and the last key (fh_date_key) of "2024", "2024-05" or "2024-05-04". */
typedef struct fh_days {
    char first[FH_DATE_TEXT], last[FH_DATE_TEXT];
} fh_days;

/* False: it is something else. */
bool fh_days_parse(fh_str text, fh_days *out);

/* The ids of the articles that `what` names, in the arena: the one of this id; else those of this address;
 * else, where it begins with a field's name and a colon, those that have everything it asks for, as in
 *
 *     source:"النهر" AND date:2024-05..2024-06
 *
 * The fields are id, url, source (the outlet, to the letter), date (a day, month or year, or two with ..
 * between, of which one may be left out), entity (an id), keyword and language.  None is no error.  Errors:
 * FH_ERR_USAGE, and of the store. */
fh_status fh_selection_ids(fh_store *store, fh_str what, fh_arena *arena, fh_strs *out, fh_error *err);

#endif
