/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items to a tree, by recursive descent:
 *
 *     or      = and (OR and)*
 *     and     = unary (AND? unary)*
 *     unary   = (NOT | "-" | "+") unary | FIELD? operand
 *     operand = WORD | PREFIX | PHRASE | "(" or ")"
 *
 * AND binds closer than OR.  Groups of the same kind within each other become one. */
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "query/chars.h"
#include "query/complain.h"
#include "query/period.h"
#include "query/scan.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct parser {
    fh_str text;
    fh_arena *arena;
    const fh_item *item; /* the next one */
    fh_scope scope;
    size_t depth, words;
    fh_error *err;
} parser;

static fh_status parse_or(parser *p, fh_node **out);
static fh_status parse_unary(parser *p, fh_node **out);

enum { MIN_PREFIX = 2 }; /* letters before a star: with one, the words are too many to mean anything */

/* ---- Errors ---- */

static fh_status more_than(parser *p, unsigned limit, const char *what, const char *hint) {
    char message[80];
    snprintf(message, sizeof message, "the query has more than %u %s", limit, what);
    return fh_query_fail(p->text, p->item->start, FH_ERR_LIMIT, message, hint, p->err);
}

/* ---- Nodes ---- */

static fh_node *new_node(parser *p, fh_node_kind kind) {
    fh_node *node = fh_arena_take_zeroed(p->arena, sizeof *node);
    node->kind = kind;
    node->scope = p->scope;
    return node;
}

/* Kids as they are found; ended by finish_group, which gives them to the arena. */
typedef struct group {
    fh_node_kind kind;
    fh_node **kids;
    size_t count, capacity;
} group;

static void add_one(group *g, fh_node *kid) {
    g->kids = fh_grow(g->kids, g->count, &g->capacity, sizeof *g->kids);
    g->kids[g->count++] = kid;
}

static void add_kid(group *g, fh_node *kid) {
    if (kid->kind != g->kind) {
        add_one(g, kid);
        return;
    }
    size_t i = 0;
    do add_one(g, kid->kids[i]); /* a group has two at least */
    while (++i < kid->kid_count);
}

static fh_node *finish_group(parser *p, group *g) {
    fh_node *node = g->kids[0];
    if (g->count > 1) {
        node = new_node(p, g->kind);
        node->kids = FH_ARENA_ARRAY(p->arena, fh_node *, g->count);
        memcpy(node->kids, g->kids, g->count * sizeof *g->kids);
        node->kid_count = g->count;
    }
    free(g->kids);
    return node;
}

/* What is unwanted cannot be insisted on, and what is unwanted twice is wanted. */
static fh_node *wrap(parser *p, fh_node_kind kind, fh_node *kid) {
    if (kind == FH_NODE_NOT && kid->kind == FH_NODE_NOT) return kid->kids[0];
    if (kid->kind == kind || kid->kind == FH_NODE_NOT) return kid;
    fh_node *node = new_node(p, kind);
    node->kids = FH_ARENA_ARRAY(p->arena, fh_node *, 1);
    node->kids[0] = kid;
    node->kid_count = 1;
    return node;
}

/* ---- The grammar ---- */

static fh_status count_words(parser *p, size_t more) {
    p->words += more;
    if (p->words <= FH_MAX_QUERY_TERMS) return FH_OK;
    return more_than(p, FH_MAX_QUERY_TERMS, "words", "leave out those that matter least");
}

static fh_status parse_leaf(parser *p, fh_node_kind kind, fh_node **out) {
    fh_status status = count_words(p, fh_count_words(p->item->text));
    if (status) return status;
    fh_node *node = new_node(p, kind);
    node->text = p->item->text;
    p->item++;
    *out = node;
    return FH_OK;
}

static fh_status parse_prefix(parser *p, fh_node **out) {
    if (fh_utf8_count(p->item->text) < MIN_PREFIX)
        return fh_query_fail(p->text, p->item->start, FH_ERR_USAGE, "one letter is too little before a star",
                             "write more of the word, or leave out the star", p->err);
    return parse_leaf(p, FH_NODE_PREFIX, out);
}

static fh_status parse_period(parser *p, fh_node **out) {
    fh_node *node = new_node(p, FH_NODE_DATE);
    const fh_item *item = p->item;
    const char *problem =
        fh_period_parse(item->text, (int)item->field->relation, p->arena, &node->from, &node->to);
    if (problem)
        return fh_query_fail(p->text, (size_t)(item->text.ptr - p->text.ptr), FH_ERR_USAGE, problem,
                             "write a year, a month or a day, or two of them: date:2023, date:2023-11-05, "
                             "date:2023-11..2024-05",
                             p->err);
    fh_status status = count_words(p, 1);
    if (status) return status;
    p->item++;
    *out = node;
    return FH_OK;
}

static fh_status parse_group(parser *p, fh_node **out) {
    const fh_item *open = p->item++;
    if (p->item->kind == FH_ITEM_CLOSE)
        return fh_query_expected(p->text, p->item->start, "a word or a phrase",
                                 "write something between the parentheses, or leave them out", p->err);
    fh_node *node;
    fh_status status = parse_or(p, &node);
    if (status) return status;
    if (p->item->kind != FH_ITEM_CLOSE)
        return fh_query_expected(p->text, open->start, "another parenthesis to close the one",
                                 "close it, or leave it out", p->err);
    p->item++;
    *out = node;
    return FH_OK;
}

