/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread is enough: there is about as much to read before the first change as there is to look at. */
#include "store/glass/inquiry.h"
#include "base/memory.h"
#include "store/glass/sums.h"
#include <pthread.h>
#include <stdlib.h>

struct fh_inquiry {
    const char *dir;
    pthread_t thread;
    bool started;
    fh_status status;
    fh_error error;
};

static void *inquire(void *context) {
    fh_inquiry *inquiry = context;
    inquiry->status = fh_sums_demand(inquiry->dir, &inquiry->error);
    return NULL;
}

fh_inquiry *fh_inquiry_begin(const char *dir) {
    fh_inquiry *inquiry = fh_alloc_zeroed(1, sizeof *inquiry);
    inquiry->dir = dir;
    inquiry->started = pthread_create(&inquiry->thread, NULL, inquire, inquiry) == 0;
    return inquiry;
}

fh_status fh_inquiry_end(fh_inquiry *inquiry, fh_error *err) {
    if (!inquiry) return FH_OK;
    if (inquiry->started)
        pthread_join(inquiry->thread, NULL);
    else
        inquire(inquiry);
    fh_status status = inquiry->status;
    if (status != FH_OK) *err = inquiry->error;
    free(inquiry);
    return status;
}
