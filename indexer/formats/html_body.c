/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the text of an article is on its page.
 *
 * A page may say so itself (microdata, <article>); else every paragraph speaks for what holds it, and the
 * element that most text speaks for is it (as in Kohlschütter and others, "Boilerplate Detection using
 * Shallow Text Features", 2010: long texts with few links).  Furniture within is left out by what its
 * elements are called and by how much of them is links. */
#include "base/utf8.h"
#include "indexer/formats/html.h"
#include "indexer/page_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define PARAGRAPH_LEAST 40 /* code points that speak for the element around them */
#define ARTICLE_LEAST 80   /* code points of text; less is no article */
#define LINKS_MOST 0.5     /* share of a block's text that may be links */
#define NAMED_LEAST 0.25   /* share of the densest text that an element named for it must have */

#define VOTES_BACK 256 /* a page of any shape takes time in proportion to its length */

typedef struct measure {
    size_t text, links; /* code points */
} measure;

/* ---- Furniture ---- */

/* Words in the class or id of elements that are around an article, not of it. */
static const char *const furniture_words[] = {
    "related",    "share",     "sharing",   "social",     "comment",   "sidebar",  "newsletter", "subscri",
    "promo",      "advert",    "sponsor",   "breadcrumb", "tags",      "taglist",  "caption",    "credit",
    "recommend",  "read-more", "readmore",  "more-news",  "most-",     "trending", "popular",    "footer",
    "navigation", "menu",      "cookie",    "banner",     "toolbar",   "author-b", "about-auth", "byline",
    "post-meta",  "meta-info", "also-read", "alsoread",   "read-also", "seealso",  "paginat",    "widget",
    "copyright",  "print",     "hidden",    "visually",   "sr-only",   "follow",   "whatsapp",   "telegram",
};

static bool names_furniture(fh_str names) {
    char word[64];
    for (size_t at = 0; at < names.len;) {
        size_t from = at;
        while (at < names.len && !isspace((unsigned char)names.ptr[at])) at++;
        size_t length = at - from < sizeof word - 1 ? at - from : sizeof word - 1;
        for (size_t i = 0; i < length; i++) word[i] = (char)tolower((unsigned char)names.ptr[from + i]);
        word[length] = '\0';
        if (!strcmp(word, "ad") || !strcmp(word, "ads")) return true;
        for (size_t i = 0; i < sizeof furniture_words / sizeof *furniture_words; i++)
            if (strstr(word, furniture_words[i])) return true;
        while (at < names.len && isspace((unsigned char)names.ptr[at])) at++;
    }
    return false;
}

static bool is_hidden(const GumboNode *node) {
    if (gumbo_get_attribute(&node->v.element.attributes, "hidden")) return true;
    fh_str style = fh_html_attribute(node, "style");
    return fh_str_equal(fh_html_attribute(node, "aria-hidden"), FH_STR("true")) ||
           fh_str_find(style, FH_STR("display:none"), 0) != SIZE_MAX ||
           fh_str_find(style, FH_STR("display: none"), 0) != SIZE_MAX;
}

static bool is_furniture_tag(const GumboNode *node) {
    static const GumboTag tags[] = {GUMBO_TAG_NAV,    GUMBO_TAG_ASIDE,      GUMBO_TAG_FOOTER, GUMBO_TAG_FORM,
                                    GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_HEADER};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (fh_html_is(node, tags[i])) return true;
    return false;
}

static size_t count_letters(const char *text) {
    size_t count = 0;
    for (; *text; text++) count += (*text & 0xC0) != 0x80 && !isspace((unsigned char)*text);
    return count;
}

static bool is_script(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_SCRIPT) || fh_html_is(node, GUMBO_TAG_STYLE) ||
           fh_html_is(node, GUMBO_TAG_NOSCRIPT);
}

static size_t letters_below(const GumboNode *top) {
    size_t sum = 0;
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, is_script(at)))
        if (at->type == GUMBO_NODE_TEXT) sum += count_letters(at->v.text.text);
    return sum;
}

static measure measure_of(const GumboNode *top) {
    measure sum = {0};
    bool over = false;
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, over)) {
        bool link = fh_html_is(at, GUMBO_TAG_A);
        over = link || is_script(at);
        size_t count = link                          ? letters_below(at)
                       : at->type == GUMBO_NODE_TEXT ? count_letters(at->v.text.text)
                                                     : 0;
        sum.text += count;
        if (link) sum.links += count;
    }
    return sum;
}

