/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word of a query is taken for somebody's name by its likeness only where it is rare: common words that
 * look like names mean themselves. */
#include "query/resolve.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "query/known.h"
#include "query/latin.h"
#include "query/nearest.h"
#include "query/run.h"
#include "query/surface.h"
#include <stdlib.h>

enum {
    LONGEST_NAME = 3,   /* words that are tried together */
    MIN_LETTERS = 5,    /* of a single word: shorter ones are near to too many others */
    RARE_ONE_IN = 5000, /* articles: a word that fewer have is rare */
    TYPES = FH_ENTITY_PRODUCT + 1,
};

typedef struct finding {
    const fh_resolver *with;
    uint64_t articles;
    fh_arena *arena;
    fh_error *err;
    bool as_written; /* within what is unwanted or insisted on: it means what it says */
    fh_named *named;
    size_t named_count, named_capacity;
    fh_unknown_name *unknown;
    size_t unknown_count, unknown_capacity;
} finding;

static void add_named(finding *f, fh_named named) {
    f->named = fh_grow(f->named, f->named_count, &f->named_capacity, sizeof *f->named);
    f->named[f->named_count++] = named;
}

/* ---- One name ---- */

/* Is there an article that names this id? */
static fh_status is_in_index(finding *f, fh_str id, bool *out) {
    uint32_t articles;
    fh_status status = fh_store_frequency(f->with->store, FH_FIELD_ENTITY, id, &articles, f->err);
    if (status == FH_OK) *out = articles > 0;
    return status;
}

/* A name that was recognised in some article. */
static fh_status find_recognised(finding *f, fh_str folded, fh_named *out) {
    bool there = false;
    for (int type = 0; type < TYPES && folded.len; type++) {
        fh_str id = fh_recognised_id((fh_entity_type)type, folded, f->arena);
        fh_status status = is_in_index(f, id, &there);
        if (status) return status;
        if (!there) continue;
        out->entity = fh_known_entity(f->with->gazetteer, id, f->arena);
        out->how = FH_NAMING_RECOGNISED;
        break;
    }
    return FH_OK;
}

static bool is_near(finding *f, fh_str folded, bool latin, fh_near_name *near) {
    if (latin) return fh_latin_near(f->with->gazetteer, folded, f->arena, near);
    if (fh_gazetteer_near(f->with->gazetteer, folded, f->arena, near)) return true;
    fh_str bare[FH_MAX_BARE];
    for (size_t i = 0, count = fh_bare_names(folded, f->arena, bare); i < count; i++)
        if (fh_utf8_count(bare[i]) >= MIN_LETTERS &&
            fh_gazetteer_near(f->with->gazetteer, bare[i], f->arena, near))
            return true;
    return false;
}

/* A name by its likeness to a listed one. */
static void find_near(finding *f, fh_str folded, fh_named *out) {
    fh_near_name near;
    bool latin = fh_is_latin(folded);
    if (!is_near(f, folded, latin, &near)) return;
    out->entity = near.entity;
    out->how = latin ? FH_NAMING_LATIN : FH_NAMING_NEAR;
    out->spelling = near.spelling;
    out->distance = near.distance;
}

/* ---- Words ---- */

static fh_status is_rare(finding *f, const fh_token *token, bool *out) {
    uint32_t articles;
    *out = false;
    if (token->stop || token->whole || (token->kind != FH_TOKEN_ARABIC && token->kind != FH_TOKEN_WORD))
        return FH_OK;
    fh_status status = fh_store_frequency(f->with->store, FH_FIELD_STEM, token->stem, &articles, f->err);
    if (status == FH_OK) *out = (uint64_t)articles * RARE_ONE_IN < f->articles || articles == 0;
    return status;
}

/* Tokens of a run, tried as one name. */
typedef struct window {
    size_t first, end;
    const fh_entity *within; /* listed by a part of them already: the whole must be the same */
} window;

