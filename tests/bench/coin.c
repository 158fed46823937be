/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that no dictionary has, coined as Arabic coins its own. */
#include "tests/bench/coin.h"

enum { FOREIGN_IN_TEN = 2, VERBS_IN_TEN = 3, USUAL_IN_TEN = 7 };

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PICK(array, dice) ((array)[fh_dice_below((dice), COUNT(array))])

/* The letters of roots, each as often as it has its place in them. */
static const char *const radicals[] = {
    "ر", "ر", "ر", "ل", "ل", "ل", "ن", "ن", "ن", "م", "م", "م", "ب", "ب", "ب", "ع", "ع", "ع",
    "د", "د", "د", "ف", "ف", "س", "س", "ق", "ق", "ح", "ح", "ج", "ج", "ك", "ك", "ش", "ش", "ط",
    "ط", "خ", "خ", "ص", "ص", "ه", "ه", "ت", "ت", "و", "غ", "ض", "ز", "ز", "ذ", "ث", "ظ", "ء",
};

/* 1, 2 and 3 are a root's letters. */
static const char *const nouns[] = {
    "123",   "123",   "12ا3",   "12ا3",   "12ي3",    "12ي3",   "12و3",  "1ا23",  "1ا23",
    "م123",  "م123",  "م12و3",  "م123ة",  "123ة",    "123ة",   "12ا3ة", "12ي3ة", "1ا23ة",
    "ت12ي3", "ا12ا3", "ا1ت2ا3", "ان12ا3", "است12ا3", "م1ا23ة", "م1ا23", "م1ت23", "مست123",
    "1وا23", "123ي",  "123ية",  "12ا3ي",  "123ان",   "12ا3ية", "ا123",  "ت1ا23",
};
static const char *const verbs[] = {
    "123",   "123",   "ي123",  "ي123",  "ت123",  "ت123",   "ا123",   "1ا23",   "ي1ا23",
    "ت1ا23", "ا1ت23", "ي1ت23", "ان123", "ين123", "است123", "يست123", "يت1ا23", "ن123",
};

/* The clitics before a word and what ends it, each as often as news has them: the tables have 16 rows, so
 * that a form is one byte. */
enum { FORMS = 16 };
static const char *const noun_fronts[FORMS] = {
    "", "", "", "", "", "", "ال", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل",
};
static const char *const noun_ends[FORMS] = {
    "", "", "", "", "", "", "", "", "ات", "ين", "ون", "ه", "ها", "هم", "ا", "نا",
};
static const char *const verb_fronts[FORMS] = {
    "", "", "", "", "", "", "", "", "", "", "و", "و", "و", "ف", "س", "ل",
};
static const char *const verb_ends[FORMS] = {
    "", "", "", "", "", "", "", "", "ت", "ت", "وا", "ون", "ه", "ها", "هم", "نا",
};

static const char *const syllables[] = {
    "با", "بو", "بي", "بر",  "تا", "تو", "تي", "جا", "جو", "جي", "دا", "دو", "دي", "را", "رو", "ري",
    "سا", "سو", "سي", "ستا", "شا", "شي", "غا", "غو", "في", "فا", "فر", "كا", "كو", "كي", "كر", "لا",
    "لو", "لي", "ما", "مو",  "مي", "نا", "نو", "ني", "ها", "هو", "وا", "وي", "يا", "يو",
};
static const char *const codas[] = {"",  "",  "ن", "ر", "س", "ك",  "ل",  "م",
                                    "ت", "د", "ش", "ف", "ز", "نغ", "رد", "ست"};

static const char *const given_names[] = {
    "محمد",  "أحمد",     "علي",        "حسن",  "حسين", "محمود", "إبراهيم", "خالد",  "عمر",  "سعيد",
    "يوسف",  "عبد الله", "عبد الرحمن", "فهد",  "ناصر", "سامي",  "طارق",    "مصطفى", "كريم", "ياسر",
    "فاطمة", "مريم",     "سارة",       "ليلى", "نورة", "هدى",   "منى",     "سلمى",  "أمل",  "ريم",
};

static void add(fh_buf *out, const char *text) {
    fh_buf_add(out, fh_str_from(text));
}

typedef enum lemma_class { NOUN, VERB, FOREIGN } lemma_class;

/* The first thing that the dice of a lemma decide. */
static lemma_class class_of(fh_dice *dice) {
    size_t side = fh_dice_below(dice, 10);
    return side < FOREIGN_IN_TEN ? FOREIGN : side < FOREIGN_IN_TEN + VERBS_IN_TEN ? VERB : NOUN;
}

static fh_dice dice_of_lemma(uint64_t lemma) {
    return fh_dice_of(1, lemma);
}

uint8_t fh_coin_form(uint64_t lemma, fh_dice *chance) {
    fh_dice own = dice_of_lemma(lemma);
    if (class_of(&own) == FOREIGN) return 0;
    return (uint8_t)fh_dice_roll(fh_dice_below(chance, 10) < USUAL_IN_TEN ? &own : chance);
}

static void add_root(const char *pattern, fh_dice *dice, fh_buf *out) {
    const char *root[] = {PICK(radicals, dice), PICK(radicals, dice), PICK(radicals, dice)};
    for (; *pattern; pattern++) {
        if (*pattern >= '1' && *pattern <= '3')
            add(out, root[*pattern - '1']);
        else
            fh_buf_add_char(out, *pattern);
    }
}

/* A ta marbuta opens before a pronoun, and gives way to a plural. */
static void add_end(const char *end, fh_buf *out) {
    const fh_str closed = FH_STR("ة");
    if (*end && fh_str_ends(fh_buf_str(out), closed)) {
        out->len -= closed.len;
        if (strcmp(end, "ات") != 0) add(out, "ت");
    }
    add(out, end);
}

static void add_foreign(fh_dice *dice, fh_buf *out) {
    for (size_t left = 2 + (fh_dice_below(dice, 3) == 0); left > 0; left--) add(out, PICK(syllables, dice));
    add(out, PICK(codas, dice));
}

void fh_coin_word(uint64_t lemma, uint8_t form, fh_buf *out) {
    fh_dice own = dice_of_lemma(lemma);
    size_t front = form / FORMS, end = form % FORMS;
    switch (class_of(&own)) {
    case NOUN:
        add(out, noun_fronts[front]);
        add_root(PICK(nouns, &own), &own, out);
        add_end(noun_ends[end], out);
        break;
    case VERB:
        add(out, verb_fronts[front]);
        add_root(PICK(verbs, &own), &own, out);
        add(out, verb_ends[end]);
        break;
    case FOREIGN: add_foreign(&own, out);
    }
}

void fh_coin_person(uint64_t person, fh_buf *out) {
    fh_dice own = fh_dice_of(2, person);
    add(out, PICK(given_names, &own));
    add(out, " ");
    if (fh_dice_below(&own, 2)) {
        add(out, "ال");
        add_root("12ا3", &own, out);
        add(out, "ي");
    } else {
        add_foreign(&own, out);
    }
}
