/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of fronts.  A single ب ل ك ف is left out: it is more often a letter of the word. */
#include "query/fronts.h"

#define TEXT(literal)                                                                                        \
    { (literal), sizeof(literal) - 1 }

const fh_str fh_fronts[] = {TEXT("ال"), TEXT("وال"), TEXT("بال"), TEXT("لل"), TEXT("و"), TEXT("")};

bool fh_begins_so(fh_str folded, fh_str beginning) {
    if (fh_str_starts(folded, beginning)) return true;
    for (const fh_str *front = fh_fronts; front->len; front++) {
        if (fh_str_starts(folded, *front) &&
            fh_str_starts(fh_str_slice(folded, front->len, folded.len), beginning))
            return true;
    }
    return false;
}
