/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be seen at a word, as keys that weights are looked up by.  A key tells its kind as well as its
 * value, so a new kind is a new model. */
#include "entities/name_features.h"

#include "entities/facts.h"

typedef struct key_list {
    uint32_t *keys;
    size_t count;
} key_list;

/* The upper half, which depends on all bits of both. */
static inline uint32_t key(unsigned kind, uint64_t value) {
    uint64_t mixed = (value + kind * 0xFF51AFD7ED558CCDu) * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    return (uint32_t)(mixed * 0xC2B2AE3D27D4EB4Fu >> 32);
}

static inline void add_key(key_list *list, uint32_t value) {
    list->keys[list->count++] = value;
}

static inline void add(key_list *list, unsigned kind, uint64_t value) {
    add_key(list, key(kind, value));
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
    add(&list, 50, fh_form_of(word));
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

uint32_t fh_feature_beyond(const fh_word_view *far, fh_side side) {
    return key(neighbour_kind(side) + 8, far->hash);
}

/* ---- What has few values ---- */

uint32_t fh_feature_forms(fh_side side, unsigned near, unsigned form) {
    return key(neighbour_kind(side) + 3, pair(near, form));
}

uint32_t fh_feature_ending(unsigned mention, unsigned letter) {
    return key(94, pair(mention, letter));
}

enum { TOPIC_STEPS = 10 };

uint32_t fh_feature_topic(unsigned topic, fh_word_class class) {
    return key(103, pair(topic, path_of(class, TOPIC_STEPS)));
}

uint32_t fh_feature_topic_behind(unsigned topic, fh_word_class before) {
    return key(104, pair(topic, path_of(before, TOPIC_STEPS)));
}

uint32_t fh_feature_elsewhere(fh_side side, fh_word_class near) {
    return key(side == FH_SIDE_BEFORE ? 111 : 112, path_of(near, WHOLE_PATH));
}

uint32_t fh_feature_elsewhere_mention(unsigned mention) {
    return key(113, mention);
}

uint32_t fh_feature_elsewhere_clitics(unsigned there, unsigned here) {
    return key(114, pair(there, here));
}

/* ---- Words together ---- */

static inline uint32_t key_of_classes(unsigned kind, const fh_word_view *a, const fh_word_view *b) {
    return key(kind, pair(path_of(a->base_class, WHOLE_PATH), path_of(b->base_class, WHOLE_PATH)));
}

void fh_features_of_classes(const fh_word_view *word, uint32_t out[FH_CLASS_FEATURES]) {
    out[FH_SIDE_BEFORE] = key_of_classes(neighbour_kind(FH_SIDE_BEFORE) + 4, word - 1, word);
    out[FH_SIDE_BEHIND] = key_of_classes(neighbour_kind(FH_SIDE_BEHIND) + 4, word + 1, word);
    out[FH_SIDE_BEHIND + 1] = key_of_classes(49, word - 1, word + 1);
}

static void add_neighbours(key_list *list, const fh_word_view *word) {
    uint32_t classes[FH_CLASS_FEATURES];
    fh_features_of_classes(word, classes);
    for (fh_side side = FH_SIDE_BEFORE; side <= FH_SIDE_BEHIND; side++) {
        const fh_word_view *near = side == FH_SIDE_BEFORE ? word - 1 : word + 1;
        const fh_word_view *far = side == FH_SIDE_BEFORE ? word - 2 : word + 2;
        add_key(list, fh_feature_forms(side, fh_form_of(near), fh_form_of(word)));
        add_key(list, classes[side]);
        add_key(list, fh_feature_beyond(far, side));
    }
    add_key(list, classes[FH_SIDE_BEHIND + 1]);
}

/* What the same word shows where it stands before and behind; both count alike. */
static void add_elsewhere(key_list *list, const fh_word_view *words, size_t at) {
    const fh_word_view *word = &words[at];
    uint32_t places[] = {word->before, word->after};
    for (size_t i = 0; i < 2; i++) {
        if (places[i] == at) continue;
        const fh_word_view *other = &words[places[i]];
        add_key(list, fh_feature_elsewhere(FH_SIDE_BEFORE, other[-1].class));
        add_key(list, fh_feature_elsewhere(FH_SIDE_BEHIND, other[1].class));
        add_key(list, fh_feature_elsewhere_mention(other->mention));
        add_key(list, fh_feature_elsewhere_clitics(other->clitics, word->clitics));
    }
}

static void add_together(key_list *list, const fh_text_view *view, size_t at) {
    const fh_word_view *word = &view->words[at];
    add_neighbours(list, word);
    add_key(list, fh_feature_ending(word->mention, word->suffix & 0xFF));
    add_key(list, fh_feature_topic(word->topic, word->class));
    add_key(list, fh_feature_topic_behind(word->topic, word[-1].class));
    add_elsewhere(list, view->words, at);
}

size_t fh_features_of_gaps(const fh_word_view *word, uint32_t *out) {
    key_list list = {out, 0};
    add(&list, 81, word[0].gap);
    add(&list, 82, word[1].gap);
    add(&list, 83, pair(word[0].gap, word[1].gap));
    add(&list, 84, word[-1].gap);
    add(&list, 85, word[2].gap);
    return list.count;
}

size_t fh_features_of_mentions(const fh_word_view *word, uint32_t *out) {
    key_list list = {out, 0};
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
    key_list list = {out, 0};
    list.count += fh_features_alone(word, out);
    list.count += fh_features_beside(word - 1, FH_SIDE_BEFORE, out + list.count);
    list.count += fh_features_beside(word + 1, FH_SIDE_BEHIND, out + list.count);
    add_together(&list, view, at);
    list.count += fh_features_of_gaps(word, out + list.count);
    list.count += fh_features_of_mentions(word, out + list.count);
    return list.count;
}
