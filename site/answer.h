/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a request to its reply: everything but the sockets. */
#ifndef FH_SITE_ANSWER_H
#define FH_SITE_ANSWER_H

#include "site/rate.h"
#include "site/route.h"

/* What all requests share. */
typedef struct fh_house {
    fh_pool *pool;
    fh_rate *rate;
    fh_metrics *metrics;
    const char *const *origins;
    size_t origin_count;
    uint32_t time_limit; /* milliseconds */
    const char *url;
} fh_house;

/* Answers one request; `*reply` is filled whatever happens, its body is the caller's.  From any thread. */
void fh_answer_request(const fh_house *house, const fh_request *request, fh_reply *reply);

#endif