static bool may_be_list(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_UL) || fh_html_is(node, GUMBO_TAG_OL) ||
           fh_html_is(node, GUMBO_TAG_DIV) || fh_html_is(node, GUMBO_TAG_SECTION) ||
           fh_html_is(node, GUMBO_TAG_TABLE);
}

static bool is_links(const GumboNode *node) {
    if (!may_be_list(node)) return false;
    measure found = measure_of(node);
    return found.text > 0 && (double)found.links > LINKS_MOST * (double)found.text;
}

static bool is_named_so(const GumboNode *node) {
    return !fh_html_is(node, GUMBO_TAG_BODY) && !fh_html_is(node, GUMBO_TAG_P) &&
           (names_furniture(fh_html_attribute(node, "class")) ||
            names_furniture(fh_html_attribute(node, "id")));
}

static bool is_furniture(const GumboNode *node) {
    return is_furniture_tag(node) || is_hidden(node) || is_named_so(node) || fh_html_is(node, GUMBO_TAG_H1) ||
           is_links(node);
}

/* In a piece that a feed carries, nothing is known by its place. */
static bool is_furniture_of_fragment(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_FIGURE) || fh_html_is(node, GUMBO_TAG_FIGCAPTION) || is_hidden(node);
}

/* ---- Finding it ---- */

/* The text an element has of its own, not in blocks within it. */
static size_t own_text(const GumboNode *node) {
    measure found = measure_of(node);
    return found.links * 2 > found.text ? 0 : found.text;
}

static bool is_paragraph(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_P) || fh_html_is(node, GUMBO_TAG_PRE) ||
           fh_html_is(node, GUMBO_TAG_BLOCKQUOTE) || fh_html_is(node, GUMBO_TAG_H2) ||
           fh_html_is(node, GUMBO_TAG_H3);
}

typedef struct vote {
    const GumboNode *node;
    double score;
} vote;

typedef struct votes {
    vote *items;
    size_t count, capacity;
    fh_arena *arena;
} votes;

static void add_vote(votes *all, const GumboNode *node, double score) {
    if (!node || node->type != GUMBO_NODE_ELEMENT || score <= 0) return;
    size_t oldest = all->count > VOTES_BACK ? all->count - VOTES_BACK : 0;
    for (size_t i = all->count; i > oldest; i--) { /* what was voted for last comes again */
        if (all->items[i - 1].node != node) continue;
        all->items[i - 1].score += score;
        return;
    }
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 64;
        vote *more = FH_ARENA_ARRAY(all->arena, vote, capacity);
        if (all->count) memcpy(more, all->items, all->count * sizeof *more);
        all->items = more;
        all->capacity = capacity;
    }
    all->items[all->count++] = (vote){node, score};
}

/* A text between line breaks, in an element that has no paragraphs. */
static void vote_for_text(votes *all, const GumboNode *text) {
    size_t count = count_letters(text->v.text.text);
    const GumboNode *parent = text->parent;
    while (parent && (fh_html_is(parent, GUMBO_TAG_SPAN) || fh_html_is(parent, GUMBO_TAG_STRONG) ||
                      fh_html_is(parent, GUMBO_TAG_B) || fh_html_is(parent, GUMBO_TAG_FONT)))
        parent = parent->parent;
    if (count >= PARAGRAPH_LEAST && parent && !fh_html_is(parent, GUMBO_TAG_A))
        add_vote(all, parent, (double)count);
}

static const GumboNode *densest(const GumboNode *page, fh_arena *arena, double *score) {
    votes all = {.arena = arena};
    bool over = false;
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, over)) {
        over =
            at->type == GUMBO_NODE_ELEMENT && at != page && !fh_html_is(at, GUMBO_TAG_HTML) &&
            (is_script(at) || is_furniture_tag(at) || is_hidden(at) || is_named_so(at) || is_paragraph(at));
        if (at->type == GUMBO_NODE_TEXT) vote_for_text(&all, at);
        if (at->type != GUMBO_NODE_ELEMENT || !is_paragraph(at)) continue;
        size_t count = own_text(at);
        if (count < PARAGRAPH_LEAST) continue;
        add_vote(&all, at->parent, (double)count);
        if (at->parent) add_vote(&all, at->parent->parent, (double)count / 2);
    }
    const GumboNode *best = NULL;
    *score = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].score <= *score) continue;
        *score = all.items[i].score;
        best = all.items[i].node;
    }
    return best;
}

