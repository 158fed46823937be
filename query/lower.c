/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lowering: a word becomes its stem, exact spelling counting more; words that name an entity may also be met
 * by its other names; what is quoted or insisted on is compared as spelled. */
#include "query/known.h"
#include "query/lowering.h"
#include "query/run.h"

#include <stdlib.h>

static fh_query *lower_node(fh_lowerer *l, const fh_node *node, bool exact);
static fh_query *lower_and(fh_lowerer *l, const fh_node *const *kids, size_t count, bool exact);

/* ---- Words side by side ---- */

/* One node of a run. */
static fh_query *lower_run_node(fh_lowerer *l, const fh_run *r, size_t node) {
    size_t from = fh_run_token(r, node), to = fh_run_token(r, node + 1);
    fh_query *query = fh_lower_tokens(l, FH_SCOPE_TEXT, r->tokens.items, from, to);
    bool one_word = to == from + 1 && query && !l->negated;
    if (one_word && l->leaf_count) {
        fh_leaf *leaf = &l->leaves[l->leaf_count - 1];
        leaf->typed = r->nodes[node]->text;
        leaf->folded = r->tokens.items[from].folded;
    }
    return query;
}

/* The nodes [from, to) are an entity's name: they, or the entity by any name.  Where any word will do, each
 * stands for itself. */
static void lower_name(fh_lowerer *l, const fh_run *r, const fh_named *named, size_t from, size_t to,
                       bool any, fh_ops *out) {
    bool sure = named->how == FH_NAMING_LISTED || named->how == FH_NAMING_RECOGNISED;
    const fh_ranking *ranking = l->how->ranking;
    fh_ops words = {0}, either = {0};
    size_t first = l->leaf_count;
    for (size_t i = from; i < to; i++) fh_ops_add(any ? out : &words, lower_run_node(l, r, i));
    for (size_t i = first; i < l->leaf_count; i++) l->leaves[i].typed = (fh_str){0};
    fh_ops_add(&either, fh_op_join(l->arena, FH_OP_AND, &words));
    fh_ops_add(&either, fh_lower_entity(l, named, sure ? ranking->entity : ranking->near));
    fh_ops_add(out, fh_op_join(l->arena, FH_OP_OR, &either));
}

/* A nisba asks for the place only where nothing else is asked: who looks for أفلام فرنسية does not look for
 * France. */
static bool stands_for_entity(const fh_run *r, const fh_mention *mention, size_t nodes) {
    return mention->form == FH_FORM_NAME || nodes == r->count;
}

/* The name that begins with a node, and the node behind it. */
static bool name_at(const fh_lowerer *l, const fh_run *r, size_t node, fh_named *out, size_t *to) {
    const fh_named *resolved = fh_lower_resolved(l, r->nodes[node]->text);
    if (resolved) {
        const char *end = resolved->typed.ptr + resolved->typed.len;
        *out = *resolved;
        for (*to = node; *to < r->count && r->nodes[*to]->text.ptr < end;) ++*to;
        return true;
    }
    for (size_t i = 0; i < r->mentions.count; i++) {
        const fh_mention *mention = &r->mentions.items[i];
        if (fh_run_node(r, mention->start) != node) continue;
        *to = fh_run_node(r, mention->end - 1) + 1;
        if (!stands_for_entity(r, mention, *to - node)) return false;
        *out = fh_named_mention(fh_run_typed(r, node, *to), mention);
        return true;
    }
    return false;
}

static void lower_run(fh_lowerer *l, const fh_node *const *nodes, size_t count, bool any, fh_ops *out) {
    fh_run r = fh_run_read(l->how->analyser, l->how->gazetteer, nodes, count, l->arena);
    fh_named named;
    for (size_t node = 0, to; node < count; node = to) {
        if (name_at(l, &r, node, &named, &to)) {
            lower_name(l, &r, &named, node, to, any, out);
        } else {
            fh_ops_add(out, lower_run_node(l, &r, node));
            to = node + 1;
        }
    }
}

/* ---- Nodes ---- */

static fh_query *lower_word(fh_lowerer *l, const fh_node *node) {
    if (fh_is_plain_word(node)) return lower_and(l, &node, 1, false);
    fh_tokens tokens = fh_analyse(l->how->analyser, node->text, l->arena);
    return fh_lower_tokens(l, node->scope, tokens.items, 0, tokens.count);
}

static fh_query *lower_date(fh_lowerer *l, const fh_node *node) {
    /* An unknown date is empty and lies before any other: it is in no span. */
    fh_str low = node->from.len ? node->from : FH_STR("0"), high = node->to;
    /* A time of the last day is a longer key: it must not lie behind the day. */
    if (high.len) high = fh_arena_format(l->arena, "%.*s~", FH_STR_ARG(high));
    return fh_op_range(l->arena, FH_SLOT_PUBLISHED, low, high);
}

static fh_query *lower_or(fh_lowerer *l, const fh_node *node, bool exact) {
    fh_ops kids = {0};
    for (size_t i = 0; i < node->kid_count; i++) fh_ops_add(&kids, lower_node(l, node->kids[i], exact));
    return fh_op_join(l->arena, FH_OP_OR, &kids);
}

/* What an AND is made of. */
typedef struct parts {
    fh_ops loose; /* what a widened search may do without */
    fh_ops added; /* what ranks, and is found by itself only where a search is widened */
    fh_ops kept, filters, unwanted;
} parts;

