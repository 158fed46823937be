/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be seen at a word, as keys that weights are looked up by.  A key tells its kind as well as its
 * value, so a new kind is a new model. */
#include "entities/name_features.h"

#include "entities/facts.h"

typedef struct key_list {
    uint32_t *keys;
    size_t count;
} key_list;

/* The key is the upper half, which depends on all bits of both. */
static inline void add(key_list *list, unsigned kind, uint64_t value) {
    uint64_t mixed = (value + kind * 0xFF51AFD7ED558CCDu) * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    list->keys[list->count++] = (uint32_t)(mixed * 0xC2B2AE3D27D4EB4Fu >> 32);
}

enum { WHOLE_PATH = 32 };

/* The first steps of a class's path: a wider class.  0: the word is of none. */
static inline uint64_t path_of(fh_word_class class, unsigned steps) {
    if (class.depth <= steps) return (uint64_t) class.depth << 32 | class.path;
    return (uint64_t)steps << 32 | class.path >> (class.depth - steps);
}

static inline uint64_t pair(uint64_t a, uint64_t b) {
    return a * 0x2545F4914F6CDD1Du + b;
}

static const unsigned widths[] = {7, 10, WHOLE_PATH};
enum { WIDTHS = sizeof widths / sizeof *widths, LETTER_BITS = 8, LETTERS = 4 };

/* Three kinds, from this one on. */
static inline void add_classes(key_list *list, unsigned kind, fh_word_class class) {
    for (unsigned i = 0; i < WIDTHS; i++) add(list, kind + i, path_of(class, widths[i]));
}

static inline unsigned form_of(const fh_word_view *word) {
    return word->clitics | (unsigned)word->shape << 3;
}

/* ---- One word ---- */

size_t fh_features_alone(const fh_word_view *word, uint32_t *out) {
    key_list list = {out, 0};
    add(&list, 1, 0);
    add(&list, 2, word->base);
    add(&list, 3, word->stem);
    add_classes(&list, 4, word->base_class);
    for (unsigned n = 1; n <= LETTERS; n++) {
        uint32_t mask = UINT32_MAX >> LETTER_BITS * (LETTERS - n);
        add(&list, 5 + 2 * n, word->prefix & mask);
        add(&list, 6 + 2 * n, word->suffix & mask);
    }
    if (word->base != word->hash) {
        add(&list, 21, word->hash);
        add_classes(&list, 22, word->class);
    }
    add(&list, 50, form_of(word));
    return list.count;
}

/* Kinds of what is to be seen at a neighbour: those of the side before begin here, those of the side behind
 * as many further on. */
enum { NEIGHBOUR = 31, OF_A_SIDE = 9 };

static inline unsigned neighbour_kind(fh_side side) {
    return NEIGHBOUR + (side == FH_SIDE_BEHIND ? OF_A_SIDE : 0);
}

size_t fh_features_beside(const fh_word_view *near, fh_side side, uint32_t *out) {
    key_list list = {out, 0};
    unsigned kind = neighbour_kind(side);
    add(&list, kind, near->hash);
    add(&list, kind + 1, near->prefix & 0xFFFFFF);
    add(&list, kind + 2, near->suffix & 0xFFFF);
    add_classes(&list, kind + 5, near->class);
    return list.count;
}

/* ---- Words together ---- */

static void add_neighbours(key_list *list, const fh_word_view *word) {
    for (fh_side side = FH_SIDE_BEFORE; side <= FH_SIDE_BEHIND; side++) {
        int step = side == FH_SIDE_BEFORE ? -1 : 1;
        const fh_word_view *near = word + step, *far = near + step;
        unsigned kind = neighbour_kind(side);
        add(list, kind + 3, pair(form_of(near), form_of(word)));
        add(list, kind + 4,
            pair(path_of(near->base_class, WHOLE_PATH), path_of(word->base_class, WHOLE_PATH)));
        add(list, kind + 8, far->hash);
    }
    add(list, 49, pair(path_of(word[-1].base_class, WHOLE_PATH), path_of(word[1].base_class, WHOLE_PATH)));
}

/* What the same word shows where it stands before and behind; both count alike. */
static void add_elsewhere(key_list *list, const fh_word_view *words, size_t at) {
    const fh_word_view *word = &words[at];
    uint32_t places[] = {word->before, word->after};
    for (size_t i = 0; i < 2; i++) {
        if (places[i] == at) continue;
        const fh_word_view *other = &words[places[i]];
        add(list, 111, path_of(other[-1].class, WHOLE_PATH));
        add(list, 112, path_of(other[1].class, WHOLE_PATH));
        add(list, 113, other->mention);
        add(list, 114, pair(other->clitics, word->clitics));
    }
}

size_t fh_features_together(const fh_text_view *view, size_t at, uint32_t *out) {
    key_list list = {out, 0};
    const fh_word_view *word = &view->words[at];
    add_neighbours(&list, word);
    add(&list, 94, pair(word->mention, word->suffix & 0xFF));
    add(&list, 103, pair(word->topic, path_of(word->class, 10)));
    add(&list, 104, pair(word->topic, path_of(word[-1].class, 10)));
    add_elsewhere(&list, view->words, at);
    return list.count;
}

size_t fh_features_around(const fh_word_view *word, uint32_t *out) {
    key_list list = {out, 0};
    add(&list, 81, word[0].gap);
    add(&list, 82, word[1].gap);
    add(&list, 83, pair(word[0].gap, word[1].gap));
    add(&list, 84, word[-1].gap);
    add(&list, 85, word[2].gap);
    add(&list, 91, word->mention);
    add(&list, 92, word[-1].mention);
    add(&list, 93, word[1].mention);
    add(&list, 101, word->topic);
    add(&list, 102, pair(word->topic, word->mention));
    return list.count;
}

/* ---- All ---- */

size_t fh_features_at(const fh_text_view *view, size_t at, uint32_t out[FH_MAX_FEATURES]) {
    const fh_word_view *word = &view->words[at];
    size_t count = fh_features_alone(word, out);
    count += fh_features_beside(word - 1, FH_SIDE_BEFORE, out + count);
    count += fh_features_beside(word + 1, FH_SIDE_BEHIND, out + count);
    count += fh_features_together(view, at, out + count);
    return count + fh_features_around(word, out + count);
}
