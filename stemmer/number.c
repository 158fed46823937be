/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as newspapers print them: 1200, 1,200, ١٬٢٠٠, 1.200.000, 3.5, ٣٫٥; but 4.5.2024 and 10.0.0.1 are
 * several. */
#include "stemmer/extent.h"

#define GROUP_DIGITS 3
#define MAX_GROUPS 6 /* up to 10^21; longer chains are no number anybody reads */

typedef enum number_mark { MARK_NONE, MARK_COMMA, MARK_DOT } number_mark;

static bool digit_at(const fh_folds *folds, fh_str text, size_t *at, uint32_t *digit) {
    fh_fold spare;
    const fh_fold *fold;
    if (*at >= text.len) return false;
    size_t bytes = fh_fold_next(folds, text, *at, &spare, &fold);
    if (fold->class != FH_CLASS_DIGIT) return false;
    *digit = fold->letters[0];
    *at += bytes;
    return true;
}

/* Passes a run of digits and returns how many they are. */
static size_t pass_digits(const fh_folds *folds, fh_str text, size_t *at, fh_word *word) {
    uint32_t digit;
    size_t count = 0;
    for (; digit_at(folds, text, at, &digit); count++)
        if (word) fh_word_add(word, digit);
    return count;
}

/* Passes a mark that stands before a digit. */
static number_mark pass_mark(const fh_folds *folds, fh_str text, size_t *at) {
    if (*at >= text.len) return MARK_NONE;
    uint32_t c, digit;
    size_t next = *at + fh_utf8_next(text, *at, &c), past = next;
    if (!digit_at(folds, text, &past, &digit)) return MARK_NONE;
    number_mark mark = c == ',' || c == ARABIC_GROUPING  ? MARK_COMMA
                       : c == '.' || c == ARABIC_DECIMAL ? MARK_DOT
                                                         : MARK_NONE;
    if (mark != MARK_NONE) *at = next;
    return mark;
}

/* Counts the groups of three digits from `*at` on, with one mark between them, and passes them; 0 where one
 * of them is no group. */
static size_t pass_groups(const fh_folds *folds, fh_str text, size_t *at, number_mark grouping) {
    size_t groups = 0, next = *at, end = *at;
    for (; pass_mark(folds, text, &next) == grouping; end = next, groups++)
        if (pass_digits(folds, text, &next, NULL) != GROUP_DIGITS || groups == MAX_GROUPS) return 0;
    *at = end;
    return groups;
}

static void add_digits(const fh_folds *folds, fh_str text, size_t at, size_t end, fh_word *word) {
    while (at < end) {
        uint32_t c;
        if (pass_digits(folds, text, &at, word) == 0) at += fh_utf8_next(text, at, &c);
    }
}

/* Is this the middle of 4.5.2024? */
static bool follows_mark(const fh_folds *folds, fh_str text, size_t at) {
    if (at == 0) return false;
    size_t before = fh_utf8_previous(text, at), next = before;
    uint32_t digit;
    if (before == 0 || pass_mark(folds, text, &next) == MARK_NONE) return false;
    before = fh_utf8_previous(text, before);
    return digit_at(folds, text, &before, &digit);
}

size_t fh_number_end(const fh_folds *folds, fh_str text, size_t at, fh_word *word) {
    size_t start = at;
    size_t count = pass_digits(folds, text, &at, word);
    if (follows_mark(folds, text, start)) return at;

    size_t grouped = at;
    if (count <= GROUP_DIGITS && pass_groups(folds, text, &grouped, MARK_COMMA) == 0) {
        /* One dot is a decimal mark; two and more, three digits apart, are grouping. */
        size_t dotted = at;
        if (pass_groups(folds, text, &dotted, MARK_DOT) > 1) grouped = dotted;
    }
    add_digits(folds, text, at, grouped, word);

    size_t fraction = grouped;
    if (pass_mark(folds, text, &fraction) != MARK_DOT) return grouped;
    size_t end = fraction, past;
    pass_digits(folds, text, &end, NULL);
    past = end;
    if (pass_mark(folds, text, &past) == MARK_DOT) return grouped;
    fh_word_add(word, '.');
    add_digits(folds, text, fraction, end, word);
    return end;
}
