/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in an element: names without prefixes, text, paragraphs. */
#include "base/buf.h"
#include "indexer/formats/xml.h"

#include <strings.h>

typedef enum effect { INLINE, BLOCK, DROP } effect;

/* NITF and XHTML have most names in common. */
static const struct {
    const char *name;
    effect effect;
} effects[] = {
    {"p", BLOCK},     {"br", BLOCK},         {"div", BLOCK},        {"li", BLOCK},      {"ul", BLOCK},
    {"ol", BLOCK},    {"dl", BLOCK},         {"dt", BLOCK},         {"dd", BLOCK},      {"tr", BLOCK},
    {"td", BLOCK},    {"th", BLOCK},         {"table", BLOCK},      {"hr", BLOCK},      {"pre", BLOCK},
    {"bq", BLOCK},    {"block", BLOCK},      {"blockquote", BLOCK}, {"section", BLOCK}, {"article", BLOCK},
    {"hl1", BLOCK},   {"hl2", BLOCK},        {"h1", BLOCK},         {"h2", BLOCK},      {"h3", BLOCK},
    {"h4", BLOCK},    {"h5", BLOCK},         {"h6", BLOCK},         {"head", BLOCK},    {"lb", BLOCK},
    {"note", BLOCK},  {"para", BLOCK},       {"item", BLOCK},       {"header", DROP},   {"footer", DROP},
    {"aside", DROP},  {"figcaption", BLOCK}, {"media", DROP},       {"figure", DROP},   {"object", DROP},
    {"script", DROP}, {"style", DROP},       {"noscript", DROP},    {"iframe", DROP},   {"audio", DROP},
    {"video", DROP},  {"nitf-table", BLOCK}, {"title", BLOCK},
};

static effect effect_of(const xmlNode *node) {
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (fh_xml_is(node, effects[i].name)) return effects[i].effect;
    return INLINE;
}

static fh_str from_xml(const xmlChar *text) {
    return fh_str_from((const char *)text);
}

/* The next node in document order below `top`; with `over`, behind all that is in `node`. */
static const xmlNode *following(const xmlNode *top, const xmlNode *node, bool over) {
    if (!over && node->type == XML_ELEMENT_NODE && node->children) return node->children;
    while (node != top && !node->next) node = node->parent;
    return node == top ? NULL : node->next;
}

/* ---- Finding ---- */

static const xmlNode *first_called(const xmlNode *node, fh_str name) {
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || strlen((const char *)node->name) != name.len) continue;
        if (!strncasecmp((const char *)node->name, name.ptr, name.len)) return node;
    }
    return NULL;
}

const xmlNode *fh_xml_find(const xmlNode *node, const char *path) {
    if (!node) return NULL;
    const char *slash = strchr(path, '/');
    fh_str name = slash ? (fh_str){path, (size_t)(slash - path)} : fh_str_from(path);
    const xmlNode *child = first_called(node->children, name);
    if (!slash) return child;
    for (; child; child = first_called(child->next, name)) {
        const xmlNode *found = fh_xml_find(child, slash + 1);
        if (found) return found;
    }
    return NULL;
}

const xmlNode *fh_xml_search_on(const xmlNode *top, const xmlNode *after, const char *name) {
    if (!top || !after) return NULL;
    for (const xmlNode *at = following(top, after, false); at; at = following(top, at, false))
        if (fh_xml_is(at, name)) return at;
    return NULL;
}

const xmlNode *fh_xml_search(const xmlNode *top, const char *name) {
    return fh_xml_search_on(top, top, name);
}

const xmlNode *fh_xml_again(const xmlNode *node, const char *name) {
    return node ? first_called(node->next, fh_str_from(name)) : NULL;
}

/* ---- Text ---- */

static fh_str kept(fh_buf *text, fh_arena *arena) {
    fh_str copy = fh_arena_copy(arena, fh_buf_str(text));
    fh_buf_free(text);
    return copy;
}

fh_str fh_xml_attribute(const xmlNode *node, const char *name, fh_arena *arena) {
    if (!node || node->type != XML_ELEMENT_NODE) return FH_STR("");
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        if (xmlStrcasecmp(attribute->name, BAD_CAST name) != 0) continue;
        fh_buf text = {0};
        for (const xmlNode *part = attribute->children; part; part = part->next)
            if (part->type == XML_TEXT_NODE && part->content) fh_buf_add(&text, from_xml(part->content));
        return kept(&text, arena);
    }
    return FH_STR("");
}

static bool is_text(const xmlNode *node) {
    return (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content;
}

fh_str fh_xml_text(const xmlNode *node, fh_arena *arena) {
    fh_buf text = {0};
    for (const xmlNode *at = node; at; at = following(node, at, false))
        if (is_text(at)) fh_buf_add(&text, from_xml(at->content));
    return kept(&text, arena);
}

/* Line ends within a paragraph are blanks. */
static void add_run(fh_buf *text, fh_str run) {
    for (size_t i = 0; i < run.len; i++) {
        char byte = run.ptr[i];
        fh_buf_add_char(text, byte == '\n' || byte == '\r' ? ' ' : byte);
    }
}

fh_str fh_xml_blocks(const xmlNode *node, fh_arena *arena) {
    fh_buf text = {0};
    bool over = false;
    for (const xmlNode *at = node, *before = NULL; at; at = following(node, at, over)) {
        /* What was left behind on the way up ends its line too. */
        for (const xmlNode *left = before; left && left != at->parent && left != node; left = left->parent)
            if (left->type == XML_ELEMENT_NODE && effect_of(left) == BLOCK) fh_buf_add_char(&text, '\n');
        effect what = at->type == XML_ELEMENT_NODE ? effect_of(at) : INLINE;
        over = what == DROP && at != node;
        if (what == BLOCK) fh_buf_add_char(&text, '\n');
        if (is_text(at)) add_run(&text, from_xml(at->content));
        before = at;
    }
    return kept(&text, arena);
}

/* ---- Beginnings ---- */

static size_t skip_to(fh_str text, size_t at, fh_str end) {
    size_t found = fh_str_find(text, end, at);
    return found == SIZE_MAX ? text.len : found + end.len;
}

/* Behind a declaration, which may hold others in brackets. */
static size_t skip_declaration(fh_str text, size_t at) {
    int brackets = 0;
    for (; at < text.len; at++) {
        brackets += (text.ptr[at] == '[') - (text.ptr[at] == ']');
        if (text.ptr[at] == '>' && brackets <= 0) return at + 1;
    }
    return at;
}

bool fh_xml_begins(fh_str head, const char *const *names) {
    size_t at = 0;
    while (at < head.len) {
        fh_str rest = fh_str_slice(head, at, head.len);
        if ((unsigned char)rest.ptr[0] <= ' ')
            at++;
        else if (fh_str_starts(rest, FH_STR("<?")))
            at = skip_to(head, at, FH_STR("?>"));
        else if (fh_str_starts(rest, FH_STR("<!--")))
            at = skip_to(head, at, FH_STR("-->"));
        else if (fh_str_starts(rest, FH_STR("<!")))
            at = skip_declaration(head, at);
        else
            break;
    }
    if (at >= head.len || head.ptr[at] != '<') return false;
    size_t from = ++at;
    for (; at < head.len && !strchr("> /\t\r\n", head.ptr[at]); at++)
        if (head.ptr[at] == ':') from = at + 1;
    fh_str name = fh_str_slice(head, from, at);
    for (; *names; names++)
        if (strlen(*names) == name.len && !strncasecmp(*names, name.ptr, name.len)) return true;
    return false;
}
