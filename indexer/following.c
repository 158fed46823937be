/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of changes to runs. */
#include "indexer/following.h"
#include "indexer/follow.h"
#include "indexer/sitemap.h"

#define LEARN_AFTER 1000 /* articles that came in batches: learning names reads the whole index */

typedef struct follower {
    const fh_following *following;
    uint64_t unlearned; /* articles since names were learned */
    int code;
    bool told;
} follower;

static fh_status run_batch(follower *f, const fh_settings *batch, fh_error *err) {
    fh_run_done done;
    fh_status status = f->following->run(batch, &done, err);
    if (status == FH_ERR_LOCKED && !f->told) f->following->tell(err);
    f->told = status == FH_ERR_LOCKED;
    if (status != FH_OK) return status;
    if (done.code > f->code) f->code = done.code;
    f->unlearned = batch->learn_late ? f->unlearned + done.added : 0;
    return FH_OK;
}

/* One says things of files that did not change. */
static bool has_sitemap(const fh_changes *changes) {
    for (size_t i = 0; i < changes->count; i++)
        if (strstr(changes->sources[i], ".xml") && fh_sitemap_is(changes->sources[i])) return true;
    return false;
}

/* What is gone is found by looking through everything. */
static fh_status take_changes(void *context, const fh_changes *changes, fh_error *err) {
    follower *f = context;
    fh_settings batch = *f->following->settings;
    bool whole = changes->whole || (changes->gone && batch.prune) || has_sitemap(changes);
    batch.prune = batch.prune && whole;
    batch.learn_late = !whole && f->unlearned < LEARN_AFTER;
    if (!whole) {
        batch.sources = (const char **)changes->sources;
        batch.source_count = changes->count;
    }
    return batch.source_count ? run_batch(f, &batch, err) : FH_OK;
}

static fh_status learn_rest(follower *f, fh_error *err) {
    fh_settings last = *f->following->settings;
    last.source_count = 0;
    last.learn_now = true;
    return f->unlearned ? run_batch(f, &last, err) : FH_OK;
}

fh_status fh_follow_sources(const fh_following *following, int *code, fh_error *err) {
    const fh_settings *settings = following->settings;
    follower f = {.following = following};
    fh_follow_options options = {settings->sources, settings->source_count, take_changes, &f,
                                 following->stop};
    fh_status status = fh_follow(&options, err);
    if (status == FH_OK) status = learn_rest(&f, err);
    if (status == FH_OK) *code = f.code;
    return status;
}
