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

/* Index of the first row that has the hash, or where it would be. */
static size_t first_row(const fh_gazetteer *gazetteer, uint32_t hash) {
    size_t low = 0, high = gazetteer->near_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gazetteer->near[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The words of a name with spaces between them. */
static void join(const fh_gazetteer *gazetteer, const fh_name *name, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < name->count; i++) {
        const fh_name_word *word = &gazetteer->words[gazetteer->sequence[name->words + i]];
        if (i) fh_buf_add_char(out, ' ');
        fh_buf_add(out, (fh_str){gazetteer->texts + word->text, word->len});
    }
}

/* What means its entity wherever it stands and however it is written. */
static bool is_sure(const fh_name *name) {
    return name->entity != FH_NO_ENTITY && !name->weak && !name->exact;
}

typedef struct nearest {
    const fh_name *name; /* NULL: none */
    double distance;
} nearest;

/* The nearest of the names that have the hash: the sure ones only, or any but those of entity `but`. */
static nearest find_nearest(const fh_gazetteer *gazetteer, fh_str name, uint32_t hash, bool sure,
                            uint32_t but) {
    nearest found = {NULL, INFINITY};
    fh_buf spelling = {0};
    for (size_t i = first_row(gazetteer, hash); i < gazetteer->near_count; i++) {
        if (gazetteer->near[i].hash != hash) break;
        const fh_name *listed = &gazetteer->names[gazetteer->near[i].name];
        if (sure ? !is_sure(listed) : listed->entity == but) continue;
        join(gazetteer, listed, &spelling);
        double distance = fh_spelling_distance(name, fh_buf_str(&spelling));
        if (distance < found.distance) found = (nearest){listed, distance};
    }
    fh_buf_free(&spelling);
    return found;
}

bool fh_gazetteer_near(const fh_gazetteer *gazetteer, fh_str name, fh_arena *arena, fh_near_name *out) {
    uint32_t hash;
    if (!fh_near_hash(name, &hash)) return false;
    nearest best = find_nearest(gazetteer, name, hash, true, FH_NO_ENTITY);
    if (best.distance > LIMIT_MOST) return false;
    fh_buf joined = {0};
    join(gazetteer, best.name, &joined);
    fh_str spelling = fh_arena_copy(arena, fh_buf_str(&joined));
    fh_buf_free(&joined);
    if (best.distance > limit_of(spelling)) return false;
    nearest other = find_nearest(gazetteer, name, hash, false, best.name->entity);
    if (other.distance < best.distance + MARGIN) return false;
    *out = (fh_near_name){&gazetteer->entities[best.name->entity], spelling, best.distance};
    return true;
}
