/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, from the parameters that several routes share. */
#include "site/asked.h"

#include "base/utf8.h"
#include <ctype.h>
#include <unicode/uchar.h>

const fh_facet_name *fh_facet_named(fh_str name) {
    const fh_facet_name *facet = fh_facet_names();
    while (facet->name && !fh_str_equal(name, fh_str_from(facet->name))) facet++;
    return facet->name ? facet : NULL;
}

bool fh_is_asked(const fh_call *call) {
    if (fh_str_trim(fh_param_text(call->target, "q")).len || fh_param_text(call->target, "period").len)
        return true;
    for (size_t i = 0; i < call->target->pair_count; i++)
        if (fh_facet_named(call->target->pairs[i].name) && call->target->pairs[i].value.len) return true;
    return false;
}

static bool is_month(fh_str value) {
    static const char shape[] = "0000-00";
    if (value.len != sizeof shape - 1) return false;
    for (size_t i = 0; i < value.len; i++)
        if (shape[i] == '0' ? !isdigit((unsigned char)value.ptr[i]) : value.ptr[i] != shape[i]) return false;
    return true;
}

static fh_status take_filters(fh_call *call, fh_search *out, fh_error *err) {
    fh_filter *filters = FH_ARENA_ARRAY(call->worker->arena, fh_filter, call->target->pair_count + 1);
    for (size_t i = 0; i < call->target->pair_count; i++) {
        fh_pair pair = call->target->pairs[i];
        const fh_facet_name *facet = fh_facet_named(pair.name);
        if (!facet || !pair.value.len) continue;
        if (facet->slot == FH_SLOT_MONTH && !is_month(pair.value)) {
            call->blame = pair.name;
            return fh_fail(err, FH_ERR_USAGE, NULL, "write it so: 2024-05",
                           "month takes a month, not \"%.*s\"", FH_STR_ARG(pair.value));
        }
        filters[out->filter_count++] = (fh_filter){facet->slot, pair.value};
    }
    out->filters = filters;
    return FH_OK;
}

static void take_facets(fh_call *call, fh_search *out) {
    size_t values = fh_param_number(call->target, "values", FH_DEFAULT_VALUES);
    fh_facet_wanted *facets =
        FH_ARENA_ARRAY(call->worker->arena, fh_facet_wanted, call->target->pair_count + 1);
    for (size_t i = 0; i < call->target->pair_count; i++) {
        if (!fh_str_equal(call->target->pairs[i].name, FH_STR("facet"))) continue;
        const fh_facet_name *facet = fh_facet_named(call->target->pairs[i].value);
        if (facet) facets[out->facet_count++] = (fh_facet_wanted){facet, values};
    }
    out->facets = facets;
}

fh_status fh_asked_search(fh_call *call, fh_search *out, fh_error *err) {
    const fh_target *target = call->target;
    fh_search search = {.query = fh_param_text(target, "q"),
                        .offset = fh_param_number(target, "offset", 0),
                        .limit = fh_param_number(target, "limit", FH_DEFAULT_HITS),
                        .period = fh_str_trim(fh_param_text(target, "period")),
                        .time_limit = call->time_limit,
                        .quick = true};
    if (!fh_is_asked(call)) {
        call->blame = FH_STR("q");
        return fh_fail(err, FH_ERR_USAGE, NULL, "add q=WORDS, or a filter", "there is nothing to search for");
    }
    search.sort = fh_param_is(target, "sort", "newest")   ? FH_SORT_NEWEST
                  : fh_param_is(target, "sort", "oldest") ? FH_SORT_OLDEST
                                                          : FH_SORT_RELEVANCE;
    search.match = fh_param_is(target, "match", "all")   ? FH_MATCH_ALL
                   : fh_param_is(target, "match", "any") ? FH_MATCH_ANY
                                                         : FH_MATCH_AUTO;
    fh_status status = take_filters(call, &search, err);
    if (status) return status;
    take_facets(call, &search);
    *out = search;
    return FH_OK;
}

/* A query whose last word has no end yet; empty where it ends otherwise. */
static fh_str half_typed(fh_call *call, fh_str query) {
    uint32_t last;
    if (!fh_param_is(call->target, "typing", "yes") || !query.len) return (fh_str){0};
    fh_utf8_next(query, fh_utf8_previous(query, query.len), &last);
    return u_isalnum((UChar32)last) ? fh_arena_format(call->worker->arena, "%.*s*", FH_STR_ARG(query))
                                    : (fh_str){0};
}

/* Better than none or than fewer words are all of them, the last one as a beginning. */
static void run_half_typed(fh_call *call, fh_search search, fh_answer *out) {
    fh_error ignored;
    fh_answer answer;
    fh_str typed = search.query;
    search.query = half_typed(call, typed);
    search.match = FH_MATCH_ALL;
    if ((out->total && !out->widened) || !search.query.len) return;
    fh_status status = fh_search_run(call->worker->searcher, &search, call->worker->arena, &answer, &ignored);
    if (status || !answer.total) return;
    answer.query = typed;
    *out = answer;
}

fh_status fh_run_asked(fh_call *call, const fh_search *search, fh_reply *reply, fh_answer *out,
                       fh_error *err) {
    fh_status status = fh_search_run(call->worker->searcher, search, call->worker->arena, out, err);
    if (status == FH_OK) {
        run_half_typed(call, *search, out);
        reply->total = out->total;
        return status;
    }
    call->blame = strcmp(err->where, "period") == 0 ? FH_STR("period") : FH_STR("q");
    return status;
}

static const fh_output *json_output(void) {
    const fh_output *output = fh_outputs();
    while (strcmp(output->name, "json") != 0) output++;
    return output;
}

void fh_reply_story(fh_reply *reply, const fh_story *story) {
    json_output()->write_story(story, false, &reply->body);
    reply->type = "application/json";
}

void fh_reply_answer(fh_reply *reply, const fh_answer *answer) {
    json_output()->write(answer, (fh_str){0}, false, &reply->body);
    reply->type = "application/json";
}
