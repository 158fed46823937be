/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before an index is opened for writing. */
#include "indexer/opening.h"
#include "store/store.h"

#include <unistd.h>

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

fh_status fh_choose_stemmer(const fh_settings *settings, fh_stemmer *out, fh_error *err) {
    fh_stemmer stemmer = FH_STEMMER_LIGHT;
    fh_status status = existing_stemmer(settings->db, &stemmer, err);
    bool to_be_made = status == FH_ERR_NOT_FOUND && settings->source_count > 0;
    if (status != FH_OK && !to_be_made) return status;
    if (settings->stemmer) fh_stemmer_parse(fh_str_from(settings->stemmer), &stemmer);
    *out = stemmer;
    return FH_OK;
}

fh_status fh_is_empty(fh_store *store, bool *out, fh_error *err) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(store, &stats, err);
    if (status == FH_OK) *out = stats.articles == 0;
    return status;
}

bool fh_has_changed(const fh_summary *summary) {
    const fh_index_totals *totals = &summary->totals;
    return totals->added || totals->replaced || totals->removed || summary->deleted;
}

bool fh_has_work(const fh_settings *settings) {
    for (size_t i = 0; i < settings->source_count; i++)
        if (strcmp(settings->sources[i], "-") == 0 || access(settings->sources[i], F_OK) == 0) return true;
    bool alone = settings->compact || settings->gazetteer || settings->entities;
    return settings->delete_count > 0 || (alone && settings->source_count == 0);
}
