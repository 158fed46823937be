/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an archive: their shares, drawing and writing; learning is in words_learn.c. */
#include "tests/bench/words.h"

#include "base/memory.h"
#include "tests/bench/coin.h"
#include "tests/bench/words_learn.h"

#include <math.h>
#include <stdlib.h>

/* Of all that is drawn. */
static const double NUMBERS = 0.015, PEOPLE = 0.006;

/* Rare words get rarer by Pareto's law, so that the vocabulary grows as a power of the text.  The exponent,
 * and the rank from which the law is felt over the uses that rare words had, were set until an archive had
 * the figures of a real one that docs/performance.md shows. */
static const double RARER = 1.6, FELT_FROM = 1.2, PEOPLE_KNOWN = 60;

enum { SLOTS = 1 << 16, KIND_SHIFT = 56, FORM_SHIFT = 48 };
static const double MOST = 0x1p40;

typedef enum word_kind { LEARNED, COINED, PERSON, NUMBER } word_kind;

struct fh_vocabulary {
    fh_learned_words learned;
    double rare_share, rare_scale;
    uint32_t slots[SLOTS]; /* shared words, each in as many as its share */
};

/* Shared words are dealt the slots in turn, so that each gets its share to one in SLOTS. */
static void deal(fh_vocabulary *vocabulary) {
    const fh_learned_words *learned = &vocabulary->learned;
    uint64_t passed = 0, all = learned->shared_times;
    size_t at = 0;
    for (size_t i = 0; i < SLOTS; i++) {
        while (at + 1 < learned->shared_count && i * all >= (passed + learned->times[at]) * SLOTS)
            passed += learned->times[at++];
        vocabulary->slots[i] = (uint32_t)at;
    }
}

fh_vocabulary *fh_vocabulary_learn(FILE *articles) {
    fh_vocabulary *vocabulary = fh_alloc_zeroed(1, sizeof *vocabulary);
    fh_learn_words(articles, &vocabulary->learned);
    const fh_learned_words *learned = &vocabulary->learned;
    if (!learned->shared_count) {
        fh_vocabulary_free(vocabulary);
        return NULL;
    }
    deal(vocabulary);
    uint64_t all = learned->shared_times + learned->rare_times;
    vocabulary->rare_share = (double)learned->rare_times / (double)all;
    vocabulary->rare_scale = (double)learned->rare_times * FELT_FROM;
    return vocabulary;
}

void fh_vocabulary_free(fh_vocabulary *vocabulary) {
    if (!vocabulary) return;
    fh_learned_words_free(&vocabulary->learned);
    free(vocabulary);
}

const fh_learned_fields *fh_vocabulary_fields(const fh_vocabulary *vocabulary) {
    return &vocabulary->learned.fields;
}

static fh_word make(word_kind kind, uint64_t form, uint64_t rank) {
    return (uint64_t)kind << KIND_SHIFT | form << FORM_SHIFT | rank;
}

/* Pareto's law, of the second kind: from rank 0 on. */
static uint64_t draw_rank(double scale, fh_dice *dice) {
    double rank = scale * (pow(1 - fh_dice_chance(dice), -1 / RARER) - 1);
    return (uint64_t)(rank < MOST ? rank : MOST);
}

static fh_word draw_rare(const fh_vocabulary *vocabulary, fh_dice *dice) {
    uint64_t rank = draw_rank(vocabulary->rare_scale, dice);
    size_t known = vocabulary->learned.rare_count;
    if (rank < known) return make(LEARNED, 0, vocabulary->learned.shared_count + rank);
    return make(COINED, fh_coin_form(rank - known, dice), rank - known);
}

/* Small numbers mostly, and years. */
static fh_word draw_number(fh_dice *dice) {
    return make(NUMBER, 0,
                fh_dice_below(dice, 3) ? fh_dice_habit(dice) % 100000 : 1990 + fh_dice_below(dice, 35));
}

fh_word fh_vocabulary_draw(const fh_vocabulary *vocabulary, fh_dice *dice) {
    double chance = fh_dice_chance(dice);
    if (chance < NUMBERS) return draw_number(dice);
    if (chance < NUMBERS + PEOPLE) return make(PERSON, 0, draw_rank(PEOPLE_KNOWN, dice));
    if (fh_dice_chance(dice) < vocabulary->rare_share) return draw_rare(vocabulary, dice);
    return make(LEARNED, 0, vocabulary->slots[fh_dice_below(dice, SLOTS)]);
}

fh_word fh_vocabulary_after(const fh_vocabulary *vocabulary, fh_word before, fh_dice *chance) {
    fh_dice own = fh_dice_of(before, fh_dice_habit(chance));
    return fh_vocabulary_draw(vocabulary, &own);
}

void fh_vocabulary_write(const fh_vocabulary *vocabulary, fh_word word, fh_buf *out) {
    uint64_t rank = word & (((uint64_t)1 << FORM_SHIFT) - 1);
    switch ((word_kind)(word >> KIND_SHIFT)) {
    case LEARNED: fh_buf_add(out, vocabulary->learned.words[rank]); break;
    case COINED: fh_coin_word(rank, (uint8_t)(word >> FORM_SHIFT), out); break;
    case PERSON: fh_coin_person(rank, out); break;
    case NUMBER: fh_buf_printf(out, "%llu", (unsigned long long)rank); break;
    }
}
