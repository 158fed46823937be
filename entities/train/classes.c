/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of words, by exchange. */
#include "entities/train/class_counts.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

fh_classes *fh_classes_new(void) {
    fh_classes *c = fh_alloc_zeroed(1, sizeof *c);
    c->slots = fh_alloc_zeroed((size_t)1 << VOCABULARY_BITS, sizeof *c->slots);
    for (size_t i = 0; i < FIXED; i++) {
        c->entries = fh_grow(c->entries, c->count, &c->capacity, sizeof *c->entries);
        c->entries[c->count++] = (entry){0};
    }
    c->costs = fh_alloc(LOGS * sizeof *c->costs);
    c->costs[0] = 0;
    for (size_t n = 1; n < LOGS; n++) c->costs[n] = (double)n * log((double)n);
    return c;
}

void fh_classes_free(fh_classes *c) {
    if (!c) return;
    free(c->entries);
    free(c->slots);
    free(c->stream);
    for (size_t i = 0; i < 2; i++) {
        free(c->sides[i].starts);
        free(c->sides[i].items);
        free(c->counts[i]);
        free(c->totals[i]);
    }
    free(c->class_of);
    free(c->costs);
    free(c);
}

/* ---- Texts to a stream of words ---- */

static void push(fh_classes *c, uint32_t word) {
    c->stream = fh_grow(c->stream, c->length, &c->stream_capacity, sizeof *c->stream);
    c->stream[c->length++] = word;
    c->entries[word].count++;
}

/* Words beyond what the table can hold with ease are rare ones. */
static uint32_t intern(fh_classes *c, const fh_text_word *word) {
    fh_str bytes = {(const char *)word->letters, sizeof word->letters};
    uint32_t mask = (1u << VOCABULARY_BITS) - 1;
    for (uint32_t slot = (uint32_t)(fh_hash(FH_HASH_START, bytes) >> 20);; slot++) {
        uint32_t *index = &c->slots[slot & mask];
        if (*index && memcmp(c->entries[*index].letters, word->letters, sizeof word->letters) == 0)
            return *index;
        if (*index) continue;
        if (c->count > mask / 4 * 3) return RARE;
        c->entries = fh_grow(c->entries, c->count, &c->capacity, sizeof *c->entries);
        memcpy(c->entries[c->count].letters, word->letters, sizeof word->letters);
        c->entries[c->count].count = 0;
        return *index = (uint32_t)c->count++;
    }
}

static bool is_whole(const fh_text_word *word) {
    if (word->count == FH_WORD_LETTERS) return false;
    return !memchr(word->letters, FH_LETTER_OTHER, word->count);
}

static uint32_t word_of(fh_classes *c, const fh_text_word *word) {
    if (word->letters[0] >= '0' && word->letters[0] <= '9') return NUMBER;
    return is_whole(word) ? intern(c, word) : RARE;
}

void fh_classes_add(fh_classes *c, fh_text_words words) {
    for (size_t i = 0; i < words.count; i++) {
        const fh_text_word *word = &words.items[i];
        if (word->gap & FH_GAP_END)
            push(c, BREAK);
        else if (word->gap & ~(unsigned)FH_GAP_QUOTE)
            push(c, SIGN);
        push(c, word_of(c, word));
    }
    push(c, BREAK);
}

/* ---- The stream to neighbours ---- */

static int by_count(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return memcmp(x->letters, y->letters, sizeof x->letters);
}

/* Sorts the words by how often they came up and writes the stream in their new numbers; those that are left
 * out are rare. */
static void rank(fh_classes *c, size_t words) {
    entry *sorted = fh_alloc(c->count * sizeof *sorted);
    uint32_t *numbers = fh_alloc(c->count * sizeof *numbers);
    memcpy(sorted, c->entries, c->count * sizeof *sorted);
    for (uint32_t i = 0; i < c->count; i++) c->entries[i].count = i < FIXED ? i : RARE;
    qsort(sorted + FIXED, c->count - FIXED, sizeof *sorted, by_count);
    c->words = FIXED + words < c->count ? FIXED + words : c->count;
    for (uint32_t i = FIXED; i < c->words; i++) {
        fh_text_word word = {.gap = 0};
        memcpy(word.letters, sorted[i].letters, sizeof word.letters);
        c->entries[intern(c, &word)].count = i;
    }
    for (uint32_t i = 0; i < c->count; i++) numbers[i] = c->entries[i].count;
    for (size_t i = 0; i < c->length; i++) c->stream[i] = numbers[c->stream[i]];
    memcpy(c->entries, sorted, c->count * sizeof *sorted);
    free(sorted);
    free(numbers);
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Fills one side from pairs of a word and its neighbour; a word next to itself says nothing. */
static void fill_side(const fh_classes *c, uint64_t *pairs, size_t count, side *out) {
    qsort(pairs, count, sizeof *pairs, by_value);
    out->starts = fh_alloc_zeroed(c->words + 1, sizeof *out->starts);
    out->items = fh_alloc(count * sizeof *out->items);
    uint32_t items = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && pairs[i] == pairs[i - 1]) {
            out->items[items - 1].count++;
            continue;
        }
        out->items[items++] = (neighbour){(uint32_t)pairs[i], 1};
        out->starts[(pairs[i] >> 32) + 1] = items;
    }
    for (size_t w = 1; w <= c->words; w++)
        if (out->starts[w] < out->starts[w - 1]) out->starts[w] = out->starts[w - 1];
}

