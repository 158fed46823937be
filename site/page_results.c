/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as HTML.  All that comes from an article or the address goes through fh_html_add. */
#include "site/page.h"

#include "site/html.h"
#include "site/texts.h"

static void add(fh_buf *out, const char *markup) {
    fh_buf_add(out, fh_str_from(markup));
}

/* ---- Links ---- */

/* The same page with one parameter left out or replaced. */
typedef struct change {
    const char *name;
    fh_str value, only; /* of several, `only` the one with this value is left out */
} change;

/* What only /search takes, and what begins anew with another order or filter. */
static bool is_left_out(fh_str name) {
    static const char *const names[] = {"format", "limit", "match", "facet", "typing", "offset"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (fh_str_equal(name, fh_str_from(names[i]))) return true;
    return false;
}

static bool is_changed(const fh_pair *pair, const change *c) {
    if (!pair->value.len || is_left_out(pair->name)) return true;
    if (!fh_str_equal(pair->name, fh_str_from(c->name))) return false;
    return !c->only.len || fh_str_equal(pair->value, c->only);
}

static void add_pair(fh_buf *out, char *between, fh_str name, fh_str value) {
    if (*between == '&')
        add(out, "&amp;");
    else
        fh_buf_add_char(out, *between);
    *between = '&';
    fh_target_encode(name, out);
    fh_buf_add_char(out, '=');
    fh_target_encode(value, out);
}

static void open_link(const fh_call *call, const change *c, const char *rel, fh_buf *out) {
    char between = '?';
    fh_buf_printf(out, "<a%s href=\"./", rel);
    for (size_t i = 0; i < call->target->pair_count; i++) {
        const fh_pair *pair = &call->target->pairs[i];
        if (!is_changed(pair, c)) add_pair(out, &between, pair->name, pair->value);
    }
    if (c->value.len) add_pair(out, &between, fh_str_from(c->name), c->value);
    add(out, "\">");
}

static void add_link(const fh_call *call, const change *c, const char *text, fh_buf *out) {
    open_link(call, c, "", out);
    fh_html_add(out, fh_str_from(text));
    add(out, "</a>\n");
}

/* ---- Hits ---- */

static void add_segments(const fh_segments *segments, fh_buf *out) {
    for (size_t i = 0; i < segments->count; i++) {
        const fh_segment *s = &segments->items[i];
        bool entity = s->mark == FH_MARK_ENTITY;
        if (s->mark != FH_MARK_NONE) add(out, entity ? "<mark class=\"entity\">" : "<mark>");
        fh_html_add(out, s->text);
        if (s->mark != FH_MARK_NONE) add(out, "</mark>");
    }
}

static void add_hit(const fh_answer_hit *hit, fh_buf *out) {
    const fh_article *article = &hit->hit->article;
    char published[FH_DATE_TEXT];
    bool link = fh_is_web_address(article->url);
    fh_date_iso(&article->published, published);
    add(out, "<li><h2 dir=\"auto\">");
    if (link) {
        add(out, "<a href=\"");
        fh_html_add_address(out, article->url);
        add(out, "\">");
    }
    add_segments(&hit->title, out);
    add(out, link ? "</a></h2>\n<p>" : "</h2>\n<p>");
    if (article->source.len) {
        add(out, "<bdi>");
        fh_html_add(out, article->source);
        add(out, "</bdi> ");
    }
    if (*published) fh_buf_printf(out, "<time datetime=\"%s\">%.10s</time>", published, published);
    add(out, "</p>\n<p dir=\"auto\">");
    add_segments(&hit->snippet, out);
    add(out, "</p></li>\n");
}

/* ---- What stands around them ---- */

static void add_line(const char *text, fh_buf *out) {
    fh_buf_printf(out, "<p>%s</p>\n", text);
}

static void add_notes(const fh_call *call, const fh_answer *answer, const char *const *texts, fh_buf *out) {
    add(out, "<p role=\"status\">");
    if (answer->total)
        fh_buf_printf(out, texts[answer->total_exact ? FH_TEXT_FOUND : FH_TEXT_ABOUT],
                      (unsigned long long)answer->total);
    else
        add(out, texts[FH_TEXT_NONE]);
    add(out, "</p>\n");
    if (answer->widened) add_line(texts[FH_TEXT_WIDENED], out);
    if (answer->partial) add_line(texts[FH_TEXT_PARTIAL], out);
    if (!answer->suggestion.len) return;
    fh_buf_printf(out, "<p>%s ", texts[FH_TEXT_MEANT]);
    open_link(call, &(change){"q", answer->suggestion, {0}}, "", out);
    add(out, "<bdi>");
    fh_html_add(out, answer->suggestion);
    add(out, "</bdi></a></p>\n");
}

static void add_filter(const fh_call *call, const char *name, fh_str value, fh_str label,
                       const char *const *texts, fh_buf *out) {
    add(out, "<li><bdi>");
    fh_html_add(out, label);
    add(out, "</bdi> ");
    add_link(call, &(change){name, {0}, value}, texts[FH_TEXT_WITHOUT], out);
    add(out, "</li>\n");
}

static void add_filters(const fh_call *call, const fh_answer *answer, const char *const *texts, fh_buf *out) {
    if (!answer->filter_count && !answer->period.len) return;
    add(out, "<ul class=\"filters\">\n");
    for (size_t i = 0; i < answer->filter_count; i++) {
        const fh_answer_filter *filter = &answer->filters[i];
        add_filter(call, filter->name, filter->value, filter->label, texts, out);
    }
    if (answer->period.len) add_filter(call, "period", answer->period, answer->period, texts, out);
    add(out, "</ul>\n");
}

static void add_orders(const fh_call *call, const fh_search *search, const char *const *texts, fh_buf *out) {
    bool newest = search->sort == FH_SORT_NEWEST;
    add(out, "<p class=\"orders\">");
    if (newest)
        add_link(call, &(change){"sort", {0}, {0}}, texts[FH_TEXT_RELEVANCE], out);
    else
        add_link(call, &(change){"sort", FH_STR("newest"), {0}}, texts[FH_TEXT_NEWEST], out);
    add(out, "</p>\n");
}

static void add_pages(const fh_call *call, const fh_search *search, const fh_answer *answer,
                      const char *const *texts, fh_buf *out) {
    uint32_t before = search->offset > search->limit ? search->offset - search->limit : 0;
    uint64_t after = (uint64_t)search->offset + search->limit;
    fh_arena *arena = call->worker->arena;
    add(out, "<p class=\"pages\">");
    if (search->offset)
        add_link(call, &(change){"offset", fh_arena_format(arena, "%u", before), {0}},
                 texts[FH_TEXT_PREVIOUS], out);
    if (after < answer->total)
        add_link(call, &(change){"offset", fh_arena_format(arena, "%llu", (unsigned long long)after), {0}},
                 texts[FH_TEXT_NEXT], out);
    add(out, "</p>\n");
}

void fh_page_results(const fh_call *call, const fh_search *search, const fh_answer *answer,
                     const char *const *texts, fh_buf *out) {
    add_notes(call, answer, texts, out);
    add_filters(call, answer, texts, out);
    if (!answer->hit_count) return;
    add_orders(call, search, texts, out);
    fh_buf_printf(out, "<ol start=\"%u\">\n", search->offset + 1);
    for (size_t i = 0; i < answer->hit_count; i++) add_hit(&answer->hits[i], out);
    add(out, "</ol>\n");
    add_pages(call, search, answer, texts, out);
}
