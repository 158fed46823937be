/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom the words of a query name, as fihris-query-language(7) says under Names.  What sounds alike is asked
 * of entities/, of Latin letters of query/latin.h. */
#include "tests/truth/truth.h"

#include "base/utf8.h"
#include "query/latin.h"

enum {
    TRIED_TOGETHER = 3, /* words */
    LETTERS = 5,        /* of a name that may be spelled nearly as another */
    RARE_ONE_IN = 5000,
    TYPES = FH_ENTITY_PRODUCT + 1,
    LETTER_BYTES = 2,
};

bool truth_is_plain(const fh_node *node) {
    return node->kind == FH_NODE_WORD && node->scope == FH_SCOPE_TEXT;
}

/* ---- Runs of words ---- */

void truth_read_run(truth_sum *sum, const fh_node *const *nodes, size_t count, truth_run *out) {
    fh_buf text = {0};
    out->nodes = nodes;
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        out->starts[i] = text.len;
        fh_buf_add(&text, nodes[i]->text);
        fh_buf_add_char(&text, ' ');
    }
    out->starts[count] = text.len;
    out->text = fh_arena_copy(sum->arena, fh_buf_str(&text));
    fh_buf_free(&text);
    out->tokens = fh_analyse(sum->archive->analyser, out->text, sum->arena);
    out->mentions = fh_entities_find(sum->archive->gazetteer, out->text, out->tokens, sum->arena);
}

size_t truth_run_token(const truth_run *run, size_t node) {
    size_t token = 0;
    while (token < run->tokens.count && run->tokens.items[token].start < run->starts[node]) token++;
    return token;
}

size_t truth_run_node(const truth_run *run, uint32_t byte) {
    size_t node = run->count - 1;
    while (node > 0 && run->starts[node] > byte) node--;
    return node;
}

/* ---- Entities ---- */

fh_strs truth_ids(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena) {
    return fh_entity_ids(gazetteer, entity, arena);
}

static fh_strs one_id(fh_str id, fh_arena *arena) {
    fh_strs ids = {FH_ARENA_ARRAY(arena, fh_str, 1), 1};
    ids.items[0] = id;
    return ids;
}

static fh_str folded_words(truth_sum *sum, fh_tokens tokens, size_t from, size_t to) {
    fh_str words = {0};
    for (size_t i = from; i < to; i++)
        if (!tokens.items[i].whole)
            words = fh_arena_format(sum->arena, "%.*s%s%.*s", FH_STR_ARG(words), words.len ? " " : "",
                                    FH_STR_ARG(tokens.items[i].folded));
    return fh_fold_word(FH_STEMMER_LIGHT, words, sum->arena);
}

/* A name that some article was found to have: its id is its type and its words. */
static void find_recognised(truth_sum *sum, fh_str folded, truth_name *out) {
    for (int type = 0; type < TYPES && folded.len; type++) {
        fh_str id = fh_arena_format(sum->arena, "%s:%.*s", fh_entity_type_name((fh_entity_type)type),
                                    FH_STR_ARG(folded));
        for (size_t i = 0; i < id.len; i++)
            if (id.ptr[i] == ' ') ((char *)id.ptr)[i] = '_';
        if (!truth_frequency(sum, FH_FIELD_ENTITY, id)) continue;
        out->ids = one_id(id, sum->arena);
        out->how = FH_NAMING_RECOGNISED;
        return;
    }
}

