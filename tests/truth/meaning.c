/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each construct of a query means, as fihris-query-language(7) says it, worked out for every article at
 * once.  NULL is what there is nothing to look for in: a stop word, a word without letters. */
#include "tests/truth/truth.h"

#include "base/memory.h"
#include <stdlib.h>

typedef struct reading {
    truth_sum *sum;
    truth_names names;
    truth_meaning *out;
    bool any;
    bool keep_stops, met_stop;
    bool unwanted;
} reading;

static truth_worth *read_node(reading *r, const fh_node *node, bool exact);
static truth_worth *read_and(reading *r, const fh_node *const *kids, size_t count, bool exact);

static truth_leaf *add_leaf(reading *r, int kind, fh_scope scope, fh_strs words, truth_worth *worth) {
    static truth_leaf nowhere;
    truth_meaning *m = r->out;
    if (r->unwanted) return &nowhere;
    m->leaves = fh_grow(m->leaves, m->leaf_count, &m->leaf_capacity, sizeof *m->leaves);
    m->leaves[m->leaf_count] = (truth_leaf){.scope = scope, .words = words, .worth = worth};
    m->leaves[m->leaf_count].kind = kind;
    return &m->leaves[m->leaf_count++];
}

static fh_strs one(reading *r, fh_str word) {
    fh_strs words = {FH_ARENA_ARRAY(r->sum->arena, fh_str, 1), 1};
    words.items[0] = word;
    return words;
}

/* ---- Words ---- */

static fh_field words_of(fh_scope scope) {
    return scope == FH_SCOPE_TITLE    ? FH_FIELD_TITLE
           : scope == FH_SCOPE_AUTHOR ? FH_FIELD_AUTHOR
           : scope == FH_SCOPE_SOURCE ? FH_FIELD_SOURCE
                                      : FH_FIELD_WORD;
}

static bool has_stems(fh_scope scope) {
    return scope == FH_SCOPE_TEXT || scope == FH_SCOPE_TITLE;
}

static truth_worth *read_exact(reading *r, fh_scope scope, fh_str word) {
    truth_worth *worth = truth_term(r->sum, words_of(scope), word);
    add_leaf(r, TRUTH_WORD, scope, one(r, word), worth);
    return worth;
}

/* A word stands for its stem; where it is spelled as typed, it counts more. */
static truth_worth *read_token(reading *r, fh_scope scope, const fh_token *t) {
    if (!has_stems(scope)) return read_exact(r, scope, t->folded);
    if (t->stop) {
        r->met_stop = true;
        return r->keep_stops ? read_exact(r, scope, t->folded) : NULL;
    }
    fh_field field = scope == FH_SCOPE_TITLE ? FH_FIELD_TITLE_STEM : FH_FIELD_STEM;
    truth_worth *worth = truth_term(r->sum, field, t->stem);
    truth_list spelled = {.count = 0};
    truth_add(&spelled,
              truth_times(r->sum, r->sum->ranking->surface, truth_term(r->sum, words_of(scope), t->folded)));
    worth = truth_maybe(r->sum, worth, &spelled);
    add_leaf(r, TRUTH_STEM, scope, one(r, t->stem), worth);
    return worth;
}

/* All of the tokens; what is both a whole and its parts (a hashtag) is either. */
static truth_worth *read_tokens(reading *r, fh_scope scope, const fh_token *tokens, size_t from, size_t to) {
    truth_list all = {.count = 0};
    for (size_t i = from; i < to; i++) {
        if (!tokens[i].whole) {
            truth_add(&all, read_token(r, scope, &tokens[i]));
            continue;
        }
        size_t end = i + 1;
        while (end < to && tokens[end].start < tokens[i].end) end++;
        truth_list either = {.count = 0};
        truth_add(&either, read_exact(r, scope, tokens[i].folded));
        truth_add(&either, read_tokens(r, scope, tokens, i + 1, end));
        truth_add(&all, truth_any_of(r->sum, &either));
        i = end - 1;
    }
    return truth_all_of(r->sum, &all);
}

