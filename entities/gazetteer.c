/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gazetteer with its layers as others see it: a list of entities, their ids and spellings. */
#include "entities/gazetteer.h"

#include "entities/key.h"
#include <stdlib.h>

uint64_t fh_gazetteer_hash(const fh_gazetteer *gazetteer) {
    return gazetteer->hash;
}

/* ---- Entities ---- */

size_t fh_gazetteer_count(const fh_gazetteer *gazetteer) {
    return fh_gazetteer_numbers(gazetteer);
}

const fh_entity *fh_gazetteer_numbered(const fh_gazetteer *gazetteer, uint32_t number) {
    while (number < gazetteer->first_entity) gazetteer = gazetteer->base;
    return &gazetteer->entities[number - gazetteer->first_entity];
}

const fh_entity *fh_gazetteer_at(const fh_gazetteer *gazetteer, size_t index) {
    return fh_gazetteer_numbered(gazetteer, (uint32_t)index);
}

static uint32_t moved(const fh_gazetteer *layer, uint32_t number) {
    size_t low = 0, high = layer->moved_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (layer->moved[middle].from == number) return layer->moved[middle].to;
        if (layer->moved[middle].from < number)
            low = middle + 1;
        else
            high = middle;
    }
    return number;
}

static int compare_entity(const void *id, const void *entity) {
    return fh_str_compare(*(const fh_str *)id, fh_str_from(((const fh_entity *)entity)->id));
}

static uint32_t find_alias(const fh_gazetteer *layer, fh_str id) {
    size_t low = 0, high = layer->alias_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const fh_entity_alias *alias = &layer->aliases[middle];
        int order = fh_str_compare(id, fh_str_from(layer->texts + alias->id));
        if (order == 0) return layer->numbers[alias->entity];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return FH_NO_ENTITY;
}

uint32_t fh_gazetteer_number_of(const fh_gazetteer *gazetteer, fh_str id) {
    uint32_t alias = find_alias(gazetteer, id);
    if (alias != FH_NO_ENTITY) return alias;
    const fh_entity *entity =
        gazetteer->entity_count
            ? bsearch(&id, gazetteer->entities, gazetteer->entity_count, sizeof *entity, compare_entity)
            : NULL;
    if (entity) return gazetteer->first_entity + (uint32_t)(entity - gazetteer->entities);
    if (!gazetteer->base) return FH_NO_ENTITY;
    return moved(gazetteer, fh_gazetteer_number_of(gazetteer->base, id));
}

const fh_entity *fh_gazetteer_find(const fh_gazetteer *gazetteer, fh_str id) {
    uint32_t number = fh_gazetteer_number_of(gazetteer, id);
    return number == FH_NO_ENTITY ? NULL : fh_gazetteer_numbered(gazetteer, number);
}

fh_strs fh_entity_ids(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena) {
    size_t room = 1;
    for (const fh_gazetteer *layer = gazetteer; layer; layer = layer->base) room += layer->alias_count;
    fh_strs ids = {FH_ARENA_ARRAY(arena, fh_str, room), 0};
    ids.items[ids.count++] = fh_str_from(entity->id);
    for (const fh_gazetteer *layer = gazetteer; layer; layer = layer->base) {
        for (size_t i = 0; i < layer->alias_count; i++) {
            fh_str id = fh_str_from(layer->texts + layer->aliases[i].id);
            if (fh_gazetteer_find(gazetteer, id) != entity) continue;
            bool is_new = true;
            for (size_t k = 0; is_new && k < ids.count; k++) is_new = !fh_str_equal(ids.items[k], id);
            if (is_new) ids.items[ids.count++] = id;
        }
    }
    return ids;
}

/* ---- Names ---- */

/* What a number of `layer` has become in `top`. */
static uint32_t moved_up(const fh_gazetteer *top, const fh_gazetteer *layer, uint32_t number) {
    return top == layer ? number : moved(top, moved_up(top->base, layer, number));
}

