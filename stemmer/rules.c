/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that the lexicon does not know: names, foreign words, rare ones.  Only what is safe without knowing
 * them: conjunction and article, pronouns, number and gender; the adjective's ي stays. */
#include "stemmer/rules.h"

#include "stemmer/normalise.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const fh_affix conjunction = {1, 3, {WAW}};
static const fh_affix fa = {1, 4, {FEH}};

static const fh_affix articles[] = {
    {2, 2, {ALEF, LAM}},
    {3, 3, {BEH, ALEF, LAM}},
    {3, 3, {KAF, ALEF, LAM}},
    {2, 2, {LAM, LAM}},
};

/* Pronouns on a noun that ended in ة, or on a verb with its ت; the first that fits goes. */
static const fh_affix pronouns[] = {
    {4, 3, {TEH, HEH, MEEM, ALEF}},
    {3, 3, {TEH, HEH, MEEM}},
    {3, 3, {TEH, HEH, NOON}},
    {3, 3, {TEH, HEH, ALEF}},
    {3, 3, {TEH, NOON, ALEF}},
    {3, 3, {TEH, KAF, MEEM}},
    {2, 3, {TEH, HEH}},
    {3, 3, {HEH, MEEM, ALEF}},
    {2, 3, {HEH, MEEM}},
    {2, 3, {HEH, NOON}},
    {2, 2, {HEH, ALEF}},
    {2, 3, {KAF, MEEM}},
    {2, 4, {NOON, ALEF}},
};

/* Number and gender; the first that fits goes. */
static const fh_affix endings[] = {
    {3, 3, {TEH, YEH, NOON}}, {3, 3, {TEH, ALEF, NOON}},
    {2, 2, {ALEF, TEH}},      {2, 3, {ALEF, NOON}},
    {2, 3, {WAW, NOON}},      {2, 3, {YEH, NOON}},
    {2, 3, {WAW, ALEF}},      {1, 2, {HEH}},
    {1, 3, {ALEF}},           {1, 3, {TEH}},
};

static bool strip_first_prefix(fh_letters *word, const fh_affix *affixes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (fh_strip_prefix(word, &affixes[i])) return true;
    return false;
}

static bool strip_first_suffix(fh_letters *word, const fh_affix *affixes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (fh_strip_suffix(word, &affixes[i])) return true;
    return false;
}

/* ف is more often a word's own letter, unless an article follows. */
static void strip_clitics(fh_letters *word) {
    fh_letters rest = *word;
    fh_strip_prefix(word, &conjunction);
    if (fh_strip_prefix(&rest, &fa) && strip_first_prefix(&rest, articles, COUNT(articles)))
        *word = rest;
    else
        strip_first_prefix(word, articles, COUNT(articles));
}

fh_letters fh_stem_by_rule(fh_letters word) {
    strip_clitics(&word);
    strip_first_suffix(&word, pronouns, COUNT(pronouns));
    strip_first_suffix(&word, endings, COUNT(endings));
    word.count = fh_unseat(word.ptr, word.count); /* بريئة without its ending is spelled like بريء */
    return word;
}
