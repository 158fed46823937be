/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of an answer, each of which may end it. */
#include "site/answer.h"

#include "base/utf8.h"
#include "site/clock.h"
#include "site/files.h"
#include "site/problem.h"
#include "site/respond.h"

/* Answers of another version may look otherwise though the index is the same. */
static const char made_by[] = FH_VERSION;

typedef struct step {
    const fh_house *house;
    const fh_request *request;
    fh_reply *reply;
    fh_target target;
    const fh_route *route;
    fh_call call;
} step;

/* ---- Who may read it ---- */

static void allow_origin(const step *s) {
    for (size_t i = 0; i < s->house->origin_count; i++) {
        const char *origin = s->house->origins[i];
        if (!s->request->origin.len) return;
        if (!strcmp(origin, "*")) {
            s->reply->allowed_origin = FH_STR("*");
        } else if (fh_str_equal(fh_str_from(origin), s->request->origin)) {
            s->reply->allowed_origin = fh_str_from(origin);
        }
    }
}

static void preflight(const step *s) {
    s->reply->status = 204;
    s->reply->preflight = true;
    s->reply->caching = FH_CACHE_NEVER;
}

/* ---- Is it a request that we take? ---- */

static bool refuse(step *s, unsigned status, const char *detail, const char *hint) {
    fh_reply_problem(s->reply, status, (fh_str){0}, detail, hint);
    return false;
}

/* The address of the site is made of it (RFC 9112, 3.2). */
static bool take_host(step *s) {
    if (fh_utf8_invalid(s->request->host) == SIZE_MAX) return true;
    return refuse(s, 400, "the Host is no name", "");
}

static bool take_target(step *s) {
    fh_error err;
    fh_status status = fh_target_read(s->request->target, s->call.worker->arena, &s->target, &err);
    if (status == FH_ERR_LIMIT) return refuse(s, 414, err.what, err.hint);
    if (status) return refuse(s, 400, err.what, err.hint);
    s->route = fh_route_find(s->target.path, &s->call.id);
    if (!s->route) return refuse(s, 404, "there is nothing at this address", "/ is the search page");
    s->reply->route = s->route->path;
    return true;
}

static bool take_method(step *s) {
    if (s->request->method == FH_METHOD_OTHER)
        return refuse(s, 405, "only GET, HEAD and OPTIONS are answered", "");
    if (s->request->has_body) return refuse(s, 413, "a request has no body here", "");
    return true;
}

static bool take_rate(step *s) {
    if (s->route->is_free || fh_rate_allows(s->house->rate, s->request->address, fh_clock())) return true;
    refuse(s, 429, "there are too many requests from this address", "try again in a second");
    s->reply->retry_after = 1;
    return false;
}

static bool take_params(step *s) {
    fh_error err;
    if (fh_params_check(s->route->params, &s->target, &err) == FH_OK) return true;
    fh_reply_error(s->reply, &err, fh_str_from(err.where));
    return false;
}

/* ---- The answer ---- */

/* Has the client this very answer? */
static bool is_known(step *s) {
    uint64_t tag = fh_hash(FH_HASH_START, s->request->target);
    tag = fh_hash(fh_hash(tag, s->request->host), fh_str_from(made_by));
    tag = fh_hash(tag, fh_site_file_at(s->target.path));
    if (s->route->of_index)
        tag =
            fh_hash(tag, (fh_str){(const char *)&s->call.worker->revision, sizeof s->call.worker->revision});
    s->reply->tag = tag;
    s->reply->caching = s->route->caching;
    if (s->route->caching == FH_CACHE_NEVER || !fh_tag_matches(s->request->if_none_match, tag)) return false;
    s->reply->status = 304;
    return true;
}

static bool may_be_replaced(fh_status status) {
    return status == FH_ERR_IO || status == FH_ERR_CORRUPT || status == FH_ERR_INTERNAL;
}

static void run_handler(step *s) {
    fh_error err, ignored;
    s->reply->status = 200;
    fh_status status = s->route->answer(&s->call, s->reply, &err);
    if (may_be_replaced(status) && fh_worker_reopen(s->house->pool, s->call.worker, &ignored) == FH_OK) {
        fh_buf_clear(&s->reply->body); /* the index was put in another's place in the middle of it */
        status = s->route->answer(&s->call, s->reply, &err);
    }
    if (status) fh_reply_error(s->reply, &err, s->call.blame);
}

static void answer(step *s) {
    if (!take_host(s) || !take_target(s)) return;
    allow_origin(s);
    if (s->request->method == FH_METHOD_OPTIONS) {
        preflight(s);
    } else if (take_method(s) && take_rate(s) && take_params(s) && !is_known(s)) {
        run_handler(s);
    }
}

void fh_answer_request(const fh_house *house, const fh_request *request, fh_reply *reply) {
    double start = fh_clock();
    step s = {.house = house, .request = request, .reply = reply};
    *reply = (fh_reply){.route = "none"};
    s.call = (fh_call){.request = request,
                       .target = &s.target,
                       .worker = fh_pool_take(house->pool),
                       .metrics = house->metrics,
                       .time_limit = house->time_limit,
                       .url = house->url};
    answer(&s);
    fh_pool_give(house->pool, s.call.worker);
    if (fh_accepts_gzip(request->accept_encoding)) fh_reply_gzip(reply);
    fh_metrics_count(house->metrics, reply->route, reply->status, fh_clock() - start);
}
