/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of words: what a word shows by itself is added up once for as long as it is remembered, what it
 * shows together with others each time. */
#include "entities/finder.h"

#include "base/memory.h"

#include <stdlib.h>

enum { REMEMBERED_BITS = 14, PLACE_BITS = 8 };

/* A word's letters, and what follows from them alone. */
typedef struct remembered {
    uint8_t letters[FH_WORD_LETTERS]; /* zeros: free */
    fh_word_view view;
    fh_word_sums sums;
} remembered;

/* Marks, listed names and topic around a word, and what they weigh. */
typedef struct place {
    uint64_t around; /* a byte each */
    fh_sums sums;
} place;

/* A newer word or place drives out the older one of its hash. */
struct fh_name_finder {
    const fh_recogniser *model;
    fh_word_sums edge; /* of what is before a text, and behind it */
    remembered words[1u << REMEMBERED_BITS];
    place places[1u << PLACE_BITS];
};

/* ---- Adding ---- */

/* Lanes side by side, as processors add them. */
typedef int8_t narrow __attribute__((vector_size(FH_LANES)));
typedef int16_t wide __attribute__((vector_size(2 * FH_LANES)));

static inline void add_sums(const fh_sums sums, wide *sum) {
    wide more;
    memcpy(&more, sums, sizeof more);
    *sum += more;
}

/* Without branches: where a key is not in the table, nothing is added. */
static void add_weights(const fh_recogniser *model, const uint32_t *keys, size_t count, wide *sums) {
    wide sum = *sums;
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = fh_feature_slot(keys[i], model->shifts[fh_feature_bucket(keys[i])]);
        narrow row;
        memcpy(&row, model->weights[slot], sizeof row);
        int8_t known = (int8_t) - (model->marks[slot] == (uint16_t)keys[i]);
        sum += __builtin_convertvector(row & known, wide);
    }
    *sums = sum;
}

static void store_weights(const fh_recogniser *model, const uint32_t *keys, size_t count, fh_sums out) {
    wide sum = {0};
    add_weights(model, keys, count, &sum);
    memcpy(out, &sum, sizeof sum);
}

/* ---- Words ---- */

static void weigh_word(const fh_recogniser *model, const fh_word_view *word, fh_word_sums *out) {
    uint32_t keys[FH_MAX_FEATURES];
    store_weights(model, keys, fh_features_alone(word, keys), out->alone);
    store_weights(model, keys, fh_features_beside(word, FH_SIDE_BEFORE, keys), out->before);
    store_weights(model, keys, fh_features_beside(word, FH_SIDE_BEHIND, keys), out->behind);
}

static void weigh_place(const fh_name_finder *finder, const fh_word_view *word, uint64_t around, place *out) {
    uint32_t keys[FH_MAX_FEATURES];
    out->around = around;
    store_weights(finder->model, keys, fh_features_around(word, keys), out->sums);
}

fh_name_finder *fh_name_finder_new(const fh_recogniser *recogniser) {
    if (!recogniser) return NULL;
    fh_name_finder *finder = fh_alloc_zeroed(1, sizeof *finder);
    finder->model = recogniser;
    weigh_word(recogniser, &fh_view_edge, &finder->edge);
    fh_word_view nowhere[2 * FH_VIEW_EDGE + 1] = {0};
    weigh_place(finder, &nowhere[FH_VIEW_EDGE], 0, &finder->places[0]);
    return finder;
}

void fh_name_finder_free(fh_name_finder *finder) {
    free(finder);
}

const fh_recogniser *fh_name_finder_model(const fh_name_finder *finder) {
    return finder->model;
}

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline size_t slot_of(uint64_t hash, unsigned bits) {
    return (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u >> (64 - bits);
}

static const remembered *recall(fh_name_finder *finder, const fh_text_word *word) {
    uint64_t halves[2];
    memcpy(halves, word->letters, sizeof halves);
    uint64_t hash = halves[0] * 0x9E3779B97F4A7C15u ^ halves[1] * 0xC2B2AE3D27D4EB4Fu;
    remembered *entry = &finder->words[slot_of(hash, REMEMBERED_BITS)];
    if (memcmp(entry->letters, word->letters, FH_WORD_LETTERS) == 0) return entry;
    memcpy(entry->letters, word->letters, FH_WORD_LETTERS);
    fh_word_view_make(&finder->model->facts, word, &entry->view);
    weigh_word(finder->model, &entry->view, &entry->sums);
    return entry;
}

/* All of it is in the key, and no other place than that of zeros is in its slot before it is weighed. */
static const place *recall_place(fh_name_finder *finder, const fh_word_view *word) {
    const uint8_t bytes[] = {word[-1].gap,     word[0].gap,     word[1].gap,     word[2].gap,
                             word[-1].mention, word[0].mention, word[1].mention, word[0].topic};
    uint64_t around;
    memcpy(&around, bytes, sizeof around);
    place *entry = &finder->places[slot_of(around, PLACE_BITS)];
    if (entry->around != around) weigh_place(finder, word, around, entry);
    return entry;
}

/* ---- Texts ---- */

fh_weighed_text fh_text_weigh_words(fh_name_finder *finder, fh_tokens tokens, fh_text_words words,
                                    fh_mentions known, fh_arena *arena) {
    fh_weighed_text text = {fh_text_view_new(words.count, arena),
                            FH_ARENA_ARRAY(arena, fh_word_sums, words.count + 2) + 1};
    text.sums[-1] = text.sums[words.count] = finder->edge;
    for (size_t i = 0; i < words.count; i++) {
        const remembered *word = recall(finder, &words.items[i]);
        text.view.words[i] = word->view;
        text.sums[i] = word->sums;
    }
    fh_text_view_connect(&text.view, tokens, words, known, arena);
    return text;
}

void fh_word_weigh(fh_name_finder *finder, const fh_weighed_text *text, size_t at, fh_sums out) {
    const fh_word_view *word = &text->view.words[at];
    const fh_word_sums *sums = &text->sums[at];
    uint32_t keys[FH_MAX_FEATURES];
    size_t count = fh_features_together(&text->view, at, keys);
    wide sum = {0};
    add_weights(finder->model, keys, count, &sum);
    add_sums(recall_place(finder, word)->sums, &sum);
    add_sums(sums[0].alone, &sum);
    add_sums(sums[-1].before, &sum);
    add_sums(sums[1].behind, &sum);
    memcpy(out, &sum, sizeof sum);
}