static bool is_mentioned(const fh_run *r, size_t token) {
    for (size_t i = 0; i < r->mentions.count; i++) {
        const fh_mention *mention = &r->mentions.items[i];
        if (token >= mention->first && token < mention->first + mention->count) return true;
    }
    return false;
}

static fh_status has_rare(finding *f, const fh_run *r, const window *w, bool *out) {
    *out = false;
    for (size_t i = w->first; i < w->end && !*out; i++) {
        fh_status status = is_mentioned(r, i) ? FH_OK : is_rare(f, &r->tokens.items[i], out);
        if (status) return status;
    }
    return FH_OK;
}

/* The nodes [from, to), unless they cut a listed name or are no more than one. */
static bool is_open(const fh_run *r, size_t from, size_t to, window *out) {
    *out = (window){fh_run_token(r, from), fh_run_token(r, to), NULL};
    for (size_t i = 0; i < r->mentions.count; i++) {
        const fh_mention *mention = &r->mentions.items[i];
        size_t first = mention->first, end = first + mention->count;
        if (first >= out->end || end <= out->first) continue;
        bool inside = first >= out->first && end <= out->end && end - first < out->end - out->first;
        if (!inside || (out->within && out->within != mention->entity)) return false;
        out->within = mention->entity;
    }
    return out->first < out->end;
}

/* The nodes [from, to) of a run as one name. */
static fh_status try_words(finding *f, const fh_run *r, size_t from, size_t to, bool *found) {
    window w;
    if (!is_open(r, from, to, &w)) return FH_OK;
    fh_str folded = fh_folded_words(r->tokens, w.first, w.end, f->arena);
    fh_named named = {.typed = fh_run_typed(r, from, to)};
    fh_status status = to - from > 1 && !w.within ? find_recognised(f, folded, &named) : FH_OK;
    bool rare = false;
    if (status == FH_OK && !named.entity && fh_utf8_count(folded) >= MIN_LETTERS)
        status = has_rare(f, r, &w, &rare);
    if (status) return status;
    if (rare) find_near(f, folded, &named);
    *found = named.entity && (!w.within || w.within == named.entity);
    if (*found) add_named(f, named);
    return FH_OK;
}

/* The longest names, from the first word on. */
static fh_status resolve_run(finding *f, const fh_node *const *nodes, size_t count) {
    if (f->as_written) return FH_OK;
    fh_run r = fh_run_read(f->with->analyser, f->with->gazetteer, nodes, count, f->arena);
    for (size_t node = 0, words; node < count; node += words) {
        bool found = false;
        for (words = count - node < LONGEST_NAME ? count - node : LONGEST_NAME; words > 0; words--) {
            fh_status status = try_words(f, &r, node, node + words, &found);
            if (status) return status;
            if (found) break;
        }
        if (!found) words = 1;
    }
    return FH_OK;
}

/* ---- Fields ---- */

static fh_status name_of(finding *f, fh_str text, fh_named *out) {
    const fh_gazetteer *gazetteer = f->with->gazetteer;
    fh_str id = fh_small_letters(text, f->arena);
    *out = (fh_named){.typed = text, .entity = fh_gazetteer_find(gazetteer, id), .how = FH_NAMING_ID};
    if (out->entity) return FH_OK;
    bool there;
    fh_status status = is_in_index(f, id, &there);
    if (status) return status;
    if (there) out->entity = fh_known_entity(gazetteer, id, f->arena);
    if (out->entity) return FH_OK;
    fh_tokens tokens = fh_analyse(f->with->analyser, text, f->arena);
    fh_str folded = fh_folded_words(tokens, 0, tokens.count, f->arena);
    fh_mentions listed = fh_names_of_filter(gazetteer, text, tokens, f->arena);
    if (!listed.count || listed.items[0].count < tokens.count) status = find_recognised(f, folded, out);
    if (status || out->entity) return status;
    if (listed.count) {
        *out = fh_named_mention(text, &listed.items[0]);
    } else {
        find_near(f, folded, out);
    }
    return FH_OK;
}