static truth_worth *read_phrase(reading *r, fh_scope scope, fh_str text) {
    fh_tokens tokens = fh_analyse(r->sum->archive->analyser, text, r->sum->arena);
    fh_strs words = {FH_ARENA_ARRAY(r->sum->arena, fh_str, tokens.count + 1), 0};
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].whole) words.items[words.count++] = tokens.items[i].folded;
    if (!words.count) return NULL;
    truth_worth *worth = truth_phrase(r->sum, words_of(scope), words);
    add_leaf(r, words.count > 1 ? TRUTH_PHRASE : TRUTH_WORD, scope, words, worth);
    return worth;
}

/* A word may have the article before it, with و or a preposition, or و alone; it counts as one whatever it
 * ends in. */
static truth_worth *read_beginning(reading *r, fh_scope scope, fh_str text) {
    static const char *const fronts[] = {"", "ال", "وال", "بال", "لل", "و"};
    fh_tokens tokens = fh_analyse(r->sum->archive->analyser, text, r->sum->arena);
    truth_list all = {.count = 0};
    if (!tokens.count) return NULL;
    fh_str last = tokens.items[tokens.count - 1].folded, beginnings[6];
    for (size_t i = 0; i + 1 < tokens.count; i++)
        if (!tokens.items[i].whole) truth_add(&all, read_token(r, scope, &tokens.items[i]));
    for (size_t i = 0; i < 6; i++)
        beginnings[i] = fh_arena_format(r->sum->arena, "%s%.*s", fronts[i], FH_STR_ARG(last));
    truth_worth *worth =
        truth_one_word(r->sum, words_of(scope), (fh_strs){beginnings, has_stems(scope) ? 6 : 1}, true);
    add_leaf(r, TRUTH_BEGINNING, scope, one(r, last), worth);
    truth_add(&all, worth);
    return truth_all_of(r->sum, &all);
}

/* ---- Names ---- */

/* The words of an id that is made of a name, side by side. */
static truth_worth *spelled_id(reading *r, fh_str id) {
    size_t colon = fh_str_find(id, FH_STR(":"), 0);
    if (colon == SIZE_MAX) return NULL;
    fh_str text = fh_arena_copy(r->sum->arena, fh_str_slice(id, colon + 1, id.len));
    fh_strs words = {FH_ARENA_ARRAY(r->sum->arena, fh_str, text.len + 1), 0};
    for (size_t at = 0; at <= text.len;) {
        size_t end = fh_str_find(text, FH_STR("_"), at);
        if (end == SIZE_MAX) end = text.len;
        words.items[words.count++] = fh_str_slice(text, at, end);
        at = end + 1;
    }
    return truth_phrase(r->sum, FH_FIELD_WORD, words);
}

/* The articles that name it, by any of its ids; those that have its words are found too, and rank no higher.
 */
static truth_worth *read_entity(reading *r, fh_strs ids, fh_naming how, double factor) {
    truth_list either = {.count = 0}, spelled = {.count = 0};
    for (size_t i = 0; i < ids.count; i++) truth_add(&spelled, spelled_id(r, ids.items[i]));
    truth_add(&either, truth_times(r->sum, factor, truth_one_word(r->sum, FH_FIELD_ENTITY, ids, false)));
    truth_add(&either, truth_times(r->sum, 0, truth_any_of(r->sum, &spelled)));
    truth_worth *worth = truth_any_of(r->sum, &either);
    add_leaf(r, TRUTH_NAME, FH_SCOPE_ENTITY, ids, worth)->how = how;
    return worth;
}

static const truth_name *resolved(const reading *r, const fh_node *node) {
    for (size_t i = 0; i < r->names.count; i++)
        if (r->names.items[i].node == node) return &r->names.items[i];
    return NULL;
}

static truth_worth *read_value(reading *r, const fh_node *node) {
    const truth_name *name = resolved(r, node);
    if (name) return read_entity(r, name->ids, name->how, 1);
    fh_mentions listed = truth_names_of_value(r->sum, node->text);
    if (!listed.count) return read_phrase(r, FH_SCOPE_TEXT, node->text);
    truth_list all = {.count = 0};
    for (size_t i = 0; i < listed.count; i++) {
        const fh_mention *m = &listed.items[i];
        fh_strs ids = truth_ids(r->sum->archive->gazetteer, m->entity, r->sum->arena);
        truth_add(&all,
                  read_entity(r, ids, m->form == FH_FORM_NISBA ? FH_NAMING_NISBA : FH_NAMING_LISTED, 1));
    }
    return truth_all_of(r->sum, &all);
}

