/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table in which each key has one place: what comes later to a place stays there. */
#include "site/memo.h"

#include "base/memory.h"
#include <stdlib.h>

enum { PLACES = 2048 };

struct fh_memo {
    struct place {
        char *key; /* and behind it the bytes; NULL: nothing is here */
        size_t key_len, len;
    } places[PLACES];
};

fh_memo *fh_memo_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_memo));
}

void fh_memo_free(fh_memo *memo) {
    if (!memo) return;
    for (size_t i = 0; i < PLACES; i++) free(memo->places[i].key);
    free(memo);
}

static size_t place_of(fh_str key) {
    return fh_hash(FH_HASH_START, key) % PLACES;
}

fh_str fh_memo_find(const fh_memo *memo, fh_str key) {
    const struct place *place = &memo->places[place_of(key)];
    bool found = place->key && fh_str_equal((fh_str){place->key, place->key_len}, key);
    return found ? (fh_str){place->key + place->key_len, place->len} : (fh_str){0};
}

void fh_memo_put(fh_memo *memo, fh_str key, fh_str bytes) {
    struct place *place = &memo->places[place_of(key)];
    char *both = fh_alloc(key.len + bytes.len + 1);
    memcpy(both, key.ptr, key.len);
    if (bytes.len) memcpy(both + key.len, bytes.ptr, bytes.len);
    free(place->key);
    *place = (struct place){both, key.len, bytes.len};
}
