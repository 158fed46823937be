/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heap, and the order of hits. */
#include "store/match/best.h"
#include <stdlib.h>

static bool stands_before(const fh_best_hit *a, const fh_best_hit *b) {
    if (a->rank != b->rank) return a->rank > b->rank;
    if (a->score != b->score) return a->score > b->score;
    return a->number < b->number;
}

static int in_order(const void *left, const void *right) {
    return stands_before(left, right) ? -1 : 1;
}

static void sink(fh_best_hits *best) {
    fh_best_hit *items = best->items, moved = items[0];
    size_t at = 0;
    for (size_t kid; (kid = 2 * at + 1) < best->count; at = kid) {
        if (kid + 1 < best->count && stands_before(&items[kid], &items[kid + 1])) kid++;
        if (!stands_before(&moved, &items[kid])) break;
        items[at] = items[kid];
    }
    items[at] = moved;
}

static void rise(fh_best_hits *best, size_t at) {
    fh_best_hit *items = best->items, moved = items[at];
    for (; at > 0 && stands_before(&items[(at - 1) / 2], &moved); at = (at - 1) / 2)
        items[at] = items[(at - 1) / 2];
    items[at] = moved;
}

fh_best_hits fh_best_hits_for(size_t room, fh_arena *arena) {
    return (fh_best_hits){.items = FH_ARENA_ARRAY(arena, fh_best_hit, room + 1), .room = room};
}

void fh_best_hits_take(fh_best_hits *best, fh_best_hit hit) {
    if (best->count < best->room) {
        best->items[best->count] = hit;
        rise(best, best->count++);
    } else {
        best->items[0] = hit;
        sink(best);
    }
}

void fh_best_hits_sort(fh_best_hits *best) {
    if (best->count) qsort(best->items, best->count, sizeof *best->items, in_order);
}
