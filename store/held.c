/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is under embargo now: nothing of it is shown before its time, not even a word. */
#include "base/memory.h"
#include "store/handle.h"

#include <stdlib.h>
#include <time.h>

void fh_held_now(char out[FH_HELD_TIME]) {
    time_t seconds = time(NULL);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(out, FH_HELD_TIME, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

bool fh_article_is_held(const fh_article *article) {
    char now[FH_HELD_TIME];
    fh_held_now(now);
    return fh_str_compare(article->embargo, fh_str_from(now)) >= 0;
}

void fh_held_forget(fh_held *held) {
    free(held->numbers);
    *held = (fh_held){0};
}

typedef struct gathering {
    fh_held *held;
    fh_str now;
} gathering;

static bool gather(void *context, uint32_t document, fh_str until) {
    gathering *g = context;
    fh_held *held = g->held;
    if (fh_str_compare(until, g->now) < 0) return true;
    held->numbers = fh_grow(held->numbers, held->count, &held->capacity, sizeof *held->numbers);
    held->numbers[held->count++] = document;
    if ((!*held->next || fh_str_compare(until, fh_str_from(held->next)) < 0) && until.len < FH_HELD_TIME) {
        memcpy(held->next, until.ptr, until.len);
        held->next[until.len] = '\0';
    }
    return true;
}

static int by_number(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

fh_status fh_store_held(fh_store *store, const fh_held **out, fh_error *err) {
    char now[FH_HELD_TIME];
    fh_held *held = &store->held;
    fh_held_now(now);
    *out = held;
    if (held->known && (!*held->next || strcmp(held->next, now) >= 0)) return FH_OK;
    gathering g = {held, fh_str_from(now)};
    fh_matchers *all;
    fh_status status;
    unsigned times = 0;
    do {
        fh_held_forget(held);
        status = fh_store_matchers(store, &all, err);
        if (status == FH_OK && !fh_matchers_values(all, FH_SLOT_EMBARGO, gather, &g))
            status = fh_store_unread(store, err);
    } while (fh_store_ask_again(store, &times, &status, err));
    if (held->count) qsort(held->numbers, held->count, sizeof *held->numbers, by_number);
    held->known = status == FH_OK;
    return status;
}
