/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workers lie on a stack: the one used last has the warmest caches. */
#include "site/pool.h"

#include "base/memory.h"
#include "site/clock.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static const double PATIENCE = 0.2; /* seconds until an index that cannot be opened is tried again */

struct fh_pool {
    const char *const *dirs;
    size_t dir_count;
    atomic_uint renewals;
    pthread_mutex_t mutex;
    pthread_cond_t given;
    fh_worker *free;
};

/* ---- One worker ---- */

static void close_index(fh_worker *worker) {
    fh_searcher_free(worker->searcher);
    fh_analyser_free(worker->analyser);
    fh_memo_free(worker->memo);
    fh_store_close(worker->store);
}

static void close_names(fh_worker *worker) {
    fh_name_ends_free(worker->name_ends);
    fh_names_free(worker->names);
}

static fh_status hash_names(fh_store *store, uint64_t *out, fh_error *err) {
    static const char *const lists[] = {FH_META_NAMES, FH_META_LEARNED};
    fh_arena *arena = fh_arena_new();
    uint64_t hash = FH_HASH_START;
    fh_status status = FH_OK;
    for (size_t list = 0; list < 2 && status == FH_OK; list++) {
        fh_strs packed = {0};
        status = fh_store_get_each_meta(store, lists[list], arena, &packed, err);
        for (size_t i = 0; i < packed.count; i++) hash = fh_hash(hash, packed.items[i]);
    }
    fh_arena_free(arena);
    if (status == FH_OK) *out = hash;
    return status;
}

/* Names change seldom, and to sort them takes longer than all else: while they are the same, those of `old`
 * serve on. */
static fh_status take_names(const fh_worker *old, fh_worker *made, fh_error *err) {
    fh_status status = hash_names(made->store, &made->names_hash, err);
    if (status) return status;
    if (old->names && old->names_hash == made->names_hash) {
        made->names = old->names;
        made->name_ends = old->name_ends;
        return FH_OK;
    }
    status = fh_names_open(made->store, fh_gazetteer_builtin(), &made->names, err);
    if (status == FH_OK) made->name_ends = fh_name_ends_new(fh_names_gazetteer(made->names));
    return status;
}

static fh_status open_index(const fh_pool *pool, const fh_worker *old, fh_worker *made, fh_error *err) {
    fh_stemmer stemmer;
    fh_status status = fh_store_open(pool->dirs, pool->dir_count, FH_ANALYSER_VERSION, &made->store, err);
    if (status == FH_OK) status = fh_store_revision(made->store, &made->revision, err);
    if (status == FH_OK) status = take_names(old, made, err);
    if (status == FH_OK)
        status = fh_searcher_new(made->store, fh_names_gazetteer(made->names), &made->searcher, err);
    if (status) return status;
    fh_stemmer_parse(fh_str_from(fh_store_stemmer(made->store)), &stemmer); /* the searcher knows it */
    made->analyser = fh_analyser_new(stemmer);
    made->memo = fh_memo_new();
    return FH_OK;
}

static fh_status open_worker(const fh_pool *pool, fh_worker *worker, fh_error *err) {
    fh_worker made = {.arena = worker->arena, .next = worker->next};
    fh_status status = open_index(pool, worker, &made, err);
    if (status) {
        close_index(&made);
        if (made.names != worker->names) close_names(&made);
        return status;
    }
    close_index(worker);
    if (made.names != worker->names) close_names(worker);
    *worker = made;
    return FH_OK;
}

fh_status fh_worker_reopen(fh_pool *pool, fh_worker *worker, fh_error *err) {
    unsigned renewals = atomic_load(&pool->renewals);
    fh_status status = open_worker(pool, worker, err);
    worker->refused = status ? fh_clock() : 0;
    if (status == FH_OK) worker->renewals = renewals;
    return status;
}

static void free_worker(fh_worker *worker) {
    close_index(worker);
    close_names(worker);
    fh_arena_free(worker->arena);
    free(worker);
}

/* ---- All of them ---- */

static fh_status add_worker(fh_pool *pool, fh_error *err) {
    fh_worker *worker = fh_alloc_zeroed(1, sizeof *worker);
    worker->arena = fh_arena_new();
    fh_status status = fh_worker_reopen(pool, worker, err);
    if (status) {
        free_worker(worker);
        return status;
    }
    worker->next = pool->free;
    pool->free = worker;
    return FH_OK;
}

fh_status fh_pool_new(const char *const *dirs, size_t dir_count, size_t count, fh_pool **out, fh_error *err) {
    fh_pool *pool = fh_alloc_zeroed(1, sizeof *pool);
    fh_status status = FH_OK;
    pool->dirs = dirs;
    pool->dir_count = dir_count;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->given, NULL);
    for (size_t i = 0; i < count && status == FH_OK; i++) status = add_worker(pool, err);
    if (status == FH_OK) {
        *out = pool;
    } else {
        fh_pool_free(pool);
    }
    return status;
}

void fh_pool_free(fh_pool *pool) {
    if (!pool) return;
    for (fh_worker *next; pool->free; pool->free = next) {
        next = pool->free->next;
        free_worker(pool->free);
    }
    pthread_cond_destroy(&pool->given);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

/* While an index is being replaced there may be a moment without one: what is open goes on to answer. */
static void take_up_newest(fh_pool *pool, fh_worker *worker) {
    fh_error ignored;
    bool wanted = fh_store_is_stale(worker->store) || worker->renewals != atomic_load(&pool->renewals);
    if (!wanted || (worker->refused > 0 && fh_clock() - worker->refused < PATIENCE)) return;
    fh_worker_reopen(pool, worker, &ignored);
}

fh_worker *fh_pool_take(fh_pool *pool) {
    pthread_mutex_lock(&pool->mutex);
    while (!pool->free) pthread_cond_wait(&pool->given, &pool->mutex);
    fh_worker *worker = pool->free;
    pool->free = worker->next;
    pthread_mutex_unlock(&pool->mutex);
    fh_arena_reset(worker->arena);
    take_up_newest(pool, worker);
    return worker;
}

void fh_pool_give(fh_pool *pool, fh_worker *worker) {
    pthread_mutex_lock(&pool->mutex);
    worker->next = pool->free;
    pool->free = worker;
    pthread_cond_signal(&pool->given);
    pthread_mutex_unlock(&pool->mutex);
}

void fh_pool_renew(fh_pool *pool) {
    atomic_fetch_add(&pool->renewals, 1);
}
