/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to trees.  All of a tree's memory is an arena's: gumbo's own way of giving it back goes down by
 * recursion, as deep as a page is. */
#include "indexer/formats/html.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define CHARSET_LOOK 4096

enum { LAST_CHARACTER = 0x10FFFF };

static void *take(void *arena, size_t bytes) {
    return fh_arena_take(arena, bytes);
}

static void give(void *arena, void *memory) {
    (void)arena;
    (void)memory;
}

/* ---- Limits ---- */

/* Elements that end by themselves, or have no end. */
static bool nests(fh_str name) {
    static const char *const flat[] = {
        "p",  "li",   "br",   "hr",  "img", "meta",  "link",   "input", "td",    "th",     "tr",    "dt",
        "dd", "area", "base", "col", "wbr", "param", "source", "embed", "track", "option", "tbody", "thead"};
    for (size_t i = 0; i < sizeof flat / sizeof *flat; i++)
        if (strlen(flat[i]) == name.len && !strncasecmp(flat[i], name.ptr, name.len)) return false;
    return true;
}

/* Counts tags as they are written: no page that is meant to be read comes near the limits. */
static fh_status check(fh_str html, fh_error *err) {
    size_t tags = 0, open = 0;
    if (html.len > FH_MAX_PAGE)
        return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "a page longer than %u MiB", FH_MAX_PAGE >> 20);
    for (const char *at = html.ptr, *end = html.ptr + html.len;
         at < end && (at = memchr(at, '<', (size_t)(end - at))); at++) {
        bool closes = at + 1 < end && at[1] == '/';
        const char *from = at + 1 + closes, *to = from;
        while (to < end && isalnum((unsigned char)*to)) to++;
        if (to == from) continue;
        tags++;
        bool counted = nests((fh_str){from, (size_t)(to - from)});
        if (counted && closes && open) open--;
        if (counted && !closes) open++;
        if (open > FH_MAX_NESTING || tags > FH_MAX_TAGS)
            return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "a page with more than %d tags, or %d open at once",
                           FH_MAX_TAGS, FH_MAX_NESTING);
    }
    return FH_OK;
}

/* gumbo does not look whether the number of a reference still fits where it counts: one above all characters
 * becomes that of U+FFFD, behind zeros. */
static fh_str bound_references(fh_str html, fh_arena *arena) {
    bool copied = false;
    for (size_t at = 0; (at = fh_str_find(html, FH_STR("&#"), at)) != SIZE_MAX; at++) {
        bool hex = at + 2 < html.len && (html.ptr[at + 2] == 'x' || html.ptr[at + 2] == 'X');
        size_t from = at + 2 + hex, to = from;
        fh_str replacement = hex ? FH_STR("FFFD") : FH_STR("65533");
        unsigned long number = 0;
        for (; to < html.len && (hex ? isxdigit : isdigit)((unsigned char)html.ptr[to]); to++) {
            const char digit[] = {html.ptr[to], '\0'};
            if (number <= LAST_CHARACTER) number = number * (hex ? 16 : 10) + strtoul(digit, NULL, 16);
        }
        if (number <= LAST_CHARACTER) continue;
        if (!copied) html = fh_arena_copy(arena, html);
        copied = true;
        memset((char *)html.ptr + from, '0', to - from);
        memcpy((char *)html.ptr + to - replacement.len, replacement.ptr, replacement.len);
    }
    return html;
}

fh_status fh_html_parse(fh_str html, fh_arena *arena, const GumboNode **out, fh_error *err) {
    fh_status status = check(html, err);
    if (status != FH_OK) return status;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = arena;
    options.max_errors = 0;
    html = bound_references(html, arena);
    *out = gumbo_parse_with_options(&options, html.ptr, html.len)->document;
    return FH_OK;
}

/* ---- Walking ---- */

static const GumboVector *children_of(const GumboNode *node) {
    if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        return &node->v.element.children;
    return NULL;
}

bool fh_html_is(const GumboNode *node, GumboTag tag) {
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

fh_str fh_html_attribute(const GumboNode *node, const char *name) {
    if (node->type != GUMBO_NODE_ELEMENT) return FH_STR("");
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? fh_str_from(found->value) : FH_STR("");
}

const GumboNode *fh_html_next(const GumboNode *top, const GumboNode *node, bool over) {
    const GumboVector *children = over ? NULL : children_of(node);
    if (children && children->length) return children->data[0];
    while (node != top) {
        const GumboVector *beside = children_of(node->parent);
        if (beside && node->index_within_parent + 1 < beside->length)
            return beside->data[node->index_within_parent + 1];
        node = node->parent;
    }
    return NULL;
}

const GumboNode *fh_html_find(const GumboNode *top, GumboTag tag) {
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, false))
        if (fh_html_is(at, tag)) return at;
    return NULL;
}

