/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What foreign names write now so, now otherwise, and what each costs.  Aligned spellings of one Latin name
 * show which letters vary, and which do so often; costs learned from them by EM measured no better than
 * these. */
#include "entities/spelling.h"

#include <threads.h>

/* Any two letters of a group stand for each other; a later row goes before an earlier one. */
typedef struct swap_row {
    const char32_t *letters;
    uint8_t cost;
} swap_row;

static const swap_row swaps[] = {
    {U"عايو", 60},  /* as Semitic names have them */
    {U"ايو", 60},   /* vowels between a, e, o and u */
    {U"جغكخ", 50},  /* Spanish j and g, German ch */
    {U"جزش", 50},   /* zh, French j */
    {U"جي", 50},    /* j of the North */
    {U"سشكخ", 50},  /* c, ch, sch */
    {U"ثذزظس", 50}, /* th, z */
    {U"تثدذط", 50}, /* t, d, th */
    {U"ذضظ", 50},   /* which much of speech makes one */
    {U"حهخ", 50},   /* h, kh */
    {U"فو", 50},    /* v, w */
    {U"فب", 50},    /* v, b */
    {U"ىا", 30},    /* final a … */
    {U"ىي", 30},    /* … and i, as Egypt writes it */
    {U"ثذ", 30},    /* th */
    {U"جغقك", 30},  /* g, k, q in Central Asia, the Gulf, the Maghreb */
    {U"تط", 30},    /* plain or emphatic */
    {U"سص", 30},    /* … */
    {U"دض", 30},    /* … */
    {U"زظ", 30},    /* … */
    {U"زس", 30},    /* s and z, as written or as heard */
    {U"ءا", 25},    /* a vowel after a vowel */
    {U"ءو", 25},    /* … */
    {U"ءي", 25},    /* … */
    {U"غج", 10},    /* g: by country */
};

/* The last letters of both words: there vowels tell names apart, and heh is one of them. */
static const swap_row last_swaps[] = {
    {U"ايو", 80}, {U"هي", 40}, {U"هى", 40}, {U"هت", 50}, {U"ها", 30},
};

/* The last cost is that beside what brings the letter: to a vowel another one, to ت and د the second half of
 * tch, ts, dj, dt, to ب an م before it and another consonant behind (Thom(p)son). */
static const fh_gap_row gaps[] = {
    {U'ا', 35, 30, 80, 25},
    {U'و', 80, 30, 70, 20},
    {U'ي', 80, 20, 50, 20},
    {U'ى', 80, 30, 50, 20},
    {U'ء', 20, 20, 20, 20},
    {U'ع', 60, 60, 60, 60},
    {U'ه', 50, 50, 25, 50},
    {U'ت', FH_COST_OTHER, FH_COST_OTHER, 50, 20},
    {U'د', FH_COST_OTHER, FH_COST_OTHER, 60, 25},
    {U'ب', FH_COST_OTHER, FH_COST_OTHER, FH_COST_OTHER, 40},
};

#define DOUBLED_COST 10 /* as غ and ج */
#define ROWS(table) (sizeof(table) / sizeof *(table))

static void fill_swaps(uint8_t out[FH_COSTED][FH_COSTED], const swap_row *rows, size_t count) {
    for (size_t row = 0; row < count; row++)
        for (const char32_t *a = rows[row].letters; *a; a++)
            for (const char32_t *b = rows[row].letters; *b; b++)
                if (a != b) out[*a - FH_FIRST_LETTER][*b - FH_FIRST_LETTER] = rows[row].cost;
}

static fh_spelling_costs costs;

static void fill_costs(void) {
    memset(costs.swap[0], FH_COST_OTHER, sizeof costs.swap[0]);
    fill_swaps(costs.swap[0], swaps, ROWS(swaps));
    memcpy(costs.swap[1], costs.swap[0], sizeof costs.swap[0]);
    fill_swaps(costs.swap[1], last_swaps, ROWS(last_swaps));
    for (size_t i = 0; i < FH_COSTED; i++)
        costs.gap[i] = (fh_gap_row){0, FH_COST_OTHER, FH_COST_OTHER, FH_COST_OTHER, FH_COST_OTHER};
    for (size_t row = 0; row < ROWS(gaps); row++) costs.gap[gaps[row].letter - FH_FIRST_LETTER] = gaps[row];
}

const fh_spelling_costs *fh_spelling_costs_get(void) {
    static once_flag once = ONCE_FLAG_INIT;
    call_once(&once, fill_costs);
    return &costs;
}

static bool is_second_half(char32_t letter) {
    return letter == U'ت' || letter == U'ج' || letter == U'ز' || letter == U'س' || letter == U'ش' ||
           letter == U'ص';
}

static bool is_beside(fh_letters word, size_t at) {
    char32_t letter = word.items[at], before = at ? word.items[at - 1] : 0;
    char32_t after = at + 1 < word.count ? word.items[at + 1] : 0;
    if (letter == U'ب') return before == U'م' && after && !fh_is_long_vowel(after);
    if (!fh_is_long_vowel(letter)) return is_second_half(after);
    return before && after && (fh_is_long_vowel(before) || fh_is_long_vowel(after));
}

unsigned fh_gap_cost(const fh_spelling_costs *table, fh_letters word, size_t at) {
    char32_t letter = word.items[at];
    if (at > 0 && word.items[at - 1] == letter) return DOUBLED_COST;
    if (!fh_is_costed(letter)) return FH_COST_OTHER;
    const fh_gap_row *row = &table->gap[letter - FH_FIRST_LETTER];
    if (is_beside(word, at)) return row->beside;
    if (at == 0) return row->first;
    return at + 1 == word.count ? row->last : row->inner;
}
