/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the text of an article is on its page.
 *
 * A page may say so itself (microdata, <article>); else every paragraph speaks for what holds it, and the
 * element that most text speaks for is it (as in Kohlschütter and others, "Boilerplate Detection using
 * Shallow Text Features", 2010: long texts with few links).  Furniture within is left out by what its
 * elements are called and by how much of them is links. */
#include "base/utf8.h"
#include "indexer/formats/html_furniture.h"
#include "indexer/page_line.h"

#include <stdlib.h>

#define PARAGRAPH_LEAST 40 /* code points that speak for the element around them */
#define ARTICLE_LEAST 80   /* code points of text; less is no article */
#define NAMED_LEAST 0.25   /* share of the densest text that an element named for it must have */
#define RUN_SHARE 0.8      /* of a text in one run, what makes its paragraphs the same text */
#define NARROW_SHARE 0.9   /* of an element's text, in one of its children */
#define NARROW_MOST 20     /* steps down */
#define WRAPPERS_MOST 8    /* around one paragraph */

#define VOTES_BACK 256 /* a page of any shape takes time in proportion to its length */

/* ---- Finding it ---- */

/* The text an element has of its own, not in blocks within it. */
static size_t own_text(const GumboNode *node) {
    fh_measure found = fh_html_measure(node);
    return found.links * 2 > found.text ? 0 : found.text;
}

static bool is_one_of(const GumboNode *node, const GumboTag *tags, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (fh_html_is(node, tags[i])) return true;
    return false;
}

static bool is_paragraph(const GumboNode *node) {
    static const GumboTag tags[] = {GUMBO_TAG_P, GUMBO_TAG_PRE, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_H2,
                                    GUMBO_TAG_H3};
    return is_one_of(node, tags, sizeof tags / sizeof *tags);
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

static bool counts_as_child(const GumboNode *node) {
    if (node->type == GUMBO_NODE_TEXT) return fh_html_letters(fh_str_from(node->v.text.text)) > 0;
    return node->type == GUMBO_NODE_ELEMENT && !fh_html_is_script(node);
}

static bool is_only_child(const GumboNode *node) {
    const GumboVector *children = &node->parent->v.element.children;
    size_t count = 0;
    for (unsigned i = 0; i < children->length && count < 2; i++) count += counts_as_child(children->data[i]);
    return count < 2;
}

/* What holds a paragraph: not what is around it alone, as many programs wrap each. */
static const GumboNode *holder_of(const GumboNode *node) {
    const GumboNode *at = node;
    for (int i = 0; i < WRAPPERS_MOST && at->parent && at->parent->type == GUMBO_NODE_ELEMENT; i++) {
        if (fh_html_is(at->parent, GUMBO_TAG_BODY) || !is_only_child(at)) break;
        at = at->parent;
    }
    return at->parent;
}

static void vote_for_paragraph(votes *all, const GumboNode *node, size_t count) {
    const GumboNode *holder = holder_of(node);
    if (count < PARAGRAPH_LEAST || !holder) return;
    add_vote(all, holder, (double)count);
    add_vote(all, holder->parent, (double)count / 2);
}

/* A text between line breaks, in an element that has no paragraphs. */
static void vote_for_text(votes *all, const GumboNode *text) {
    static const GumboTag within[] = {GUMBO_TAG_SPAN, GUMBO_TAG_STRONG, GUMBO_TAG_B, GUMBO_TAG_FONT};
    const GumboNode *at = text;
    while (at->parent && is_one_of(at->parent, within, sizeof within / sizeof *within)) at = at->parent;
    if (!at->parent || fh_html_is(at->parent, GUMBO_TAG_A)) return;
    vote_for_paragraph(all, at, fh_html_letters(fh_str_from(text->v.text.text)));
}

static bool says_body(const GumboNode *node) {
    return fh_str_find(fh_html_attribute(node, "itemprop"), FH_STR("articleBody"), 0) != SIZE_MAX ||
           fh_str_equal(fh_html_attribute(node, "data-component"), FH_STR("text-block")) ||
           fh_str_equal(fh_html_attribute(node, "property"), FH_STR("articleBody")) ||
           fh_str_equal(fh_html_attribute(node, "property"), FH_STR("schema:text"));
}

/* A text for machines, in one run: the paragraphs stand elsewhere on the page. */
static bool is_run(const GumboNode *node) {
    static const GumboTag breaks[] = {GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_BR, GUMBO_TAG_LI};
    for (const GumboNode *at = node; (at = fh_html_next(node, at, false));)
        if (is_one_of(at, breaks, sizeof breaks / sizeof *breaks)) return false;
    return fh_html_is(node, GUMBO_TAG_DIV) || fh_html_is(node, GUMBO_TAG_SPAN);
}

static const GumboNode *most_voted(const votes *all, double *score) {
    const GumboNode *best = NULL;
    *score = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].score <= *score) continue;
        *score = all->items[i].score;
        best = all->items[i].node;
    }
    return best;
}

