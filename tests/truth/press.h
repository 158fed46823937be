/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A press that prints whatever comes: articles and questions made of the words of a sample archive, with
 * clitics, vowel marks, spellings, names, dates and outlets thrown by dice. */
#ifndef FH_TESTS_TRUTH_PRESS_H
#define FH_TESTS_TRUTH_PRESS_H

#include "tests/truth/dice.h"
#include "tests/truth/truth.h"

typedef struct press {
    dice *dice;
    fh_arena *arena;
    fh_str *words; /* of the sample archive, in the order they stand there */
    size_t count, capacity;
    uint32_t printed; /* articles so far */
} press;

/* Reads the sample archive; everything lives in the arena but the list of words. */
bool press_open(const char *corpus, dice *dice, fh_arena *arena, press *out);
void press_close(press *press);

/* A new article, which may repeat the text of a known one, more or less.  Strings live in the arena. */
fh_article press_article(press *press, const fh_article *const *known, size_t count, fh_arena *arena);
/* Another version of an article. */
fh_article press_again(press *press, const fh_article *before, fh_arena *arena);
/* The article as fihris-index reads it back to the letter. */
fh_str press_line(const fh_article *article, fh_arena *arena);

/* One word, or a name, perhaps in another form or spelling. */
fh_str press_word(press *press, fh_arena *arena);
/* `count` words that stand side by side somewhere, as they are. */
fh_str press_words(press *press, size_t count, fh_arena *arena);
fh_str press_name(press *press, fh_arena *arena);
fh_str press_source(press *press);
fh_str press_author(press *press);

/* A query of any shape, of words that the archive may have.  asker.c */
fh_str press_query(press *press, const truth_archive *archive, fh_arena *arena);
/* How it is asked; strings and lists live in the arena. */
fh_search press_search(press *press, const truth_archive *archive, fh_arena *arena);

#endif
