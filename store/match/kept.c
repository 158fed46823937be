/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some hundred large things: their hashes are looked through one by one. */
#include "store/match/kept.h"
#include "base/memory.h"
#include <stdlib.h>

enum { MOST = 512 };

typedef struct keeping {
    char *key;
    size_t key_len;
    uint32_t *numbers; /* documents, and behind them what is kept of each */
    fh_kept_docs docs;
    uint64_t added, asked; /* turns */
} keeping;

struct fh_kept {
    keeping items[MOST];
    unsigned long long hashes[MOST]; /* of their keys */
    size_t count, bytes, most_bytes;
    uint64_t turn, begun;
};

fh_kept *fh_kept_new(size_t bytes) {
    fh_kept *kept = fh_alloc_zeroed(1, sizeof *kept);
    kept->most_bytes = bytes;
    return kept;
}

static size_t bytes_of(const fh_kept_docs *docs) {
    return 2 * docs->count * sizeof(uint32_t);
}

static void drop(fh_kept *kept, keeping *item) {
    kept->bytes -= bytes_of(&item->docs);
    free(item->key);
    free(item->numbers);
    size_t last = --kept->count;
    kept->hashes[item - kept->items] = kept->hashes[last];
    *item = kept->items[last];
}

void fh_kept_free(fh_kept *kept) {
    if (!kept) return;
    while (kept->count > 0) drop(kept, &kept->items[0]);
    free(kept);
}

void fh_kept_begin(fh_kept *kept) {
    kept->begun = ++kept->turn;
}

const fh_kept_docs *fh_kept_find(fh_kept *kept, fh_str key) {
    unsigned long long hash = fh_hash(FH_HASH_START, key);
    keeping *found = NULL;
    for (size_t i = 0; i < kept->count; i++) {
        keeping *item = &kept->items[i];
        if (kept->hashes[i] != hash || !fh_str_equal((fh_str){item->key, item->key_len}, key)) continue;
        if (!found || found->added < item->added) found = item;
    }
    if (!found) return NULL;
    found->asked = ++kept->turn;
    return &found->docs;
}

/* NULL: all are in use. */
static keeping *longest_unasked(fh_kept *kept) {
    keeping *found = NULL;
    for (size_t i = 0; i < kept->count; i++) {
        keeping *item = &kept->items[i];
        if (item->asked < (found ? found->asked : kept->begun)) found = item;
    }
    return found;
}

static bool make_room(fh_kept *kept, size_t bytes) {
    while (kept->count == MOST || kept->bytes + bytes > kept->most_bytes) {
        keeping *item = longest_unasked(kept);
        if (!item) return false;
        drop(kept, item);
    }
    return true;
}

void fh_kept_add(fh_kept *kept, fh_str key, const fh_kept_docs *docs) {
    size_t bytes = bytes_of(docs);
    if (!make_room(kept, bytes)) return;
    keeping *item = &kept->items[kept->count];
    kept->hashes[kept->count++] = fh_hash(FH_HASH_START, key);
    kept->turn++;
    *item = (keeping){.key = fh_alloc(key.len + 1),
                      .key_len = key.len,
                      .numbers = fh_alloc(bytes + 1),
                      .docs = *docs,
                      .added = kept->turn,
                      .asked = kept->turn};
    memcpy(item->key, key.ptr, key.len);
    memcpy(item->numbers, docs->docs, bytes / 2);
    memcpy(item->numbers + docs->count, docs->values, bytes / 2);
    item->docs.docs = item->numbers;
    item->docs.values = item->numbers + docs->count;
    kept->bytes += bytes;
}
