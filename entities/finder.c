/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of words: what a word shows by its letters is added up once for as long as it is remembered, and so
 * is what marks and listed names around it show. */
#include "entities/finder.h"

#include "base/memory.h"
#include "entities/facts.h"

#include <stdlib.h>

enum { WORD_BITS = 15, PLACE_BITS = 8 };

/* What a word weighs, wherever it stands. */
typedef struct word_sums {
    fh_sums alone;     /* for itself */
    fh_sums beside[2]; /* for the word that it stands before or behind … */
    fh_sums beyond[2]; /* … and for the one beyond that */
} word_sums;

/* A word's letters, and what follows from them alone. */
typedef struct remembered {
    uint8_t letters[FH_WORD_LETTERS]; /* zeros: free */
    bool stays;
    fh_word_view view;
    word_sums sums;
} remembered;

/* What is around a word, and what it weighs. */
typedef struct place {
    uint32_t around; /* a byte each */
    fh_sums sums;
} place;

typedef size_t place_features(const fh_word_view *word, uint32_t *out);

/* A newer place drives out the older one of its hash, a newer word one that has not come again. */
struct fh_name_finder {
    const fh_recogniser *model;
    fh_weight_tables *tables;
    fh_near_memory *near;
    word_sums edge; /* of what is before a text, and behind it */
    place gaps[1u << PLACE_BITS], mentions[1u << PLACE_BITS];
    remembered words[1u << WORD_BITS], passing;
};

/* ---- Words ---- */

/* Everything is fetched before the first of it is added. */
static void weigh_word(const fh_recogniser *model, const fh_word_view *word, word_sums *out) {
    enum { PARTS = 5 };
    fh_sums *const sums[PARTS] = {&out->alone, &out->beside[FH_SIDE_BEFORE], &out->beside[FH_SIDE_BEHIND],
                                  &out->beyond[FH_SIDE_BEFORE], &out->beyond[FH_SIDE_BEHIND]};
    uint32_t keys[FH_MAX_FEATURES];
    fh_feature_place places[FH_MAX_FEATURES];
    size_t ends[PARTS];
    ends[0] = fh_features_alone(word, keys);
    ends[1] = ends[0] + fh_features_beside(word, FH_SIDE_BEFORE, keys + ends[0]);
    ends[2] = ends[1] + fh_features_beside(word, FH_SIDE_BEHIND, keys + ends[1]);
    ends[3] = ends[2] + 1;
    ends[4] = ends[3] + 1;
    keys[ends[2]] = fh_feature_beyond(word, FH_SIDE_BEFORE);
    keys[ends[3]] = fh_feature_beyond(word, FH_SIDE_BEHIND);
    fh_weights_fetch(model, keys, ends[PARTS - 1], places);
    for (size_t part = 0, from = 0; part < PARTS; from = ends[part++])
        fh_weigh(model, places + from, ends[part] - from, *sums[part]);
}

static void weigh_place(const fh_recogniser *model, const fh_word_view *word, place_features *features,
                        place *out) {
    uint32_t keys[FH_MAX_FEATURES];
    fh_feature_place places[FH_MAX_FEATURES];
    size_t count = features(word, keys);
    fh_weights_fetch(model, keys, count, places);
    fh_weigh(model, places, count, out->sums);
}

fh_name_finder *fh_name_finder_new(const fh_recogniser *recogniser) {
    if (!recogniser) return NULL;
    fh_name_finder *finder = fh_alloc_large(sizeof *finder);
    finder->model = recogniser;
    finder->tables = fh_weight_tables_new(recogniser);
    finder->near = fh_near_memory_new();
    weigh_word(recogniser, &fh_view_edge, &finder->edge);
    fh_word_view nowhere[2 * FH_VIEW_EDGE + 1] = {0};
    weigh_place(recogniser, &nowhere[FH_VIEW_EDGE], fh_features_of_gaps, &finder->gaps[0]);
    weigh_place(recogniser, &nowhere[FH_VIEW_EDGE], fh_features_of_mentions, &finder->mentions[0]);
    return finder;
}

void fh_name_finder_free(fh_name_finder *finder) {
    if (!finder) return;
    fh_weight_tables_free(finder->tables);
    fh_near_memory_free(finder->near);
    free(finder);
}

const fh_recogniser *fh_name_finder_model(const fh_name_finder *finder) {
    return finder->model;
}

fh_near_memory *fh_name_finder_near(fh_name_finder *finder) {
    return finder->near;
}

/* Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline size_t slot_of(uint64_t hash, unsigned bits) {
    return (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u >> (64 - bits);
}

/* A word that came again since another one of its place came last stays against that; then that one is only
 * passing. */
