/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a few real articles tell of words. */
#ifndef FH_TESTS_BENCH_WORDS_LEARN_H
#define FH_TESTS_BENCH_WORDS_LEARN_H

#include "base/arena.h"
#include "tests/bench/words.h"

/* In so many articles a word belongs to the language, not to a story. */
enum { SHARED_BY = 8 };

typedef struct fh_learned_words {
    fh_arena *arena;
    fh_str *words;   /* shared ones first; the rare ones, the most frequent first */
    uint32_t *times; /* each was used */
    size_t shared_count, rare_count;
    uint64_t shared_times, rare_times;
    fh_learned_fields fields;
} fh_learned_words;

void fh_learn_words(FILE *articles, fh_learned_words *out);
void fh_learned_words_free(fh_learned_words *learned);

#endif