/* The name without و or ف before it, and then without ب, ك or ل; لل hides an article. */
static size_t without_clitics(truth_sum *sum, fh_str name, fh_str out[2]) {
    static const char conjunctions[] = "وف", prepositions[] = "بكل";
    size_t count = 0;
    bool long_enough = name.len >= 4 * LETTER_BYTES;
    for (const char *c = conjunctions; long_enough && *c; c += LETTER_BYTES)
        if (memcmp(name.ptr, c, LETTER_BYTES) == 0 && !count)
            out[count++] = fh_str_slice(name, LETTER_BYTES, name.len);
    if (count) name = out[0];
    if (name.len < 4 * LETTER_BYTES) return count;
    for (const char *c = prepositions; *c; c += LETTER_BYTES) {
        if (memcmp(name.ptr, c, LETTER_BYTES) != 0) continue;
        fh_str rest = fh_str_slice(name, LETTER_BYTES, name.len);
        out[count++] =
            fh_str_starts(name, FH_STR("لل")) ? fh_arena_format(sum->arena, "ا%.*s", FH_STR_ARG(rest)) : rest;
        return count;
    }
    return count;
}

static void find_near(truth_sum *sum, fh_str folded, truth_name *out) {
    const fh_gazetteer *gazetteer = sum->archive->gazetteer;
    fh_near_name near;
    fh_str bare[2];
    bool latin = fh_is_latin(folded), found;
    found = latin ? fh_latin_near(gazetteer, folded, sum->arena, &near)
                  : fh_gazetteer_near(gazetteer, folded, sum->arena, &near);
    size_t count = latin ? 0 : without_clitics(sum, folded, bare);
    for (size_t i = 0; i < count && !found; i++)
        found = fh_utf8_count(bare[i]) >= LETTERS && fh_gazetteer_near(gazetteer, bare[i], sum->arena, &near);
    if (!found) return;
    out->ids = truth_ids(gazetteer, near.entity, sum->arena);
    out->how = latin ? FH_NAMING_LATIN : FH_NAMING_NEAR;
}

/* ---- Words of the query's own text ---- */

static bool is_rare(truth_sum *sum, const fh_token *t) {
    if (t->stop || t->whole || (t->kind != FH_TOKEN_ARABIC && t->kind != FH_TOKEN_WORD)) return false;
    uint32_t articles = truth_frequency(sum, FH_FIELD_STEM, t->stem);
    return articles == 0 || (double)articles * RARE_ONE_IN < (double)sum->archive->count;
}

static bool lies_in(const fh_mention *m, size_t token) {
    return token >= m->first && token < m->first + m->count;
}

/* Have the tokens one that hardly any article has, and that is in no listed name? */
static bool has_rare(truth_sum *sum, const truth_run *run, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        bool listed = false;
        for (size_t m = 0; m < run->mentions.count; m++) listed |= lies_in(&run->mentions.items[m], i);
        if (!listed && is_rare(sum, &run->tokens.items[i])) return true;
    }
    return false;
}

/* May the tokens be one name?  Not where they cut a listed one, are no more than one, or hold two. */
static bool may_be_name(const truth_run *run, size_t from, size_t to, const fh_entity **within) {
    *within = NULL;
    for (size_t i = 0; i < run->mentions.count; i++) {
        const fh_mention *m = &run->mentions.items[i];
        size_t first = m->first, end = first + m->count;
        if (end <= from || first >= to) continue;
        if (first < from || end > to || end - first == to - from) return false;
        if (*within && *within != m->entity) return false;
        *within = m->entity;
    }
    return from < to;
}

static bool try_name(truth_sum *sum, const truth_run *run, size_t node, size_t nodes, truth_names *out) {
    size_t from = truth_run_token(run, node), to = truth_run_token(run, node + nodes);
    const fh_entity *within;
    if (!may_be_name(run, from, to, &within)) return false;
    fh_str folded = folded_words(sum, run->tokens, from, to);
    truth_name name = {.node = run->nodes[node], .nodes = nodes};
    if (nodes > 1 && !within) find_recognised(sum, folded, &name);
    if (!name.ids.count && fh_utf8_count(folded) >= LETTERS && has_rare(sum, run, from, to))
        find_near(sum, folded, &name);
    if (!name.ids.count) return false;
    if (within && !fh_str_equal(name.ids.items[0], fh_str_from(within->id))) return false;
    out->items[out->count++] = name;
    return true;
}

