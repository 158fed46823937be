/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --follow: a run for each batch of changes, with the index open for writing only meanwhile. */
#ifndef FH_INDEXER_FOLLOWING_H
#define FH_INDEXER_FOLLOWING_H

#include "indexer/settings.h"

#include <stdint.h>

/* What a run did: its exit status, and how many articles came. */
typedef struct fh_run_done {
    int code;
    uint64_t added;
} fh_run_done;

typedef struct fh_following {
    const fh_settings *settings;
    fh_status (*run)(const fh_settings *settings, fh_run_done *done, fh_error *err);
    void (*tell)(const fh_error *err); /* that the index is locked: it is tried again and again */
    const volatile bool *stop;         /* set by a signal */
} fh_following;

/* `*code` is the worst exit status of a run.  Errors: of fh_follow and of a run. */
fh_status fh_follow_sources(const fh_following *following, int *code, fh_error *err);

#endif