/* The name that begins with a word of a run; an adjective is one only where nothing else is asked. */
static bool name_at(const reading *r, const truth_run *run, size_t node, truth_name *out) {
    const truth_name *known = resolved(r, run->nodes[node]);
    if (known) *out = *known;
    for (size_t i = 0; i < run->mentions.count && !known; i++) {
        const fh_mention *m = &run->mentions.items[i];
        if (truth_run_node(run, m->start) != node) continue;
        size_t nodes = truth_run_node(run, m->end - 1) + 1 - node;
        if (m->form == FH_FORM_NISBA && nodes < run->count) return false;
        *out = (truth_name){run->nodes[node], nodes,
                            truth_ids(r->sum->archive->gazetteer, m->entity, r->sum->arena),
                            m->form == FH_FORM_NISBA ? FH_NAMING_NISBA : FH_NAMING_LISTED};
        return true;
    }
    return known != NULL;
}

/* The words of a name, or whom they name; where any word will do, each of them stands for itself too. */
static void read_name(reading *r, const truth_run *run, size_t node, const truth_name *name, bool any,
                      truth_list *out) {
    const fh_ranking *ranking = r->sum->ranking;
    bool sure = name->how == FH_NAMING_LISTED || name->how == FH_NAMING_RECOGNISED;
    truth_list words = {.count = 0}, either = {.count = 0};
    for (size_t i = node; i < node + name->nodes; i++)
        truth_add(any ? out : &words, read_tokens(r, FH_SCOPE_TEXT, run->tokens.items,
                                                  truth_run_token(run, i), truth_run_token(run, i + 1)));
    truth_add(&either, truth_all_of(r->sum, &words));
    truth_add(&either, read_entity(r, name->ids, name->how, sure ? ranking->entity : ranking->near));
    truth_add(out, truth_any_of(r->sum, &either));
}

static void read_run(reading *r, const fh_node *const *nodes, size_t count, bool any, truth_list *out) {
    truth_run run;
    truth_name name;
    truth_read_run(r->sum, nodes, count, &run);
    for (size_t node = 0; node < count;) {
        if (name_at(r, &run, node, &name)) {
            read_name(r, &run, node, &name, any, out);
            node += name.nodes;
        } else {
            truth_add(out, read_tokens(r, FH_SCOPE_TEXT, run.tokens.items, truth_run_token(&run, node),
                                       truth_run_token(&run, node + 1)));
            node++;
        }
    }
}

/* ---- Groups ---- */

typedef struct parts {
    truth_list loose, kept, filters, unwanted;
} parts;

/* An unknown date is in no span; a time of the last day is within it. */
static truth_worth *read_dates(reading *r, fh_str from, fh_str to) {
    fh_str high = to.len ? fh_arena_format(r->sum->arena, "%.*s~", FH_STR_ARG(to)) : to;
    return truth_slot(r->sum, FH_SLOT_PUBLISHED, from.len ? from : FH_STR("0"), high);
}

static bool is_loose(const fh_node *node) {
    switch (node->kind) {
    case FH_NODE_WORD:
    case FH_NODE_PREFIX:
    case FH_NODE_PHRASE: return node->scope == FH_SCOPE_TEXT;
    default: return node->kind == FH_NODE_AND || node->kind == FH_NODE_OR;
    }
}

static void read_unwanted(reading *r, const fh_node *node, bool exact, parts *p) {
    bool outer = r->unwanted, stops = r->keep_stops;
    r->unwanted = r->keep_stops = true;
    truth_add(&p->unwanted, read_node(r, node->kids[0], exact));
    r->unwanted = outer;
    r->keep_stops = stops;
}

