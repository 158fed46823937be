/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose name an unlisted spelling is. */
#include "entities/near.h"
#include "entities/gazetteer.h"
#include "entities/spelling.h"

#include <math.h>

/* Where another name is hardly farther, it may as well be meant. */
#define MARGIN 0.2

/* Far more names are of nobody listed than are spelled otherwise, and among so many some are near by chance,
 * most of them short: so a listed name must be nearer than two spellings are to each other, by its length. */
#define LIMIT_LETTER 0.1 /* for each letter beyond … */
#define LIMIT_NONE 3     /* … these */
#define LIMIT_MOST 0.7

static double limit_of(fh_str name) {
    fh_spelled spelled;
    if (!fh_spelled_read(name, &spelled) || spelled.count <= LIMIT_NONE) return 0;
    double limit = LIMIT_LETTER * (double)(spelled.count - LIMIT_NONE);
    return limit < LIMIT_MOST ? limit : LIMIT_MOST;
}

/* Index of the first row of a layer that has the hash, or where it would be. */
static size_t first_row(const fh_gazetteer *layer, uint32_t hash) {
    size_t low = 0, high = layer->near_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (layer->near[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The words of a name with spaces between them. */
static void join(const fh_gazetteer *layer, const fh_name *name, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < name->count; i++) {
        if (i) fh_buf_add_char(out, ' ');
        fh_buf_add(out, fh_gazetteer_key(layer, name, i));
    }
}

/* A search through the names that share a hash. */
typedef struct near_search {
    const fh_gazetteer *gazetteer;
    fh_str name;
    uint32_t hash;
    bool sure;    /* only names that mean their entity wherever they stand and however they are written … */
    uint32_t but; /* … or any but those of this entity */
} near_search;

typedef struct nearest {
    const fh_gazetteer *layer;
    const fh_name *name; /* NULL: none */
    uint32_t entity;
    double distance;
} nearest;

static bool is_looked_for(const near_search *search, const fh_name *listed, uint32_t entity) {
    if (fh_gazetteer_hides(search->gazetteer, listed)) return false;
    if (search->sure)
        return entity != FH_NO_ENTITY && !listed->weak && !listed->exact && listed->form == FH_FORM_NAME;
    return entity != search->but;
}

static void look_in_layer(const near_search *search, const fh_gazetteer *layer, nearest *best) {
    fh_buf spelling = {0};
    for (size_t i = first_row(layer, search->hash); i < layer->near_count; i++) {
        if (layer->near[i].hash != search->hash) break;
        const fh_name *listed = &layer->names[layer->near[i].name];
        uint32_t entity = fh_gazetteer_meant(search->gazetteer, layer, listed->entity);
        if (!is_looked_for(search, listed, entity)) continue;
        join(layer, listed, &spelling);
        double distance = fh_spelling_distance(search->name, fh_buf_str(&spelling));
        if (distance < best->distance) *best = (nearest){layer, listed, entity, distance};
    }
    fh_buf_free(&spelling);
}

static nearest find_nearest(const near_search *search) {
    nearest best = {.distance = INFINITY};
    for (const fh_gazetteer *layer = search->gazetteer; layer; layer = layer->base)
        look_in_layer(search, layer, &best);
    return best;
}

bool fh_gazetteer_near(const fh_gazetteer *gazetteer, fh_str name, fh_arena *arena, fh_near_name *out) {
    near_search search = {.gazetteer = gazetteer, .name = name, .sure = true};
    if (!fh_near_hash(name, &search.hash)) return false;
    nearest best = find_nearest(&search);
    if (best.distance > LIMIT_MOST) return false;
    fh_buf joined = {0};
    join(best.layer, best.name, &joined);
    fh_str spelling = fh_arena_copy(arena, fh_buf_str(&joined));
    fh_buf_free(&joined);
    search.sure = false;
    search.but = best.entity;
    if (best.distance > limit_of(spelling) || find_nearest(&search).distance < best.distance + MARGIN)
        return false;
    *out = (fh_near_name){fh_gazetteer_numbered(gazetteer, best.entity), spelling, best.distance};
    return true;
}
