/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends of folded names, each from the beginning of a word, in byte order. */
#include "site/name_ends.h"

#include "base/memory.h"
#include <stdlib.h>

typedef struct name {
    fh_str end;
    const fh_entity *entity;
} name;

struct fh_name_ends {
    fh_arena *arena;
    name *items;
    size_t count, capacity;
};

static void add(fh_name_ends *names, fh_str end, const fh_entity *entity) {
    names->items = fh_grow(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = (name){end, entity};
}

/* People leave out the article of السعودية. */
static void add_ends(fh_name_ends *names, const char *text, const fh_entity *entity) {
    const fh_str article = FH_STR("ال");
    fh_str whole = fh_fold_word(FH_STEMMER_LIGHT, fh_str_from(text), names->arena);
    for (size_t at = 0; at < whole.len;) {
        fh_str end = fh_str_slice(whole, at, whole.len);
        size_t space = fh_str_find(whole, FH_STR(" "), at);
        add(names, end, entity);
        if (fh_str_starts(end, article)) add(names, fh_str_slice(end, article.len, end.len), entity);
        at = space == SIZE_MAX ? whole.len : space + 1;
    }
}

static int by_end(const void *left, const void *right) {
    const name *a = left, *b = right;
    return fh_str_compare(a->end, b->end);
}

fh_name_ends *fh_name_ends_new(const fh_gazetteer *gazetteer) {
    fh_name_ends *names = fh_alloc_zeroed(1, sizeof *names);
    names->arena = fh_arena_new();
    for (size_t i = 0; i < fh_gazetteer_count(gazetteer); i++) {
        const fh_entity *entity = fh_gazetteer_at(gazetteer, i);
        add_ends(names, entity->label, entity);
        add_ends(names, entity->latin, entity);
    }
    if (names->count) qsort(names->items, names->count, sizeof *names->items, by_end);
    return names;
}

void fh_name_ends_free(fh_name_ends *names) {
    if (!names) return;
    fh_arena_free(names->arena);
    free(names->items);
    free(names);
}

void fh_name_ends_visit(const fh_name_ends *names, fh_str folded, fh_name_visitor *visit, void *context) {
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (fh_str_compare(names->items[middle].end, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < names->count && fh_str_starts(names->items[low].end, folded); low++)
        if (!visit(context, names->items[low].entity)) return;
}
