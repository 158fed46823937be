/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removing what the sources no longer hold. */
#include "indexer/prune.h"
#include "base/buf.h"
#include "base/memory.h"
#include "indexer/ledger.h"

#include <stdlib.h>

void fh_seen_free(fh_seen *seen) {
    free(seen->hashes);
    *seen = (fh_seen){0};
}

void fh_seen_add(fh_seen *seen, fh_str id) {
    seen->hashes = fh_grow(seen->hashes, seen->count, &seen->capacity, sizeof *seen->hashes);
    seen->hashes[seen->count++] = fh_hash(FH_HASH_START, id);
}

static int by_value(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

typedef struct unseen {
    const fh_seen *seen;
    fh_buf ids; /* each ended by a zero byte, which no id holds */
} unseen;

static bool collect(void *context, fh_str id) {
    unseen *found = context;
    uint64_t hash = fh_hash(FH_HASH_START, id);
    const fh_seen *seen = found->seen;
    if (seen->count && bsearch(&hash, seen->hashes, seen->count, sizeof hash, by_value)) return true;
    fh_buf_add(&found->ids, id);
    fh_buf_add_char(&found->ids, '\0');
    return true;
}

fh_status fh_seen_prune(fh_seen *seen, fh_store *store, uint64_t *removed, fh_error *err) {
    if (seen->count) qsort(seen->hashes, seen->count, sizeof *seen->hashes, by_value);
    unseen found = {.seen = seen};
    fh_status status = fh_store_ids(store, collect, &found, err);
    for (size_t at = 0; status == FH_OK && at < found.ids.len;) {
        fh_str id = fh_str_from(found.ids.ptr + at);
        bool was_there = false;
        status = fh_store_delete(store, id, &was_there, err);
        if (status == FH_OK) *removed += was_there;
        at += id.len + 1;
    }
    fh_buf_free(&found.ids);
    if (status == FH_OK && *removed) status = fh_ledger_forget(store, err);
    return status;
}