static fh_status expected_operand(parser *p, size_t at) {
    return fh_query_expected(p->text, at, "a word, a phrase or a group",
                             "put quotation marks around what should be searched as it stands", p->err);
}

static fh_status parse_operand(parser *p, fh_node **out) {
    switch (p->item->kind) {
    case FH_ITEM_WORD: return parse_leaf(p, FH_NODE_WORD, out);
    case FH_ITEM_PREFIX: return parse_prefix(p, out);
    case FH_ITEM_PHRASE: return parse_leaf(p, FH_NODE_PHRASE, out);
    case FH_ITEM_OPEN: return parse_group(p, out);
    default: return expected_operand(p, p->item->start);
    }
}

/* What a colon or a sign belongs to stands right behind it. */
static fh_status check_attached(parser *p) {
    size_t end = p->item[-1].end;
    return p->item->start == end ? FH_OK : expected_operand(p, end);
}

static fh_status parse_field(parser *p, fh_node **out) {
    if (p->item->field->dates) return parse_period(p, out);
    fh_scope outer = p->scope;
    p->scope = p->item->field->scope;
    p->item++;
    fh_status status = check_attached(p);
    if (status == FH_OK) status = parse_operand(p, out);
    p->scope = outer;
    return status;
}

static fh_status parse_signed(parser *p, fh_node_kind kind, fh_node **out) {
    fh_node *kid;
    bool sign = p->item->kind != FH_ITEM_NOT;
    p->item++;
    fh_status status = sign ? check_attached(p) : FH_OK;
    if (status == FH_OK) status = parse_unary(p, &kid);
    if (status) return status;
    *out = wrap(p, kind, kid);
    return FH_OK;
}

static fh_status parse_unary(parser *p, fh_node **out) {
    if (++p->depth > FH_MAX_QUERY_DEPTH)
        return more_than(p, FH_MAX_QUERY_DEPTH, "groups within each other",
                         "write it with fewer parentheses");
    fh_status status;
    switch (p->item->kind) {
    case FH_ITEM_MINUS:
    case FH_ITEM_NOT: status = parse_signed(p, FH_NODE_NOT, out); break;
    case FH_ITEM_PLUS: status = parse_signed(p, FH_NODE_MUST, out); break;
    case FH_ITEM_FIELD: status = parse_field(p, out); break;
    default: status = parse_operand(p, out); break;
    }
    p->depth--;
    return status;
}

static fh_status parse_and(parser *p, fh_node **out) {
    group g = {.kind = FH_NODE_AND};
    fh_status status = FH_OK;
    do {
        fh_node *kid;
        if (p->item->kind == FH_ITEM_AND) p->item++;
        status = parse_unary(p, &kid);
        if (status) break;
        /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): it forgets what parse_operand returned */
        add_kid(&g, kid);
    } while (p->item->kind == FH_ITEM_AND || fh_item_begins(p->item->kind));
    if (status) {
        free(g.kids);
        return status;
    }
    *out = finish_group(p, &g);
    return FH_OK;
}

static fh_status parse_or(parser *p, fh_node **out) {
    group g = {.kind = FH_NODE_OR};
    fh_status status;
    for (;;) {
        fh_node *kid;
        status = parse_and(p, &kid);
        if (status) break;
        add_kid(&g, kid);
        if (p->item->kind != FH_ITEM_OR) break;
        p->item++;
    }
    if (status) {
        free(g.kids);
        return status;
    }
    *out = finish_group(p, &g);
    return FH_OK;
}

static fh_status check_text(fh_str text, fh_error *err) {
    if (text.len > FH_MAX_QUERY)
        return fh_fail(err, FH_ERR_LIMIT, NULL, "leave out the words that matter least",
                       "the query is too long: %zu bytes, and %u are allowed", text.len, FH_MAX_QUERY);
    size_t bad = fh_utf8_invalid(text);
    if (bad != SIZE_MAX)
        return fh_query_fail(text, bad, FH_ERR_USAGE, "the query is not valid UTF-8",
                             "set the terminal or the program that asks to UTF-8", err);
    return FH_OK;
}

fh_status fh_query_parse(fh_str text, fh_arena *arena, fh_node **out, fh_error *err) {
    fh_items items;
    fh_status status = check_text(text, err);
    if (status == FH_OK) status = fh_query_scan(text, arena, &items, err);
    if (status) return status;
    parser p = {.text = text, .arena = arena, .item = items.items, .scope = FH_SCOPE_TEXT, .err = err};
    if (!items.count) {
        *out = new_node(&p, FH_NODE_AND);
        return FH_OK;
    }
    fh_node *node = NULL;
    if (p.item->kind != FH_ITEM_CLOSE) {
        status = parse_or(&p, &node);
        if (status) return status;
    }
    if (p.item->kind != FH_ITEM_END)
        return fh_query_fail(text, p.item->start, FH_ERR_USAGE, "this parenthesis closes nothing",
                             "open it before, or leave it out", err);
    *out = node;
    return FH_OK;
}
