/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request and its reply, with no more of HTTP than handlers need. */
#ifndef FH_SITE_REQUEST_H
#define FH_SITE_REQUEST_H

#include "base/arena.h"
#include "base/buf.h"
#include <stdint.h>

typedef enum fh_method { FH_METHOD_GET, FH_METHOD_HEAD, FH_METHOD_OPTIONS, FH_METHOD_OTHER } fh_method;

/* As it came; absent headers are empty. */
typedef struct fh_request {
    fh_method method;
    bool has_body;
    fh_str target;  /* "/search?q=%D9%85" */
    fh_str address; /* of the client, in digits; empty: not known */
    fh_str host, origin, accept_encoding, if_none_match;
} fh_request;

/* How long a copy of a reply is good. */
typedef enum fh_caching {
    FH_CACHE_NEVER,   /* it is of this moment only */
    FH_CACHE_ASK,     /* ask whether it still holds: it has an ETag */
    FH_CACHE_SHORTLY, /* good for an hour: scripts and styles */
} fh_caching;

typedef struct fh_reply {
    unsigned status;
    const char *type; /* content type */
    fh_buf body;
    bool gzipped;
    fh_caching caching;
    uint64_t tag;          /* with FH_CACHE_ASK and FH_CACHE_SHORTLY */
    bool is_page;          /* may load our own script and style; all else may load nothing */
    bool for_any_page;     /* pages of every site may load it */
    fh_str allowed_origin; /* that may read it; empty: none beside our own */
    bool preflight;
    unsigned retry_after; /* seconds; 0: not said */
    uint64_t total;       /* articles found, for the log */
    const char *route;    /* for log and metrics */
} fh_reply;

#endif