/* Down to the one child that has nearly all the text. */
static const GumboNode *narrowed(const GumboNode *node) {
    for (int steps = 0; node && steps < NARROW_MOST; steps++) {
        const GumboVector *children = &node->v.element.children;
        const GumboNode *inner = NULL;
        size_t whole = fh_html_measure(node).text;
        for (unsigned i = 0; i < children->length && !inner; i++) {
            const GumboNode *child = children->data[i];
            bool element = child->type == GUMBO_NODE_ELEMENT && !is_paragraph(child);
            if (element && (double)fh_html_measure(child).text >= NARROW_SHARE * (double)whole) inner = child;
        }
        if (!inner) break;
        node = inner;
    }
    return node;
}

static const GumboNode *densest(const GumboNode *page, fh_arena *arena, double *score) {
    votes all = {.arena = arena};
    fh_judge judge = fh_html_judge(page);
    bool over = false;
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, over)) {
        bool element = at->type == GUMBO_NODE_ELEMENT && at != page;
        bool paragraph = element && is_paragraph(at);
        bool around = element && !fh_html_is(at, GUMBO_TAG_HTML) && fh_html_is_around(at, &judge);
        over = paragraph || around || (element && says_body(at) && is_run(at));
        if (at->type == GUMBO_NODE_TEXT) vote_for_text(&all, at);
        if (paragraph && !around) vote_for_paragraph(&all, at, own_text(at));
    }
    const GumboNode *best = most_voted(&all, score);
    bool headed = fh_html_find(page, GUMBO_TAG_H1); /* else headline and date are lines of the text */
    return headed ? narrowed(best) : best;
}

/* Of all elements that are called the article, the one with most text; what is around them, where each is a
 * piece of it. */
static const GumboNode *named(const GumboNode *page, bool (*is_so)(const GumboNode *), bool pieces) {
    const GumboNode *best = NULL, *before = NULL;
    size_t most = 0;
    bool over = false; /* one within another has no more text */
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, over)) {
        over = at->type == GUMBO_NODE_ELEMENT && is_so(at);
        if (!over) continue;
        fh_measure found = fh_html_measure(at);
        bool piece = pieces && before && before->parent == at->parent;
        before = at;
        if (piece && best && (best == at->parent || best->parent == at->parent)) {
            best = at->parent;
            most += found.text - found.links;
        } else if (found.text - found.links > most) {
            most = found.text - found.links;
            best = at;
        }
    }
    return best;
}

static bool is_article(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_ARTICLE);
}

static double plain_letters(const GumboNode *node) {
    fh_measure found = node ? fh_html_measure(node) : (fh_measure){0};
    return (double)(found.text - found.links);
}

static const GumboNode *find_body(const GumboNode *page, fh_arena *arena) {
    double score;
    const GumboNode *dense = densest(page, arena, &score), *said = named(page, says_body, true);
    if (said && is_run(said) && plain_letters(dense) >= RUN_SHARE * plain_letters(said)) return dense;
    if (said && plain_letters(said) >= NAMED_LEAST * score) return said;
    said = named(page, is_article, false);
    for (const GumboNode *up = dense; up && said; up = up->parent)
        if (up == said) return dense; /* the densest within it: the rest is its head and its foot */
    return dense && (!said || plain_letters(said) < score || plain_letters(dense) >= plain_letters(said))
               ? dense
               : said;
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

/* In a piece that a feed carries, nothing is known by its place. */
static bool is_furniture_of_fragment(const GumboNode *node, void *judge) {
    (void)judge;
    return fh_html_is(node, GUMBO_TAG_FIGURE) || fh_html_is(node, GUMBO_TAG_FIGCAPTION) ||
           fh_html_is_hidden(node);
}

/* `*wire` is what a line names as the source. */
static fh_str text_below(const GumboNode *node, fh_html_skip *skip, fh_arena *arena, fh_str *wire) {
    fh_buf all = {0}, kept = {0};
    fh_judge judge = fh_html_judge(node);
    fh_html_text(node, skip, &judge, &all);
    keep_lines(fh_buf_str(&all), &kept, wire);
    *wire = fh_arena_copy(arena, *wire);
    fh_str text = fh_arena_copy(arena, fh_buf_str(&kept));
    fh_buf_free(&all);
    fh_buf_free(&kept);
    return text;
}

void fh_html_body(const GumboNode *page, fh_arena *arena, fh_article *out) {
    const GumboNode *body = find_body(page, arena);
    fh_str wire = FH_STR(""), text = body ? text_below(body, fh_html_is_furniture, arena, &wire) : FH_STR("");
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
