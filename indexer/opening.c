/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before an index is opened for writing. */
#include "indexer/opening.h"
#include "indexer/document.h"
#include "indexer/learn.h"
#include "store/store.h"

#include <unistd.h>

#define COMPACT_FROM 1000 /* articles of a first build */

static fh_status existing_stemmer(const char *db, fh_stemmer *out, fh_error *err) {
    fh_store *store;
    fh_status status = fh_store_open(&db, 1, FH_ANALYSER_VERSION, &store, err);
    if (status != FH_OK) return status;
    fh_str name = fh_str_from(fh_store_stemmer(store));
    if (!fh_stemmer_parse(name, out))
        status = fh_fail(err, FH_ERR_VERSION, db, "use the version of fihris that made it",
                         "the index was made with a stemmer that is not known here: %.*s", FH_STR_ARG(name));
    fh_store_close(store);
    return status;
}

/* An index keeps the stemmer it was made with, and opening it with another one says so. */
static fh_status choose_stemmer(const fh_settings *settings, fh_stemmer *out, fh_error *err) {
    fh_stemmer stemmer = FH_STEMMER_LIGHT;
    fh_status status = existing_stemmer(settings->db, &stemmer, err);
    bool to_be_made = status == FH_ERR_NOT_FOUND && settings->source_count > 0;
    if (status != FH_OK && !to_be_made) return status;
    if (settings->stemmer) fh_stemmer_parse(fh_str_from(settings->stemmer), &stemmer);
    *out = stemmer;
    return FH_OK;
}

fh_status fh_open_index(const fh_settings *settings, const fh_added_words *words, fh_stemmer *stemmer,
                        fh_store **out, fh_error *err) {
    fh_status status = choose_stemmer(settings, stemmer, err);
    if (status != FH_OK) return status;
    fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION,
                                  .stemmer = fh_stemmer_name(*stemmer),
                                  .lexicon = fh_added_words_text(words)};
    return fh_store_open_writable(settings->db, &identity, out, err);
}

static fh_str stem(const void *analyser, fh_str folded, fh_arena *arena) {
    return fh_analyser_stem(analyser, folded, arena);
}

fh_stemming fh_stemming_of(const fh_analyser *analyser) {
    return (fh_stemming){stem, analyser};
}

fh_status fh_is_empty(fh_store *store, bool *out, fh_error *err) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(store, &stats, err);
    if (status == FH_OK) *out = stats.articles == 0;
    return status;
}

fh_status fh_wants_learning(const fh_settings *settings, fh_store *store, bool *out, fh_error *err) {
    bool due = false;
    fh_status status = fh_learning_is_due(store, &due, err);
    if (status == FH_OK)
        *out = settings->learn_now || ((due || settings->gazetteer) && !settings->learn_late);
    return status;
}

/* A large archive's first build one by one leaves an index with room for more in every block, or with all
 * terms fresh: half of it goes at once. */
bool fh_is_worth_compacting(const fh_settings *settings, const fh_summary *summary, bool was_empty) {
    fh_writing_by by = settings->writing.by;
    bool one_by_one = by == FH_WRITE_BY_LIBRARY || by == FH_WRITE_A_FEW;
    return settings->compact || (was_empty && one_by_one && summary->totals.added >= COMPACT_FROM);
}

uint64_t fh_reading_hash(const fh_settings *settings, const fh_index_names *names) {
    static const fh_article none = {.id = {"", 0}};
    fh_arena *arena = fh_arena_new();
    uint64_t hash = fh_hash(FH_HASH_START, fh_article_content(&none, names, arena));
    hash = fh_hash(hash, fh_str_from(settings->format));
    fh_arena_free(arena);
    for (size_t i = 0; i < settings->map_count; i++)
        hash = fh_hash(fh_hash(hash, FH_STR("\n")), fh_str_from(settings->maps[i]));
    return fh_hash(fh_hash(hash, FH_STR("\n\n")), fh_str_from(settings->since));
}

bool fh_has_work(const fh_settings *settings) {
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i], "-") == 0 || access(settings->sources[i], F_OK) == 0) return true;
    bool alone = settings->compact || settings->gazetteer || settings->entities;
    return settings->delete_count > 0 || (alone && settings->source_count == 0);
}
