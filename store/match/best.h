/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best hits so far, as many as there is room for. */
#ifndef FH_STORE_MATCH_BEST_H
#define FH_STORE_MATCH_BEST_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct fh_best_hit {
    double score;
    uint64_t rank;   /* by date: the higher stands first */
    uint32_t number; /* among the documents of all indexes */
} fh_best_hit;

/* The least of them on top. */
typedef struct fh_best_hits {
    fh_best_hit *items;
    size_t count, room;
} fh_best_hits;

fh_best_hits fh_best_hits_for(size_t room, fh_arena *arena);

static inline bool fh_best_hits_are_full(const fh_best_hits *best) {
    return best->count == best->room;
}

/* Takes up a hit, in the place of the least one where there is no room; there must be room for one. */
void fh_best_hits_take(fh_best_hits *best, fh_best_hit hit);

/* The best first; nothing can be taken up any more. */
void fh_best_hits_sort(fh_best_hits *best);

#endif