static const remembered *recall(fh_name_finder *finder, const fh_text_word *word, remembered *entry) {
    bool is_known = memcmp(entry->letters, word->letters, FH_WORD_LETTERS) == 0, stays = entry->stays;
    entry->stays = is_known;
    if (is_known) return entry;
    if (stays) entry = &finder->passing;
    memcpy(entry->letters, word->letters, FH_WORD_LETTERS);
    fh_word_view_make(&finder->model->facts, word, &entry->view);
    weigh_word(finder->model, &entry->view, &entry->sums);
    return entry;
}

/* All that the features depend on is in `around`, and no other place than that of zeros is in its slot before
 * it is weighed. */
static const place *recall_place(const fh_name_finder *finder, place *places, const uint8_t around[4],
                                 const fh_word_view *word, place_features *features) {
    uint32_t bytes;
    memcpy(&bytes, around, sizeof bytes);
    place *entry = &places[slot_of(bytes, PLACE_BITS)];
    if (entry->around == bytes) return entry;
    entry->around = bytes;
    weigh_place(finder->model, word, features, entry);
    return entry;
}

/* ---- Texts ---- */

/* Adds what a word shows by its letters to its own sums and to those of the words around it. */
static void spread(const word_sums *word, fh_sums *at) {
    fh_sums_add(at[0], word->alone);
    fh_sums_add(at[1], word->beside[FH_SIDE_BEFORE]);
    fh_sums_add(at[-1], word->beside[FH_SIDE_BEHIND]);
    fh_sums_add(at[2], word->beyond[FH_SIDE_BEFORE]);
    fh_sums_add(at[-2], word->beyond[FH_SIDE_BEHIND]);
}

/* Words are far apart in memory, too: all are sent for before the first is read. */
static remembered **fetch_entries(fh_name_finder *finder, fh_text_words words, fh_arena *arena) {
    enum { CACHE_LINE = 64 };
    remembered **entries = FH_ARENA_ARRAY(arena, remembered *, words.count);
    for (size_t i = 0; i < words.count; i++) {
        uint64_t hash = fh_word_hash(words.items[i].letters);
        entries[i] = &finder->words[slot_of(hash, WORD_BITS)];
        fh_word_fact_fetch(&finder->model->facts, hash);
        for (size_t at = 0; at < sizeof(remembered); at += CACHE_LINE)
            __builtin_prefetch((const char *)entries[i] + at);
    }
    return entries;
}

static void fetch_classes(const fh_recogniser *model, fh_weighed_text *text, fh_arena *arena) {
    text->classes = fh_arena_take(arena, text->view.count * sizeof *text->classes);
    for (size_t i = 0; i < text->view.count; i++) {
        uint32_t keys[FH_CLASS_FEATURES];
        fh_features_of_classes(&text->view.words[i], keys);
        fh_weights_fetch(model, keys, FH_CLASS_FEATURES, text->classes[i]);
    }
}

fh_weighed_text fh_text_weigh_words(fh_name_finder *finder, fh_tokens tokens, fh_text_words words,
                                    fh_mentions known, fh_arena *arena) {
    enum { MARGIN = 2 * FH_VIEW_EDGE }; /* edges, and what they spread to */
    fh_sums *sums = fh_arena_take_zeroed(arena, (words.count + 2 * MARGIN) * sizeof *sums);
    fh_weighed_text text = {.view = fh_text_view_new(words.count, arena), .sums = sums + MARGIN};
    remembered **entries = fetch_entries(finder, words, arena);
    for (size_t i = 1; i <= FH_VIEW_EDGE; i++) {
        spread(&finder->edge, text.sums - i);
        spread(&finder->edge, text.sums + words.count - 1 + i);
    }
    for (size_t i = 0; i < words.count; i++) {
        const remembered *word = recall(finder, &words.items[i], entries[i]);
        text.view.words[i] = word->view;
        spread(&word->sums, text.sums + i);
    }
    fh_text_view_connect(&text.view, tokens, words, known, arena);
    fetch_classes(finder->model, &text, arena);
    return text;
}

void fh_word_weigh(fh_name_finder *finder, const fh_weighed_text *text, size_t at, fh_sums out) {
    const fh_word_view *word = &text->view.words[at];
    const uint8_t gaps[] = {word[-1].gap, word[0].gap, word[1].gap, word[2].gap};
    const uint8_t mentions[] = {word[-1].mention, word[0].mention, word[1].mention, word[0].topic};
    fh_sums classes;
    fh_weigh(finder->model, text->classes[at], FH_CLASS_FEATURES, classes);
    fh_weigh_few_valued(finder->tables, &text->view, at, out);
    fh_sums_add(out, classes);
    fh_sums_add(out, text->sums[at]);
    fh_sums_add(out, recall_place(finder, finder->gaps, gaps, word, fh_features_of_gaps)->sums);
    fh_sums_add(out, recall_place(finder, finder->mentions, mentions, word, fh_features_of_mentions)->sums);
}
