/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distance of Damerau, kept in three rows. */
#include "query/edits.h"

#include "base/utf8.h"

bool fh_edit_read(fh_str word, fh_edit_word *out) {
    out->count = 0;
    for (size_t at = 0; at < word.len;) {
        if (out->count == FH_MAX_WORD) return false;
        at += fh_utf8_next(word, at, &out->items[out->count++]);
    }
    return true;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

int fh_edit_count(const fh_edit_word *a, const fh_edit_word *b) {
    size_t longer = a->count > b->count ? a->count : b->count, shorter = a->count + b->count - longer;
    if (longer - shorter > FH_MAX_EDITS) return FH_EDITS_FAR;
    int rows[3][FH_MAX_WORD + 2];
    for (size_t j = 0; j <= b->count; j++) rows[0][j] = (int)j;
    for (size_t i = 1; i <= a->count; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        int nearest = row[0] = (int)i;
        for (size_t j = 1; j <= b->count; j++) {
            bool same = a->items[i - 1] == b->items[j - 1];
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + !same);
            bool swapped =
                i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] && a->items[i - 2] == b->items[j - 1];
            if (swapped) row[j] = least(row[j], two_above[j - 2] + 1);
            nearest = least(nearest, row[j]);
        }
        if (nearest > FH_MAX_EDITS) return FH_EDITS_FAR;
    }
    return rows[a->count % 3][b->count];
}