uint32_t fh_gazetteer_meant(const fh_gazetteer *gazetteer, const fh_gazetteer *layer, uint32_t record) {
    if (record == FH_NO_ENTITY) return FH_NO_ENTITY;
    return moved_up(gazetteer, layer, layer->numbers ? layer->numbers[record] : record);
}

bool fh_gazetteer_hides(const fh_gazetteer *gazetteer, const fh_name *name) {
    for (; gazetteer; gazetteer = gazetteer->base) {
        size_t low = 0, high = gazetteer->hidden_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (gazetteer->hidden[middle] == name) return true;
            if (gazetteer->hidden[middle] < name)
                low = middle + 1;
            else
                high = middle;
        }
    }
    return false;
}

static bool is_word(const fh_gazetteer *layer, const fh_name_word *word, fh_str article, fh_str rest) {
    const char *text = layer->texts + word->text;
    return word->len == article.len + rest.len && memcmp(text, article.ptr, article.len) == 0 &&
           memcmp(text + article.len, rest.ptr, rest.len) == 0;
}

const fh_name_word *fh_gazetteer_word(const fh_gazetteer *layer, uint32_t hash, fh_str article, fh_str word) {
    for (uint32_t at = hash & layer->slot_mask;; at = (at + 1) & layer->slot_mask) {
        fh_name_slot slot = layer->slots[at];
        if (!(slot & FH_SLOT_WORD_MASK)) return NULL;
        const fh_name_word *found = &layer->words[(slot & FH_SLOT_WORD_MASK) - 1];
        if (fh_slot_tag(slot) == fh_slot_tag(hash) && is_word(layer, found, article, word)) return found;
    }
}

static bool has_words(const fh_gazetteer *layer, const fh_name *name, const fh_gazetteer *other,
                      const fh_name *wanted) {
    if (name->count != wanted->count) return false;
    for (size_t i = 0; i < name->count; i++)
        if (!fh_str_equal(fh_gazetteer_key(layer, name, i), fh_gazetteer_key(other, wanted, i))) return false;
    return true;
}

const fh_name *fh_gazetteer_same_words(const fh_gazetteer *layer, const fh_gazetteer *other,
                                       const fh_name *name) {
    fh_str key = fh_gazetteer_key(other, name, 0);
    const fh_name_word *word = fh_gazetteer_word(layer, fh_name_hash(key), FH_STR(""), key);
    for (size_t i = 0; word && i < word->count; i++)
        if (has_words(layer, &layer->names[word->first + i], other, name))
            return &layer->names[word->first + i];
    return NULL;
}

/* ---- Spellings ---- */

static fh_str joined_words(const fh_gazetteer *layer, const fh_name *name, fh_arena *arena) {
    fh_buf all = {0};
    for (size_t i = 0; i < name->count; i++) {
        if (i) fh_buf_add_char(&all, ' ');
        fh_buf_add(&all, fh_gazetteer_key(layer, name, i));
    }
    fh_str joined = fh_arena_copy(arena, fh_buf_str(&all));
    fh_buf_free(&all);
    return joined;
}

static void add_spelling(fh_strs *list, size_t *capacity, fh_str spelling, fh_arena *arena) {
    for (size_t i = 0; i < list->count; i++)
        if (fh_str_equal(list->items[i], spelling)) return;
    if (list->count == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 16;
        fh_str *more = FH_ARENA_ARRAY(arena, fh_str, *capacity);
        if (list->count) memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
    }
    list->items[list->count++] = spelling;
}

fh_strs fh_entity_spellings(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena) {
    fh_strs list = {0};
    size_t capacity = 0;
    for (const fh_gazetteer *layer = gazetteer; layer; layer = layer->base) {
        for (size_t i = 0; i < layer->name_count; i++) {
            const fh_name *name = &layer->names[i];
            uint32_t meant = fh_gazetteer_meant(gazetteer, layer, name->entity);
            if (name->form != FH_FORM_NAME || meant == FH_NO_ENTITY) continue;
            if (fh_gazetteer_numbered(gazetteer, meant) != entity || fh_gazetteer_hides(gazetteer, name))
                continue;
            add_spelling(&list, &capacity, joined_words(layer, name, arena), arena);
        }
    }
    return list;
}
