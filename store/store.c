/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening: is there an index, is it ours, and do its makers and we agree? */
#include "store/store.h"
#include "base/memory.h"
#include "store/bulk.h"
#include "store/few.h"
#include "store/glass/sums.h"
#include "store/glass/trim.h"
#include "store/handle.h"
#include "store/opening.h"
#include "store/place.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NUMBER_TEXT = 16 };

static void number_text(uint32_t number, char out[NUMBER_TEXT]) {
    snprintf(out, NUMBER_TEXT, "%u", number);
}

static fh_store *store_new(size_t shard_count) {
    fh_store *store = fh_alloc_zeroed(1, sizeof *store);
    store->memory = fh_arena_new();
    store->scratch = fh_arena_new();
    store->shards = fh_alloc_zeroed(shard_count, sizeof *store->shards);
    store->shard_count = shard_count;
    return store;
}

void fh_store_close(fh_store *store) {
    if (!store) return;
    if (store->writer) {  /* while the index is locked */
        fh_error ignored; /* sums that are behind are good for what they cover */
        fh_inquiry_end(store->writer->asked, &ignored);
        fh_bulk_free(store->writer->bulk);
        fh_few_free(store->writer->few);
        if (store->writer->committed) fh_sums_renew(store->shards[0].dir, &ignored);
        fh_coiner_free(store->writer->coiner);
        fh_placing_free(&store->writer->placing);
    }
    fh_matchers_free(store->matchers);
    if (store->shard_count > 1) fh_xapian_close(store->all);
    for (size_t i = 0; i < store->shard_count; i++) {
        fh_xapian_close(store->shards[i].db);
        fh_vocabulary_free(store->shards[i].vocabulary);
        fh_arena_free(store->shards[i].scratch);
    }
    fh_held_forget(&store->held);
    fh_buf_free(&store->text);
    fh_buf_free(&store->packed);
    fh_arena_free(store->memory);
    fh_arena_free(store->scratch);
    free(store->shards);
    free(store->writer);
    free(store);
}

/* ---- Identity ---- */

/* An index with no article and no mark of anybody's: one whose making was cut short. */
static fh_status is_blank(fh_xapian *db, fh_str schema, bool *out, fh_error *err) {
    fh_store_stats stats;
    fh_status status = fh_xapian_statistics(db, &stats, err);
    if (status == FH_OK) *out = schema.len == 0 && stats.articles == 0;
    return status;
}

fh_status fh_shard_foreign(const char *dir, fh_error *err) {
    return fh_fail(err, FH_ERR_VERSION, NULL, "name an index that fihris-index made",
                   "%s is a Xapian database that fihris did not make", dir);
}

static fh_status wrong_version(const char *dir, const char *of, fh_str made, const char *mine,
                               fh_error *err) {
    bool newer = strtoul(made.ptr, NULL, 10) > strtoul(mine, NULL, 10);
    return fh_fail(err, FH_ERR_VERSION, NULL,
                   newer ? "use the newer fihris that made it, or build it anew into another directory"
                         : "build it anew into an empty directory: fihris-index --db DIR SOURCE",
                   "the index at %s was made with version %.*s of the %s, and this program has version %s",
                   dir, FH_STR_ARG(made), of, mine);
}

/* What the words of an index were made with. */
typedef struct analysis {
    fh_str stemmer, lexicon;
    uint32_t version; /* of the analyser */
} analysis;

/* Is what the index says of itself what this program can work with?  `*made` lives in the store. */
static fh_status check_identity(fh_store *store, fh_shard *shard, uint32_t analyser_version, fh_str schema,
                                analysis *made, fh_error *err) {
    char mine[NUMBER_TEXT];
    fh_str analyser;
    if (schema.len == 0) return fh_shard_foreign(shard->dir, err);
    number_text(FH_SCHEMA_VERSION, mine);
    if (!fh_str_equal(schema, fh_str_from(mine))) {
        return wrong_version(shard->dir, "schema", schema, mine, err);
    }

    fh_status status = fh_shard_meta(store, shard, FH_META_ANALYSER, store->scratch, &analyser, err);
    if (status != FH_OK) return status;
    made->version = analyser_version;
    number_text(analyser_version, mine);
    if (!fh_str_equal(analyser, fh_str_from(mine))) {
        return wrong_version(shard->dir, "analyser", analyser, mine, err);
    }
    status = fh_shard_meta(store, shard, FH_META_STEMMER, store->memory, &made->stemmer, err);
    if (status != FH_OK) return status;
    return fh_shard_meta(store, shard, FH_META_LEXICON, store->memory, &made->lexicon, err);
}

