/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single things of a query become: words, phrases, beginnings of words, entities. */
#include "query/lowering.h"

#include "base/memory.h"
#include "query/fronts.h"
#include "query/known.h"

/* ---- Leaves ---- */

static void add_leaf(fh_lowerer *l, fh_leaf_kind kind, fh_scope scope, fh_strs words, const fh_query *query) {
    if (l->negated) return;
    l->leaves = fh_grow(l->leaves, l->leaf_count, &l->leaf_capacity, sizeof *l->leaves);
    l->leaves[l->leaf_count++] =
        (fh_leaf){.kind = kind, .scope = scope, .words = words, .query = query, .rarity = 1};
}

static fh_strs one_word(fh_lowerer *l, fh_str word) {
    fh_str *items = FH_ARENA_ARRAY(l->arena, fh_str, 1);
    items[0] = word;
    return (fh_strs){items, 1};
}

static fh_field word_field(fh_scope scope) {
    switch (scope) {
    case FH_SCOPE_TITLE: return FH_FIELD_TITLE;
    case FH_SCOPE_AUTHOR: return FH_FIELD_AUTHOR;
    case FH_SCOPE_SOURCE: return FH_FIELD_SOURCE;
    default: return FH_FIELD_WORD;
    }
}

static bool is_stemmed(fh_scope scope) {
    return scope == FH_SCOPE_TEXT || scope == FH_SCOPE_TITLE;
}

static fh_field stem_field(fh_scope scope) {
    return scope == FH_SCOPE_TITLE ? FH_FIELD_TITLE_STEM : FH_FIELD_STEM;
}

static fh_query *lower_exact(fh_lowerer *l, fh_scope scope, fh_str word) {
    fh_query *query = fh_op_term(l->arena, word_field(scope), word);
    add_leaf(l, FH_LEAF_WORD, scope, one_word(l, word), query);
    return query;
}

/* A word by meaning, its spelling counting more. */
static fh_query *lower_stem(fh_lowerer *l, fh_scope scope, const fh_token *token) {
    fh_ops kids = {0};
    fh_ops_add(&kids, fh_op_term(l->arena, stem_field(scope), token->stem));
    if (!l->negated)
        fh_ops_add(&kids, fh_op_scale(l->arena, l->how->ranking->surface,
                                      fh_op_term(l->arena, word_field(scope), token->folded)));
    fh_query *query = fh_op_join(l->arena, FH_OP_MAYBE, &kids);
    add_leaf(l, FH_LEAF_STEM, scope, one_word(l, token->stem), query);
    return query;
}

static fh_query *lower_token(fh_lowerer *l, fh_scope scope, const fh_token *token) {
    if (!is_stemmed(scope)) return lower_exact(l, scope, token->folded);
    if (!token->stop) return lower_stem(l, scope, token);
    l->met_stop = true;
    return l->keep_stops ? lower_exact(l, scope, token->folded) : NULL;
}

/* The tokens [from, to).  What is both a whole and its parts, as a hashtag, is found as either. */
fh_query *fh_lower_tokens(fh_lowerer *l, fh_scope scope, const fh_token *tokens, size_t from, size_t to) {
    fh_ops kids = {0};
    for (size_t i = from; i < to; i++) {
        if (!tokens[i].whole) {
            fh_ops_add(&kids, lower_token(l, scope, &tokens[i]));
            continue;
        }
        size_t parts = i + 1, end = parts;
        while (end < to && tokens[end].start < tokens[i].end) end++;
        fh_ops either = {0};
        fh_ops_add(&either, lower_exact(l, scope, tokens[i].folded));
        fh_ops_add(&either, fh_lower_tokens(l, scope, tokens, parts, end));
        fh_ops_add(&kids, fh_op_join(l->arena, FH_OP_OR, &either));
        i = end - 1;
    }
    return fh_op_join(l->arena, FH_OP_AND, &kids);
}

/* ---- Exact things ---- */

/* The folded words one after another, stop words too. */
fh_query *fh_lower_phrase(fh_lowerer *l, fh_scope scope, fh_str text) {
    fh_tokens tokens = fh_analyse(l->how->analyser, text, l->arena);
    fh_field field = word_field(scope);
    fh_strs words = {FH_ARENA_ARRAY(l->arena, fh_str, tokens.count + 1), 0};
    fh_ops kids = {0};
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].whole) continue;
        words.items[words.count++] = tokens.items[i].folded;
        fh_ops_add(&kids, fh_op_term(l->arena, field, tokens.items[i].folded));
    }
    fh_query *query = fh_op_join(l->arena, FH_OP_PHRASE, &kids);
    if (query) add_leaf(l, words.count > 1 ? FH_LEAF_PHRASE : FH_LEAF_WORD, scope, words, query);
    return query;
}

