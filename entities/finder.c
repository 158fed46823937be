/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of words: what a word shows by itself is added up once for as long as it is remembered, what it
 * shows together with others each time. */
#include "entities/finder.h"

#include "base/memory.h"

#include <stdlib.h>

enum { REMEMBERED_BITS = 14 };

/* A word's letters, and what follows from them alone. */
typedef struct remembered {
    uint8_t letters[FH_WORD_LETTERS]; /* zeros: free */
    fh_word_view view;
    fh_word_sums sums;
} remembered;

struct fh_name_finder {
    const fh_recogniser *model;
    fh_word_sums edge;        /* of what is before a text, and behind it */
    fh_sums usual[FH_TOPICS]; /* of a place among words without marks or listed names between them */
    remembered words[1u << REMEMBERED_BITS]; /* by hash; a newer word drives out the older one */
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

static void fill_usual(fh_name_finder *finder) {
    uint32_t keys[FH_MAX_FEATURES];
    for (uint8_t topic = 0; topic < FH_TOPICS; topic++) {
        fh_word_view words[2 * FH_VIEW_EDGE + 1] = {0};
        words[FH_VIEW_EDGE].topic = topic;
        size_t count = fh_features_around(&words[FH_VIEW_EDGE], keys);
        store_weights(finder->model, keys, count, finder->usual[topic]);
    }
}

fh_name_finder *fh_name_finder_new(const fh_recogniser *recogniser) {
    if (!recogniser) return NULL;
    fh_name_finder *finder = fh_alloc_zeroed(1, sizeof *finder);
    finder->model = recogniser;
    weigh_word(recogniser, &fh_view_edge, &finder->edge);
    fill_usual(finder);
    return finder;
}

void fh_name_finder_free(fh_name_finder *finder) {
    free(finder);
}

const fh_recogniser *fh_name_finder_model(const fh_name_finder *finder) {
    return finder->model;
}

static const remembered *recall(fh_name_finder *finder, const fh_text_word *word) {
    uint64_t halves[2];
    memcpy(halves, word->letters, sizeof halves);
    /* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
    uint64_t hash = halves[0] * 0x9E3779B97F4A7C15u ^ halves[1] * 0xC2B2AE3D27D4EB4Fu;
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
    remembered *entry = &finder->words[hash >> (64 - REMEMBERED_BITS)];
    if (memcmp(entry->letters, word->letters, FH_WORD_LETTERS) == 0) return entry;
    memcpy(entry->letters, word->letters, FH_WORD_LETTERS);
    fh_word_view_make(&finder->model->facts, word, &entry->view);
    weigh_word(finder->model, &entry->view, &entry->sums);
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

static bool is_usual(const fh_word_view *word) {
    return !(word[-1].gap | word[0].gap | word[1].gap | word[2].gap) &&
           !(word[-1].mention | word[0].mention | word[1].mention);
}

void fh_word_weigh(const fh_name_finder *finder, const fh_weighed_text *text, size_t at, fh_sums out) {
    const fh_word_view *word = &text->view.words[at];
    const fh_word_sums *sums = &text->sums[at];
    uint32_t keys[FH_MAX_FEATURES];
    size_t count = fh_features_together(&text->view, at, keys);
    bool usual = is_usual(word);
    if (!usual) count += fh_features_around(word, keys + count);
    wide sum = {0};
    add_weights(finder->model, keys, count, &sum);
    if (usual) add_sums(finder->usual[word->topic], &sum);
    add_sums(sums[0].alone, &sum);
    add_sums(sums[-1].before, &sum);
    add_sums(sums[1].behind, &sum);
    memcpy(out, &sum, sizeof sum);
}
