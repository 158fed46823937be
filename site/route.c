/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of routes and their parameters. */
#include "site/route.h"

/* What narrows a search: the names of facets, and a period. */
#define FILTERS                                                                                              \
    {"source", FH_PARAM_TEXT, 8, 300, NULL}, {"author", FH_PARAM_TEXT, 8, 300, NULL},                        \
        {"month", FH_PARAM_TEXT, 24, 7, NULL}, {"language", FH_PARAM_TEXT, 8, 35, NULL},                     \
        {"entity", FH_PARAM_TEXT, 8, 200, NULL}, {"keyword", FH_PARAM_TEXT, 8, 300, NULL}, {                 \
        "period", FH_PARAM_TEXT, 1, 64, NULL                                                                 \
    }
#define FACETS "source|author|month|language|entity|person|place|organisation|event|product|keyword"
#define END                                                                                                  \
    { NULL, FH_PARAM_TEXT, 0, 0, NULL }

static const fh_param search_params[] = {
    {"q", FH_PARAM_TEXT, 1, FH_MAX_ASKED, NULL},
    {"limit", FH_PARAM_NUMBER, 1, FH_MAX_HITS, NULL},
    {"offset", FH_PARAM_NUMBER, 1, 10000, NULL},
    {"sort", FH_PARAM_CHOICE, 1, 0, "relevance|newest|oldest"},
    {"match", FH_PARAM_CHOICE, 1, 0, "auto|all|any"},
    {"typing", FH_PARAM_CHOICE, 1, 0, "yes|no"},
    {"facet", FH_PARAM_CHOICE, 6, 0, FACETS},
    {"format", FH_PARAM_CHOICE, 1, 0, "json|html"},
    {"lang", FH_PARAM_CHOICE, 1, 0, "ar|en"},
    FILTERS,
    END,
};

static const fh_param page_params[] = {
    {"q", FH_PARAM_TEXT, 1, FH_MAX_ASKED, NULL},
    {"offset", FH_PARAM_NUMBER, 1, 10000, NULL},
    {"sort", FH_PARAM_CHOICE, 1, 0, "relevance|newest|oldest"},
    {"lang", FH_PARAM_CHOICE, 1, 0, "ar|en"},
    FILTERS,
    END,
};

static const fh_param facets_params[] = {
    {"q", FH_PARAM_TEXT, 1, FH_MAX_ASKED, NULL},
    {"match", FH_PARAM_CHOICE, 1, 0, "auto|all|any"},
    {"typing", FH_PARAM_CHOICE, 1, 0, "yes|no"},
    {"facet", FH_PARAM_CHOICE, 6, 0, FACETS},
    {"values", FH_PARAM_NUMBER, 1, FH_MAX_VALUES, NULL},
    FILTERS,
    END,
};

static const fh_param suggest_params[] = {
    {"q", FH_PARAM_TEXT, 1, 256, NULL},
    {"limit", FH_PARAM_NUMBER, 1, 20, NULL},
    {"format", FH_PARAM_CHOICE, 1, 0, "opensearch|json"},
    END,
};

static const fh_param similar_params[] = {{"limit", FH_PARAM_NUMBER, 1, FH_MAX_HITS, NULL}, END};
static const fh_param entity_params[] = {{"q", FH_PARAM_TEXT, 1, FH_MAX_ASKED, NULL}, END};
static const fh_param no_params[] = {END};

static const fh_route routes[] = {
    {"/", page_params, fh_answer_page, FH_CACHE_ASK, true, false},
    {"/search", search_params, fh_answer_search, FH_CACHE_ASK, true, false},
    {"/suggest", suggest_params, fh_answer_suggest, FH_CACHE_ASK, true, false},
    {"/facets", facets_params, fh_answer_facets, FH_CACHE_ASK, true, false},
    {"/article/", no_params, fh_answer_article, FH_CACHE_ASK, true, false},
    {"/similar/", similar_params, fh_answer_similar, FH_CACHE_ASK, true, false},
    {"/entity/", entity_params, fh_answer_entity, FH_CACHE_ASK, true, false},
    {"/opensearch.xml", no_params, fh_answer_opensearch, FH_CACHE_SHORTLY, false, true},
    {"/box.js", no_params, fh_answer_file, FH_CACHE_SHORTLY, false, true},
    {"/box.css", no_params, fh_answer_file, FH_CACHE_SHORTLY, false, true},
    {"/page.css", no_params, fh_answer_file, FH_CACHE_SHORTLY, false, true},
    {"/icon.svg", no_params, fh_answer_file, FH_CACHE_SHORTLY, false, true},
    {"/healthz", no_params, fh_answer_health, FH_CACHE_NEVER, false, true},
    {"/metrics", no_params, fh_answer_metrics, FH_CACHE_NEVER, false, true},
    {NULL, NULL, NULL, FH_CACHE_NEVER, false, false},
};

const fh_route *fh_routes(void) {
    return routes;
}

fh_str fh_site_address(const fh_call *call) {
    fh_arena *arena = call->worker->arena;
    if (!call->url) return fh_arena_format(arena, "http://%.*s/", FH_STR_ARG(call->request->host));
    bool ends = fh_str_ends(fh_str_from(call->url), FH_STR("/"));
    return fh_arena_format(arena, "%s%s", call->url, ends ? "" : "/");
}

static bool takes_id(const fh_route *route) {
    return strlen(route->path) > 1 && fh_str_ends(fh_str_from(route->path), FH_STR("/"));
}

const fh_route *fh_route_find(fh_str path, fh_str *id) {
    *id = (fh_str){0};
    for (const fh_route *route = routes; route->path; route++) {
        fh_str own = fh_str_from(route->path);
        if (fh_str_equal(path, own) && !takes_id(route)) return route;
        if (takes_id(route) && path.len > own.len && fh_str_starts(path, own)) {
            *id = fh_str_slice(path, own.len, path.len);
            return route;
        }
    }
    return NULL;
}
