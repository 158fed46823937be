/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose name an unlisted spelling is. */
#include "entities/near.h"
#include "base/memory.h"
#include "entities/gazetteer.h"
#include "entities/spelling.h"

#include <math.h>
#include <stdlib.h>

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

/* Whose name it is, and how the list has that; no name: nobody's. */
static nearest name_near(const fh_gazetteer *gazetteer, fh_str name, fh_buf *spelling) {
    const nearest nobody = {.entity = FH_NO_ENTITY};
    near_search search = {.gazetteer = gazetteer, .name = name, .sure = true};
    if (!fh_near_hash(name, &search.hash)) return nobody;
    nearest best = find_nearest(&search);
    if (!best.name || best.distance > LIMIT_MOST) return nobody;
    join(best.layer, best.name, spelling);
    search.sure = false;
    search.but = best.entity;
    bool is_near = best.distance <= limit_of(fh_buf_str(spelling)) &&
                   find_nearest(&search).distance >= best.distance + MARGIN;
    return is_near ? best : nobody;
}

bool fh_gazetteer_near(const fh_gazetteer *gazetteer, fh_str name, fh_arena *arena, fh_near_name *out) {
    fh_buf spelling = {0};
    nearest best = name_near(gazetteer, name, &spelling);
    if (best.name)
        *out = (fh_near_name){fh_gazetteer_numbered(gazetteer, best.entity),
                              fh_arena_copy(arena, fh_buf_str(&spelling)), best.distance};
    fh_buf_free(&spelling);
    return best.name != NULL;
}

/* ---- Names that came up lately ---- */

enum { MEMORY_BITS = 13, MEMORY_BYTES = 51 };

/* A name and whose it is in a gazetteer; as much as a cache line holds. */
typedef struct remembered {
    uint64_t gazetteer; /* hash */
    uint32_t entity;    /* number, or FH_NO_ENTITY */
    uint8_t length;     /* 0: free */
    char name[MEMORY_BYTES];
} remembered;

struct fh_near_memory {
    remembered names[1u << MEMORY_BITS];
};

fh_near_memory *fh_near_memory_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_near_memory));
}

void fh_near_memory_free(fh_near_memory *memory) {
    free(memory);
}

static uint32_t entity_near(const fh_gazetteer *gazetteer, fh_str name) {
    fh_buf spelling = {0};
    uint32_t entity = name_near(gazetteer, name, &spelling).entity;
    fh_buf_free(&spelling);
    return entity;
}

/* A newer name drives out the older one of its hash. */
static uint32_t recall(fh_near_memory *memory, const fh_gazetteer *gazetteer, fh_str name) {
    uint64_t hash = fh_hash(FH_HASH_START, name), made = fh_gazetteer_hash(gazetteer);
    remembered *entry = &memory->names[(hash ^ hash >> 32) & ((1u << MEMORY_BITS) - 1)];
    if (entry->gazetteer == made && fh_str_equal((fh_str){entry->name, entry->length}, name))
        return entry->entity;
    *entry = (remembered){made, entity_near(gazetteer, name), (uint8_t)name.len, ""};
    memcpy(entry->name, name.ptr, name.len);
    return entry->entity;
}

const fh_entity *fh_near_memory_find(fh_near_memory *memory, const fh_gazetteer *gazetteer, fh_str name) {
    bool is_kept = name.len > 0 && name.len <= MEMORY_BYTES;
    uint32_t entity = is_kept ? recall(memory, gazetteer, name) : entity_near(gazetteer, name);
    return entity == FH_NO_ENTITY ? NULL : fh_gazetteer_numbered(gazetteer, entity);
}
