/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the indexes of a store, a layer each over what the program knows itself. */
#include "query/query.h"

#include "base/memory.h"
#include <stdlib.h>

struct fh_names {
    const fh_gazetteer *base;
    fh_arena *packed;      /* what the layers lie in */
    fh_gazetteer **layers; /* each lies over the one before it */
    size_t count;
};

static fh_status add_layer(fh_names *names, fh_str packed, fh_error *err) {
    fh_gazetteer *layer;
    fh_status status =
        fh_gazetteer_unpack(packed, "the index's names", fh_names_gazetteer(names), &layer, err);
    if (status == FH_OK) names->layers[names->count++] = layer;
    return status;
}

/* Of several indexes, the names of the first one count most. */
static fh_status add_layers(fh_names *names, fh_strs lists, fh_strs learned, fh_error *err) {
    fh_status status = FH_OK;
    names->layers = fh_alloc_zeroed(2 * lists.count, sizeof *names->layers);
    for (size_t i = lists.count; i-- > 0 && status == FH_OK;) {
        if (lists.items[i].len) status = add_layer(names, lists.items[i], err);
        if (status == FH_OK && learned.items[i].len) status = add_layer(names, learned.items[i], err);
    }
    return status;
}

fh_status fh_names_open(fh_store *store, const fh_gazetteer *base, fh_names **out, fh_error *err) {
    fh_names *names = fh_alloc(sizeof *names);
    *names = (fh_names){.base = base, .packed = fh_arena_new()};
    fh_strs lists, learned;
    fh_status status = fh_store_get_each_meta(store, FH_META_NAMES, names->packed, &lists, err);
    if (status == FH_OK)
        status = fh_store_get_each_meta(store, FH_META_LEARNED, names->packed, &learned, err);
    if (status == FH_OK) status = add_layers(names, lists, learned, err);
    if (status == FH_OK) {
        *out = names;
    } else {
        fh_names_free(names);
    }
    return status;
}

void fh_names_free(fh_names *names) {
    if (!names) return;
    while (names->count > 0) fh_gazetteer_free(names->layers[--names->count]);
    free(names->layers);
    fh_arena_free(names->packed);
    free(names);
}

const fh_gazetteer *fh_names_gazetteer(const fh_names *names) {
    return names->count ? names->layers[names->count - 1] : names->base;
}
