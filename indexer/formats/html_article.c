/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page to its article. */
#include "base/utf8.h"
#include "indexer/formats/html.h"
#include "indexer/lead_date.h"
#include "indexer/names.h"

/* JSON-LD often has the text in one run, or only its beginning: the page's own paragraphs go before, where
 * they are the same text. */
static fh_str better_body(fh_str said, fh_str found) {
    if (!found.len || !said.len) return fh_or(found, said);
    return fh_utf8_count(found) * 4 >= fh_utf8_count(said) * 3 ? found : said;
}

/* "ar_SA", as OpenGraph has it */
static void fix_language(fh_str language) {
    for (size_t i = 0; i < language.len; i++)
        if (language.ptr[i] == '_') ((char *)language.ptr)[i] = '-';
}

static fh_str title_of(const GumboNode *page, fh_arena *arena) {
    const GumboNode *title = fh_html_find(page, GUMBO_TAG_TITLE);
    fh_buf text = {0};
    if (title) fh_html_text(title, NULL, NULL, &text);
    fh_str copy = fh_arena_copy(arena, fh_str_trim(fh_buf_str(&text)));
    fh_buf_free(&text);
    return copy;
}

fh_status fh_html_article(fh_str html, const fh_date *seen, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_arena *tree = fh_arena_new();
    const GumboNode *page;
    fh_date modified = {0};
    fh_str whole = FH_STR("");
    fh_status status = fh_html_parse(html, tree, &page, err);
    fh_article article = {0}, text = {0};
    if (status == FH_OK) {
        fh_html_linked_data(page, &modified, arena, &article);
        fh_html_meta(page, seen, &modified, arena, &article);
        fh_html_body(page, arena, &text);
        whole = title_of(page, arena);
        fh_names_keep(&article, arena); /* what stands in the tree does not outlive it */
        fix_language(article.language);
    }
    fh_arena_free(tree);
    if (status != FH_OK) return status;
    article.body = better_body(article.body, text.body);
    article.wire = text.wire;
    if (!article.body.len)
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "a page without the text of an article");
    fh_html_settle_title(whole, &article);
    if (!article.published.year) fh_lead_date(article.body, &article.published);
    *out = article;
    return FH_OK;
}
