/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of letters that are not simply themselves.  What it does not name follows Unicode: case
 * folded, compatibility forms resolved, accents of Latin, Greek and Cyrillic removed.
 *
 * Letters for g, p, v, ch and zh are folded to what Arabic newsrooms write instead when they write without
 * them, counted over 20 million words of eight outlets from the Gulf to Morocco: گ ڭ are respelled with ك (56
 * words in 93; ق 27, ج 10), Tunisian ڨ with ق (75 in 84), ڤ with ف (58 in 67), پ with ب (15 in 19), ژ and چ
 * with ج. */
#include "stemmer/letters.h"

#define ARABIC FH_CLASS_ARABIC
#define MARK FH_CLASS_MARK
#define LATIN FH_CLASS_WORD
#define SIGN FH_CLASS_SIGN
#define ONE(letter) (letter), (letter)

const fh_letter fh_letter_table[] = {
    /* One letter with and without its hamza, madda or wasla: writers leave them out. */
    {ONE(ALEF_MADDA), ARABIC, {ALEF}, 0},
    {ONE(ALEF_HAMZA_ABOVE), ARABIC, {ALEF}, 0},
    {ONE(ALEF_HAMZA_BELOW), ARABIC, {ALEF}, 0},
    {ONE(ALEF_WASLA), ARABIC, {ALEF}, 0},
    {ONE(ALEF_WAVY_HAMZA_ABOVE), ARABIC, {ALEF}, 0},
    {ONE(ALEF_WAVY_HAMZA_BELOW), ARABIC, {ALEF}, 0},
    {ONE(HIGH_HAMZA_ALEF), ARABIC, {ALEF}, 0},

    /* The seats of hamza: مسؤول and مسئول are one word, but light10 as published keeps them apart. */
    {ONE(WAW_HAMZA), ARABIC, {HAMZA}, FH_KEEP},
    {ONE(YEH_HAMZA), ARABIC, {HAMZA}, FH_KEEP},
    {ONE(HIGH_HAMZA_WAW), ARABIC, {HAMZA}, WAW_HAMZA},
    {ONE(HIGH_HAMZA_YEH), ARABIC, {HAMZA}, YEH_HAMZA},
    {ONE(HIGH_HAMZA_U), ARABIC, {U_LETTER}, 0},
    {ONE(YEH_BARREE_HAMZA), ARABIC, {HAMZA}, YEH_HAMZA},
    {ONE(HAMZA_ABOVE), FH_CLASS_HAMZA_ABOVE, {0}, 0},

    /* Final letters that are confused everywhere. */
    {ONE(TEH_MARBUTA), ARABIC, {HEH}, 0},
    {ONE(TEH_MARBUTA_GOAL), ARABIC, {HEH}, 0},
    {ONE(ALEF_MAKSURA), ARABIC, {YEH}, 0},

    /* The same letters typed on other keyboards; nobody means anything by them, so light10 folds them too. */
    {ONE(KASHMIRI_YEH), ARABIC, {YEH}, 0},
    {ONE(FARSI_YEH), ARABIC, {YEH}, 0},
    {ONE(YEH_TAIL), ARABIC, {YEH}, 0},
    {ONE(KURDISH_E), ARABIC, {YEH}, 0},
    {ONE(E_LETTER), ARABIC, {YEH}, 0},
    {ONE(YEH_THREE_DOTS_BELOW), ARABIC, {YEH}, 0},
    {ONE(YEH_BARREE), ARABIC, {YEH}, 0},
    {ONE(KEHEH), ARABIC, {KAF}, 0},
    {ONE(SWASH_KAF), ARABIC, {KAF}, 0},
    {ONE(HEH_DOACHASHMEE), ARABIC, {HEH}, 0},
    {ONE(HEH_YEH_ABOVE), ARABIC, {HEH}, 0},
    {ONE(HEH_GOAL), ARABIC, {HEH}, 0},
    {ONE(HEH_GOAL_HAMZA), ARABIC, {HEH}, 0},
    {ONE(AE_LETTER), ARABIC, {HEH}, 0},
    {ONE(NOON_GHUNNA), ARABIC, {NOON}, 0},
    {ONE(DOTLESS_BEH), ARABIC, {BEH}, 0},
    {ONE(DOTLESS_FEH), ARABIC, {FEH}, 0},
    {ONE(FEH_DOT_BELOW), ARABIC, {FEH}, 0}, /* feh and qaf as the Maghreb dots them */
    {ONE(QAF_DOT_ABOVE), ARABIC, {QAF}, 0},

    /* Letters of their own, which light10 as published leaves alone. */
    {ONE(PEH), ARABIC, {BEH}, FH_KEEP},
    {ONE(TCHEH), ARABIC, {JEEM}, FH_KEEP},
    {ONE(JEH), ARABIC, {JEEM}, FH_KEEP},
    {ONE(GAF), ARABIC, {KAF}, FH_KEEP},
    {ONE(NG), ARABIC, {KAF}, FH_KEEP},
    {ONE(QAF_THREE_DOTS), ARABIC, {QAF}, FH_KEEP},
    {ONE(VEH), ARABIC, {FEH}, FH_KEEP},
    {ONE(FEH_THREE_DOTS_BELOW), ARABIC, {FEH}, FH_KEEP},
    {ONE(TTEH), ARABIC, {TEH}, FH_KEEP},
    {ONE(DDAL), ARABIC, {DAL}, FH_KEEP},
    {ONE(RREH), ARABIC, {REH}, FH_KEEP},
    {ONE(REH_SMALL_V), ARABIC, {REH}, FH_KEEP},
    {ONE(LAM_SMALL_V), ARABIC, {LAM}, FH_KEEP},
    {ONE(KURDISH_OE), ARABIC, {WAW}, FH_KEEP},
    {ONE(VE), ARABIC, {WAW}, FH_KEEP},

    /* Marks that Unicode calls letters or symbols.  Harakat, superscript alef and the Quran's marks are
     * nonspacing there, and fold to nothing by that. */
    {ONE(TATWEEL), FH_CLASS_TATWEEL, {0}, 0},
    {ONE(HIGH_HAMZA), MARK, {0}, 0},
    {SMALL_WAW, SMALL_YEH, MARK, {0}, 0},
    {ONE(END_OF_AYAH), FH_CLASS_OTHER, {0}, 0},
    {FIRST_MODIFIER_APOSTROPHE, LAST_MODIFIER_APOSTROPHE, MARK, {0}, 0},

    /* Latin letters as those write them whose keyboard has none. */
    {ONE(SMALL_AE), LATIN, {'a', 'e'}, 0},
    {ONE(CAPITAL_AE), LATIN, {'a', 'e'}, 0},
    {ONE(SMALL_OE), LATIN, {'o', 'e'}, 0},
    {ONE(CAPITAL_OE), LATIN, {'o', 'e'}, 0},
    {ONE(SMALL_O_STROKE), LATIN, {'o'}, 0},
    {ONE(CAPITAL_O_STROKE), LATIN, {'o'}, 0},
    {ONE(SMALL_ETH), LATIN, {'d'}, 0},
    {ONE(CAPITAL_ETH), LATIN, {'d'}, 0},
    {ONE(SMALL_THORN), LATIN, {'t', 'h'}, 0},
    {ONE(CAPITAL_THORN), LATIN, {'t', 'h'}, 0},
    {ONE(SMALL_D_STROKE), LATIN, {'d'}, 0},
    {ONE(CAPITAL_D_STROKE), LATIN, {'d'}, 0},
    {ONE(SMALL_H_STROKE), LATIN, {'h'}, 0},
    {ONE(CAPITAL_H_STROKE), LATIN, {'h'}, 0},
    {ONE(DOTLESS_I), LATIN, {'i'}, 0},
    {ONE(SMALL_L_STROKE), LATIN, {'l'}, 0},
    {ONE(CAPITAL_L_STROKE), LATIN, {'l'}, 0},

    /* What may begin a hashtag or a handle, or stand within a word. */
    {ONE('#'), SIGN, {'#'}, 0},
    {ONE('@'), SIGN, {'@'}, 0},
    {ONE('_'), SIGN, {'_'}, 0},
    {ONE('\''), SIGN, {'\''}, 0},
    {LEFT_QUOTE, RIGHT_QUOTE, SIGN, {'\''}, 0},
};

const unsigned fh_letter_table_count = sizeof fh_letter_table / sizeof *fh_letter_table;
