/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom weak names mean: what the texts name otherwise too. */
#include "entities/scan.h"

#include <limits.h>

static size_t country_index(const char code[2]) {
    return (size_t)(26 * (code[0] - 'A') + code[1] - 'A');
}

void fh_evidence_start(const fh_gazetteer *gazetteer, fh_arena *arena, fh_evidence *out) {
    out->entities = fh_arena_take_zeroed(arena, fh_gazetteer_numbers(gazetteer) / CHAR_BIT + 1);
    memset(out->countries, 0, sizeof out->countries);
}

void fh_evidence_add(const fh_gazetteer *gazetteer, const fh_matches *found, fh_evidence *evidence) {
    for (size_t i = 0; i < found->count; i++) {
        const fh_match *item = &found->items[i];
        uint32_t number = fh_gazetteer_meant(gazetteer, item->layer, item->name->entity);
        if (item->name->weak || number == FH_NO_ENTITY) continue;
        evidence->entities[number / CHAR_BIT] |= (unsigned char)(1u << number % CHAR_BIT);
        const char *country = fh_gazetteer_numbered(gazetteer, number)->country;
        if (country[0]) evidence->countries[country_index(country)] = true;
    }
}

static bool is_evident(const fh_gazetteer *gazetteer, const fh_evidence *evidence, uint32_t number) {
    if (evidence->entities[number / CHAR_BIT] >> number % CHAR_BIT & 1) return true;
    const char *country = fh_gazetteer_numbered(gazetteer, number)->country;
    return country[0] && evidence->countries[country_index(country)];
}

/* Whom a weak name means: the only one of those it may mean, in any layer, that is evident. */
static uint32_t resolve_weak(const fh_gazetteer *gazetteer, const fh_evidence *evidence,
                             const fh_match *item) {
    uint32_t meant = FH_NO_ENTITY;
    for (const fh_gazetteer *layer = item->layer; layer; layer = layer->base) {
        const fh_name *first =
            layer == item->layer ? item->name : fh_gazetteer_same_words(layer, item->layer, item->name);
        for (const fh_name *name = first; name && name->count == first->count && name->words == first->words;
             name++) {
            uint32_t number = fh_gazetteer_meant(gazetteer, layer, name->entity);
            if (!name->weak || !is_evident(gazetteer, evidence, number)) continue;
            if (layer != gazetteer && fh_gazetteer_hides(gazetteer, name)) continue;
            if (meant != FH_NO_ENTITY && meant != number) return FH_NO_ENTITY;
            meant = number;
        }
    }
    return meant;
}

fh_mentions fh_names_resolve(const fh_gazetteer *gazetteer, const fh_evidence *evidence,
                             const fh_matches *found, fh_tokens tokens, fh_arena *arena) {
    fh_mentions out = {FH_ARENA_ARRAY(arena, fh_mention, found->count), 0};
    for (size_t i = 0; i < found->count; i++) {
        const fh_match *item = &found->items[i];
        uint32_t number = item->name->weak ? resolve_weak(gazetteer, evidence, item)
                                           : fh_gazetteer_meant(gazetteer, item->layer, item->name->entity);
        if (number == FH_NO_ENTITY) continue;
        out.items[out.count++] = (fh_mention){
            .entity = fh_gazetteer_numbered(gazetteer, number),
            .first = (uint32_t)item->first,
            .count = (uint32_t)(item->last - item->first + 1),
            .start = tokens.items[item->first].start,
            .end = tokens.items[item->last].end,
            .form = item->name->form,
        };
    }
    return out;
}

fh_mentions fh_entities_find(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena) {
    fh_matches found = fh_names_scan(gazetteer, text, tokens, arena);
    if (!found.count) return (fh_mentions){0};
    fh_evidence evidence;
    fh_evidence_start(gazetteer, arena, &evidence);
    fh_evidence_add(gazetteer, &found, &evidence);
    return fh_names_resolve(gazetteer, &evidence, &found, tokens, arena);
}