/* Words that begin so, or do behind their article. */
static fh_query *lower_beginning(fh_lowerer *l, fh_scope scope, fh_str beginning) {
    fh_ops either = {0};
    fh_ops_add(&either, fh_op_prefix(l->arena, word_field(scope), beginning));
    for (const fh_str *front = fh_fronts; front->len && is_stemmed(scope); front++) {
        fh_str behind = fh_arena_format(l->arena, "%.*s%.*s", FH_STR_ARG(*front), FH_STR_ARG(beginning));
        fh_ops_add(&either, fh_op_prefix(l->arena, word_field(scope), behind));
    }
    fh_query *query = fh_op_join(l->arena, FH_OP_SYNONYM, &either);
    add_leaf(l, FH_LEAF_PREFIX, scope, one_word(l, beginning), query);
    return query;
}

/* The last word begins so; what a hyphen or a slash puts before it is whole. */
fh_query *fh_lower_prefix(fh_lowerer *l, fh_scope scope, fh_str text) {
    fh_tokens tokens = fh_analyse(l->how->analyser, text, l->arena);
    if (!tokens.count) return NULL;
    size_t last = tokens.count - 1;
    fh_ops kids = {0};
    for (size_t i = 0; i < last; i++) {
        const fh_token *token = &tokens.items[i];
        if (!token->whole) fh_ops_add(&kids, lower_token(l, scope, token));
    }
    fh_ops_add(&kids, lower_beginning(l, scope, tokens.items[last].folded));
    return fh_op_join(l->arena, FH_OP_AND, &kids);
}

fh_query *fh_lower_added(fh_lowerer *l, const fh_added *added) {
    fh_query *query = fh_op_scale(l->arena, added->weight, fh_op_term(l->arena, FH_FIELD_STEM, added->stem));
    add_leaf(l, FH_LEAF_ADDED, FH_SCOPE_TEXT, one_word(l, added->stem), query);
    return query;
}

/* ---- Entities ---- */

/* The words of "person:خالد_الدوسري" side by side; NULL: the id is not made of a name.  A name that was
 * learned stands in articles, too, that were indexed before that and name it where nothing tells so. */
static fh_query *lower_spelled(fh_lowerer *l, fh_str id) {
    size_t at = fh_str_find(id, FH_STR(":"), 0);
    fh_ops words = {0};
    while (at < id.len) {
        size_t from = at + 1, end = fh_str_find(id, FH_STR("_"), from);
        at = end == SIZE_MAX ? id.len : end;
        fh_ops_add(&words, fh_op_term(l->arena, FH_FIELD_WORD, fh_str_slice(id, from, at)));
    }
    return fh_op_join(l->arena, FH_OP_PHRASE, &words);
}

fh_query *fh_lower_entity(fh_lowerer *l, const fh_named *named, double factor) {
    fh_strs ids = fh_entity_ids(l->how->gazetteer, named->entity, l->arena);
    fh_ops terms = {0}, spelled = {0}, any = {0};
    for (size_t i = 0; i < ids.count; i++) {
        fh_ops_add(&terms, fh_op_term(l->arena, FH_FIELD_ENTITY, ids.items[i]));
        fh_ops_add(&spelled, lower_spelled(l, ids.items[i]));
    }
    fh_query *unranked = fh_op_join(l->arena, FH_OP_OR, &spelled);
    fh_ops_add(&any, fh_op_scale(l->arena, factor, fh_op_join(l->arena, FH_OP_SYNONYM, &terms)));
    if (unranked) fh_ops_add(&any, fh_op_scale(l->arena, 0, unranked));
    fh_query *query = fh_op_join(l->arena, FH_OP_OR, &any);
    add_leaf(l, FH_LEAF_ENTITY, FH_SCOPE_ENTITY, ids, query);
    if (!l->negated) l->leaves[l->leaf_count - 1].named = *named;
    return query;
}

const fh_named *fh_lower_resolved(const fh_lowerer *l, fh_str typed) {
    const fh_named_list *named = &l->how->named;
    for (size_t i = 0; i < named->count; i++)
        if (named->items[i].typed.ptr == typed.ptr) return &named->items[i];
    return NULL;
}

fh_query *fh_lower_filter(fh_lowerer *l, fh_str value) {
    const fh_named *resolved = fh_lower_resolved(l, value);
    if (resolved) return fh_lower_entity(l, resolved, 1);
    const fh_entity *known = fh_gazetteer_find(l->how->gazetteer, fh_small_letters(value, l->arena));
    if (known)
        return fh_lower_entity(l, &(fh_named){.typed = value, .entity = known, .how = FH_NAMING_ID}, 1);
    fh_tokens tokens = fh_analyse(l->how->analyser, value, l->arena);
    fh_mentions mentions = fh_names_of_filter(l->how->gazetteer, value, tokens, l->arena);
    if (!mentions.count) return fh_lower_phrase(l, FH_SCOPE_TEXT, value);
    fh_ops kids = {0};
    for (size_t i = 0; i < mentions.count; i++) {
        fh_named named = fh_named_mention(value, &mentions.items[i]);
        fh_ops_add(&kids, fh_lower_entity(l, &named, 1));
    }
    return fh_op_join(l->arena, FH_OP_AND, &kids);
}
