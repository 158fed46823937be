/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lexicon's text goes into the index, so that searching knows the same words. */
#include "indexer/lexicon.h"
#include "base/file.h"
#include "base/limits.h"

fh_status fh_added_words_read(const char *path, fh_added_words *out, fh_error *err) {
    if (!path) return FH_OK;
    fh_buf_reserve(&out->text, 1); /* an empty file is one all the same */
    fh_status status = fh_file_read(path, FH_MAX_LEXICON, &out->text, err);
    if (status == FH_OK) status = fh_lexicon_parse(fh_buf_str(&out->text), path, &out->lexicon, err);
    return status;
}

fh_status fh_added_words_recall(const fh_store *store, fh_added_words *out, fh_error *err) {
    fh_str text = fh_store_lexicon(store);
    if (out->lexicon || text.len == 0) return FH_OK;
    return fh_lexicon_parse(text, "the index's lexicon", &out->lexicon, err);
}

fh_str fh_added_words_text(const fh_added_words *words) {
    return words->text.ptr ? fh_buf_str(&words->text) : (fh_str){0};
}

void fh_added_words_free(fh_added_words *words) {
    fh_lexicon_free(words->lexicon);
    fh_buf_free(&words->text);
}
