/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /search, /facets, /similar/ID and /entity/ID: answers as query/ writes them. */
#include "site/asked.h"

fh_status fh_answer_search(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_search search;
    fh_answer answer;
    if (fh_param_is(call->target, "format", "html")) return fh_answer_page(call, reply, err);
    fh_status status = fh_asked_search(call, &search, err);
    if (status == FH_OK) status = fh_run_asked(call, &search, reply, &answer, err);
    if (status == FH_OK) fh_reply_answer(reply, &answer);
    return status;
}

/* What a box asks for beside its results: with no `facet`, the ones that it shows. */
fh_status fh_answer_facets(fh_call *call, fh_reply *reply, fh_error *err) {
    enum { MONTHS = 240 }; /* what a bar chart has room for, as years */
    const fh_facet_wanted usual[] = {{fh_facet_named(FH_STR("source")), FH_DEFAULT_VALUES},
                                     {fh_facet_named(FH_STR("month")), MONTHS},
                                     {fh_facet_named(FH_STR("entity")), FH_DEFAULT_VALUES}};
    fh_search search;
    fh_answer answer;
    fh_status status = fh_asked_search(call, &search, err);
    if (status) return status;
    search.limit = 0;
    search.ids_only = true;
    if (!search.facet_count) {
        search.facets = usual;
        search.facet_count = sizeof usual / sizeof *usual;
    }
    status = fh_run_asked(call, &search, reply, &answer, err);
    if (status == FH_OK) fh_reply_answer(reply, &answer);
    return status;
}

fh_status fh_answer_similar(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_search search = {.like = call->id,
                        .limit = fh_param_number(call->target, "limit", FH_DEFAULT_HITS),
                        .time_limit = call->time_limit};
    fh_answer answer;
    fh_status status = fh_search_run(call->worker->searcher, &search, call->worker->arena, &answer, err);
    if (status) return status;
    reply->total = answer.total;
    fh_reply_answer(reply, &answer);
    return FH_OK;
}

/* By its id, or by any name of it. */
fh_status fh_answer_entity(fh_call *call, fh_reply *reply, fh_error *err) {
    const fh_story_wanted wanted = {call->id, fh_param_text(call->target, "q")};
    fh_story story;
    fh_status status = fh_story_run(call->worker->searcher, &wanted, call->worker->arena, &story, err);
    if (status == FH_ERR_USAGE || status == FH_ERR_LIMIT) call->blame = FH_STR("q");
    if (status) return status;
    reply->total = story.articles;
    fh_reply_story(reply, &story);
    return FH_OK;
}
