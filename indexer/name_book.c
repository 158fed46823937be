/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in the index's metadata: the texts they come from, and packed as searching wants them. */
#include "indexer/name_book.h"
#include "base/file.h"
#include "base/limits.h"
#include "indexer/learn.h"

static const char LIST_KEY[] = "fihris.gazetteer";      /* the user's list, as it was given */
static const char LEARNED_KEY[] = "fihris.learned";     /* fh_learned_write */
static const char DECISIONS_KEY[] = "fihris.decisions"; /* fh_decisions_write */

static fh_arena *arena_of(fh_name_book *book) {
    if (!book->arena) book->arena = fh_arena_new();
    return book->arena;
}

/* ---- From files and indexes ---- */

static fh_status parse_list(fh_name_book *book, const char *name, fh_error *err) {
    return fh_gazetteer_parse(fh_buf_str(&book->text), name, fh_gazetteer_builtin(), &book->listed, err);
}

fh_status fh_name_book_read(const char *path, fh_name_book *out, fh_error *err) {
    if (!path) return FH_OK;
    fh_buf_reserve(&out->text, 1); /* an empty file is one all the same */
    fh_status status = fh_file_read(path, FH_MAX_GAZETTEER, &out->text, err);
    return status == FH_OK ? parse_list(out, path, err) : status;
}

static fh_status recall_list(fh_store *store, fh_name_book *book, fh_error *err) {
    fh_str text;
    if (book->text.ptr) return FH_OK;
    fh_status status = fh_store_get_long_meta(store, LIST_KEY, arena_of(book), &text, err);
    if (status != FH_OK || text.len == 0) return status;
    fh_buf_add(&book->text, text);
    return parse_list(book, "the index's list of names", err);
}

static fh_status recall_learned(fh_store *store, fh_name_book *book, fh_error *err) {
    fh_arena *arena = arena_of(book);
    fh_str learned, decisions;
    fh_status status = fh_store_get_long_meta(store, LEARNED_KEY, arena, &learned, err);
    if (status == FH_OK) status = fh_store_get_meta(store, DECISIONS_KEY, arena, &decisions, err);
    if (status == FH_OK) status = fh_learned_read(learned, arena, &book->learned, err);
    if (status == FH_OK) status = fh_decisions_read(decisions, arena, &book->decisions, err);
    return status;
}

/* What was learned lies over the user's list, which cannot be wrong because of it. */
static fh_status join_all(fh_name_book *book, fh_error *err) {
    fh_buf rows = {0};
    fh_learned_rows(&book->learned, &book->decisions, &rows);
    fh_gazetteer_free(book->all);
    book->all = NULL;
    fh_status status = FH_OK;
    if (rows.len)
        status = fh_gazetteer_parse(fh_buf_str(&rows), "the index's learned names", fh_name_book_listed(book),
                                    &book->all, err);
    fh_buf_free(&rows);
    return status;
}

/* As searching has them, since to parse fifty thousand names takes half a second; unless another version
 * packed them. */
static fh_status recall_packed(fh_store *store, fh_name_book *book, fh_error *err) {
    fh_str packed;
    fh_status status = fh_store_get_meta(store, FH_META_LEARNED, arena_of(book), &packed, err);
    if (status != FH_OK) return status;
    bool opened = packed.len && fh_gazetteer_unpack(packed, "the index's learned names",
                                                    fh_name_book_listed(book), &book->all, err) == FH_OK;
    return opened ? FH_OK : join_all(book, err);
}

fh_status fh_name_book_recall(fh_store *store, fh_name_book *book, fh_error *err) {
    bool other_list = book->text.ptr; /* than the one that the packed names lie over */
    fh_status status = recall_list(store, book, err);
    if (status == FH_OK) status = recall_learned(store, book, err);
    if (status != FH_OK) return status;
    return other_list ? join_all(book, err) : recall_packed(store, book, err);
}

const fh_gazetteer *fh_name_book_listed(const fh_name_book *book) {
    return book->listed ? book->listed : fh_gazetteer_builtin();
}

const fh_gazetteer *fh_name_book_all(const fh_name_book *book) {
    return book->all ? book->all : fh_name_book_listed(book);
}

/* ---- Into the index ---- */

static fh_status put_packed(fh_store *store, const char *key, const fh_gazetteer *layer, fh_error *err) {
    fh_buf packed = {0};
    if (layer) fh_gazetteer_pack(layer, &packed);
    fh_status status = fh_store_set_meta(store, key, fh_buf_str(&packed), err);
    fh_buf_free(&packed);
    return status;
}

static fh_status put_learned(fh_store *store, const fh_name_book *book, fh_error *err) {
    fh_buf learned = {0}, decisions = {0};
    fh_learned_write(&book->learned, &learned);
    fh_decisions_write(&book->decisions, &decisions);
    fh_status status = fh_store_set_long_meta(store, LEARNED_KEY, fh_buf_str(&learned), err);
    if (status == FH_OK) status = fh_store_set_meta(store, DECISIONS_KEY, fh_buf_str(&decisions), err);
    fh_buf_free(&learned);
    fh_buf_free(&decisions);
    return status;
}

static fh_status put_all(fh_store *store, const fh_name_book *book, fh_error *err) {
    fh_status status = fh_store_set_long_meta(store, LIST_KEY, fh_buf_str(&book->text), err);
    if (status == FH_OK) status = put_learned(store, book, err);
    if (status == FH_OK) status = put_packed(store, FH_META_NAMES, book->listed, err);
    if (status == FH_OK) status = put_packed(store, FH_META_LEARNED, book->all, err);
    return status == FH_OK ? fh_learning_done(store, err) : status;
}

fh_status fh_name_book_learn(fh_store *store, fh_name_book *book, int jobs, fh_error *err) {
    fh_learned_list before = book->learned;
    fh_learning from = {fh_name_book_listed(book), &book->decisions, &before, jobs};
    fh_status status = fh_learn(store, &from, arena_of(book), &book->learned, err);
    if (status == FH_OK) status = join_all(book, err);
    if (status == FH_OK) status = fh_store_begin(store, err);
    if (status == FH_OK) status = put_all(store, book, err);
    return status == FH_OK ? fh_store_commit(store, err) : status;
}

void fh_name_book_free(fh_name_book *book) {
    fh_gazetteer_free(book->all);
    fh_gazetteer_free(book->listed);
    fh_arena_free(book->arena);
    fh_buf_free(&book->text);
}
