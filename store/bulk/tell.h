/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of words that a join tells by those of their stems (store/glass/told.h), and those that were told in
 * its parts. */
#ifndef FH_STORE_BULK_TELL_H
#define FH_STORE_BULK_TELL_H

#include "store/bulk/joining.h"

/* Adds the postings of a list that is told in a part, which is at it. */
void fh_tell_gather(fh_joining *j, fh_joined_part *from, fh_gathered *out);

/* Keeps the list of a term that is at hand, if it is a stem's by which words may be told. */
void fh_tell_keep(fh_joining *j, fh_str term, const fh_gathered *list);

/* Writes the list of a term as a told one, if it is a word's, of more documents than a rare one has, and all
 * of them are among those of its stem, which was kept.  False: it is to be written as others are. */
bool fh_tell(fh_joining *j, fh_str term, const fh_gathered *list, fh_rare_writer *rare);

/* Lets go of what was opened for that. */
void fh_tell_end(fh_joining *j);

#endif
