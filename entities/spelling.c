/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far apart two spellings are: the cheapest way from one to the other (Wagner and Fischer, "The
 * String-to-String Correction Problem", 1974), in proportion to what names of their length may vary. */
#include "entities/spelling.h"
#include "entities/entities.h"

#include <math.h>

const double fh_spelling_near = 1;

/* What a word may vary: more if it is longer, but never by a letter that does not vary. */
enum { ALLOWED = 30, ALLOWED_LETTER = 13, ALLOWED_MOST = 130 };

/* What an article costs that only one has, before as many letters. */
enum { ARTICLE_COST = 50, ARTICLE_LETTERS = 3 };

/* Words that would be near but for what Arabic makes of such differences. */
#define DISTINCT 1.5

/* Where words meet in one spelling and not in the other, less may vary in them. */
#define JOINED 2

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static unsigned alignment_cost(fh_letters a, fh_letters b) {
    const fh_spelling_costs *costs = fh_spelling_costs_get();
    unsigned gaps[FH_SPELLED_MAX], row[FH_SPELLED_MAX + 1] = {0};
    for (size_t j = 0; j < b.count; j++) {
        gaps[j] = fh_gap_cost(costs, b, j);
        row[j + 1] = row[j] + gaps[j];
    }
    for (size_t i = 0; i < a.count; i++) {
        unsigned gap = fh_gap_cost(costs, a, i), diagonal = row[0];
        row[0] += gap;
        for (size_t j = 0; j < b.count; j++) {
            bool last = i + 1 == a.count && j + 1 == b.count;
            unsigned swapped = diagonal + fh_swap_cost(costs, a.items[i], b.items[j], last);
            diagonal = row[j + 1];
            row[j + 1] = least(swapped, least(diagonal + gap, row[j] + gaps[j]));
        }
    }
    return row[b.count];
}

static double in_proportion(unsigned cost, fh_letters a, fh_letters b) {
    unsigned allowed = ALLOWED + ALLOWED_LETTER * (unsigned)(a.count + b.count) / 2;
    return (double)cost / least(allowed, ALLOWED_MOST);
}

static double word_distance(fh_letters a, fh_letters b) {
    if (fh_letters_equal(a, b)) return 0;
    unsigned cost = alignment_cost(a, b);
    double distance = in_proportion(cost, a, b);
    bool distinct = distance <= fh_spelling_near && cost > fh_word_slack(a) && cost > fh_word_slack(b);
    return distinct ? DISTINCT : distance;
}

/* The article is no part of a name that others write without it. */
static double any_word_distance(fh_letters a, fh_letters b) {
    fh_letters bare_a = fh_without_article(a, ARTICLE_LETTERS),
               bare_b = fh_without_article(b, ARTICLE_LETTERS);
    double whole = word_distance(a, b);
    if ((bare_a.count < a.count) == (bare_b.count < b.count)) return whole;
    double bare = in_proportion(ARTICLE_COST, bare_a, bare_b) + word_distance(bare_a, bare_b);
    return bare < whole ? bare : whole;
}

double fh_spelling_distance(fh_str a, fh_str b) {
    fh_spelled left, right;
    if (fh_str_equal(a, b)) return 0;
    if (!fh_spelled_read(a, &left) || !fh_spelled_read(b, &right)) return INFINITY;
    if (left.words != right.words)
        return JOINED * word_distance(fh_spelled_joined(&left), fh_spelled_joined(&right));
    double farthest = 0;
    for (size_t i = 0; i < left.words; i++) {
        fh_letters word = fh_spelled_word(&left, i), other = fh_spelled_word(&right, i);
        double distance = any_word_distance(word, other);
        if (distance > farthest) farthest = distance;
    }
    return farthest;
}
