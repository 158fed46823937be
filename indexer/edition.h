/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a publisher says of the life of an item: which version this is, from when it may be shown, and whether
 * it is taken back.  The words are those of NewsML-G2, ninjs, NewsML 1 and NITF. */
#ifndef FH_INDEXER_EDITION_H
#define FH_INDEXER_EDITION_H

#include "base/arena.h"
#include "base/date.h"

/* A text whose byte order is the order of versions: by their number, then by the time they were made.  Empty
 * where neither is known. */
fh_str fh_edition_key(fh_str version, const fh_date *made, fh_arena *arena);

/* "2016-10-23T12:00:00Z"; empty where there is no embargo. */
fh_str fh_embargo_text(const fh_date *until, fh_arena *arena);

/* "stat:canceled", "http://cv.iptc.org/newscodes/pubstatusg2/withheld", "Withheld": the item is taken back.
 */
bool fh_status_withdraws(fh_str status);

/* What stands behind the last colon or slash of a controlled name: "text" of "ninat:text". */
fh_str fh_code_of(fh_str name);

/* A date that is a field's whole value; unknown where it cannot be read. */
fh_date fh_date_of(fh_str text);

#endif
