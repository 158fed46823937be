/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in the index's metadata: the texts they come from, and packed as searching wants them. */
#include "indexer/names.h"
#include "base/file.h"
#include "base/limits.h"
#include "indexer/learn.h"

static const char LIST_KEY[] = "fihris.gazetteer";      /* the user's list, as it was given */
static const char LEARNED_KEY[] = "fihris.learned";     /* fh_learned_write */
static const char DECISIONS_KEY[] = "fihris.decisions"; /* fh_decisions_write */

/* Packed for searching (query/names.c): the user's list, and what was learned over it. */
static const char PACKED_LIST_KEY[] = "fihris.names";
static const char PACKED_LEARNED_KEY[] = "fihris.names.learned";

static fh_arena *arena_of(fh_names *names) {
    if (!names->arena) names->arena = fh_arena_new();
    return names->arena;
}

/* ---- From files and indexes ---- */

static fh_status parse_list(fh_names *names, const char *name, fh_error *err) {
    return fh_gazetteer_parse(fh_buf_str(&names->text), name, fh_gazetteer_builtin(), &names->listed, err);
}

fh_status fh_names_read(const char *path, fh_names *out, fh_error *err) {
    if (!path) return FH_OK;
    fh_buf_reserve(&out->text, 1); /* an empty file is one all the same */
    fh_status status = fh_file_read(path, FH_MAX_GAZETTEER, &out->text, err);
    return status == FH_OK ? parse_list(out, path, err) : status;
}

static fh_status recall_list(fh_store *store, fh_names *names, fh_error *err) {
    fh_str text;
    if (names->text.ptr) return FH_OK;
    fh_status status = fh_store_get_meta(store, LIST_KEY, arena_of(names), &text, err);
    if (status != FH_OK || text.len == 0) return status;
    fh_buf_add(&names->text, text);
    return parse_list(names, "the index's list of names", err);
}

static fh_status recall_learned(fh_store *store, fh_names *names, fh_error *err) {
    fh_arena *arena = arena_of(names);
    fh_str learned, decisions;
    fh_status status = fh_store_get_meta(store, LEARNED_KEY, arena, &learned, err);
    if (status == FH_OK) status = fh_store_get_meta(store, DECISIONS_KEY, arena, &decisions, err);
    if (status == FH_OK) status = fh_learned_read(learned, arena, &names->learned, err);
    if (status == FH_OK) status = fh_decisions_read(decisions, arena, &names->decisions, err);
    return status;
}

/* What was learned lies over the user's list, which cannot be wrong because of it. */
static fh_status join_all(fh_names *names, fh_error *err) {
    fh_buf rows = {0};
    fh_learned_rows(&names->learned, &names->decisions, &rows);
    fh_gazetteer_free(names->all);
    names->all = NULL;
    fh_status status = FH_OK;
    if (rows.len)
        status = fh_gazetteer_parse(fh_buf_str(&rows), "the index's learned names", fh_names_listed(names),
                                    &names->all, err);
    fh_buf_free(&rows);
    return status;
}

fh_status fh_names_recall(fh_store *store, fh_names *names, fh_error *err) {
    fh_status status = recall_list(store, names, err);
    if (status == FH_OK) status = recall_learned(store, names, err);
    return status == FH_OK ? join_all(names, err) : status;
}

const fh_gazetteer *fh_names_listed(const fh_names *names) {
    return names->listed ? names->listed : fh_gazetteer_builtin();
}

const fh_gazetteer *fh_names_gazetteer(const fh_names *names) {
    return names->all ? names->all : fh_names_listed(names);
}

/* ---- Into the index ---- */

static fh_status put_packed(fh_store *store, const char *key, const fh_gazetteer *layer, fh_error *err) {
    fh_buf packed = {0};
    if (layer) fh_gazetteer_pack(layer, &packed);
    fh_status status = fh_store_set_meta(store, key, fh_buf_str(&packed), err);
    fh_buf_free(&packed);
    return status;
}

static fh_status put_learned(fh_store *store, const fh_names *names, fh_error *err) {
    fh_buf learned = {0}, decisions = {0};
    fh_learned_write(&names->learned, &learned);
    fh_decisions_write(&names->decisions, &decisions);
    fh_status status = fh_store_set_meta(store, LEARNED_KEY, fh_buf_str(&learned), err);
    if (status == FH_OK) status = fh_store_set_meta(store, DECISIONS_KEY, fh_buf_str(&decisions), err);
    fh_buf_free(&learned);
    fh_buf_free(&decisions);
    return status;
}

static fh_status put_all(fh_store *store, const fh_names *names, fh_error *err) {
    fh_status status = fh_store_set_meta(store, LIST_KEY, fh_buf_str(&names->text), err);
    if (status == FH_OK) status = put_learned(store, names, err);
    if (status == FH_OK) status = put_packed(store, PACKED_LIST_KEY, names->listed, err);
    return status == FH_OK ? put_packed(store, PACKED_LEARNED_KEY, names->all, err) : status;
}

fh_status fh_names_learn(fh_store *store, fh_names *names, fh_error *err) {
    fh_learned_list before = names->learned;
    fh_status status = fh_learn(store, fh_names_listed(names), &names->decisions, &before, arena_of(names),
                                &names->learned, err);
    if (status == FH_OK) status = join_all(names, err);
    if (status == FH_OK) status = fh_store_begin(store, err);
    if (status == FH_OK) status = put_all(store, names, err);
    return status == FH_OK ? fh_store_commit(store, err) : status;
}

void fh_names_free(fh_names *names) {
    fh_gazetteer_free(names->all);
    fh_gazetteer_free(names->listed);
    fh_arena_free(names->arena);
    fh_buf_free(&names->text);
}