static bool is_loose(const fh_node *node) {
    bool text = node->kind == FH_NODE_WORD || node->kind == FH_NODE_PREFIX || node->kind == FH_NODE_PHRASE;
    return text ? node->scope == FH_SCOPE_TEXT : node->kind == FH_NODE_OR || node->kind == FH_NODE_AND;
}

static void lower_unwanted(fh_lowerer *l, const fh_node *node, bool exact, parts *out) {
    bool outer = l->negated, stops = l->keep_stops;
    l->negated = true;
    l->keep_stops = true;
    fh_ops_add(&out->unwanted, lower_node(l, node->kids[0], exact));
    l->negated = outer;
    l->keep_stops = stops;
}

static void lower_part(fh_lowerer *l, const fh_node *node, bool exact, parts *out) {
    if (node->kind == FH_NODE_NOT) {
        lower_unwanted(l, node, exact, out);
    } else if (node->kind == FH_NODE_DATE) {
        fh_ops_add(&out->filters, lower_date(l, node));
    } else {
        fh_ops_add(is_loose(node) ? &out->loose : &out->kept, lower_node(l, node, exact));
    }
}

static fh_query *join_parts(fh_lowerer *l, parts *p, bool any) {
    fh_query *query;
    if (any) {
        fh_ops loose = {0};
        fh_ops_append(&p->loose, &p->added);
        fh_ops_add(&loose, fh_op_join(l->arena, FH_OP_OR, &p->loose));
        query = fh_op_join_first(l->arena, FH_OP_MAYBE, fh_op_join(l->arena, FH_OP_AND, &p->kept), &loose);
    } else {
        fh_ops_append(&p->loose, &p->kept);
        query =
            fh_op_join_first(l->arena, FH_OP_MAYBE, fh_op_join(l->arena, FH_OP_AND, &p->loose), &p->added);
    }
    if (!query && (p->filters.count || p->unwanted.count)) query = fh_op_all(l->arena);
    query = fh_op_join_first(l->arena, FH_OP_FILTER, query, &p->filters);
    return fh_op_join_first(l->arena, FH_OP_NOT, query, &p->unwanted);
}

static parts lower_parts(fh_lowerer *l, const fh_node *const *kids, size_t count, bool exact, bool any) {
    parts p = {0};
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (!exact && end < count && fh_is_plain_word(kids[end])) end++;
        if (end > i) {
            lower_run(l, kids + i, end - i, any, &p.loose);
            i = end;
        } else {
            lower_part(l, kids[i++], exact, &p);
        }
    }
    return p;
}

static fh_query *lower_and(fh_lowerer *l, const fh_node *const *kids, size_t count, bool exact) {
    parts p = lower_parts(l, kids, count, exact, false);
    return join_parts(l, &p, false);
}

static fh_query *lower_node(fh_lowerer *l, const fh_node *node, bool exact) {
    switch (node->kind) {
    case FH_NODE_AND: return lower_and(l, (const fh_node *const *)node->kids, node->kid_count, exact);
    case FH_NODE_OR: return lower_or(l, node, exact);
    case FH_NODE_MUST: return lower_node(l, node->kids[0], true);
    case FH_NODE_WORD:
        if (node->scope == FH_SCOPE_ENTITY) return fh_lower_filter(l, node->text);
        return exact ? fh_lower_phrase(l, node->scope, node->text) : lower_word(l, node);
    case FH_NODE_PHRASE:
        return node->scope == FH_SCOPE_ENTITY ? fh_lower_filter(l, node->text)
                                              : fh_lower_phrase(l, node->scope, node->text);
    case FH_NODE_PREFIX:
        return fh_lower_prefix(l, node->scope == FH_SCOPE_ENTITY ? FH_SCOPE_TEXT : node->scope, node->text);
    case FH_NODE_NOT:
    case FH_NODE_DATE: return lower_and(l, &node, 1, exact);
    }
    return NULL;
}

/* ---- The whole ---- */

static size_t count_loose(const fh_node *const *kids, size_t count) {
    size_t loose = 0;
    for (size_t i = 0; i < count; i++) loose += is_loose(kids[i]);
    return loose;
}

/* The outermost AND: it alone is widened, and takes what was added. */
static fh_query *lower_outermost(fh_lowerer *l, const fh_node *const *kids, size_t count) {
    bool any = l->how->any;
    parts p = lower_parts(l, kids, count, false, any);
    for (size_t i = 0; i < l->how->added.count; i++)
        fh_ops_add(&p.added, fh_lower_added(l, &l->how->added.items[i]));
    return join_parts(l, &p, any);
}

fh_lowered fh_query_lower(const fh_node *tree, const fh_lowering *how, fh_arena *arena) {
    bool is_group = tree->kind == FH_NODE_AND;
    const fh_node *const *kids = is_group ? (const fh_node *const *)tree->kids : &tree;
    size_t count = is_group ? tree->kid_count : 1;
    fh_lowerer l = {.how = how, .arena = arena};
    fh_query *query = lower_outermost(&l, kids, count);
    if (l.leaf_count == how->added.count && l.met_stop) {
        l.keep_stops = true;
        l.leaf_count = 0;
        query = lower_outermost(&l, kids, count);
    }
    fh_lowered lowered = {.query = query ? query : fh_op_none(arena), .loose = count_loose(kids, count)};
    lowered.leaves = FH_ARENA_ARRAY(arena, fh_leaf, l.leaf_count + 1);
    if (l.leaf_count) memcpy(lowered.leaves, l.leaves, l.leaf_count * sizeof *l.leaves);
    lowered.leaf_count = l.leaf_count;
    free(l.leaves);
    return lowered;
}