static fh_status agree(const fh_store *store, const fh_shard *shard, const analysis *made, fh_error *err) {
    if (!store->stemmer) return FH_OK;
    if (strcmp(store->stemmer, made->stemmer.ptr) != 0) {
        return fh_fail(err, FH_ERR_USAGE, NULL,
                       "search them one at a time, or build one of them anew with the other's stemmer",
                       "the index at %s was made with the stemmer %s, and the one at %s with %s",
                       store->shards[0].dir, store->stemmer, shard->dir, made->stemmer.ptr);
    }
    if (fh_str_equal(store->lexicon, made->lexicon)) return FH_OK;
    return fh_fail(err, FH_ERR_USAGE, NULL,
                   "search them one at a time, or build one of them anew with the other's lexicon",
                   "the indexes at %s and %s were made with different lexicons", store->shards[0].dir,
                   shard->dir);
}

static void remember(fh_store *store, const analysis *made) {
    store->stemmer = made->stemmer.ptr;
    store->lexicon = made->lexicon;
    store->analyser_version = made->version;
}

/* ---- Reading ---- */

/* Xapian opens one file after another, by their paths: another index may have come to this place between two
 * of them, and what was opened then is neither. */
static fh_status open_steadily(fh_shard *shard, fh_error *err) {
    const int TURNS = 16;
    for (int left = TURNS;; left--) {
        shard->stamp = fh_stamp_take(shard->dir);
        fh_status status = fh_open_whole(shard->dir, &shard->db, err);
        if (left == 0 || fh_stamp_holds(&shard->stamp, shard->dir)) return status;
        if (status == FH_OK) fh_xapian_close(shard->db);
        shard->db = NULL;
    }
}

static fh_status open_shard(fh_store *store, fh_shard *shard, const char *dir, fh_error *err) {
    fh_place place;
    shard->dir = fh_arena_copy(store->memory, fh_str_from(dir)).ptr;
    fh_status status = fh_place_look(dir, &place, err);
    if (status == FH_OK && place == FH_PLACE_FREE) return fh_place_missing(dir, err);
    if (status == FH_OK) status = open_steadily(shard, err);
    if (status == FH_OK) fh_shard_attach_vocabulary(store, shard);
    return status;
}

/* Is it what this program, and those opened before it, can work with?  All are open by now: what it says of
 * itself is read as all else is. */
static fh_status check_shard(fh_store *store, fh_shard *shard, uint32_t analyser_version, fh_error *err) {
    fh_str schema;
    analysis made;
    bool blank = false;
    fh_status status = fh_shard_meta(store, shard, FH_META_SCHEMA, store->scratch, &schema, err);
    if (status == FH_OK) status = is_blank(shard->db, schema, &blank, err);
    if (blank) return fh_place_missing(shard->dir, err);
    if (status == FH_OK) status = check_identity(store, shard, analyser_version, schema, &made, err);
    if (status == FH_OK) status = agree(store, shard, &made, err);
    if (status == FH_OK) remember(store, &made);
    return status;
}

static fh_status join(fh_store *store, fh_error *err) {
    if (store->shard_count == 1) {
        store->all = store->shards[0].db;
        return FH_OK;
    }
    fh_xapian **parts = FH_ARENA_ARRAY(store->scratch, fh_xapian *, store->shard_count);
    for (size_t i = 0; i < store->shard_count; i++) parts[i] = store->shards[i].db;
    return fh_xapian_join(parts, store->shard_count, &store->all, err);
}

fh_status fh_store_open(const char *const *dirs, size_t count, uint32_t analyser_version, fh_store **out,
                        fh_error *err) {
    if (count == 0) return fh_fail(err, FH_ERR_USAGE, NULL, "name one: --db DIR", "no index is named");
    fh_store *store = store_new(count);
    fh_status status = FH_OK;
    for (size_t i = 0; i < count && status == FH_OK; i++)
        status = open_shard(store, &store->shards[i], dirs[i], err);
    for (size_t i = 0; i < count && status == FH_OK; i++)
        status = check_shard(store, &store->shards[i], analyser_version, err);
    if (status == FH_OK) status = join(store, err);
    if (status == FH_OK) {
        *out = store;
    } else {
        fh_store_close(store);
    }
    return status;
}

fh_status fh_store_open_beside(const fh_store *store, fh_store **out, fh_error *err) {
    const char *dir = store->shards[0].dir;
    return fh_store_open(&dir, 1, store->analyser_version, out, err);
}

/* ---- Writing ---- */

