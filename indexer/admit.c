/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions and withdrawals against what the index has. */
#include "indexer/admit.h"

#include <stdio.h>

#define KEY_BYTES 40

/* Nothing of an article that was taken back may stay, not even its id. */
static void memory_key(fh_str id, char out[KEY_BYTES]) {
    snprintf(out, KEY_BYTES, "withdrawn-%016llx", fh_hash(FH_HASH_START, id));
}

static fh_status take_back(fh_store *store, const fh_article *article, fh_error *err) {
    char key[KEY_BYTES];
    bool found;
    memory_key(article->id, key);
    fh_status status = fh_store_delete(store, article->id, &found, err);
    return status == FH_OK ? fh_store_set_meta(store, key, article->edition, err) : status;
}

/* The version that the index has, or that was taken back; empty where it has none. */
static fh_status known_edition(fh_store *store, const fh_editions *editions, const fh_article *article,
                               fh_presence presence, fh_arena *arena, fh_str *out, fh_error *err) {
    if (presence == FH_ABSENT) {
        char key[KEY_BYTES];
        memory_key(article->id, key);
        return fh_store_get_meta(store, key, arena, out, err);
    }
    if (fh_editions_find(editions, article->id, out)) return FH_OK;
    fh_article old = {0};
    fh_status status = fh_store_article(store, article->id, arena, &old, err);
    if (status == FH_ERR_NOT_FOUND) status = FH_OK; /* it came in this run, without a version */
    if (status == FH_OK) *out = old.edition;
    return status;
}

fh_status fh_admit(fh_store *store, fh_editions *editions, const fh_article *article, fh_presence presence,
                   fh_arena *arena, fh_admission *out, fh_error *err) {
    fh_str known = FH_STR("");
    fh_status status = FH_OK;
    if (article->edition.len) status = known_edition(store, editions, article, presence, arena, &known, err);
    if (status != FH_OK) return status;
    bool taken_back = presence == FH_ABSENT && known.len && fh_str_compare(known, article->edition) == 0;
    *out = FH_ADMITTED;
    if (fh_str_compare(known, article->edition) > 0 || (taken_back && !article->withdrawn)) {
        *out = FH_OUTDATED;
    } else if (article->withdrawn) {
        *out = FH_GONE;
        return take_back(store, article, err);
    } else {
        fh_editions_put(editions, article->id, article->edition);
    }
    return FH_OK;
}
