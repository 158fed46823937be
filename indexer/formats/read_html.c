/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML pages, one file each, as browsers and crawlers save them. */
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/formats/html.h"

#include <strings.h>

static bool has(fh_str head, const char *tag) {
    size_t length = strlen(tag);
    for (size_t at = 0; at + length <= head.len; at++)
        if (!strncasecmp(head.ptr + at, tag, length)) return true;
    return false;
}

/* The first tag tells; XHTML may begin as XML does. */
static int probe(fh_str head, fh_str id) {
    static const char *const first[] = {"<!doctype html", "<html", "<head", "<body", "<meta", "<title"};
    (void)id;
    head = fh_str_trim(head);
    if (!head.len || head.ptr[0] != '<') return FH_PROBE_NO;
    fh_str begin = head.len > 4096 ? fh_str_slice(head, 0, 4096) : head;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (!strncasecmp(head.ptr, first[i], strlen(first[i])) && head.len > strlen(first[i]))
            return FH_PROBE_SURE;
    bool comment = fh_str_starts(head, FH_STR("<!--")) || fh_str_starts(head, FH_STR("<?xml"));
    if (comment && (has(begin, "<html") || has(begin, "<!doctype html"))) return FH_PROBE_SURE;
    return has(begin, "<div") || has(begin, "<article") || has(begin, "<p>") ? FH_PROBE_LIKELY : FH_PROBE_NO;
}

static fh_status read_html(fh_str bytes, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    const fh_date unknown = {0};
    fh_buf text = {0};
    fh_article *article = fh_arena_take_zeroed(arena, sizeof *article);
    fh_decode_declared(bytes, fh_html_charset(bytes), &text);
    fh_status status = fh_html_article(fh_buf_str(&text), &unknown, arena, article, err);
    fh_buf_free(&text);
    if (status != FH_OK) return status;
    if (!article->url.len) article->id = id;
    *out = (fh_articles){article, 1};
    return FH_OK;
}

const fh_format fh_format_html = {
    .name = "html",
    .about = "HTML pages: JSON-LD, OpenGraph, microdata, else the densest text",
    .probe = probe,
    .raw = true,
    .whole = read_html,
};
