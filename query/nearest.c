/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most similar labels by comparing all, a person's last name with a single word: it happens only where a
 * filter names nobody. */
#include "query/nearest.h"

#include "query/latin.h"

/* Farther than this, two names have little in common: Latin ones in shares of their length, others in what
 * spellings of one name may be apart. */
#define LATIN_FAR 0.3
#define FAR (1.5 * fh_spelling_near)

typedef struct nearest {
    fh_str text;
    bool latin;
    fh_arena *scratch;
    double distances[FH_NEAREST_NAMES];
    const fh_entity *entities[FH_NEAREST_NAMES];
    size_t count;
} nearest;

static fh_str last_word(const char *label) {
    const char *space = strrchr(label, ' ');
    return fh_str_from(space ? space + 1 : label);
}

static double distance_to(nearest *n, const fh_entity *entity) {
    const char *name = n->latin ? entity->latin : entity->label;
    bool one_word = !memchr(n->text.ptr, ' ', n->text.len);
    fh_str compared = one_word && entity->type == FH_ENTITY_PERSON ? last_word(name) : fh_str_from(name);
    return n->latin ? fh_latin_distance(n->text, compared, n->scratch)
                    : fh_spelling_distance(n->text, compared);
}

static void keep(nearest *n, const fh_entity *entity, double distance) {
    size_t at = n->count < FH_NEAREST_NAMES ? n->count++ : FH_NEAREST_NAMES - 1;
    for (; at > 0 && n->distances[at - 1] > distance; at--) {
        n->distances[at] = n->distances[at - 1];
        n->entities[at] = n->entities[at - 1];
    }
    n->distances[at] = distance;
    n->entities[at] = entity;
}

fh_unknown_name fh_nearest_names(const fh_gazetteer *gazetteer, fh_str text, fh_arena *arena) {
    nearest n = {.text = text, .latin = fh_is_latin(text), .scratch = fh_arena_new()};
    for (size_t i = 0, count = fh_gazetteer_count(gazetteer); i < count; i++) {
        const fh_entity *entity = fh_gazetteer_at(gazetteer, i);
        fh_arena_reset(n.scratch);
        double distance = distance_to(&n, entity);
        bool room = n.count < FH_NEAREST_NAMES || distance < n.distances[n.count - 1];
        if (distance < (n.latin ? LATIN_FAR : FAR) && room) keep(&n, entity, distance);
    }
    fh_arena_free(n.scratch);
    const fh_entity **entities = FH_ARENA_ARRAY(arena, const fh_entity *, n.count + 1);
    memcpy(entities, n.entities, n.count * sizeof *entities);
    return (fh_unknown_name){text, entities, n.count};
}