static bool says_body(const GumboNode *node) {
    return fh_str_find(fh_html_attribute(node, "itemprop"), FH_STR("articleBody"), 0) != SIZE_MAX ||
           fh_str_equal(fh_html_attribute(node, "data-component"), FH_STR("text-block")) ||
           fh_str_equal(fh_html_attribute(node, "property"), FH_STR("articleBody"));
}

/* Of all elements that are called the article, the one with most text. */
static const GumboNode *named(const GumboNode *page, bool (*is_so)(const GumboNode *)) {
    const GumboNode *best = NULL;
    size_t most = 0;
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, false)) {
        if (at->type != GUMBO_NODE_ELEMENT || !is_so(at)) continue;
        measure found = measure_of(at);
        if (found.text - found.links <= most) continue;
        most = found.text - found.links;
        best = at;
    }
    return best;
}

static bool is_article(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_ARTICLE);
}

static const GumboNode *find_body(const GumboNode *page, fh_arena *arena) {
    double score;
    const GumboNode *dense = densest(page, arena, &score), *said = named(page, says_body);
    measure found = said ? measure_of(said) : (measure){0};
    if (said && (double)(found.text - found.links) >= NAMED_LEAST * score) return said;
    said = named(page, is_article);
    for (const GumboNode *up = dense; up && said; up = up->parent)
        if (up == said) return dense; /* the densest within it: the rest is its head and its foot */
    found = said ? measure_of(said) : (measure){0};
    return said && (double)(found.text - found.links) >= score ? said : dense;
}

/* ---- Lines ---- */

static void add_line(fh_buf *out, fh_str line) {
    if (out->len) fh_buf_add_char(out, '\n');
    fh_buf_add(out, line);
}

/* Lines that say they are furniture, whatever their elements are called. */
static void keep_lines(fh_str text, fh_buf *out, fh_str *wire) {
    fh_str line, rest;
    while (fh_str_line(&text, &line)) {
        line = fh_str_trim(line);
        if (!line.len) continue;
        fh_line_kind kind = fh_page_line(line, &rest);
        if (kind == FH_LINE_SOURCE && rest.len) *wire = rest;
        if (kind == FH_LINE_TEXT || kind == FH_LINE_AUTHOR) add_line(out, line);
    }
}

/* `*wire` is what a line names as the source. */
static fh_str text_below(const GumboNode *node, fh_html_skip *skip, fh_arena *arena, fh_str *wire) {
    fh_buf all = {0}, kept = {0};
    fh_html_text(node, skip, &all);
    keep_lines(fh_buf_str(&all), &kept, wire);
    *wire = fh_arena_copy(arena, *wire);
    fh_str text = fh_arena_copy(arena, fh_buf_str(&kept));
    fh_buf_free(&all);
    fh_buf_free(&kept);
    return text;
}

void fh_html_body(const GumboNode *page, fh_arena *arena, fh_article *out) {
    const GumboNode *body = find_body(page, arena);
    fh_str wire = FH_STR(""), text = body ? text_below(body, is_furniture, arena, &wire) : FH_STR("");
    if (fh_utf8_count(text) < ARTICLE_LEAST) return;
    out->body = text;
    out->wire = wire;
}

fh_str fh_html_fragment(fh_str html, fh_arena *arena) {
    if (!html.len || (!memchr(html.ptr, '<', html.len) && !memchr(html.ptr, '&', html.len))) return html;
    fh_arena *tree = fh_arena_new();
    const GumboNode *page;
    fh_error ignored;
    fh_str text = html, wire = FH_STR("");
    if (fh_html_parse(html, tree, &page, &ignored) == FH_OK) {
        const GumboNode *body = fh_html_find(page, GUMBO_TAG_BODY);
        text = text_below(body ? body : page, is_furniture_of_fragment, arena, &wire);
    }
    fh_arena_free(tree);
    return text;
}
