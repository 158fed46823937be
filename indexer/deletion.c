/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting by what articles are called or have in common. */
#include "indexer/deletion.h"
#include "indexer/learn.h"
#include "indexer/ledger.h"
#include "indexer/selection.h"

static fh_status delete_each(fh_store *store, fh_strs ids, uint64_t *deleted, fh_error *err) {
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < ids.count; i++) {
        bool found = false; /* one that an earlier word named too is gone already */
        status = fh_store_delete(store, ids.items[i], &found, err);
        if (status == FH_OK) *deleted += found;
    }
    return status;
}

static fh_status delete_all(fh_store *store, const fh_deletion *deletion, fh_arena *arena, uint64_t *deleted,
                            uint64_t *not_found, fh_error *err) {
    fh_status status = fh_store_begin(store, err);
    for (size_t i = 0; status == FH_OK && i < deletion->count; i++) {
        fh_strs ids; /* as they were committed, those that are deleted by now too */
        uint64_t before = *deleted;
        fh_arena_reset(arena);
        status = fh_selection_ids(store, fh_str_from(deletion->what[i]), arena, &ids, err);
        if (status == FH_OK) status = delete_each(store, ids, deleted, err);
        if (status != FH_OK || *deleted > before) continue;
        fh_error missing;
        fh_fail(&missing, FH_ERR_NOT_FOUND, deletion->what[i], NULL, "the index has no such article");
        deletion->note(deletion->context, &missing);
        ++*not_found;
    }
    if (status == FH_OK && *deleted) status = fh_ledger_forget(store, err);
    if (status == FH_OK) status = fh_learning_note(store, *deleted, err);
    return status == FH_OK ? fh_store_commit(store, err) : status;
}

fh_status fh_delete(fh_store *store, const fh_deletion *deletion, uint64_t *deleted, uint64_t *not_found,
                    fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_status status = delete_all(store, deletion, arena, deleted, not_found, err);
    fh_arena_free(arena);
    return status;
}
