/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many letters two words differ in, where that is few. */
#ifndef FH_QUERY_EDITS_H
#define FH_QUERY_EDITS_H

#include "base/limits.h"
#include "base/str.h"
#include <stdint.h>

enum { FH_MAX_EDITS = 2, FH_EDITS_FAR };

typedef struct fh_edit_word {
    uint32_t items[FH_MAX_WORD + 1];
    size_t count;
} fh_edit_word;

/* False for a word of more than FH_MAX_WORD letters. */
bool fh_edit_read(fh_str word, fh_edit_word *out);

/* Letters added, dropped, changed or swapped with their neighbour (Damerau, "A technique for computer
 * detection and correction of spelling errors", 1964); FH_EDITS_FAR once it cannot be at most FH_MAX_EDITS.
 */
int fh_edit_count(const fh_edit_word *a, const fh_edit_word *b);

#endif
