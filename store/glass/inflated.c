/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ring of bytes that is written round and round, over what is oldest, and a table of what stands where in
 * it.  What is asked for while it stands in the older half is written once more. */
#include "store/glass/inflated.h"
#include "base/memory.h"
#include "store/glass/deflate.h"
#include <stdlib.h>

enum { WAYS = 4, SET_BITS = 13, FIRST_BYTES = 1 << 16 };

/* A tag that was written; all zeros: none. */
typedef struct kept {
    uint64_t where;
    uint64_t begin; /* in all that was ever written */
    uint32_t len;
} kept;

/* The ring begins small, and grows as long as nothing is written over. */
struct fh_inflated {
    fh_glass_inflater *inflater; /* NULL: nothing was asked for yet, as with the sets */
    kept (*sets)[WAYS];
    char *ring;
    size_t size, most;
    uint64_t written;
};

fh_inflated *fh_inflated_new(size_t bytes) {
    fh_inflated *inflated = fh_alloc_zeroed(1, sizeof *inflated);
    inflated->most = bytes;
    return inflated;
}

void fh_inflated_free(fh_inflated *inflated) {
    if (!inflated) return;
    fh_glass_inflater_free(inflated->inflater);
    free(inflated->sets);
    free(inflated->ring);
    free(inflated);
}

static void begin(fh_inflated *inflated) {
    inflated->inflater = fh_glass_inflater_new();
    inflated->sets = fh_alloc_zeroed((size_t)1 << SET_BITS, sizeof *inflated->sets);
    inflated->size = inflated->most < FIRST_BYTES ? inflated->most : FIRST_BYTES;
    inflated->ring = fh_alloc(inflated->size);
}

static kept *set_of(fh_inflated *inflated, uint64_t where) {
    const uint64_t SPREADING = 0x9e3779b97f4a7c15u; /* 2^64 by the golden ratio */
    return inflated->sets[where * SPREADING >> (64 - SET_BITS)];
}

/* How much was written since it began; more than the ring holds where that is gone. */
static uint64_t age_of(const fh_inflated *inflated, const kept *tag) {
    return tag->len > 0 ? inflated->written - tag->begin : UINT64_MAX;
}

static void grow(fh_inflated *inflated) {
    inflated->size = 2 * inflated->size < inflated->most ? 2 * inflated->size : inflated->most;
    inflated->ring = fh_realloc(inflated->ring, inflated->size);
}

/* Writes it behind all others, in one piece. */
static fh_str keep(fh_inflated *inflated, kept *to, uint64_t where, fh_str bytes) {
    if (inflated->written + bytes.len > inflated->size && inflated->size < inflated->most) grow(inflated);
    size_t at = (size_t)(inflated->written % inflated->size);
    if (at + bytes.len > inflated->size) {
        inflated->written += inflated->size - at;
        at = 0;
    }
    memcpy(inflated->ring + at, bytes.ptr, bytes.len);
    *to = (kept){where, inflated->written, (uint32_t)bytes.len};
    inflated->written += bytes.len;
    return (fh_str){inflated->ring + at, bytes.len};
}

/* What is kept of a tag, or the place where it should be: that of what was written there the longest ago. */
static fh_str find(fh_inflated *inflated, uint64_t where, kept **place) {
    kept *set = set_of(inflated, where);
    *place = set;
    for (kept *at = set; at < set + WAYS; at++) {
        uint64_t age = age_of(inflated, at);
        if (at->where == where && age <= inflated->size) {
            *place = at;
            return (fh_str){inflated->ring + at->begin % inflated->size, at->len};
        }
        if (age > age_of(inflated, *place)) *place = at;
    }
    return (fh_str){0};
}

fh_str fh_inflated_held(fh_inflated *inflated, uint64_t where) {
    char room[FH_INFLATED_MOST];
    kept *at;
    if (!inflated->inflater) begin(inflated);
    fh_str found = find(inflated, where, &at);
    if (found.len == 0 || found.len > sizeof room || age_of(inflated, at) <= inflated->most / 2) return found;
    memcpy(room, found.ptr, found.len);
    return keep(inflated, at, where, (fh_str){room, found.len});
}

fh_str fh_inflated_put(fh_inflated *inflated, uint64_t where, fh_str bytes) {
    const size_t SHARE = 8; /* of the ring: more than that would drive out too much */
    kept *at;
    if (!inflated->inflater) begin(inflated);
    if (bytes.len > FH_INFLATED_MOST && bytes.len > inflated->most / SHARE) return bytes;
    find(inflated, where, &at);
    while (inflated->size < bytes.len) grow(inflated);
    return keep(inflated, at, where, bytes);
}

bool fh_inflated_plain(fh_inflated *inflated, fh_str *tag) {
    if (!inflated->inflater) begin(inflated);
    return fh_glass_inflate(inflated->inflater, tag);
}

fh_str fh_inflated_look(fh_inflated *inflated, uint64_t where, fh_str tag) {
    char room[FH_INFLATED_MOST];
    size_t len;
    fh_str held = fh_inflated_held(inflated, where);
    if (held.len > 0) return held;
    if (!fh_glass_inflate_to(inflated->inflater, tag, room, sizeof room, &len) || len == 0) return held;
    return fh_inflated_put(inflated, where, (fh_str){room, len});
}

size_t fh_inflated_take(fh_inflated *inflated, uint64_t where, fh_str tag, char *out) {
    fh_str found = fh_inflated_look(inflated, where, tag);
    if (found.len > 0) memcpy(out, found.ptr, found.len);
    return found.len;
}
