/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Word lists compiled at build time: folded by the very code that folds the text, in a hash table that is
 * never written to. */
#ifndef FH_STEMMER_LIST_H
#define FH_STEMMER_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FH_LIST_LETTERS 15 /* the longest word of a list */

typedef struct fh_list_word {
    uint16_t count;
    uint16_t letters[FH_LIST_LETTERS];
} fh_list_word;

typedef struct fh_list {
    const fh_list_word *words;
    /* Index of a word plus one, 0 where there is none; a word stands in the first free slot from its hash on.
     */
    const uint16_t *slots;
    uint32_t mask; /* slots - 1; there are at least four times as many slots as words */
} fh_list;

extern const fh_list fh_stop_words; /* stopwords.txt and lexicon/particles.txt, folded for every stemmer */

/* FNV-1a over letters in place of bytes; chained, so that all beginnings of a word are hashed in one go. */
#define FH_LIST_HASH_START 0x811c9dc5u
static inline uint32_t fh_list_hash(uint32_t hash, uint32_t letter) {
    return (hash ^ letter) * 0x01000193u;
}

static inline bool fh_list_word_is(const fh_list_word *word, const uint32_t *letters, size_t count) {
    if (word->count != count) return false;
    for (size_t i = 0; i < count; i++)
        if (word->letters[i] != letters[i]) return false;
    return true;
}

/* `hash` chains over all `count` letters. */
static inline bool fh_list_has(const fh_list *list, uint32_t hash, const uint32_t *letters, size_t count) {
    for (uint32_t slot = hash ^ hash >> 15;; slot++) {
        uint16_t index = list->slots[slot & list->mask];
        if (index == 0) return false;
        if (fh_list_word_is(&list->words[index - 1], letters, count)) return true;
    }
}

#endif
