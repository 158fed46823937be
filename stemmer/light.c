/* SPDX-License-Identifier: GPL-3.0-or-later */
/* light: clitics first and with care, then one ending and the pronoun on it.  A short list of protected
 * beginnings (protected.txt) keeps وزير its waw, بوتين its ending, and lets إيراني meet إيران. */
#include "stemmer/list.h"
#include "stemmer/normalise.h"
#include "stemmer/stem.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* و before anything; ف only before another clitic, for it is more often a word's own letter. */
static const fh_affix waw = {1, 3, {WAW}};
static const fh_affix feh = {1, 4, {FEH}};

static const fh_affix articles[] = {
    {2, 2, {ALEF, LAM}},
    {3, 3, {BEH, ALEF, LAM}},
    {3, 3, {KAF, ALEF, LAM}},
};
static const fh_affix lam_article = {2, 2, {LAM, LAM}};
static const fh_affix singles[] = {{1, 3, {BEH}}, {1, 3, {LAM}}, {1, 3, {KAF}}, {1, 3, {FEH}}};

/* The future: س before the prefixes of the imperfect, long enough not to be سيدة or ستار. */
static const fh_affix futures[] = {
    {2, 3, {SEEN, YEH}},
    {2, 3, {SEEN, TEH}},
    {2, 3, {SEEN, NOON}},
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

/* Number, gender and nisba; the first that fits goes. */
static const fh_affix endings[] = {
    {3, 3, {TEH, YEH, NOON}},
    {3, 3, {TEH, ALEF, NOON}},
    {3, 3, {YEH, YEH, NOON}},
    {3, 3, {YEH, WAW, NOON}},
    {3, 3, {YEH, ALEF, TEH}},
    {2, 2, {ALEF, TEH}},
    {2, 3, {ALEF, NOON}},
    {2, 3, {WAW, NOON}},
    {2, 3, {YEH, NOON}},
    {2, 2, {YEH, HEH}},
    {2, 3, {YEH, ALEF}},
    {2, 3, {WAW, ALEF}},
    {1, 2, {HEH}},
    {1, 3, {YEH}},
    {1, 3, {ALEF}},
    {1, 3, {TEH}},
};

/* What may follow a protected beginning: nothing, an ending, a pronoun, or both. */
static bool is_ending(fh_letters rest) {
    if (rest.count == 0) return true;
    for (size_t i = 0; i < COUNT(endings); i++)
        if (rest.count == endings[i].count && fh_letters_at(rest.ptr, &endings[i])) return true;
    for (size_t i = 0; i < COUNT(pronouns); i++) {
        const fh_affix *pronoun = &pronouns[i];
        if (rest.count < pronoun->count || !fh_letters_at(rest.ptr + rest.count - pronoun->count, pronoun))
            continue;
        if (is_ending((fh_letters){rest.ptr, rest.count - pronoun->count})) return true;
    }
    return false;
}

/* Cuts the word to the longest protected beginning that is followed by an ending. */
static bool cut_to_protected(fh_letters *word) {
    uint32_t hashes[FH_LIST_LETTERS + 1] = {FH_LIST_HASH_START};
    size_t count = word->count < FH_LIST_LETTERS ? word->count : FH_LIST_LETTERS;
    for (size_t i = 0; i < count; i++) hashes[i + 1] = fh_list_hash(hashes[i], word->ptr[i]);
    for (; count > 2; count--) {
        if (!fh_list_has(&fh_protected_words, hashes[count], word->ptr, count)) continue;
        if (!is_ending((fh_letters){word->ptr + count, word->count - count})) continue;
        word->count = count;
        return true;
    }
    return false;
}

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

static bool strip_conjunction(fh_letters *word) {
    if (fh_strip_prefix(word, &waw)) return true;
    fh_letters rest = *word;
    if (!fh_strip_prefix(&rest, &feh)) return false;
    fh_letters bare = rest;
    if (!strip_first_prefix(&bare, articles, COUNT(articles)) && !fh_strip_prefix(&bare, &lam_article) &&
        !strip_first_prefix(&bare, futures, COUNT(futures)))
        return false;
    *word = rest;
    return true;
}

/* للاعب is ل and اللاعب, whose own lam the list knows. */
static bool strip_article(fh_letters *word) {
    fh_letters rest = *word;
    if (fh_strip_prefix(&rest, &lam_article)) {
        fh_letters with_lam = {rest.ptr - 1, rest.count + 1};
        *word = cut_to_protected(&with_lam) ? with_lam : rest;
        return true;
    }
    return strip_first_prefix(word, articles, COUNT(articles));
}

/* A single ب ل ك ف is more often a word's own letter, unless what follows it is known: لإيران. */
static bool strip_to_protected(fh_letters *word) {
    for (size_t i = 0; i < COUNT(singles); i++) {
        fh_letters rest = *word;
        if (!fh_strip_prefix(&rest, &singles[i]) || !cut_to_protected(&rest)) continue;
        *word = rest;
        return true;
    }
    return false;
}

static bool strip_future(fh_letters *word) {
    fh_letters rest = *word;
    if (!strip_first_prefix(&rest, futures, COUNT(futures))) return false;
    *word = (fh_letters){rest.ptr - 1, rest.count + 1};
    return true;
}

fh_letters fh_stem_light(fh_letters word) {
    if (cut_to_protected(&word)) return word;
    if (strip_conjunction(&word) && cut_to_protected(&word)) return word;
    if (strip_to_protected(&word)) return word;
    if ((strip_article(&word) || strip_future(&word)) && cut_to_protected(&word)) return word;
    strip_first_suffix(&word, pronouns, COUNT(pronouns));
    strip_first_suffix(&word, endings, COUNT(endings));
    word.count = fh_unseat(word.ptr, word.count); /* بريئة without its ending is spelled like بريء */
    return word;
}
