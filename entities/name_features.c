/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be seen at a word, as keys that weights are looked up by.  Each function adds the features of
 * one kind; a key tells its kind as well as its value, so a new kind is a new model. */
#include "entities/name_features.h"

#include "entities/facts.h"

typedef struct key_list {
    uint32_t *keys;
    size_t count;
    unsigned kind;
} key_list;

/* The key is the upper half, which depends on all bits of both. */
static inline void add(key_list *list, uint64_t value) {
    uint64_t mixed = (value + list->kind * 0xFF51AFD7ED558CCDu) * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    list->keys[list->count++] = (uint32_t)(mixed * 0xC2B2AE3D27D4EB4Fu >> 32);
}

/* The features that follow are of this kind and the next ones. */
static inline void begin(key_list *list, unsigned kind) {
    list->kind = kind;
}

static inline void add_next(key_list *list, uint64_t value) {
    list->kind++;
    add(list, value);
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

static inline void add_classes(key_list *list, fh_word_class class) {
    for (size_t i = 0; i < WIDTHS; i++) add_next(list, path_of(class, widths[i]));
}

static void add_itself(key_list *list, const fh_word_view *word) {
    begin(list, 0);
    add_next(list, 0);
    add_next(list, word->base);
    add_next(list, word->stem);
    add_classes(list, word->base_class);
    for (unsigned n = 1; n <= LETTERS; n++) {
        uint32_t mask = UINT32_MAX >> LETTER_BITS * (LETTERS - n);
        add_next(list, word->prefix & mask);
        add_next(list, word->suffix & mask);
    }
    begin(list, 20);
    if (word->base != word->hash) {
        add_next(list, word->hash);
        add_classes(list, word->class);
    }
}

static inline unsigned form_of(const fh_word_view *word) {
    return word->clitics | (unsigned)word->shape << 3;
}

static void add_neighbours(key_list *list, const fh_word_view *word) {
    begin(list, 30);
    for (int side = -1; side <= 1; side += 2) {
        const fh_word_view *near = word + side, *far = near + side;
        add_next(list, near->hash);
        add_next(list, near->prefix & 0xFFFFFF);
        add_next(list, near->suffix & 0xFFFF);
        add_next(list, pair(form_of(near), form_of(word)));
        add_next(list, pair(path_of(near->base_class, WHOLE_PATH), path_of(word->base_class, WHOLE_PATH)));
        add_classes(list, near->class);
        add_next(list, far->hash);
    }
    add_next(list, pair(path_of(word[-1].base_class, WHOLE_PATH), path_of(word[1].base_class, WHOLE_PATH)));
    add_next(list, form_of(word));
}

static void add_gaps(key_list *list, const fh_word_view *word) {
    begin(list, 80);
    add_next(list, word[0].gap);
    add_next(list, word[1].gap);
    add_next(list, pair(word[0].gap, word[1].gap));
    add_next(list, word[-1].gap);
    add_next(list, word[2].gap);
}

static void add_mentions(key_list *list, const fh_word_view *word) {
    begin(list, 90);
    add_next(list, word->mention);
    add_next(list, word[-1].mention);
    add_next(list, word[1].mention);
    add_next(list, pair(word->mention, word->suffix & 0xFF));
}

static void add_topic(key_list *list, const fh_word_view *word) {
    begin(list, 100);
    add_next(list, word->topic);
    add_next(list, pair(word->topic, word->mention));
    add_next(list, pair(word->topic, path_of(word->class, 10)));
    add_next(list, pair(word->topic, path_of(word[-1].class, 10)));
}

/* What the same word shows where it stands before and behind; both count alike. */
static void add_elsewhere(key_list *list, const fh_word_view *words, size_t at) {
    const fh_word_view *word = &words[at];
    uint32_t places[] = {word->before, word->after};
    for (size_t i = 0; i < 2; i++) {
        if (places[i] == at) continue;
        const fh_word_view *other = &words[places[i]];
        begin(list, 110);
        add_next(list, path_of(other[-1].class, WHOLE_PATH));
        add_next(list, path_of(other[1].class, WHOLE_PATH));
        add_next(list, other->mention);
        add_next(list, pair(other->clitics, word->clitics));
    }
}

size_t fh_features_at(const fh_text_view *view, size_t at, uint32_t out[FH_MAX_FEATURES]) {
    key_list list = {out, 0, 0};
    const fh_word_view *word = &view->words[at];
    add_itself(&list, word);
    add_neighbours(&list, word);
    add_gaps(&list, word);
    add_mentions(&list, word);
    add_topic(&list, word);
    add_elsewhere(&list, view->words, at);
    return list.count;
}
