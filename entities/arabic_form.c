/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words may be Arabic names, by their form alone. */
#include "entities/spelling.h"

#include <limits.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* C is a letter of the root, all others stand for themselves.  Forms that foreign names have by chance as
 * often (فوعل، فيعل، فاعول) are not among them. */
static const char32_t *const forms[] = {
    U"CCC",    U"CاCC", U"CCاC", U"CCيC",  U"CCوC", U"CCCو", U"CCCان",
    U"CCيCان", U"اCCC", U"مCCC", U"مCCوC", U"CاC",  U"CوC",  U"CيC",
};
static const char32_t *const beginnings[] = {U"", U"ال", U"عبدال"};
static const char32_t *const endings[] = {U"", U"ي", U"ه", U"يه", U"وف", U"وفا"};

/* With no more letters of the root, and as many letters, a word may be anything; of two letters only, it is
 * foreign. */
enum { SHORT_ROOT = 2, SHORT_LEAST = 3, SHORT_MOST = 4 };

/* A letter doubled, غ for ج; and in a short word a yeh more. */
enum { SLACK = 10, SHORT_SLACK = 20 };

/* Waw and yeh are consonants where they begin a word. */
static bool is_root_letter(fh_letters word, size_t at) {
    char32_t letter = word.items[at];
    if (letter < FH_FIRST_LETTER || letter > FH_LAST_LETTER) return false;
    return !fh_is_long_vowel(letter) || (at == 0 && letter != U'ا');
}

static bool has_form(fh_letters word, const char32_t *form) {
    size_t at = 0;
    for (; at < word.count && form[at]; at++)
        if (form[at] == U'C' ? !is_root_letter(word, at) : form[at] != word.items[at]) return false;
    return at == word.count && !form[at];
}

static bool has_any_form(fh_letters word) {
    for (size_t i = 0; i < COUNT(forms); i++)
        if (has_form(word, forms[i])) return true;
    return false;
}

static size_t length_of(const char32_t *letters) {
    size_t length = 0;
    while (letters[length]) length++;
    return length;
}

static bool cut_beginning(fh_letters *word, const char32_t *beginning) {
    fh_letters cut = {beginning, length_of(beginning)};
    if (word->count < cut.count || !fh_letters_equal((fh_letters){word->items, cut.count}, cut)) return false;
    *word = (fh_letters){word->items + cut.count, word->count - cut.count};
    bool is_none = cut.count && word->count && word->items[0] == U'ي'; /* أليكس */
    return !is_none;
}

static bool cut_ending(fh_letters *word, const char32_t *ending) {
    fh_letters cut = {ending, length_of(ending)};
    if (word->count < cut.count) return false;
    size_t rest = word->count - cut.count;
    if (!fh_letters_equal((fh_letters){word->items + rest, cut.count}, cut)) return false;
    word->count = rest;
    return true;
}

static bool is_short(fh_letters word) {
    size_t root = 0;
    for (size_t at = 0; at < word.count; at++) root += is_root_letter(word, at);
    return root <= SHORT_ROOT && word.count >= SHORT_LEAST && word.count <= SHORT_MOST;
}

/* A sound of other languages: يانغ, كينج. */
static bool has_ng(fh_letters word) {
    for (size_t at = 1; at < word.count; at++)
        if (word.items[at - 1] == U'ن' && (word.items[at] == U'غ' || word.items[at] == U'ج')) return true;
    return false;
}

static bool is_arabic(fh_letters word) {
    for (size_t b = 0; b < COUNT(beginnings); b++)
        for (size_t e = 0; e < COUNT(endings); e++) {
            fh_letters core = word;
            if (cut_beginning(&core, beginnings[b]) && cut_ending(&core, endings[e]) && has_any_form(core))
                return true;
        }
    return false;
}

unsigned fh_word_slack(fh_letters word) {
    if (has_ng(word)) return UINT_MAX;
    if (is_short(word)) return SHORT_SLACK;
    return is_arabic(word) ? SLACK : UINT_MAX;
}