/* What the gazetteer lists is left to lowering, since a value may hold several names. */
static fh_status resolve_filter(finding *f, fh_str value) {
    fh_named named;
    fh_status status = name_of(f, value, &named);
    if (status) return status;
    if (!named.entity) {
        f->unknown = fh_grow(f->unknown, f->unknown_count, &f->unknown_capacity, sizeof *f->unknown);
        f->unknown[f->unknown_count++] = fh_nearest_names(f->with->gazetteer, value, f->arena);
    } else if (named.how != FH_NAMING_LISTED && named.how != FH_NAMING_NISBA) {
        add_named(f, named);
    }
    return FH_OK;
}

/* ---- The tree ---- */

static fh_status resolve_node(finding *f, const fh_node *node);

static fh_status resolve_kids(finding *f, const fh_node *const *kids, size_t count) {
    fh_status status = FH_OK;
    for (size_t i = 0, end; i < count && status == FH_OK; i = end) {
        for (end = i; end < count && fh_is_plain_word(kids[end]);) end++;
        if (end > i) {
            status = resolve_run(f, kids + i, end - i);
        } else {
            status = resolve_node(f, kids[end++]);
        }
    }
    return status;
}

static fh_status resolve_node(finding *f, const fh_node *node) {
    bool outer = f->as_written;
    fh_status status = FH_OK;
    switch (node->kind) {
    case FH_NODE_WORD:
    case FH_NODE_PHRASE:
        if (node->scope == FH_SCOPE_ENTITY) return resolve_filter(f, node->text);
        return fh_is_plain_word(node) ? resolve_run(f, &node, 1) : FH_OK;
    case FH_NODE_AND: return resolve_kids(f, (const fh_node *const *)node->kids, node->kid_count);
    case FH_NODE_OR:
        for (size_t i = 0; i < node->kid_count && status == FH_OK; i++)
            status = resolve_node(f, node->kids[i]);
        return status;
    case FH_NODE_NOT:
    case FH_NODE_MUST:
        f->as_written = true;
        status = resolve_node(f, node->kids[0]);
        f->as_written = outer;
        return status;
    case FH_NODE_PREFIX:
    case FH_NODE_DATE: break;
    }
    return status;
}

static fh_status start(finding *f, const fh_resolver *resolver, fh_arena *arena, fh_error *err) {
    fh_store_stats stats;
    *f = (finding){.with = resolver, .arena = arena, .err = err};
    fh_status status = fh_store_statistics(resolver->store, &stats, err);
    if (status == FH_OK) f->articles = stats.articles;
    return status;
}

static void *kept(fh_arena *arena, void *items, size_t bytes) {
    void *copy = fh_arena_take(arena, bytes + 1);
    if (bytes) memcpy(copy, items, bytes);
    free(items);
    return copy;
}

fh_status fh_resolve(const fh_resolver *resolver, const fh_node *tree, fh_arena *arena, fh_resolved *out,
                     fh_error *err) {
    finding f;
    fh_status status = start(&f, resolver, arena, err);
    if (status == FH_OK) status = resolve_node(&f, tree);
    fh_resolved resolved = {
        .named = {kept(arena, f.named, f.named_count * sizeof *f.named), f.named_count},
        .unknown = kept(arena, f.unknown, f.unknown_count * sizeof *f.unknown),
        .unknown_count = f.unknown_count,
    };
    if (status == FH_OK) *out = resolved;
    return status;
}

fh_status fh_resolve_name(const fh_resolver *resolver, fh_str text, fh_arena *arena, fh_named *out,
                          fh_error *err) {
    finding f;
    fh_named named;
    fh_status status = start(&f, resolver, arena, err);
    if (status == FH_OK) status = name_of(&f, text, &named);
    if (status == FH_OK) *out = named;
    return status;
}
