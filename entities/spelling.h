/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as the comparison of spellings reads them: folded letters, and what each of them may vary. */
#ifndef FH_ENTITIES_SPELLING_H
#define FH_ENTITIES_SPELLING_H

#include "base/str.h"
#include <stdint.h>
#include <uchar.h>

#define FH_SPELLED_MAX 64 /* letters; a longer name is near nothing */

/* The Arabic alphabet, as it is folded. */
#define FH_FIRST_LETTER U'ء'
#define FH_LAST_LETTER U'ي'

/* Letters of a word, borrowed. */
typedef struct fh_letters {
    const char32_t *items;
    size_t count;
} fh_letters;

/* A name's letters, one word behind another. */
typedef struct fh_spelled {
    char32_t letters[FH_SPELLED_MAX];
    uint8_t ends[FH_SPELLED_MAX]; /* of the words */
    size_t count, words;
} fh_spelled;

/* Folds a name: every alef is one, every hamza, taa marbuta is heh, capitals are small, neighbours' letters
 * are ours; but ى is not ي.  Spaces, dashes and underscores end a word, whatever else is no letter counts for
 * nothing.  False: there are no letters, or too many. */
bool fh_spelled_read(fh_str name, fh_spelled *out);

fh_letters fh_spelled_word(const fh_spelled *name, size_t index);
fh_letters fh_spelled_joined(const fh_spelled *name); /* as if it were one word */

bool fh_letters_equal(fh_letters a, fh_letters b);

bool fh_is_long_vowel(char32_t letter); /* ا و ي ى */

/* What stands behind the article, where at least `least` letters do; else the word as it is. */
fh_letters fh_without_article(fh_letters word, size_t least);

/* What the word may vary, as the costs below count: of what has the form of an Arabic name from a root of
 * three (فاعل، فعيل، فعّال، مفعول …), or is so short that any word has it, next to nothing, since such words
 * are other names where they differ: كرم، كريم; جمال، جميل، كمال.  UINT_MAX for all others. */
unsigned fh_word_slack(fh_letters word);

/* ---- Costs, from 10 for what hardly counts up to … ---- */

#define FH_COST_OTHER 150 /* … what does not vary in the spellings of one name */

/* Of a letter being there or not: as the first, within the word, as the last, and beside what often brings
 * it. */
typedef struct fh_gap_row {
    char32_t letter;
    uint8_t first, inner, last, beside;
} fh_gap_row;

#define FH_COSTED (FH_LAST_LETTER - FH_FIRST_LETTER + 1)

typedef struct fh_spelling_costs {
    uint8_t swap[2][FH_COSTED][FH_COSTED]; /* [1]: both letters end their words */
    fh_gap_row gap[FH_COSTED];
} fh_spelling_costs;

/* Never freed, safe to share between threads. */
const fh_spelling_costs *fh_spelling_costs_get(void);

static inline bool fh_is_costed(char32_t letter) {
    return letter >= FH_FIRST_LETTER && letter <= FH_LAST_LETTER;
}

/* Of one letter in place of another; `last`: both end their words. */
static inline unsigned fh_swap_cost(const fh_spelling_costs *costs, char32_t a, char32_t b, bool last) {
    if (a == b) return 0;
    if (!fh_is_costed(a) || !fh_is_costed(b)) return FH_COST_OTHER;
    return costs->swap[last][a - FH_FIRST_LETTER][b - FH_FIRST_LETTER];
}

/* Of the letter at `at` being there or not. */
unsigned fh_gap_cost(const fh_spelling_costs *costs, fh_letters word, size_t at);

#endif
