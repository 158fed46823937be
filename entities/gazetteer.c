/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gazetteer as others see it: a list of entities, and words by their keys. */
#include "entities/gazetteer.h"

#include "entities/key.h"

const fh_gazetteer *fh_gazetteer_builtin(void) {
    return &fh_builtin_gazetteer;
}

size_t fh_gazetteer_count(const fh_gazetteer *gazetteer) {
    return gazetteer->entity_count;
}

const fh_entity *fh_gazetteer_at(const fh_gazetteer *gazetteer, size_t index) {
    return &gazetteer->entities[index];
}

const fh_entity *fh_gazetteer_find(const fh_gazetteer *gazetteer, fh_str id) {
    size_t low = 0, high = gazetteer->entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const fh_entity *entity = &gazetteer->entities[middle];
        int order = fh_str_compare(id, fh_str_from(entity->id));
        if (order == 0) return entity;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_word(const fh_gazetteer *gazetteer, const fh_name_word *word, fh_str article, fh_str rest) {
    const char *text = gazetteer->texts + word->text;
    return word->len == article.len + rest.len && memcmp(text, article.ptr, article.len) == 0 &&
           memcmp(text + article.len, rest.ptr, rest.len) == 0;
}

const fh_name_word *fh_gazetteer_word(const fh_gazetteer *gazetteer, fh_str article, fh_str word) {
    uint32_t hash = fh_name_hash(article, word), bit = hash / FH_FILTER_BITS;
    if (!(gazetteer->filter[bit / FH_FILTER_WORD_BITS] >> bit % FH_FILTER_WORD_BITS & 1)) return NULL;
    for (uint32_t at = hash & gazetteer->slot_mask;; at = (at + 1) & gazetteer->slot_mask) {
        const fh_name_slot *slot = &gazetteer->slots[at];
        if (!slot->word) return NULL;
        const fh_name_word *found = &gazetteer->words[slot->word - 1];
        if (slot->hash == hash && is_word(gazetteer, found, article, word)) return found;
    }
}
