/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a story was written and by which agency, as its first line says. */
#ifndef FH_INDEXER_DATELINE_H
#define FH_INDEXER_DATELINE_H

#include "base/arena.h"

/* «موسكو - سبوتنيك», «باريس (اف ب) -», "Berlin (dpa) -": the dateline that a body begins with, without the
 * dash behind it; empty where there is none.  `*agency` is the agency in it. */
fh_str fh_dateline_find(fh_str body, fh_str *agency);

#endif
