/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that no dictionary has, coined as Arabic coins its own: a root in a pattern, with clitics and
 * endings; a foreign name in Arabic letters; a person. */
#ifndef FH_TESTS_BENCH_COIN_H
#define FH_TESTS_BENCH_COIN_H

#include "base/buf.h"
#include "tests/bench/dice.h"

/* The clitics and endings that a lemma bears in a text, by chance; half of the time those it bears mostly. */
uint8_t fh_coin_form(uint64_t lemma, fh_dice *dice);

/* The word in UTF-8: always the same for a lemma and a form. */
void fh_coin_word(uint64_t lemma, uint8_t form, fh_buf *out);

/* A given name and a family's. */
void fh_coin_person(uint64_t person, fh_buf *out);

#endif