static void gather(fh_classes *c) {
    uint64_t *pairs = fh_alloc(c->length * sizeof *pairs);
    size_t count = 0;
    for (size_t i = 1; i < c->length; i++)
        if (c->stream[i] != c->stream[i - 1])
            pairs[count++] = (uint64_t)c->stream[i - 1] << 32 | c->stream[i];
    fill_side(c, pairs, count, &c->sides[0]);
    for (size_t i = 0; i < count; i++) pairs[i] = pairs[i] << 32 | pairs[i] >> 32;
    fill_side(c, pairs, count, &c->sides[1]);
    free(pairs);
}

/* ---- Exchange ---- */

/* A word's neighbours by class, on both sides. */
typedef struct context {
    uint32_t *counts[2];
    uint32_t *classes[2]; /* that occur */
    size_t used[2];
    uint64_t totals[2];
    double *gains;
} context;

static void look_around(const fh_classes *c, uint32_t word, context *out) {
    for (size_t s = 0; s < 2; s++) {
        const side *near = &c->sides[s];
        for (size_t i = 0; i < out->used[s]; i++) out->counts[s][out->classes[s][i]] = 0;
        out->used[s] = 0;
        out->totals[s] = 0;
        for (uint32_t i = near->starts[word]; i < near->starts[word + 1]; i++) {
            uint32_t class = c->class_of[near->items[i].word];
            if (!out->counts[s][class]) out->classes[s][out->used[s]++] = class;
            out->counts[s][class] += near->items[i].count;
            out->totals[s] += near->items[i].count;
        }
    }
}

/* Adds a word to a class, or takes it away. */
static void move(fh_classes *c, uint32_t class, const context *around, bool in) {
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < around->used[s]; i++) {
            uint32_t other = around->classes[s][i], n = around->counts[s][other];
            uint32_t *forth = &c->counts[s][class * c->classes + other];
            uint32_t *back = &c->counts[1 - s][other * c->classes + class];
            *forth = in ? *forth + n : *forth - n;
            *back = in ? *back + n : *back - n;
            c->totals[1 - s][other] = in ? c->totals[1 - s][other] + n : c->totals[1 - s][other] - n;
        }
        uint64_t total = around->totals[s];
        c->totals[s][class] = in ? c->totals[s][class] + total : c->totals[s][class] - total;
    }
}

/* How much likelier the stream gets by each class for the word. */
static void weigh(const fh_classes *c, const context *around) {
    double *gains = around->gains;
    for (size_t k = FIXED; k < c->classes; k++) {
        gains[k] = 0;
        for (size_t s = 0; s < 2; s++) {
            uint64_t total = c->totals[s][k];
            gains[k] -= fh_class_cost(c, total + around->totals[s]) - fh_class_cost(c, total);
        }
    }
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i < around->used[s]; i++) {
            uint32_t other = around->classes[s][i], n = around->counts[s][other];
            const uint32_t *row = c->counts[1 - s] + other * c->classes;
            for (size_t k = FIXED; k < c->classes; k++)
                gains[k] += fh_class_cost(c, (uint64_t)row[k] + n) - fh_class_cost(c, row[k]);
        }
    }
    /* Of its own neighbours' class both counts fall together. */
    for (size_t i = 0; i < around->used[0]; i++) {
        uint32_t k = around->classes[0][i], n = around->counts[0][k], m = around->counts[1][k];
        if (k < FIXED || !m) continue;
        uint64_t now = c->counts[0][k * c->classes + k];
        gains[k] += fh_class_cost(c, now + n + m) - fh_class_cost(c, now + n) - fh_class_cost(c, now + m) +
                    fh_class_cost(c, now);
    }
}

static size_t exchange(fh_classes *c, context *around) {
    size_t moved = 0;
    for (uint32_t w = FIXED; w < c->words; w++) {
        uint32_t from = c->class_of[w];
        look_around(c, w, around);
        move(c, from, around, false);
        weigh(c, around);
        uint32_t best = from;
        for (uint32_t k = FIXED; k < c->classes; k++)
            if (around->gains[k] > around->gains[best]) best = k;
        move(c, best, around, true);
        c->class_of[w] = best;
        moved += best != from;
    }
    return moved;
}

static void deal(fh_classes *c) {
    size_t square = c->classes * c->classes;
    c->class_of = fh_alloc(c->words * sizeof *c->class_of);
    for (uint32_t w = 0; w < c->words; w++)
        c->class_of[w] = w < FIXED ? w : FIXED + (w - FIXED) % (uint32_t)(c->classes - FIXED);
    for (size_t s = 0; s < 2; s++) {
        c->counts[s] = fh_alloc_zeroed(square, sizeof *c->counts[s]);
        c->totals[s] = fh_alloc_zeroed(c->classes, sizeof *c->totals[s]);
        for (uint32_t w = 0; w < c->words; w++) {
            uint32_t class = c->class_of[w];
            for (uint32_t i = c->sides[s].starts[w]; i < c->sides[s].starts[w + 1]; i++) {
                uint32_t n = c->sides[s].items[i].count;
                c->counts[s][class * c->classes + c->class_of[c->sides[s].items[i].word]] += n;
                c->totals[s][class] += n;
            }
        }
    }
}

size_t fh_classes_learn(fh_classes *c, size_t words, size_t count, size_t rounds) {
    rank(c, words);
    gather(c);
    c->classes = FIXED + count;
    deal(c);
    context around = {.gains = fh_alloc(c->classes * sizeof(double))};
    for (size_t s = 0; s < 2; s++) {
        around.counts[s] = fh_alloc_zeroed(c->classes, sizeof(uint32_t));
        around.classes[s] = fh_alloc(c->classes * sizeof(uint32_t));
    }
    size_t moved = c->words;
    for (size_t round = 0; round < rounds && moved > c->words / 200; round++) moved = exchange(c, &around);
    for (size_t s = 0; s < 2; s++) {
        free(around.counts[s]);
        free(around.classes[s]);
    }
    free(around.gains);
    return moved;
}
