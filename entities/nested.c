/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places named within longer names: who looks for شنغهاي means منظمة شنغهاي للتعاون too. */
#include "entities/parts.h"

/* A name within a name leaves out its first or its last word, or both. */
enum { SLICES = 2 };

static bool is_new_place(const fh_mentions *found, size_t from, const fh_mention *inner) {
    if (inner->entity->type != FH_ENTITY_PLACE) return false;
    for (size_t i = from; i < found->count; i++)
        if (found->items[i].entity == inner->entity) return false;
    return true;
}

/* Adds to `found` the places within its mention `outer`, found by looking at slices of its tokens. */
static void add_places(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, size_t outer,
                       fh_arena *arena, fh_mentions *found) {
    const fh_mention name = found->items[outer];
    for (uint32_t slice = 0; slice < SLICES; slice++) {
        uint32_t first = name.first + (slice == 0);
        fh_tokens inside = {tokens.items + first, name.count - 1};
        fh_mentions inner = fh_entities_find(gazetteer, text, inside, arena);
        for (size_t i = 0; i < inner.count; i++) {
            if (!is_new_place(found, outer, &inner.items[i])) continue;
            found->items[found->count] = inner.items[i];
            found->items[found->count++].first += first;
        }
    }
}

fh_mentions fh_mentions_nest(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_mentions names,
                             fh_arena *arena) {
    size_t room = 0;
    for (size_t i = 0; i < names.count; i++) room += 1 + SLICES * (size_t)(names.items[i].count - 1);
    fh_mentions found = {FH_ARENA_ARRAY(arena, fh_mention, room), 0};
    for (size_t i = 0; i < names.count; i++) {
        size_t outer = found.count;
        found.items[found.count++] = names.items[i];
        if (names.items[i].count > 1) add_places(gazetteer, text, tokens, outer, arena, &found);
    }
    return found;
}

fh_mentions fh_entities_find_nested(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens,
                                    fh_arena *arena) {
    fh_mentions names = fh_entities_find(gazetteer, text, tokens, arena);
    return fh_mentions_nest(gazetteer, text, tokens, names, arena);
}