static void resolve_run(truth_sum *sum, const fh_node *const *nodes, size_t count, truth_names *out) {
    truth_run run;
    truth_read_run(sum, nodes, count, &run);
    for (size_t node = 0; node < count;) {
        size_t words = count - node < TRIED_TOGETHER ? count - node : TRIED_TOGETHER;
        while (words > 0 && !try_name(sum, &run, node, words, out)) words--;
        node += words ? words : 1;
    }
}

/* ---- Values of entity: ---- */

fh_mentions truth_names_of_value(truth_sum *sum, fh_str value) {
    fh_tokens tokens = fh_analyse(sum->archive->analyser, value, sum->arena);
    fh_mentions all = fh_entities_find(sum->archive->gazetteer, value, tokens, sum->arena),
                names = {all.items, 0};
    size_t covered = 0, words = 0;
    for (size_t i = 0; i < all.count; i++) covered += all.items[i].count;
    for (size_t i = 0; i < tokens.count; i++) words += !tokens.items[i].whole;
    if (covered >= words) return all;
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].form == FH_FORM_NAME) names.items[names.count++] = all.items[i];
    return names;
}

static fh_str small_letters(fh_str text, fh_arena *arena) {
    fh_str small = fh_arena_copy(arena, text);
    for (size_t i = 0; i < small.len; i++)
        if (small.ptr[i] >= 'A' && small.ptr[i] <= 'Z') ((char *)small.ptr)[i] += 'a' - 'A';
    return small;
}

/* An id, known or in some article; else a name that is not listed. */
static void resolve_value(truth_sum *sum, const fh_node *node, truth_names *out) {
    const fh_gazetteer *gazetteer = sum->archive->gazetteer;
    fh_str id = small_letters(node->text, sum->arena);
    const fh_entity *entity = fh_gazetteer_find(gazetteer, id);
    truth_name name = {.node = node, .nodes = 1, .how = FH_NAMING_ID};
    if (entity) {
        name.ids = truth_ids(gazetteer, entity, sum->arena);
    } else if (truth_frequency(sum, FH_FIELD_ENTITY, id)) {
        name.ids = one_id(id, sum->arena);
    } else {
        fh_tokens tokens = fh_analyse(sum->archive->analyser, node->text, sum->arena);
        fh_str folded = folded_words(sum, tokens, 0, tokens.count);
        fh_mentions listed = truth_names_of_value(sum, node->text);
        if (!listed.count || listed.items[0].count < tokens.count) find_recognised(sum, folded, &name);
        if (!name.ids.count && !listed.count) find_near(sum, folded, &name);
    }
    if (name.ids.count) out->items[out->count++] = name;
}

/* ---- The tree ---- */

static void resolve(truth_sum *sum, const fh_node *node, bool as_written, truth_names *out) {
    bool value = node->kind == FH_NODE_WORD || node->kind == FH_NODE_PHRASE;
    if (value && node->scope == FH_SCOPE_ENTITY) {
        resolve_value(sum, node, out);
    } else if (truth_is_plain(node)) {
        if (!as_written) resolve_run(sum, &node, 1, out);
        return;
    }
    as_written |= node->kind == FH_NODE_NOT || node->kind == FH_NODE_MUST;
    for (size_t i = 0, end; i < node->kid_count; i = end) {
        const fh_node *const *kids = (const fh_node *const *)node->kids;
        for (end = i; node->kind == FH_NODE_AND && end < node->kid_count && truth_is_plain(kids[end]);) end++;
        if (end == i)
            resolve(sum, kids[end++], as_written, out);
        else if (!as_written)
            resolve_run(sum, kids + i, end - i, out);
    }
}

void truth_resolve(truth_sum *sum, const fh_node *tree, truth_names *out) {
    out->count = 0;
    resolve(sum, tree, false, out);
}
