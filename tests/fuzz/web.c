/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages, and the messages that web archives keep them in. */
#include "tests/fuzz/fuzz.h"

#include "indexer/formats/html.h"
#include "indexer/formats/http.h"
#include "indexer/formats/markup.h"

void fuzz_html(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena);
    must_be_text(fh_html_charset(text));
    must_be_text(fh_html_fragment(text, arena));
    fh_str stripped = fh_markup_strip(text, arena);
    must_be_text(stripped);
    must(stripped.len <= 3 * text.len); /* U+FFFD for a reference to what is no character: &#0 */
    const GumboNode *top;
    fh_error err = {0};
    fh_status status = fh_html_parse(text, arena, &top, &err);
    if (status) {
        must_be_error(status, &err);
        must(status == FH_ERR_LIMIT);
    } else {
        fh_buf all = {0};
        fh_html_text(top, NULL, NULL, &all);
        must_be_text(fh_buf_str(&all));
        size_t nodes = 0;
        for (const GumboNode *at = fh_html_next(top, top, false); at; at = fh_html_next(top, at, false))
            nodes++;
        must(nodes <= 2 * text.len + 8);
        fh_buf_free(&all);
    }
    fh_arena_free(arena);
}

void fuzz_http_message(fh_str input, const void *what) {
    (void)what;
    enum { LIMIT = 100000 };
    fh_http http = {0};
    fh_str body = {0};
    if (!fh_http_head(input, &http, &body)) return;
    must(http.head.ptr >= input.ptr && http.head.ptr + http.head.len <= input.ptr + input.len);
    must(body.ptr >= input.ptr && body.ptr + body.len == input.ptr + input.len);
    fh_str charset = fh_http_charset(http.content_type);
    must(charset.len <= http.content_type.len);
    fh_buf out = {0};
    fh_error err = {0};
    fh_status status = fh_http_body(&http, body, LIMIT, &out, &err);
    if (status) must_be_error(status, &err);
    must(status || out.len <= LIMIT || out.len <= body.len);
    fh_buf_free(&out);
}
