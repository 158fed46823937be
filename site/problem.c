/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors to problems. */
#include "site/problem.h"

#include "site/json.h"

static const struct phrase {
    unsigned status;
    const char *text;
} phrases[] = {
    {400, "Bad Request"},           {404, "Not Found"},           {405, "Method Not Allowed"},
    {413, "Content Too Large"},     {414, "URI Too Long"},        {429, "Too Many Requests"},
    {500, "Internal Server Error"}, {503, "Service Unavailable"},
};

const char *fh_status_phrase(unsigned status) {
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status) return phrases[i].text;
    return "";
}

void fh_reply_problem(fh_reply *reply, unsigned status, fh_str parameter, const char *detail,
                      const char *hint) {
    json_t *object = json_object();
    json_object_set_new(object, "type", json_string("about:blank"));
    json_object_set_new(object, "title", json_string(fh_status_phrase(status)));
    json_object_set_new(object, "status", json_integer((json_int_t)status));
    json_object_set_new(object, "detail", json_string(detail));
    if (*hint) json_object_set_new(object, "hint", json_string(hint));
    if (parameter.len) fh_site_json_set(object, "parameter", parameter);
    fh_buf_clear(&reply->body);
    fh_site_json_write(object, &reply->body);
    reply->status = status;
    reply->type = "application/problem+json";
    reply->caching = FH_CACHE_NEVER;
    reply->is_page = false;
}

static unsigned http_status(fh_status status) {
    switch (status) {
    case FH_ERR_USAGE:
    case FH_ERR_INPUT:
    case FH_ERR_LIMIT: return 400;
    case FH_ERR_NOT_FOUND: return 404;
    case FH_ERR_IO:
    case FH_ERR_LOCKED: return 503;
    default: return 500;
    }
}

void fh_reply_error(fh_reply *reply, const fh_error *err, fh_str parameter) {
    unsigned status = http_status(err->status);
    if (status >= 500) {
        fh_reply_problem(reply, status, (fh_str){0}, "the index cannot be read now", "");
        reply->retry_after = 1;
        return;
    }
    fh_reply_problem(reply, status, parameter, err->what, err->hint);
}
