/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked, in one table. */
#ifndef FH_SITE_ROUTE_H
#define FH_SITE_ROUTE_H

#include "site/metrics.h"
#include "site/params.h"
#include "site/pool.h"
#include "site/request.h"

enum {
    FH_MAX_ASKED = 2048, /* bytes of a query that comes over HTTP */
    FH_MAX_HITS = 100,   /* results at a time */
    FH_MAX_VALUES = 100, /* values of a facet at a time */
};

/* A request on its way through a handler. */
typedef struct fh_call {
    const fh_request *request;
    const fh_target *target;
    fh_str id; /* what follows the path of a route that takes one */
    fh_worker *worker;
    fh_metrics *metrics;
    uint32_t time_limit;
    const char *url; /* of the site, or NULL */
    fh_str blame;    /* the parameter that an error is about; handlers set it */
} fh_call;

/* Fills type and body; the rest of the reply is as the route says. */
typedef fh_status fh_handler(fh_call *call, fh_reply *reply, fh_error *err);

typedef struct fh_route {
    const char *path; /* with a slash at its end it takes an id */
    const fh_param *params;
    fh_handler *answer;
    fh_caching caching;
    bool of_index; /* its answer changes with the index */
    bool is_free;  /* of the rate limit: checks and small files */
} fh_route;

/* All of them; ends with a NULL path. */
const fh_route *fh_routes(void);

/* The route of a path, and the id in it; NULL where there is none. */
const fh_route *fh_route_find(fh_str path, fh_str *id);

/* The address that the site is reached at, with a slash at its end; in the worker's arena. */
fh_str fh_site_address(const fh_call *call);

fh_handler fh_answer_search, fh_answer_page, fh_answer_suggest, fh_answer_facets, fh_answer_article,
    fh_answer_similar, fh_answer_entity, fh_answer_opensearch, fh_answer_health, fh_answer_metrics,
    fh_answer_file;

#endif