static void read_parts(reading *r, const fh_node *const *kids, size_t count, bool exact, bool any, parts *p) {
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; !exact && end < count && truth_is_plain(kids[end]);) end++;
        if (end > i) {
            read_run(r, kids + i, end - i, any, &p->loose);
            continue;
        }
        const fh_node *kid = kids[end++];
        if (kid->kind == FH_NODE_NOT)
            read_unwanted(r, kid, exact, p);
        else if (kid->kind == FH_NODE_DATE)
            truth_add(&p->filters, read_dates(r, kid->from, kid->to));
        else
            truth_add(is_loose(kid) ? &p->loose : &p->kept, read_node(r, kid, exact));
    }
}

static truth_worth *join_parts(reading *r, parts *p, bool any) {
    truth_sum *sum = r->sum;
    truth_worth *worth;
    if (any) {
        worth = truth_maybe(sum, truth_all_of(sum, &p->kept), &p->loose);
    } else {
        for (size_t i = 0; i < p->kept.count; i++) truth_add(&p->loose, p->kept.items[i]);
        worth = truth_all_of(sum, &p->loose);
    }
    if (!worth && (p->filters.count || p->unwanted.count)) worth = truth_everything(sum);
    return truth_but_not(sum, truth_where(sum, worth, &p->filters), &p->unwanted);
}

static truth_worth *read_group(reading *r, const fh_node *const *kids, size_t count, bool exact, bool any) {
    parts *p = fh_arena_take_zeroed(r->sum->arena, sizeof *p);
    read_parts(r, kids, count, exact, any, p);
    return join_parts(r, p, any);
}

static truth_worth *read_and(reading *r, const fh_node *const *kids, size_t count, bool exact) {
    return read_group(r, kids, count, exact, false);
}

static truth_worth *read_or(reading *r, const fh_node *node, bool exact) {
    truth_list *any = fh_arena_take_zeroed(r->sum->arena, sizeof *any);
    for (size_t i = 0; i < node->kid_count; i++) truth_add(any, read_node(r, node->kids[i], exact));
    return truth_any_of(r->sum, any);
}

static truth_worth *read_word(reading *r, const fh_node *node, bool exact) {
    if (node->scope == FH_SCOPE_ENTITY) return read_value(r, node);
    if (exact) return read_phrase(r, node->scope, node->text);
    if (truth_is_plain(node)) return read_and(r, &node, 1, false);
    fh_tokens tokens = fh_analyse(r->sum->archive->analyser, node->text, r->sum->arena);
    return read_tokens(r, node->scope, tokens.items, 0, tokens.count);
}

static truth_worth *read_node(reading *r, const fh_node *node, bool exact) {
    fh_scope scope = node->scope;
    switch (node->kind) {
    case FH_NODE_AND: return read_and(r, (const fh_node *const *)node->kids, node->kid_count, exact);
    case FH_NODE_OR: return read_or(r, node, exact);
    case FH_NODE_MUST: return read_node(r, node->kids[0], true);
    case FH_NODE_WORD: return read_word(r, node, exact);
    case FH_NODE_PHRASE:
        return scope == FH_SCOPE_ENTITY ? read_value(r, node) : read_phrase(r, scope, node->text);
    case FH_NODE_PREFIX:
        return read_beginning(r, scope == FH_SCOPE_ENTITY ? FH_SCOPE_TEXT : scope, node->text);
    default: return read_and(r, &node, 1, exact);
    }
}

/* ---- The whole ---- */

truth_meaning truth_mean(truth_sum *sum, const fh_node *tree, bool any) {
    bool group = tree->kind == FH_NODE_AND;
    const fh_node *const *kids = group ? (const fh_node *const *)tree->kids : &tree;
    size_t count = group ? tree->kid_count : 1;
    truth_meaning meaning = {.worth = NULL};
    reading *r = fh_arena_take_zeroed(sum->arena, sizeof *r);
    r->sum = sum;
    r->out = &meaning;
    truth_resolve(sum, tree, &r->names);
    meaning.worth = read_group(r, kids, count, false, any);
    if (meaning.leaf_count == 0 && r->met_stop) { /* there is nothing else to look for */
        r->keep_stops = true;
        meaning.worth = read_group(r, kids, count, false, any);
    }
    for (size_t i = 0; i < count; i++) meaning.loose += is_loose(kids[i]);
    return meaning;
}

void truth_forget_meaning(truth_meaning *meaning) {
    free(meaning->leaves);
    *meaning = (truth_meaning){.worth = NULL};
}