static fh_status sign(fh_store *store, const fh_store_identity *identity, fh_error *err) {
    char schema[NUMBER_TEXT], analyser[NUMBER_TEXT];
    number_text(FH_SCHEMA_VERSION, schema);
    number_text(identity->analyser_version, analyser);
    analysis made = {fh_arena_copy(store->memory, fh_str_from(identity->stemmer)),
                     fh_arena_copy(store->memory, identity->lexicon), identity->analyser_version};
    remember(store, &made);
    fh_status status = fh_store_begin(store, err);
    if (status == FH_OK) status = fh_store_set_meta(store, FH_META_ANALYSER, fh_str_from(analyser), err);
    if (status == FH_OK) status = fh_store_set_meta(store, FH_META_STEMMER, made.stemmer, err);
    if (status == FH_OK) status = fh_store_set_meta(store, FH_META_LEXICON, made.lexicon, err);
    if (status == FH_OK) status = fh_store_set_meta(store, FH_META_SCHEMA, fh_str_from(schema), err);
    if (status == FH_OK) status = fh_store_commit(store, err);
    return status == FH_OK ? fh_place_sync_parent(store->shards[0].dir, err) : status;
}

static fh_status recognise(fh_store *store, const fh_store_identity *identity, fh_error *err) {
    fh_shard *shard = &store->shards[0];
    fh_str schema;
    analysis made;
    bool blank = false;
    fh_status status = fh_shard_meta(store, shard, FH_META_SCHEMA, store->scratch, &schema, err);
    if (status == FH_OK) status = is_blank(shard->db, schema, &blank, err);
    if (status != FH_OK) return status;
    if (blank) return sign(store, identity, err);

    status = check_identity(store, shard, identity->analyser_version, schema, &made, err);
    if (status != FH_OK) return status;
    if (strcmp(made.stemmer.ptr, identity->stemmer) != 0) {
        return fh_fail(err, FH_ERR_USAGE, NULL, "use that stemmer, or make another index",
                       "the index at %s was made with the stemmer %s, not %s", shard->dir, made.stemmer.ptr,
                       identity->stemmer);
    }
    if (identity->lexicon.ptr && !fh_str_equal(made.lexicon, identity->lexicon)) {
        return fh_fail(err, FH_ERR_USAGE, NULL, "go on with its own by naming none, or make another index",
                       "the index at %s was made with another lexicon", shard->dir);
    }
    remember(store, &made);
    return FH_OK;
}

/* Commits are written through to the disk, which costs little as they are few: an index that a power cut can
 * break would have to be built anew. */
static fh_status open_claimed(const char *dir, fh_place place, const fh_store_identity *identity,
                              fh_store **out, fh_error *err) {
    fh_store *store = store_new(1);
    fh_shard *shard = &store->shards[0];
    shard->dir = fh_arena_copy(store->memory, fh_str_from(dir)).ptr;
    store->writer = fh_alloc_zeroed(1, sizeof *store->writer);
    store->writer->how.by = FH_WRITE_BY_LIBRARY;
    fh_status status = place == FH_PLACE_INDEX ? fh_sums_glance(dir, err) : FH_OK;
    if (status == FH_OK) status = fh_xapian_make(dir, &shard->db, err);
    store->all = shard->db;
    if (status == FH_OK && place == FH_PLACE_INDEX) status = fh_glass_trim(dir, err);
    if (status == FH_OK) fh_shard_attach_vocabulary(store, shard);
    if (status == FH_OK) status = recognise(store, identity, err);
    if (status == FH_OK) status = fh_building_recover(store, err);
    if (status == FH_OK) status = fh_writer_count(store, err);
    if (status == FH_OK) {
        *out = store;
    } else {
        fh_store_close(store);
    }
    return status;
}

fh_status fh_store_open_writable(const char *dir, const fh_store_identity *identity, fh_store **out,
                                 fh_error *err) {
    fh_place place;
    fh_status status = fh_place_look(dir, &place, err);
    if (status == FH_OK && place == FH_PLACE_FREE && fh_place_is_aside(dir))
        status = fh_place_missing(dir, err);
    int claim = -1;
    if (status == FH_OK && place == FH_PLACE_FREE) status = fh_place_claim(dir, &claim, err);
    if (status == FH_OK && claim >= 0) status = fh_place_look(dir, &place, err);
    if (status == FH_OK && place == FH_PLACE_FREE) status = fh_place_clear(dir, err);
    if (status == FH_OK) status = open_claimed(dir, place, identity, out, err);
    if (claim >= 0) close(claim);
    return status;
}

bool fh_store_is_stale(const fh_store *store) {
    for (size_t i = 0; i < store->shard_count; i++) {
        if (!fh_stamp_holds(&store->shards[i].stamp, store->shards[i].dir)) return true;
    }
    return false;
}

fh_status fh_store_revision(fh_store *store, uint64_t *out, fh_error *err) {
    fh_status status = FH_OK;
    uint64_t hash = FH_HASH_START;
    for (size_t i = 0; i < store->shard_count && status == FH_OK; i++) {
        status = fh_xapian_name_commit(store->shards[i].db, &hash, err);
    }
    if (status == FH_OK) *out = hash;
    return status;
}

const char *fh_store_stemmer(const fh_store *store) {
    return store->stemmer;
}

fh_str fh_store_lexicon(const fh_store *store) {
    return store->lexicon;
}
