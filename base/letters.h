/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters, marks and signs by their names; each is its code point. */
#ifndef FH_BASE_LETTERS_H
#define FH_BASE_LETTERS_H

enum {
    /* The Arabic alphabet, as its own keyboards write it. */
    HAMZA = 0x0621,
    ALEF_MADDA = 0x0622,
    ALEF_HAMZA_ABOVE = 0x0623,
    WAW_HAMZA = 0x0624,
    ALEF_HAMZA_BELOW = 0x0625,
    YEH_HAMZA = 0x0626,
    ALEF = 0x0627,
    BEH = 0x0628,
    TEH_MARBUTA = 0x0629,
    TEH = 0x062A,
    JEEM = 0x062C,
    DAL = 0x062F,
    REH = 0x0631,
    SEEN = 0x0633,
    FEH = 0x0641,
    QAF = 0x0642,
    KAF = 0x0643,
    LAM = 0x0644,
    MEEM = 0x0645,
    NOON = 0x0646,
    HEH = 0x0647,
    WAW = 0x0648,
    ALEF_MAKSURA = 0x0649,
    YEH = 0x064A,

    /* Marks. */
    TATWEEL = 0x0640,
    FATHATAN = 0x064B, /* the first of the harakat, and of the tanwin … */
    KASRATAN = 0x064D, /* … the last tanwin … */
    SUKUN = 0x0652,    /* … and the last of all */
    HAMZA_ABOVE = 0x0654,
    END_OF_AYAH = 0x06DD,
    SMALL_WAW = 0x06E5,
    SMALL_YEH = 0x06E6,
    HIGH_HAMZA = 0x0674,

    /* The same letters as Persian, Urdu, Kurdish and Quranic keyboards write them. */
    KASHMIRI_YEH = 0x0620,
    ALEF_WASLA = 0x0671,
    ALEF_WAVY_HAMZA_ABOVE = 0x0672,
    ALEF_WAVY_HAMZA_BELOW = 0x0673,
    HIGH_HAMZA_ALEF = 0x0675,
    HIGH_HAMZA_WAW = 0x0676,
    HIGH_HAMZA_U = 0x0677,
    HIGH_HAMZA_YEH = 0x0678,
    U_LETTER = 0x06C7,
    DOTLESS_BEH = 0x066E,
    DOTLESS_FEH = 0x06A1,
    FEH_DOT_BELOW = 0x06A2,
    QAF_DOT_ABOVE = 0x06A7,
    KEHEH = 0x06A9,
    SWASH_KAF = 0x06AA,
    NOON_GHUNNA = 0x06BA,
    HEH_DOACHASHMEE = 0x06BE,
    HEH_YEH_ABOVE = 0x06C0,
    HEH_GOAL = 0x06C1,
    HEH_GOAL_HAMZA = 0x06C2,
    TEH_MARBUTA_GOAL = 0x06C3,
    FARSI_YEH = 0x06CC,
    YEH_TAIL = 0x06CD,
    KURDISH_E = 0x06CE,
    E_LETTER = 0x06D0,
    YEH_THREE_DOTS_BELOW = 0x06D1,
    YEH_BARREE = 0x06D2,
    YEH_BARREE_HAMZA = 0x06D3,
    AE_LETTER = 0x06D5,

    /* Letters for sounds that Arabic has none for. */
    TTEH = 0x0679,
    PEH = 0x067E,
    TCHEH = 0x0686,
    DDAL = 0x0688,
    RREH = 0x0691,
    REH_SMALL_V = 0x0695,
    JEH = 0x0698,
    VEH = 0x06A4,
    FEH_THREE_DOTS_BELOW = 0x06A5,
    QAF_THREE_DOTS = 0x06A8,
    NG = 0x06AD,
    GAF = 0x06AF,
    LAM_SMALL_V = 0x06B5,
    KURDISH_OE = 0x06C6,
    VE = 0x06CB,

    /* Latin letters that Unicode does not take apart into a letter and an accent. */
    SMALL_AE = 0x00E6,
    CAPITAL_AE = 0x00C6,
    SMALL_O_STROKE = 0x00F8,
    CAPITAL_O_STROKE = 0x00D8,
    SMALL_ETH = 0x00F0,
    CAPITAL_ETH = 0x00D0,
    SMALL_THORN = 0x00FE,
    CAPITAL_THORN = 0x00DE,
    SMALL_D_STROKE = 0x0111,
    CAPITAL_D_STROKE = 0x0110,
    SMALL_H_STROKE = 0x0127,
    CAPITAL_H_STROKE = 0x0126,
    DOTLESS_I = 0x0131,
    SMALL_L_STROKE = 0x0142,
    CAPITAL_L_STROKE = 0x0141,
    SMALL_OE = 0x0153,
    CAPITAL_OE = 0x0152,

    /* Signs. */
    ARABIC_DECIMAL = 0x066B,
    ARABIC_GROUPING = 0x066C,
    LEFT_QUOTE = 0x2018,
    RIGHT_QUOTE = 0x2019,
    FIRST_MODIFIER_APOSTROPHE = 0x02BB, /* ʻ ʼ ʽ ʾ ʿ: hamza and ain in transliterations */
    LAST_MODIFIER_APOSTROPHE = 0x02BF,
};

#endif
