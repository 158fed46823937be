/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a store asks: matchers, which answer from one commit of each index, and are opened anew when there is
 * a newer one.  Writers then may have written over what was read, be it wrong or right: it is asked again. */
#include "store/handle.h"
#include <errno.h>
#include <string.h>

/* ---- Opening ---- */

static bool is_of_system(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == EACCES;
}

static fh_status damaged(const char *where, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, where, "build it anew from its source, or put back a copy of it",
                   "the index is damaged");
}

/* What the matcher of an index keeps to itself: why there is none. */
static fh_status cannot_open(const char *dir, int error, fh_error *err) {
    fh_glass_version version;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status != FH_OK) return status;
    if (!is_of_system(error)) return damaged(dir, err);
    return fh_fail(err, FH_ERR_IO, dir,
                   "check the permissions there, and how many files may be open (ulimit -n)",
                   "a table of the index cannot be opened: %s", strerror(error));
}

/* Numbers among all must be below FH_LIST_END. */
static fh_status demand_numbers(const fh_store *store, const fh_matchers *all, fh_error *err) {
    for (size_t i = 0; i < all->count; i++)
        if (all->parts[i]->last >= FH_LIST_END / all->count)
            return fh_fail(err, FH_ERR_LIMIT, store->shards[i].dir, "search fewer at a time",
                           "the indexes have more articles than can be searched as one");
    return FH_OK;
}

static fh_status open_all(fh_store *store, fh_matchers *all, fh_error *err) {
    for (size_t i = 0; i < store->shard_count; i++)
        store->shards[i].asked = fh_stamp_take(store->shards[i].dir);
    for (size_t i = 0; i < store->shard_count; i++) {
        const fh_shard *shard = &store->shards[i];
        errno = 0;
        if (!fh_matchers_add(all, shard->dir, shard->vocabulary)) return cannot_open(shard->dir, errno, err);
    }
    return demand_numbers(store, all, err);
}

fh_status fh_store_matchers(fh_store *store, fh_matchers **out, fh_error *err) {
    if (!store->matchers) {
        fh_matchers *all = fh_matchers_new();
        fh_status status = open_all(store, all, err);
        if (status != FH_OK) {
            fh_matchers_free(all);
            return status;
        }
        store->matchers = all;
    }
    *out = store->matchers;
    return FH_OK;
}

/* Another index may have come, with another vocabulary of the same number; but a writer's is its own. */
void fh_store_forget_matchers(fh_store *store) {
    fh_matchers_free(store->matchers);
    store->matchers = NULL;
    fh_held_forget(&store->held);
    for (size_t i = 0; !store->writer && i < store->shard_count; i++)
        fh_vocabulary_reset(store->shards[i].vocabulary);
}

void fh_store_release(const fh_store *store) {
    if (store->matchers) fh_matchers_release(store->matchers);
}

/* ---- Whether an answer is good ---- */

/* While an index is replaced there may be a moment without one: what is open goes on to answer. */
static bool is_newest(const fh_shard *shard) {
    const fh_stamp none = {0};
    return fh_stamp_holds(&shard->asked, shard->dir) || fh_stamp_holds(&none, shard->dir);
}

fh_status fh_store_vouch(const fh_store *store, bool *newest, fh_error *err) {
    fh_status status = FH_OK;
    *newest = true;
    for (size_t i = 0; *newest && i < store->shard_count; i++) *newest = is_newest(&store->shards[i]);
    for (size_t i = 0; *newest && store->matchers && status == FH_OK && i < store->shard_count; i++)
        status = fh_proof_result(&store->matchers->parts[i]->proof, err);
    return status;
}

/* The store's indexes, for messages. */
static const char *places(fh_store *store) {
    fh_str all = FH_STR("");
    for (size_t i = 0; i < store->shard_count; i++)
        all =
            fh_arena_format(store->scratch, "%.*s%s%s", FH_STR_ARG(all), i ? " " : "", store->shards[i].dir);
    return all.ptr;
}

bool fh_store_ask_again(fh_store *store, unsigned *times, fh_status *status, fh_error *err) {
    enum { MOST = 8 };
    bool newest;
    fh_error damage;
    fh_status wrong = fh_store_vouch(store, &newest, &damage);
    if (wrong != FH_OK) {
        *err = damage;
        *status = wrong;
    }
    if (newest) return false;
    fh_store_forget_matchers(store);
    if (++*times <= MOST) return true;
    *status =
        fh_fail(err, FH_ERR_IO, places(store), "try again", "the index changes faster than it can be read");
    return false;
}

fh_status fh_store_unread(fh_store *store, fh_error *err) {
    return damaged(places(store), err);
}

/* ---- Whether a tree is a query ---- */

static fh_status is_mistaken(const char *what, fh_error *err) {
    return fh_fail(err, FH_ERR_INTERNAL, NULL, "this is a mistake of fihris: please report it",
                   "a tree is no query: %s", what);
}

static bool is_word(const fh_query *query) {
    return query->op == FH_OP_TERM || query->op == FH_OP_PREFIX;
}

static fh_status demand_tree(const fh_query *query, fh_error *err) {
    fh_status status = FH_OK;
    if (query->op == FH_OP_PREFIX && query->word.len == 0)
        return fh_fail(err, FH_ERR_LIMIT, NULL, "write more letters before the star",
                       "too many words begin so (a star without letters, in the field %s)",
                       fh_field_name(query->field));
    if (query->op == FH_OP_SCALE && !(query->factor >= 0)) return is_mistaken("a factor is below 0", err);
    for (size_t i = 0; status == FH_OK && i < query->kid_count; i++) {
        if (query->op == FH_OP_SYNONYM && !is_word(query->kids[i]))
            return is_mistaken("a synonym has what is no word", err);
        status = demand_tree(query->kids[i], err);
    }
    return status;
}

fh_status fh_store_demand_query(fh_store *store, const fh_query *query, fh_error *err) {
    fh_status status = demand_tree(query, err);
    if (status != FH_OK) fh_error_within(err, places(store));
    return status;
}