/* ---- Text ---- */

static bool is_inline(GumboTag tag) {
    static const GumboTag tags[] = {
        GUMBO_TAG_A,   GUMBO_TAG_ABBR,  GUMBO_TAG_B,    GUMBO_TAG_BDI,    GUMBO_TAG_BDO,  GUMBO_TAG_CITE,
        GUMBO_TAG_EM,  GUMBO_TAG_FONT,  GUMBO_TAG_I,    GUMBO_TAG_IMG,    GUMBO_TAG_MARK, GUMBO_TAG_Q,
        GUMBO_TAG_S,   GUMBO_TAG_SMALL, GUMBO_TAG_SPAN, GUMBO_TAG_STRONG, GUMBO_TAG_SUB,  GUMBO_TAG_SUP,
        GUMBO_TAG_U,   GUMBO_TAG_TIME,  GUMBO_TAG_WBR,  GUMBO_TAG_CODE,   GUMBO_TAG_DFN,  GUMBO_TAG_DEL,
        GUMBO_TAG_INS, GUMBO_TAG_LABEL, GUMBO_TAG_TT,   GUMBO_TAG_STRIKE, GUMBO_TAG_BIG,  GUMBO_TAG_DATA};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tags[i] == tag) return true;
    return false;
}

static bool is_never_read(const GumboNode *node) {
    static const GumboTag tags[] = {
        GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_SVG,
        GUMBO_TAG_OBJECT,   GUMBO_TAG_AUDIO,    GUMBO_TAG_VIDEO,    GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON,
        GUMBO_TAG_TEXTAREA, GUMBO_TAG_TEMPLATE, GUMBO_TAG_HEAD,     GUMBO_TAG_MATH};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (fh_html_is(node, tags[i])) return true;
    return node->type == GUMBO_NODE_TEMPLATE;
}

static bool is_block(const GumboNode *node) {
    return node->type == GUMBO_NODE_ELEMENT && !is_inline(node->v.element.tag);
}

/* Line ends are blanks, but where they are kept on purpose. */
static void add_run(const GumboNode *text, fh_buf *out) {
    bool kept = text->parent && fh_html_is(text->parent, GUMBO_TAG_PRE);
    for (const char *at = text->v.text.text; *at; at++)
        fh_buf_add_char(out, (*at == '\n' || *at == '\r') && !kept ? ' ' : *at);
}

void fh_html_text(const GumboNode *top, fh_html_skip *skip, void *context, fh_buf *out) {
    bool over = false;
    const GumboNode *before = NULL;
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, over)) {
        for (const GumboNode *left = before; left && left != at->parent && left != top; left = left->parent)
            if (is_block(left)) fh_buf_add_char(out, '\n');
        over =
            at != top && at->type == GUMBO_NODE_ELEMENT && (is_never_read(at) || (skip && skip(at, context)));
        if (is_block(at)) fh_buf_add_char(out, '\n');
        bool text =
            at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE || at->type == GUMBO_NODE_CDATA;
        if (text) add_run(at, out);
        before = at;
    }
}

/* ---- Charset ---- */

static size_t find_ignoring_case(fh_str text, const char *needle, size_t from) {
    size_t length = strlen(needle);
    for (size_t at = from; at + length <= text.len; at++)
        if (!strncasecmp(text.ptr + at, needle, length)) return at;
    return SIZE_MAX;
}

fh_str fh_html_charset(fh_str bytes) {
    if (bytes.len > CHARSET_LOOK) bytes.len = CHARSET_LOOK;
    for (size_t at = 0; (at = find_ignoring_case(bytes, "<meta", at)) != SIZE_MAX; at++) {
        const char *close = memchr(bytes.ptr + at, '>', bytes.len - at);
        if (!close) break;
        fh_str tag = fh_str_slice(bytes, at, (size_t)(close - bytes.ptr));
        size_t from = find_ignoring_case(tag, "charset", 0);
        if (from == SIZE_MAX) continue;
        from += strlen("charset");
        while (from < tag.len && strchr(" =\"'", tag.ptr[from])) from++;
        size_t to = from;
        while (to < tag.len && !strchr(" \"';/>", tag.ptr[to])) to++;
        if (to > from) return fh_str_slice(tag, from, to);
    }
    return FH_STR("");
}
