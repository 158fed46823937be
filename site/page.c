/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search page: box/page.html with its gaps filled.  It works as it is; the box makes more of it. */
#include "site/page.h"

#include "site/asked.h"
#include "site/files.h"
#include "site/html.h"
#include "site/problem.h"
#include "site/texts.h"

typedef struct gaps {
    const char *const *texts;
    fh_str query;
    const fh_buf *results; /* markup */
} gaps;

static const struct gap_text {
    const char *name;
    fh_text text;
} gap_texts[] = {
    {"lang", FH_TEXT_LANG},     {"dir", FH_TEXT_DIR},
    {"other", FH_TEXT_OTHER},   {"other-name", FH_TEXT_OTHER_NAME},
    {"name", FH_TEXT_NAME},     {"placeholder", FH_TEXT_PLACEHOLDER},
    {"search", FH_TEXT_SEARCH},
};

static void fill_gap(const gaps *g, fh_str name, fh_buf *out) {
    for (size_t i = 0; i < sizeof gap_texts / sizeof *gap_texts; i++)
        if (fh_str_equal(name, fh_str_from(gap_texts[i].name)))
            fh_html_add(out, fh_str_from(g->texts[gap_texts[i].text]));
    if (fh_str_equal(name, FH_STR("q"))) fh_html_add(out, g->query);
    if (fh_str_equal(name, FH_STR("results"))) fh_buf_add(out, fh_buf_str(g->results));
    if (fh_str_equal(name, FH_STR("home")) && g->texts == fh_texts[1]) fh_buf_add(out, FH_STR("?lang=en"));
    if (!fh_str_equal(name, FH_STR("title"))) return;
    if (g->query.len) {
        fh_html_add(out, g->query);
        fh_buf_add(out, FH_STR(" – "));
    }
    fh_html_add(out, fh_str_from(g->texts[FH_TEXT_NAME]));
}

static void fill(const gaps *g, fh_buf *out) {
    fh_str page = fh_site_file_at(FH_STR("/page.html"));
    for (size_t at = 0; at < page.len;) {
        size_t open = fh_str_find(page, FH_STR("{{"), at), close;
        if (open == SIZE_MAX || (close = fh_str_find(page, FH_STR("}}"), open)) == SIZE_MAX) {
            fh_buf_add(out, fh_str_slice(page, at, page.len));
            return;
        }
        fh_buf_add(out, fh_str_slice(page, at, open));
        fill_gap(g, fh_str_slice(page, open + 2, close), out);
        at = close + 2;
    }
}

/* A query that cannot be read gives a page that says so. */
static fh_status find(fh_call *call, fh_reply *reply, const char *const *texts, fh_buf *results,
                      fh_error *err) {
    fh_search search;
    fh_answer answer;
    fh_status status = fh_asked_search(call, &search, err);
    if (status == FH_OK) status = fh_run_asked(call, &search, reply, &answer, err);
    if (status == FH_OK) fh_page_results(call, &search, &answer, texts, results);
    if (status != FH_ERR_USAGE && status != FH_ERR_LIMIT) return status;
    fh_buf_printf(results, "<p role=\"status\">%s</p>\n", texts[FH_TEXT_BETTER]);
    reply->status = 400;
    reply->caching = FH_CACHE_NEVER;
    return FH_OK;
}

fh_status fh_answer_page(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_buf results = {0};
    gaps g = {.texts = fh_texts[fh_param_is(call->target, "lang", "en")],
              .query = fh_param_text(call->target, "q"),
              .results = &results};
    fh_status status = fh_is_asked(call) ? find(call, reply, g.texts, &results, err) : FH_OK;
    if (status == FH_OK) {
        fill(&g, &reply->body);
        reply->type = "text/html; charset=utf-8";
        reply->is_page = true;
    }
    fh_buf_free(&results);
    return status;
}
