/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What near spellings of a name nearly always share. */
#include "entities/entities.h"
#include "entities/spelling.h"

/* Letters that stand for each other are one.  Those in no row vary with vowels. */
static const char32_t *const classes[] = {U"ب", U"تطدض", U"جغقكخ", U"سصزظذثش", U"ر", U"ل", U"م", U"ن"};
#define CLASSES (sizeof classes / sizeof *classes)

enum { ARTICLE_LETTERS = 3 };

/* 'a' and so on; 0: none. */
static char class_of(char32_t letter) {
    for (size_t i = 0; i < CLASSES; i++)
        for (const char32_t *member = classes[i]; *member; member++)
            if (*member == letter) return (char)('a' + i);
    return 0;
}

void fh_spelling_skeleton(fh_str name, fh_buf *out) {
    const fh_spelling_costs *costs = fh_spelling_costs_get();
    fh_spelled spelled;
    if (!fh_spelled_read(name, &spelled)) return;
    char last = 0;
    for (size_t i = 0; i < spelled.words; i++) {
        fh_letters word = fh_without_article(fh_spelled_word(&spelled, i), ARTICLE_LETTERS);
        for (size_t at = 0; at < word.count; at++) {
            char class = class_of(word.items[at]);
            bool stays = class && class != last && fh_gap_cost(costs, word, at) == FH_COST_OTHER;
            if (!stays) continue;
            fh_buf_add_char(out, class);
            last = class;
        }
    }
}
